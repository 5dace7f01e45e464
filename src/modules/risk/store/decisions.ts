/** SQL of decisions and outcomes: one row a selection, written with the commit of what it decides. */
import { type Reader, type Tx, withCommit } from '#platform/database.ts'
import type { Selection, SelectionFacts, Snapshot } from '../schema/selection.ts'

export type DecisionOf = {
  subject: { kind: string; id: string }
  reference: string
  regime: string
  at: string
  facts: SelectionFacts
  selection: Selection
}

const textOf = (s: Snapshot, name: string): string | null => {
  const value = s.declaration[name]
  return typeof value === 'string' ? value : null
}

/** Travels with COMMIT: it costs the trader no round trip. */
export const insertDecision = (tx: Tx, d: DecisionOf): void => {
  const { facts, selection: s } = d
  const { snapshot, ...used } = facts
  withCommit(
    tx,
    tx`insert into risk.decision (subject_kind, subject_id, reference, administration, office, regime, importer, declarant, exporter, vehicle, decided_at, lane,
      chosen_by, propensity, random_share, minutes, hits, selecting, unselected, model, score, challenger, challenger_score, demoted_from, demoted_minutes,
      snapshot, record)
    values (${d.subject.kind}, ${d.subject.id}, ${d.reference}, ${facts.setting.administration}, ${textOf(snapshot, 'declaration.office') ?? ''}, ${d.regime},
      ${textOf(snapshot, 'party.importer')}, ${textOf(snapshot, 'party.declarant')}, ${textOf(snapshot, 'party.exporter')}, ${textOf(snapshot, 'transport.vehicle')},
      ${d.at}, ${s.lane}, ${s.chosenBy}, ${s.propensity}, ${s.randomShare}, ${s.minutes}, ${facts.hits.map((h) => h.profile)}::text[], ${s.selecting}::text[],
      ${s.unselected}::text[], ${facts.score?.model ?? null}, ${facts.score?.margin ?? null}, ${facts.shadow?.model ?? null}, ${facts.shadow?.margin ?? null},
      ${s.demotions[0]?.from ?? null}, ${s.demotions[0]?.minutes ?? 0},
      ${JSON.stringify(snapshot)}::text::json, ${JSON.stringify({ facts: used, selection: s })}::text::json)
    on conflict (subject_kind, subject_id) do nothing`,
  )
}

export type OfficeCounts = { registered: number; red: number; yellow: number; blue: number; minutesToday: number }

/** Lanes of an office since `from`, and the minutes of one legal day's selections (`timeZone`: the zone that day is meant in). */
export const countOffice = async (
  db: Reader,
  administration: string,
  office: string,
  from: string,
  { date, timeZone }: { date: string; timeZone: string },
): Promise<OfficeCounts> => {
  const [row] = await db<OfficeCounts[]>`
    select count(*)::int as registered, (count(*) filter (where lane = 'red'))::int as red, (count(*) filter (where lane = 'yellow'))::int as yellow,
      (count(*) filter (where lane = 'blue'))::int as blue, coalesce(sum(minutes) filter (where decided_at >= ${date}::date::timestamp at time zone ${timeZone}), 0)::int as "minutesToday"
    from risk.decision where decided_at >= ${from} and office = ${office} and administration = ${administration}`
  return row!
}

export type ProfileCount = { code: string; run: number; examined: number; found: number }

/** For each code: hits since the last that selected, and what examinations of its hits found; of decisions since `from`. */
export const countProfiles = async (db: Reader, codes: readonly string[], from: string): Promise<ProfileCount[]> =>
  db<ProfileCount[]>`
    with hit as (
      select c.code, d.decided_at, c.code = any(d.selecting) as selected, o.found
      from risk.decision d cross join lateral unnest(d.hits) as c(code)
      left join (select subject_kind, subject_id, bool_or(result <> 'none') as found from risk.outcome group by 1, 2) o using (subject_kind, subject_id)
      where d.decided_at >= ${from} and c.code = any(${[...codes]}::text[])),
    last as (select code, max(decided_at) filter (where selected) as at from hit group by code)
    select h.code, (count(*) filter (where not h.selected and (l.at is null or h.decided_at > l.at)))::int as run, count(h.found)::int as examined,
      (count(*) filter (where h.found))::int as found
    from hit h join last l using (code) group by h.code`

export type Earlier = { snapshot: Snapshot; found: boolean | null }
/** Columns by which earlier subjects of the same party or vehicle are found quickly. */
export type EarlierBy = { importer?: string; declarant?: string; vehicle?: string }

/** Earlier subjects of one of these, oldest first; without any, those of the whole administration. At most `most`, the latest. */
export const readEarlier = async (
  db: Reader,
  administration: string,
  by: EarlierBy,
  from: string,
  before: string,
  most: number,
): Promise<Earlier[]> => {
  const parts = [
    ...(by.importer !== undefined ? [db`d.importer = ${by.importer}`] : []),
    ...(by.declarant !== undefined ? [db`d.declarant = ${by.declarant}`] : []),
    ...(by.vehicle !== undefined ? [db`d.vehicle = ${by.vehicle}`] : []),
  ]
  const whose = parts.length === 0 ? db`true` : parts.reduce((all, part) => db`${all} or ${part}`)
  const rows = await db<Earlier[]>`
    select d.snapshot, (select bool_or(o.result <> 'none') from risk.outcome o where o.subject_kind = d.subject_kind and o.subject_id = d.subject_id) as found
    from risk.decision d where d.decided_at >= ${from} and d.decided_at < ${before} and d.administration = ${administration} and (${whose})
    order by d.decided_at desc limit ${most}`
  return rows.toReversed()
}

/** Margins that a model gave lately, oldest first. */
export const recentScores = async (db: Reader, model: string, most: number): Promise<number[]> =>
  (await db<{ score: number }[]>`select score from risk.decision where model = ${model} and score is not null order by decided_at desc limit ${most}`)
    .map((r) => r.score)
    .toReversed()

export type OutcomeRow = {
  subject: { kind: string; id: string }
  controlId: string
  kind: 'documentary' | 'physical' | 'image' | 'audit' | 'declared'
  result: 'none' | 'minor' | 'major' | 'critical'
  offence: string
  examiner: string
  minutes: number | null
  at: string
}

/** What an examination found. Said again it replaces what was said before; without a decision of ours there is nothing to learn from. */
export const saveOutcome = async (tx: Tx, o: OutcomeRow): Promise<void> => {
  await tx`insert into risk.outcome (subject_kind, subject_id, control_id, kind, result, offence, examiner, minutes, known_at)
    select subject_kind, subject_id, ${o.controlId}, ${o.kind}, ${o.result}, ${o.offence}, ${o.examiner}, ${o.minutes}::int, ${o.at} from risk.decision
    where subject_kind = ${o.subject.kind} and subject_id = ${o.subject.id}
    on conflict (subject_kind, subject_id, control_id) do update set result = excluded.result, offence = excluded.offence, examiner = excluded.examiner,
      minutes = excluded.minutes, known_at = excluded.known_at`
}

/** Duty that was assessed in addition, on what an examination had found; written to the first finding. */
export const addRevenue = async (tx: Tx, subject: { kind: string; id: string }, amountMinor: number, currency: string): Promise<void> => {
  await tx`update risk.outcome set amount_minor = amount_minor + ${amountMinor}, currency = ${currency}
    where (subject_kind, subject_id, control_id) = (
      select subject_kind, subject_id, control_id from risk.outcome
      where subject_kind = ${subject.kind} and subject_id = ${subject.id} and result <> 'none' order by known_at, control_id limit 1)`
}

export const raiseOutcome = async (tx: Tx, subject: { kind: string; id: string }, result: 'major' | 'critical'): Promise<void> => {
  await tx`update risk.outcome set result = ${result} where subject_kind = ${subject.kind} and subject_id = ${subject.id} and result <> 'none'`
}
