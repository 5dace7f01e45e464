/**
 * What a proposal does to duty. Declarations live in clearance, above: it is told within the transaction that an effect is wanted, asks
 * for the two tariffs, and hands the result back. Connected in app.ts.
 */
import type { Instant } from '#kernel/time.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { applied, indexOf, prefixesOf } from '../change/difference.ts'
import type { Change, Proposal } from '../schema.ts'
import { createTariff, type Tariff } from '../snapshot.ts'
import { requestEffect } from '../store/effect.ts'
import { loadRows } from '../store/load.ts'
import { findProposal, readChanges } from '../store/proposal.ts'

/** Puts the computation on its way, in the same transaction. */
export type EffectHandler = (tx: Tx, proposalId: string, at: Instant) => Promise<void>

let handler: EffectHandler = () => Promise.resolve()

/** One subscriber: the one that holds the declarations. */
export const onEffectWanted = (next: EffectHandler): void => {
  handler = next
}

export const wantEffect = async (tx: Tx, proposalId: string, at: Instant): Promise<void> => {
  await requestEffect(tx, proposalId, at)
  await handler(tx, proposalId, at)
}

export type EffectInputs = {
  proposal: Proposal
  before: Tariff
  after: Tariff
  /** leading digits of the goods concerned; `''` = all */
  prefixes: string[]
  /** first day on which any of its records holds or held: from there on results of the past change */
  reachesBackTo: string
}

const firstDayOf = (changes: readonly Change[], rows: Parameters<typeof indexOf>[0]): string => {
  const index = indexOf(rows)
  const days = changes.flatMap((c) => {
    if (c.op === 'end') return [c.validTo]
    const key = c.op === 'put' ? undefined : c.key
    const before = key === undefined ? undefined : index(c.what, key)
    return c.op === 'put' ? [c.row.validFrom] : before ? [before.validFrom] : []
  })
  return days.sort()[0] ?? '9999-12-31'
}

/** The tariff before and after a proposal: of now for what is still proposed, as it was for what is in force. Null when there is none such. */
export const effectInputs = async (db: Reader, proposalId: string): Promise<EffectInputs | null> => {
  const proposal = await findProposal(db, proposalId)
  if (!proposal) return null
  const changes = (await readChanges(db, proposalId)).map((c) => c.change)
  const before = await loadRows(db, proposal.version === undefined ? {} : { version: proposal.version - 1 })
  return {
    proposal,
    before: createTariff(before),
    after: createTariff(applied(before, changes)),
    prefixes: prefixesOf(indexOf(before), changes),
    reachesBackTo: firstDayOf(changes, before),
  }
}
