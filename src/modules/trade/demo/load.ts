/** Fills an empty database with the national tariff and the small one of the trader test service. Deterministic. */
import type { Tx } from '#platform/database.ts'
import { countChange, recordAreas, recordCommodities, recordMeasures, recordTerms } from '../store/record.ts'
import { demoAreas } from './areas.ts'
import { demoCommodities, demoMeasures, demoTerms, founded, readLines } from './tariff.ts'

export const loadDemoTrade = async (tx: Tx, facts: { at: string }): Promise<void> => {
  const lines = readLines()
  const known = `${founded}T00:00:00.000Z`
  await recordAreas(tx, demoAreas, known)
  await recordTerms(tx, demoTerms(), known)
  await recordCommodities(tx, demoCommodities(lines), known)
  await recordMeasures(tx, demoMeasures(lines), known)
  await countChange(tx, 'demo country', facts.at)
}
