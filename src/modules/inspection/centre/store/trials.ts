/** SQL of trials: one item, judged once by one reader or model; and of the library of projected pictures. */
import type { Reader as Db, Tx } from '#platform/database.ts'
import type { Judged } from '../../figures/board.ts'
import type { Judgements } from '../../figures/agreement.ts'
import type { ImageCase } from '../../schema/case.ts'
import type { Column } from '../../schema/subject.ts'
import type { Shift, TipRate } from '../programme.ts'

export type NewTrial = Omit<Judged, 'source'> & {
  id: string
  caseId: string | null
  /** where it was imported from */
  source?: string
}

/** Written once each: a second look of the same reader at the same item is no new trial. Answers how many were new. */
export const insertTrials = async (tx: Tx, trials: readonly NewTrial[]): Promise<number> => {
  const rows = trials.map((t) => ({ ...t, ms: Math.round(t.ms), source: t.source ?? null }))
  const { count } = await tx`
    insert into inspection.trial
      (id, reader, reader_name, team, simulated_reader, origin, item_id, category, threat, alarm, rating, assisted, ms, case_id, at, source)
    select x.id, x.reader, x."readerName", x.team, x."simulatedReader", x."column", x."itemId", x.category, x.threat, x.alarm, x.rating, x.assisted, x.ms,
      x."caseId", x.at, x.source
    from jsonb_to_recordset(${tx.json(rows)}) as x (id uuid, reader text, "readerName" text, team text, "simulatedReader" boolean, "column" text,
      "itemId" text, category text, threat boolean, alarm boolean, rating float8, assisted boolean, ms int, "caseId" uuid, at timestamptz, source text)
    on conflict on constraint trial_once do nothing`
  return count
}

type Row = Omit<Judged, 'itemId' | 'readerName' | 'simulatedReader'> & { item_id: string; reader_name: string; simulated_reader: boolean }

/** Newest trials of a column, oldest first; at most 50,000. */
export const listTrials = async (db: Db, column: Column): Promise<Judged[]> => {
  const rows = await db<
    Row[]
  >`select reader, reader_name, team, simulated_reader, origin as column, item_id, category, threat, alarm, rating, assisted, ms, at, source
    from inspection.trial where origin = ${column} order by at desc limit 50000`
  return rows
    .map(({ item_id, reader_name, simulated_reader, ...r }) => ({
      ...r,
      itemId: item_id,
      readerName: reader_name,
      simulatedReader: simulated_reader,
    }))
    .toReversed()
}

/** What machine, readers and bench said of each case of a column that somebody has read. */
export const listJudgements = async (db: Db, column: Column): Promise<Judgements[]> => {
  const rows = await db<{ state: ImageCase }[]>`select state from inspection.image_case
    where origin = ${column} and not is_tip and jsonb_array_length(state -> 'readings') > 0 order by created_at desc limit 20000`
  return rows.map(({ state: c }) => {
    const said = (round: number): boolean | null => {
      const reading = c.readings.find((r) => r.round === round)
      return reading ? reading.decision === 'suspect' : null
    }
    return {
      ai: c.ai && !c.ai.failed ? c.ai.verdict !== 'clear' : null,
      first: said(1),
      second: said(2),
      opened: c.opening && c.opening.found.length > 0,
    }
  })
}

export type Day = { day: string; n: number; alarms: number }

/** Pictures and alarms of the detector by day, and its scores, of the last weeks. */
export const listDays = async (db: Db, column: Column, since: string): Promise<Day[]> =>
  db<
    Day[]
  >`select to_char(created_at, 'YYYY-MM-DD') as day, count(*)::int as n, (count(*) filter (where state #>> '{ai,verdict}' <> 'clear'))::int as alarms
    from inspection.image_case where origin = ${column} and not is_tip and created_at >= ${since} and not (state #>> '{ai,failed}')::boolean group by 1 order by 1`

export const listScores = async (db: Db, column: Column, from: string, to: string): Promise<number[]> =>
  (
    await db<{ score: number }[]>`select (state #>> '{ai,score}')::float8 as score from inspection.image_case
      where origin = ${column} and not is_tip and created_at >= ${from} and created_at < ${to} and not (state #>> '{ai,failed}')::boolean limit 50000`
  ).map((r) => r.score)

export type TipItem = {
  id: string
  imageId: string
  column: 'tip' | 'simulated'
  category: string
  threat: boolean
  difficulty: number
  angleDeg: number
  retired: boolean
  addedAt: string
  shown: number
  answered: number
  detected: number
}

export const insertTipItem = async (tx: Tx, i: Omit<TipItem, 'shown' | 'answered' | 'detected' | 'retired'>): Promise<void> => {
  await tx`insert into inspection.tip_item (id, image_id, origin, category, threat, difficulty, angle_deg, added_at)
    values (${i.id}, ${i.imageId}, ${i.column}, ${i.category}, ${i.threat}, ${i.difficulty}, ${i.angleDeg}, ${i.addedAt})`
}

export const listTipItems = async (db: Db): Promise<TipItem[]> =>
  db<
    TipItem[]
  >`select t.id, t.image_id as "imageId", t.origin as "column", t.category, t.threat, t.difficulty, t.angle_deg as "angleDeg", t.retired, t.added_at as "addedAt",
      (select count(*) from inspection.image_case c where c.image_id = t.image_id)::int as shown,
      (select count(*) from inspection.trial r where r.item_id = t.image_id::text and r.team <> 'ai')::int as answered,
      (select count(*) from inspection.trial r where r.item_id = t.image_id::text and r.team <> 'ai' and r.alarm)::int as detected
    from inspection.tip_item t order by t.category, t.difficulty, t.id limit 5000`

export type PastReadings = { source: string; invented: boolean; readers: number; readings: number; from: string; to: string }

/** What was imported, by source. */
export const listPastReadings = async (db: Db): Promise<PastReadings[]> =>
  db<
    PastReadings[]
  >`select source, simulated_reader as invented, count(distinct reader)::int as readers, count(*)::int as readings, min(at) as from, max(at) as to
    from inspection.trial where source is not null group by source, simulated_reader order by max(at) desc limit 200`

/** Pictures of the library that this reader has never been shown. */
export const unseenItems = async (db: Db, personId: string): Promise<{ id: string; imageId: string; category: string }[]> =>
  db<{ id: string; imageId: string; category: string }[]>`select t.id, t.image_id as "imageId", t.category from inspection.tip_item t
    where not t.retired and not exists (select from inspection.trial r where r.item_id = t.image_id::text and r.reader = ${personId})
      and not exists (select from inspection.image_case c where c.image_id = t.image_id and c.claimed_by = ${personId}::uuid)
    order by t.id`

export const findTipItem = async (db: Db, imageId: string): Promise<Pick<TipItem, 'column' | 'category' | 'threat'> | null> =>
  (
    await db<
      Pick<TipItem, 'column' | 'category' | 'threat'>[]
    >`select origin as "column", category, threat from inspection.tip_item where image_id = ${imageId}`
  )[0] ?? null

export const listRates = async (db: Db): Promise<TipRate[]> =>
  db<TipRate[]>`select category, shift, per_hundred as "perHundred" from inspection.tip_rate order by category, shift`

export const saveRate = async (
  tx: Tx,
  { category, shift, perHundred }: { category: string; shift: Shift; perHundred: number },
  at: string,
): Promise<void> => {
  await tx`insert into inspection.tip_rate (category, shift, per_hundred, updated_at) values (${category}, ${shift}, ${perHundred}, ${at})
    on conflict (category, shift) do update set per_hundred = excluded.per_hundred, updated_at = excluded.updated_at`
}

/** How many pictures somebody has answered: numbers the lots of his next one. */
export const countReadings = async (db: Db, personId: string): Promise<number> =>
  (await db<{ n: number }[]>`select (select count(*) from inspection.reading where person_id = ${personId}::uuid)::int as n`)[0]!.n
