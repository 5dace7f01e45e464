import type { Issue } from './issue.ts'

/**
 * The one road of a change. `decide(state, command, facts)` is pure: it reads no clock, no database and no chance; all of that
 * arrives in `facts`, which the journal keeps, so any decision can be taken again years later and compared.
 */
export type Decision<E> = { ok: true; events: E[]; issues: Issue[] } | { ok: false; issues: Issue[] }

export type Decide<S, C, F, E> = (state: S, command: C, facts: F) => Decision<E>
export type Evolve<S, E> = (state: S, event: E) => S

export const decided = <E>(events: E[], issues: Issue[] = []): Decision<E> => ({ ok: true, events, issues })
export const refused = (...issues: Issue[]): { ok: false; issues: Issue[] } => ({ ok: false, issues })

/** The state after a list of events. */
export const fold = <S, E>(evolve: Evolve<S, E>, state: S, events: readonly E[]): S => events.reduce(evolve, state)
