/** SQL of the registry of models. */
import type { Reader, Tx } from '#platform/database.ts'
import type { Card } from '../learning/card.ts'
import type { Distribution, ModelRow, Reign, Training } from '../schema/model.ts'

/** Hashes of the models that score now. */
export const placedModels = async (db: Reader): Promise<{ champion?: string; challenger?: string }> =>
  Object.fromEntries(
    (await db<{ status: string; hash: string }[]>`select status, hash from risk.model where status in ('champion', 'challenger')`).map((r) => [
      r.status,
      r.hash,
    ]),
  )

export type NewModel = { hash: string; name: string; card: Card; reference: Distribution[]; by: { personId: string; name: string }; at: string }
/** A model of the same bytes is the same model. */
export const insertModel = async (tx: Tx, m: NewModel): Promise<void> => {
  await tx`insert into risk.model (hash, name, status, card, reference, trained_by, trained_name, trained_at, updated_at)
    values (${m.hash}, ${m.name}, 'candidate', ${tx.json(m.card as never)}, ${tx.json(m.reference as never)}, ${m.by.personId}, ${m.by.name}, ${m.at}, ${m.at})
    on conflict (hash) do nothing`
}

type Row = { hash: string; name: string; status: ModelRow['status']; card: Card; trained_by: string; trained_name: string; trained_at: string }
const toRow = (r: Row): ModelRow => ({
  hash: r.hash,
  name: r.name,
  status: r.status,
  trainedBy: { personId: r.trained_by, name: r.trained_name },
  trainedAt: r.trained_at,
  rows: r.card.trainedOn.rows,
  positives: r.card.trainedOn.positives,
  auc: r.card.heldBack.auc,
  precisionAt5: r.card.heldBack.atCut.find((c) => c.percent === 5)?.precision ?? null,
})
const columns = (db: Reader) => db`hash, name, status, card, trained_by, trained_name, trained_at`

export const listModels = async (db: Reader): Promise<ModelRow[]> =>
  (
    await db<Row[]>`select ${columns(db)} from risk.model order by status = 'champion' desc, status = 'challenger' desc, trained_at desc limit 500`
  ).map(toRow)

export const findModel = async (db: Reader, hash: string): Promise<{ row: ModelRow; card: Card; reference: Distribution[] } | null> => {
  const [found] = await db<(Row & { reference: Distribution[] })[]>`select ${columns(db)}, reference from risk.model where hash = ${hash}`
  return found ? { row: toRow(found), card: found.card, reference: found.reference } : null
}

const reign = (db: Reader) => db`model, how, proposed_by as "proposedBy", approved_by as "approvedBy", began_at as "beganAt", ended_at as "endedAt"`
export const reignsOf = async (db: Reader, hash: string): Promise<Reign[]> =>
  db<Reign[]>`select ${reign(db)} from risk.reign where model = ${hash} order by id desc limit 100`

/** The reign that is, and the one before it of another model. */
export const lastReigns = async (tx: Tx): Promise<{ now: Reign | null; before: Reign | null }> => {
  await tx`select pg_advisory_xact_lock(hashtextextended('risk/reign', 0))`
  const rows = await tx<Reign[]>`select ${reign(tx)} from risk.reign order by id desc limit 100`
  const now = rows.find((r) => r.endedAt === null) ?? null
  const at = rows.indexOf(now!)
  return { now, before: rows.slice(at + 1).find((r) => r.model !== now?.model) ?? null }
}

export type Placing = {
  hash: string
  as: 'champion' | 'challenger' | 'retired'
  how: Reign['how']
  proposedBy: string
  approvedBy: string
  at: string
}
/** Who held the place makes room for it; a champion's time is written down. */
export const placeModel = async (tx: Tx, p: Placing): Promise<void> => {
  await tx`select pg_advisory_xact_lock(hashtextextended('risk/reign', 0))`
  const [was] = await tx<{ status: string }[]>`select status from risk.model where hash = ${p.hash}`
  if (p.as !== 'retired') await tx`update risk.model set status = 'retired', updated_at = ${p.at} where status = ${p.as} and hash <> ${p.hash}`
  await tx`update risk.model set status = ${p.as}, updated_at = ${p.at} where hash = ${p.hash}`
  if (p.as === 'champion' || was?.status === 'champion') await tx`update risk.reign set ended_at = ${p.at} where ended_at is null`
  if (p.as === 'champion')
    await tx`insert into risk.reign (model, proposed_by, approved_by, how, began_at) values (${p.hash}, ${p.proposedBy}, ${p.approvedBy}, ${p.how}, ${p.at})`
}

const training = (db: Reader) =>
  db`id, name, status, progress, asked_name as "askedBy", asked_at as "askedAt", finished_at as "finishedAt", model, issues`
export const insertTraining = async (
  tx: Tx,
  t: { id: string; name: string; by: { personId: string; name: string }; at: string; options: object },
): Promise<void> => {
  await tx`insert into risk.training (id, name, status, asked_by, asked_name, asked_at, options)
    values (${t.id}, ${t.name}, 'queued', ${t.by.personId}, ${t.by.name}, ${t.at}, ${tx.json(t.options as never)})`
}
export const findTraining = async (db: Reader, id: string): Promise<Training | null> =>
  (await db<Training[]>`select ${training(db)} from risk.training where id = ${id}`)[0] ?? null
export const listTrainings = async (db: Reader): Promise<Training[]> =>
  db<Training[]>`select ${training(db)} from risk.training order by asked_at desc limit 100`
export const trainingOptions = async (
  db: Reader,
  id: string,
): Promise<{ seed: number; from: string | null; by: { personId: string; name: string } } | null> => {
  const [row] = await db<{ options: { seed: number; from: string | null }; asked_by: string; asked_name: string }[]>`
    select options, asked_by, asked_name from risk.training where id = ${id}`
  return row ? { ...row.options, by: { personId: row.asked_by, name: row.asked_name } } : null
}
export const noteTraining = async (db: Reader, id: string, progress: number): Promise<void> => {
  await db`update risk.training set status = 'running', progress = ${progress} where id = ${id}`
}
export const finishTraining = async (tx: Tx, id: string, model: string | null, issues: readonly unknown[], at: string): Promise<void> => {
  await tx`update risk.training set status = ${model ? 'done' : 'failed'}, progress = 1, finished_at = ${at}, model = ${model}, issues = ${tx.json(issues as never)}
    where id = ${id}`
}
