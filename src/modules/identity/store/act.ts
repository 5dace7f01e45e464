/** The one road of a change in this module: lock and read, gather facts, decide, journal, write, answer; once for each key. */
import { fold, type Decide, type Evolve } from '#kernel/decide.ts'
import { accept, type Outcome } from '#kernel/outcome.ts'
import { actorOf, once } from '#platform/command.ts'
import type { Sql, Tx } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'

export type Act<S, C extends { type: string }, F, E, R> = {
  principal: Principal
  key: string | null
  at: string
  subject: { kind: string; id: string }
  /** the subject comes into being by this command */
  creates: boolean
  command: C
  /** the state now, its row locked; null when there is none */
  read: (tx: Tx) => Promise<S | null>
  facts: (tx: Tx, state: S | null) => Promise<F>
  decide: Decide<S | null, C, F, E>
  evolve: Evolve<S | null, E>
  /** writes the row, and whatever else belongs into the same transaction */
  save: (tx: Tx, state: S, events: readonly E[]) => Promise<void>
  reply: (state: S) => R
}

export const act = <S, C extends { type: string }, F, E, R>(sql: Sql, a: Act<S, C, F, E, R>): Promise<Outcome<R>> =>
  once(sql, { key: a.key, actor: actorOf(a.principal), name: a.command.type, subject: a.subject, creates: a.creates, at: a.at }, async (tx) => {
    const before = await a.read(tx)
    const facts = await a.facts(tx, before)
    const decision = a.decide(before, a.command, facts)
    if (!decision.ok) return decision
    const after = fold(a.evolve, before, decision.events) as S
    await a.save(tx, after, decision.events)
    return accept({ body: { payload: a.command, facts, events: decision.events }, reply: a.reply(after) }, decision.issues)
  })
