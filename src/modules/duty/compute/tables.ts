/** Tables that the calculator is given from outside: monthly rates of exchange, seasonal rates. Pure. */
import { decimal, type Decimal } from '#kernel/decimal.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { figure, isFields, readText, wrong, type Fields } from './read.ts'

/** So much of `to` for one of `from`, from a day on. */
export type ExchangeRow = { from: string; to: string; rate: Decimal; validFrom: string }
/** Days `from` and `to` as month-day, both inclusive. */
export type SeasonalRow = { origin: string; commodity: string; from: string; to: string; duty: string }
export type Tables = { rates?: readonly ExchangeRow[]; seasonal?: readonly SeasonalRow[] }

const toExchangeRow = (value: unknown, at: number, issues: Issue[]): ExchangeRow[] => {
  const row: Fields = isFields(value) ? (isFields(value['attributes']) ? value['attributes'] : value) : {}
  const to = readText(row, 'child_monetary_unit_code', 'to', 'currency')
  const rate = figure(row['exchange_rate'] ?? row['rate'])
  const validFrom = readText(row, 'validity_start_date', 'valid_from', 'validFrom')?.slice(0, 10)
  if (!to || !rate?.gt(0) || !validFrom || !/^\d{4}-\d{2}-\d{2}$/.test(validFrom)) {
    issues.push(wrong(`/${at}`, 'currency, rate and the day from which it holds are expected'))
    return []
  }
  return [{ from: readText(row, 'parent_monetary_unit_code', 'from') ?? 'EUR', to, rate, validFrom }]
}

/**
 * Rates from JSON: an array of `{currency, rate, valid_from, from?}` (so much of `currency` for one `from`, the euro when absent), or as
 * the UK tariff's service gives them (`{attributes: {child_monetary_unit_code, exchange_rate, validity_start_date}}`).
 */
export const readExchangeRates = (value: unknown): Outcome<ExchangeRow[]> => {
  const list = Array.isArray(value) ? value : isFields(value) && Array.isArray(value['data']) ? (value['data'] as unknown[]) : undefined
  if (!list) return refuse(wrong('', 'an array of rates is expected'))
  const issues: Issue[] = []
  const rows = list.flatMap((row: unknown, at) => toExchangeRow(row, at, issues))
  return issues.length > 0 ? refuse(...issues.slice(0, 20)) : accept(rows.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)))
}

/** The rate of a day: that of the newest row that began by then; without a day the newest of all. */
export const rateOn = (rates: readonly ExchangeRow[] | undefined, from: string, to: string, day?: string): ExchangeRow | undefined =>
  rates?.findLast((r) => r.from === from && r.to === to && (day === undefined || r.validFrom <= day))

/** `5/11` and `05/11` are the fifth of November. */
const dayOf = (text: string | undefined): string | undefined => {
  const found = /^(\d{1,2})\/(\d{1,2})$/.exec(text?.trim() ?? '')
  return found ? `${found[2]!.padStart(2, '0')}-${found[1]!.padStart(2, '0')}` : undefined
}

/** Seasonal rates from CSV: `geographical_area_id,goods_nomenclature_item_id,measure_type_id,from,to,duty`, days as day/month. */
export const readSeasonal = (csv: string): Outcome<SeasonalRow[]> => {
  const issues: Issue[] = []
  const rows = csv.split(/\r?\n/).flatMap((line, at): SeasonalRow[] => {
    if (at === 0 || line.trim() === '') return []
    const [origin, commodity, , from, to, duty] = line.split(',').map((cell) => cell.trim())
    const [first, last] = [dayOf(from), dayOf(to)]
    if (!origin || !/^\d{4,10}$/.test(commodity ?? '') || !first || !last || !duty) {
      issues.push(wrong(`/${at + 1}`, 'area, commodity, type, first day, last day and rate are expected'))
      return []
    }
    return [{ origin, commodity: commodity!, from: first, to: last, duty }]
  })
  return issues.length > 0 ? refuse(...issues.slice(0, 20)) : accept(rows)
}

const within = ({ from, to }: SeasonalRow, day: string): boolean => (from <= to ? from <= day && day <= to : day >= from || day <= to)

export const seasonalRate = (fields: Fields, { seasonal }: Tables): Outcome<Fields> => {
  const origin = readText(fields, 'origin', 'country', 'geographical_area_id')
  const commodity = readText(fields, 'hs', 'commodity', 'code', 'goods_nomenclature_item_id')?.replace(/[\s.]/g, '')
  const day = /(\d{2}-\d{2})$/.exec(readText(fields, 'date', 'import_date') ?? '')?.[1]
  const missing = [!origin && wrong('/origin', 'a country is expected'), !day && wrong('/date', 'a day such as 2026-07-01 or 07-01 is expected')]
  const refused = missing.filter((issue) => issue !== false)
  if (refused.length > 0) return refuse(...refused)
  if (!seasonal) return refuse(error('duty.seasonal_rates_missing', '/hs'))
  const found = seasonal.filter((row) => row.origin === origin && row.commodity === commodity && within(row, day!))
  const rates = [...new Set(found.map((row) => row.duty))]
  if (rates.length === 1) return accept({ duty: rates[0]! })
  return refuse(
    error(rates.length === 0 ? 'duty.seasonal_rate_unknown' : 'duty.seasonal_rate_unclear', '/date', { rates: rates.join(', '), date: day! }),
  )
}

export const exchangeRate = (fields: Fields, { rates }: Tables): Outcome<Fields> => {
  const to = readText(fields, 'currency', 'to')!
  const from = readText(fields, 'from', 'base') ?? 'EUR'
  const day = readText(fields, 'import_date', 'date')
  if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day)) return refuse(wrong('/import_date', 'a day such as 2026-07-01 is expected'))
  const row = rateOn(rates, from, to, day)
  if (!row) return refuse(error(rates ? 'duty.exchange_rate_unknown' : 'duty.exchange_rates_missing', '/currency', { from, to, date: day ?? '' }))
  return accept({ rate: row.rate.toNumber(), valid_from: row.validFrom })
}

/** Rates written into the inputs: `{EUR_GBP: 0.8571}`, or `{EUR: 0.8571}` into the currency of the result. */
export const ownRates = (value: unknown): { from: string; to?: string; rate: Decimal }[] =>
  Object.entries(isFields(value) ? value : {}).flatMap(([key, rate]) => {
    const [, from, to] = /^([A-Z]{3})(?:[_/-]?([A-Z]{3}))?$/.exec(key) ?? []
    const known = figure(rate)
    return from && known ? [{ from, ...(to && { to }), rate: decimal(known.toFixed()) }] : []
  })
