/** Countries and currencies by code (ISO 3166-1, ISO 4217); their names come from the Unicode CLDR that Node.js carries. */
import type { CodeEntry, ExchangeRate, Names } from '../schema.ts'

const languages = ['en', 'fr', 'es', 'zh', 'ar'] as const

const countryCodes =
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR
  CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
  IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL
  NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
  TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`.split(/\s+/)

/** Of trade statistics: Northern Ireland, Serbia's neighbour Kosovo, high seas, stores, no country. */
const furtherCountries: readonly (readonly [string, string])[] = [
  ['XI', 'Northern Ireland'],
  ['XK', 'Kosovo'],
  ['XZ', 'High seas'],
  ['QP', 'High seas (maritime domain outside territorial waters)'],
  ['QQ', 'Stores and provisions'],
  ['QU', 'Country not specified'],
  ['EU', 'European Union'],
]

/** Currency and how many units of it one Veranian crown bought when the demo began; all invented but plausible against one another. */
const perCrown: Readonly<Record<string, number>> = {
  EUR: 0.42,
  USD: 0.46,
  GBP: 0.36,
  CHF: 0.4,
  JPY: 68.5,
  CNY: 3.31,
  HKD: 3.58,
  KRW: 631,
  INR: 39.2,
  TRY: 18.9,
  AED: 1.69,
  AUD: 0.7,
  BDT: 55.2,
  BGN: 0.82,
  BRL: 2.52,
  CAD: 0.63,
  CLP: 432,
  COP: 1890,
  CZK: 10.3,
  DKK: 3.13,
  EGP: 22.4,
  ETB: 60.1,
  HUF: 166,
  IDR: 7420,
  ILS: 1.69,
  ISK: 63,
  KES: 59.3,
  MAD: 4.4,
  MXN: 8.7,
  MYR: 2.05,
  NGN: 704,
  NOK: 4.86,
  NZD: 0.78,
  PEN: 1.7,
  PHP: 26.6,
  PKR: 128,
  PLN: 1.79,
  QAR: 1.68,
  RON: 2.13,
  RSD: 49.2,
  SAR: 1.73,
  SEK: 4.62,
  SGD: 0.61,
  THB: 15.6,
  TND: 1.42,
  TWD: 14.7,
  UAH: 19.2,
  UYU: 18.4,
  VND: 11700,
  ZAR: 8.3,
  ZMW: 11.4,
}

const namesOf = (type: 'region' | 'currency', code: string): Names =>
  Object.fromEntries(languages.map((l) => [l, new Intl.DisplayNames([l], { type }).of(code) ?? code]))

const founded = '2020-01-01'

export const countryEntries = (): CodeEntry[] => [
  ...countryCodes.map((code): CodeEntry => ({ list: 'country', code, names: namesOf('region', code), validFrom: founded })),
  ...furtherCountries.map(([code, en]): CodeEntry => ({ list: 'country', code, names: { en }, validFrom: founded })),
  { list: 'country', code: 'XV', names: { en: 'Verania', fr: 'Véranie', es: 'Verania', zh: '维拉尼亚', ar: 'فيرانيا' }, validFrom: founded },
]

export const currencyEntries = (): CodeEntry[] => [
  ...Object.keys(perCrown).map((code): CodeEntry => ({ list: 'currency', code, names: namesOf('currency', code), validFrom: founded })),
  {
    list: 'currency',
    code: 'VRC',
    names: { en: 'Veranian crown', fr: 'couronne véranienne', es: 'corona verana', zh: '维拉尼亚克朗', ar: 'كرونة فيرانية' },
    validFrom: founded,
  },
]

const months = (from: string, count: number): string[] => {
  const [year, month] = from.split('-').map(Number) as [number, number]
  return Array.from({ length: count + 1 }, (_, i) => new Date(Date.UTC(year, month - 1 + i, 1)).toISOString().slice(0, 10))
}

/** A slow, repeatable swing of up to three percent, so that two months never have the same rate. */
const swing = (currency: string, month: number): number => {
  const phase = [...currency].reduce((t, ch) => t * 31 + ch.charCodeAt(0), 7) % 24
  return 1 + 0.03 * Math.sin(((month + phase) / 12) * Math.PI)
}

const significant = (n: number): string => {
  const text = n.toPrecision(6)
  return text.includes('e') ? Number(text).toFixed(12).replace(/0+$/, '') : text
}

/** Monthly rates of both administrations, from January 2024 for five years; before that one rate for all the years since 2020. */
export const demoRates = (): ExchangeRate[] => {
  const begins = months('2024-01', 60)
  const series = (administration: string, currency: string, at: (month: number) => number, source: string): ExchangeRate[] =>
    begins.slice(0, -1).map((validFrom, i): ExchangeRate => ({
      administration,
      currency,
      rate: significant(at(i)),
      source: `${source} ${validFrom.slice(0, 7)}`,
      validFrom: i === 0 ? founded : validFrom,
      validTo: begins[i + 1]!,
    }))
  const crowns = (currency: string, month: number): number => (currency === 'VRC' ? 1 : 1 / (perCrown[currency]! * swing(currency, month)))
  const national = Object.keys(perCrown).flatMap((c) => series('XV', c, (m) => crowns(c, m), 'National Bank of Verania'))
  const test = [...Object.keys(perCrown), 'VRC']
    .filter((c) => c !== 'GBP')
    .flatMap((c) => series('GB', c, (m) => crowns(c, m) / crowns('GBP', m), 'Trader test service'))
  return [...national, ...test]
}
