/** Fills an empty database with the national tariff and the small one of the trader test service. Deterministic. */
import type { Tx } from '#platform/database.ts'
import { countChange, recordMeasures, saveAreas, saveCommodities } from '../store/load.ts'
import { demoAreas } from './areas.ts'
import { demoCommodities, demoMeasures, founded, readLines } from './tariff.ts'

export const loadDemoTrade = async (tx: Tx, facts: { at: string } = { at: new Date().toISOString() }): Promise<void> => {
  const lines = readLines()
  await saveAreas(tx, demoAreas)
  await saveCommodities(tx, demoCommodities(lines))
  await recordMeasures(tx, demoMeasures(lines), `${founded}T00:00:00.000Z`)
  await countChange(tx, 'demo country', facts.at)
}
