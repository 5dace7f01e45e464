/** SQL of reading decisions. */
import type { Reader } from '#platform/database.ts'
import { containing, type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { DecisionRow, OutcomeView } from '../schema/decision.ts'
import type { Selection, SelectionFacts, Snapshot } from '../schema/selection.ts'

export type DecisionFilter = ListQuery & {
  q?: string
  lane?: string
  office?: string
  chosenBy?: string
  profile?: string
  from?: string
  to?: string
}

const sortable = { decidedAt: 'd.decided_at', lane: 'd.lane', office: 'd.office', score: 'd.score', reference: 'd.reference' }
export const sortableDecisions = Object.keys(sortable)

// Results in order of weight, so that the worst of several stands for all.
const worst = (
  db: Reader,
) => db`(select (array['none', 'minor', 'major', 'critical'])[max(array_position(array['none', 'minor', 'major', 'critical'], o.result))]
  from risk.outcome o where o.subject_kind = d.subject_kind and o.subject_id = d.subject_id)`

/** The score itself is log odds, which say little to people. */
const rank = (db: Reader) => db`(d.record #>> '{facts,score,rank}')::float8`

const filtered = (db: Reader, f: DecisionFilter) => db`
  where (${f.lane ?? null}::text is null or d.lane = ${f.lane ?? ''}) and (${f.office ?? null}::text is null or d.office = ${f.office ?? ''})
    and (${f.chosenBy ?? null}::text is null or d.chosen_by = ${f.chosenBy ?? ''}) and (${f.profile ?? null}::text is null or ${f.profile ?? ''} = any(d.hits))
    and (${f.from ?? null}::date is null or d.decided_at >= ${f.from ?? null}::date) and (${f.to ?? null}::date is null or d.decided_at < ${f.to ?? null}::date + 1)
    and (${f.q ?? null}::text is null or lower(d.reference) like ${containing(f.q ?? '')} or lower(d.importer) like ${containing(f.q ?? '')})`

export const listDecisions = async (db: Reader, f: DecisionFilter): Promise<{ rows: DecisionRow[]; total: number }> => {
  const { limit, offset } = windowOf(f)
  const rows = await db<DecisionRow[]>`
    select d.subject_id as id, d.subject_kind as kind, d.reference, d.office, d.regime, d.importer, d.decided_at as "decidedAt", d.lane, d.chosen_by as "chosenBy",
      cardinality(d.hits) as hits, ${rank(db)} as rank, ${worst(db)} as result
    from risk.decision d ${filtered(db, f)} ${orderBy(db, f.sort, sortable, '-decidedAt', 'd.subject_id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from risk.decision d ${filtered(db, f)}`
  return { rows, total: count!.total }
}

export type StoredDecision = DecisionRow & {
  administration: string
  facts: SelectionFacts
  selection: Selection
  outcomes: OutcomeView[]
}

/** By its subject's identifier or by its reference (MRN). */
export const findDecision = async (db: Reader, by: string): Promise<StoredDecision | null> => {
  const [row] = await db<
    (DecisionRow & { administration: string; snapshot: Snapshot; record: { facts: Omit<SelectionFacts, 'snapshot'>; selection: Selection } })[]
  >`
    select d.subject_id as id, d.subject_kind as kind, d.reference, d.office, d.regime, d.importer, d.decided_at as "decidedAt", d.lane, d.chosen_by as "chosenBy",
      cardinality(d.hits) as hits, ${rank(db)} as rank, d.administration, d.snapshot, d.record, ${worst(db)} as result
    from risk.decision d where d.subject_id = ${by} or d.reference = ${by} limit 1`
  if (!row) return null
  const { snapshot, record, ...rest } = row
  const outcomes = await db<OutcomeView[]>`
    select kind, result, offence, amount_minor as "amountMinor", currency, minutes, known_at as "knownAt" from risk.outcome
    where subject_kind = ${row.kind} and subject_id = ${row.id} order by known_at, control_id`
  return { ...rest, facts: { ...record.facts, snapshot }, selection: record.selection, outcomes }
}
