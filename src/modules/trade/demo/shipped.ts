/** The default tariff that ships, in memory: for whoever has neither server nor database. */
import { createTariff, type Tariff, type TariffRows } from '../snapshot.ts'
import { demoAreas } from './areas.ts'
import { demoCommodities, demoMeasures, demoTerms, readLines } from './tariff.ts'

export const shippedRows = (): TariffRows => {
  const lines = readLines()
  return { version: 0, commodities: demoCommodities(lines), measures: demoMeasures(lines), areas: [...demoAreas], terms: demoTerms(), settings: [] }
}

export const shippedTariff = (): Tariff => createTariff(shippedRows())
