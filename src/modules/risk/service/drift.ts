/** Drift of the champion, asked for or by the clock. */
import { join } from 'node:path'
import { neededColumns } from '../learning/features.ts'
import { driftOf } from '../learning/drift.ts'
import { tableOf } from '../learning/live-table.ts'
import { score } from '../learning/model.ts'
import type { DriftRow } from '../schema/model.ts'
import { readHistory } from '../store/backtests.ts'
import { findModel, placedModels } from '../store/models.ts'
import type { Risk } from './live.ts'
import { readModel } from './model-files.ts'
import { raise } from './raise.ts'
import { home as administration } from '#schema/reference'

const days = 30
/** Rows below which an index is noise. */
const leastRows = 200

/** The last thirty days against what the model was trained on; null when there is no such model or its files are gone. */
export const measureDrift = async (r: Risk, hash: string): Promise<DriftRow[] | null> => {
  const found = await findModel(r.deps.sql, hash)
  const read = r.modelDirectory ? readModel(join(r.modelDirectory, hash)) : null
  if (!found || !read?.ok) return null
  const from = new Date(Date.parse(r.deps.clock()) - days * 86_400_000).toISOString().slice(0, 10)
  const snapshots = []
  for await (const rows of readHistory(r.deps.sql, administration, from, 1000)) for (const row of rows) snapshots.push(row.snapshot)
  const { table } = tableOf(snapshots, neededColumns(read.value.model.recipe))
  const scored = score(read.value.model, table)
  return driftOf(found.reference, table, scored.ok ? scored.value.margins : [])
}

/** Raises an alarm for every column that has moved too far. Answers how many. */
export const watchDrift = async (r: Risk): Promise<number> => {
  const { champion } = await placedModels(r.deps.sql)
  const rows = champion ? await measureDrift(r, champion) : null
  const moved = (rows ?? []).filter((d) => d.state === 'act' && d.n >= leastRows)
  for (const { column, psi, unseen, n } of moved)
    await raise(r.deps, 'drift', `${champion!.slice(0, 12)} ${column}`, { model: champion, column, psi, unseen, n })
  return moved.length
}
