/** Pure rules of duty that decisions of higher modules use: the calculation, and what the ledger is then asked to cover. */
export { assess } from './assess.ts'
export { chargesOf } from './charges.ts'
export { computeDuty, readExchangeRates, readSeasonal, type Tables } from './compute/index.ts'
