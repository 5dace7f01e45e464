/**
 * A command that acts once. Its key is unique in the journal: sent twice, also at the same moment, it answers twice and acts once.
 * What is changed and what is journalled stand or fall together.
 */
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { attempt, violates, type Reader, type Sql, type Tx } from './database.ts'
import { commandsTotal } from './metrics.ts'
import { findReply, record, type Actor, type Body, type Subject } from './journal.ts'
import type { Principal } from './permissions.ts'

export type Command = {
  /** the client's key of this attempt; null for what may be repeated freely */
  key: string | null
  actor: Actor
  /** `subject.verb` in the imperative, such as `person.end` */
  name: string
  subject: Subject
  /** the subject comes into being by this command, so a repeat brings another new identifier */
  creates?: boolean
  at: string
}
/** What the work decided: the journal's body and the answer. `reply` is kept for repeats, so a secret goes into `once` only beside it. */
export type Done<T> = { body: Body; reply: T; issues?: Issue[] }

/** The actor as the journal keeps it. */
export const actorOf = (p: Principal): Actor => ({
  personId: p.personId,
  name: p.name,
  roles: p.roles,
  organisationId: p.organisationId,
  office: p.homeOffice,
  channel: p.channel,
  ...(p.sessionId && { sessionId: p.sessionId }),
})

/** Who asks, with which key, and when: what a route hands to the service that acts. */
export type Asking = { principal: Principal; key: string | null; now: string }
/** That part of a route's context. */
export const askingOf = ({ principal, key, now }: Asking): Asking => ({ principal, key, now })
/** What somebody asks as the command that the journal keeps of it. */
export const commandOf = ({ principal, key, now }: Asking, name: string, subject: Subject, creates = false): Command => ({
  key,
  actor: actorOf(principal),
  name,
  subject,
  at: now,
  creates,
})

const replied = async <T>(db: Reader, command: Command): Promise<Outcome<T> | null> => {
  if (!command.key) return null
  const before = await findReply(db, command.key)
  if (!before) return null
  const { kind, id } = command.subject
  const same = before.command === command.name && before.personId === command.actor.personId && before.subject.kind === kind
  return same && (command.creates || before.subject.id === id) ? accept(before.reply as T) : refuse(error('request.key_reused'))
}

/**
 * Runs `work` in one transaction and journals what it decided under the command's key; a refusal changes nothing. A repeated key is
 * answered from the journal without running `work`; a key of another command, subject or person is refused (`request.key_reused`).
 */
export const once = async <T>(sql: Sql, command: Command, work: (tx: Tx) => Promise<Outcome<Done<T>>>): Promise<Outcome<T>> => {
  const run = (): Promise<Outcome<T>> =>
    attempt(sql, async (tx) => {
      const count = (outcome: string): void => commandsTotal.inc({ subject: command.subject.kind, command: command.name, outcome })
      const before = await replied<T>(tx, command)
      if (before) {
        count('repeated')
        return before
      }
      const done = await work(tx)
      count(done.ok ? 'accepted' : 'refused')
      if (!done.ok) return done
      const { body, reply, issues = [] } = done.value
      await record(tx, command.subject, { command: command.name, commandKey: command.key, actor: command.actor, body, reply, at: command.at })
      return accept(reply, [...done.issues, ...issues])
    })
  try {
    const outcome = await run()
    // The same key came twice at once, and the other one left nothing to decide: its answer is this one's too.
    return outcome.ok ? outcome : ((await replied<T>(sql, command)) ?? outcome)
  } catch (fault) {
    // The same key came twice at once and the other one was first: now its answer is there.
    if (violates(fault, 'entry_command_key')) return run()
    throw fault
  }
}
