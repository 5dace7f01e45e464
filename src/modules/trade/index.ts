/** The tariff for other modules: a snapshot that answers by commodity, origin and date. */
export { loadTariff } from './store/load.ts'
export { saveTariffSettings } from './store/record.ts'
export { readTariffSettings } from './settings.ts'
export { routes } from './http.ts'
export { issues } from './issues.ts'
export { loadDemoTrade } from './demo/load.ts'
export type { Tariff } from './snapshot.ts'
export type { TariffSettings } from './schema.ts'
