/** Who asks, with which key, when; and the command that the journal keeps of it. */
import { actorOf, type Command } from '#platform/command.ts'
import type { Principal } from '#platform/permissions.ts'

export type Asking = { principal: Principal; key: string | null; now: string }

export const commandOf = (a: Asking, name: string, subject: Command['subject'], creates = false): Command => ({
  key: a.key,
  actor: actorOf(a.principal),
  name,
  subject,
  at: a.now,
  creates,
})
