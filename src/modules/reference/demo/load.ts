/** Fills an empty database with the reference data of the demo country. Deterministic. */
import type { Tx } from '#platform/database.ts'
import { countChange, saveAdministrations, saveCodes, saveOffices, saveRates } from '../store/load.ts'
import { demoAdministrations, demoOffices } from './administrations.ts'
import { codeEntries } from './codes.ts'
import { countryEntries, currencyEntries, demoRates } from './places.ts'

export const loadDemoReference = async (tx: Tx, facts: { at: string }): Promise<void> => {
  await saveAdministrations(tx, demoAdministrations)
  await saveOffices(tx, demoOffices)
  await saveCodes(tx, [...countryEntries(), ...currencyEntries(), ...codeEntries()])
  await saveRates(tx, demoRates())
  await countChange(tx, 'demo country', facts.at)
}
