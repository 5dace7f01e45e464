/** Who asks, with which key, when; and that as the journal's command. */
import { actorOf, type Command } from '#platform/command.ts'
import type { Principal } from '#platform/permissions.ts'

export type Asking = { principal: Principal; key: string | null; now: string }

export const commandOf = (a: Asking, name: string, subject: { kind: string; id: string }, creates = false): Command => ({
  key: a.key,
  actor: actorOf(a.principal),
  name,
  subject,
  at: a.now,
  creates,
})
