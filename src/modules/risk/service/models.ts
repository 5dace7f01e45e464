/** Trained models as versions: files in a directory named by their hash, and what each is to the administration. */
import { join } from 'node:path'
import type { Deps } from '#platform/module.ts'
import { recentScores } from '../store/decisions.ts'
import { placedModels } from '../store/models.ts'
import { readModel } from './model-files.ts'
import { createScorer, type Scorer } from './scoring.ts'
import { raise } from './raise.ts'

export type Scorers = { champion: Scorer | null; challenger: Scorer | null }

const recent = 2_000

/** The champion and the challenger, read from their files. One that cannot be read is an alarm, and selection goes on without it. */
export const loadScorers = async (deps: Deps, directory: string): Promise<Scorers> => {
  const placed = await placedModels(deps.sql)
  const load = async (hash: string | undefined): Promise<Scorer | null> => {
    if (hash === undefined) return null
    const read = readModel(join(directory, hash))
    if (read.ok && read.value.hash === hash) return createScorer(hash, read.value.model, await recentScores(deps.sql, hash, recent))
    await raise(deps, 'model-unreadable', hash, { model: hash, issues: read.issues.map((i) => i.code) })
    return null
  }
  return { champion: await load(placed.champion), challenger: await load(placed.challenger) }
}
