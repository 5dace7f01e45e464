/** Reference data in memory: immutable, with a version, asked by date thousands of times a second. Pure. */
import { type Instant, legalDate, type LegalDate, validOn } from '#kernel/time.ts'
import type { Administration, CodeEntry, ExchangeRate, ListName, Names, Office } from './schema.ts'

export type ReferenceRows = { version: number; administrations: Administration[]; codes: CodeEntry[]; offices: Office[]; rates: ExchangeRate[] }

export type Reference = {
  version: number
  /** settings in force; undefined = there is no such administration at that date */
  administration: (code: string, date: LegalDate) => Administration | undefined
  /** codes of the administrations that ever were */
  administrations: () => readonly string[]
  /** Is the code listed? undefined = the administration keeps no closed register of this kind, so nothing can be said. */
  has: (list: ListName, code: string, date: LegalDate, administration?: string) => boolean | undefined
  name: (list: ListName, code: string, date: LegalDate, language?: string) => string | undefined
  search: (
    list: ListName,
    query: { q?: string; date: LegalDate; language?: string; limit: number },
  ) => { code: string; name: string; validFrom: string; validTo?: string }[]
  office: (code: string, date?: LegalDate) => Office | undefined
  officeName: (code: string) => string | undefined
  offices: (filter: { administration?: string; date: LegalDate }) => Office[]
  /** the office that answers for a goods location (DE 5/23 in one) */
  officeOfLocation: (location: string, date: LegalDate) => Office | undefined
  /** does the administration know this goods location? undefined = it keeps no register of them */
  goodsLocation: (location: string, date: LegalDate, administration: string) => boolean | undefined
  /** own currency for one unit; '1' for the own currency itself; undefined = no rate at that date */
  exchangeRate: (administration: string, currency: string, date: LegalDate) => { rate: string; source: string; validFrom: LegalDate } | undefined
  rates: (administration: string, date: LegalDate) => ExchangeRate[]
}

/** The legal date of an instant where an administration is: its day begins at its own midnight. */
export const dayIn = (reference: Pick<Reference, 'administration'>, administration: string, at: Instant): LegalDate =>
  legalDate(at, reference.administration(administration, at.slice(0, 10))?.timeZone ?? 'UTC')

const groupBy = <T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const at = key(row)
    const group = groups.get(at)
    if (group) group.push(row)
    else groups.set(at, [row])
  }
  return groups
}

const inForce = <T extends { validFrom: string; validTo?: string }>(rows: readonly T[] | undefined, date: LegalDate): T | undefined =>
  rows?.find((r) => validOn(r, date))

export const nameIn = (names: Names, language = 'en'): string => names[language] ?? names['en'] ?? ''

const fold = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')

/** Codes that begin with the query first, then names that begin with it, then names that hold all its words. */
const rank = (q: string, code: string, name: string): number => {
  if (q === '' || fold(code) === q) return 0
  if (fold(code).startsWith(q)) return 1
  const folded = fold(name)
  if (folded.startsWith(q)) return 2
  return q.split(/\s+/).every((word) => folded.includes(word)) ? 3 : -1
}

const codeLists = (codes: readonly CodeEntry[]) => {
  const byList = groupBy(codes, (c) => c.list)
  const byCode = groupBy(codes, (c) => `${c.list}/${c.code}`)
  const entry = (list: ListName, code: string, date: LegalDate) => inForce(byCode.get(`${list}/${code}`), date)
  const search: Reference['search'] = (list, { q = '', date, language, limit }) => {
    const wanted = fold(q.trim())
    const found = (byList.get(list) ?? [])
      .filter((c) => validOn(c, date))
      .map((c) => ({ code: c.code, name: nameIn(c.names, language), validFrom: c.validFrom, ...(c.validTo && { validTo: c.validTo }) }))
      .map((c) => ({ c, at: rank(wanted, c.code, c.name) }))
      .filter(({ at }) => at >= 0)
    return found
      .sort((a, b) => a.at - b.at || (a.c.code < b.c.code ? -1 : 1))
      .slice(0, limit)
      .map(({ c }) => c)
  }
  return { entry, search, kept: (list: ListName) => byList.has(list) }
}

const officeLookups = (rows: readonly Office[]) => {
  const byCode = groupBy(rows, (o) => o.code)
  const byLocation = groupBy(
    rows.flatMap((o) => o.goodsLocations.map((location) => ({ location, office: o }))),
    (x) => x.location,
  )
  const keepers = new Set(rows.filter((o) => o.goodsLocations.length > 0).map((o) => o.administration))
  const officeOfLocation = (location: string, date: LegalDate) => byLocation.get(location)?.find((x) => validOn(x.office, date))?.office
  return {
    office: (code: string, date?: LegalDate) => (date ? inForce(byCode.get(code), date) : byCode.get(code)?.at(-1)),
    officeName: (code: string) => byCode.get(code)?.at(-1)?.name,
    offices: ({ administration, date }: { administration?: string; date: LegalDate }) =>
      rows.filter((o) => validOn(o, date) && (administration === undefined || o.administration === administration)),
    officeOfLocation,
    located: (location: string, date: LegalDate, administration: string): boolean | undefined =>
      keepers.has(administration) ? officeOfLocation(location, date)?.administration === administration : undefined,
  }
}

/** Builds the snapshot. Rows of one key must not overlap in time; the first in force counts. */
export const createReference = (rows: ReferenceRows): Reference => {
  const administrations = groupBy(rows.administrations, (a) => a.code)
  const lists = codeLists(rows.codes)
  const offices = officeLookups(rows.offices)
  const rates = groupBy(rows.rates, (r) => `${r.administration}/${r.currency}`)
  const administration: Reference['administration'] = (code, date) => inForce(administrations.get(code), date)
  // A trader test service answers for other countries' codes too: its lists are examples and refuse nothing.
  const open = (code: string | undefined, date: LegalDate): boolean => code !== undefined && administration(code, date)?.traderTest === true
  return {
    version: rows.version,
    administration,
    administrations: () => [...administrations.keys()],
    has: (list, code, date, of) => (open(of, date) || !lists.kept(list) ? undefined : lists.entry(list, code, date) !== undefined),
    name: (list, code, date, language) => {
      const found = lists.entry(list, code, date)
      return found && nameIn(found.names, language)
    },
    search: lists.search,
    office: offices.office,
    officeName: offices.officeName,
    offices: offices.offices,
    officeOfLocation: offices.officeOfLocation,
    goodsLocation: (location, date, of) => (open(of, date) ? undefined : offices.located(location, date, of)),
    exchangeRate: (of, currency, date) => {
      const found = inForce(rates.get(`${of}/${currency}`), date)
      if (found) return { rate: found.rate, source: found.source, validFrom: found.validFrom }
      return administration(of, date)?.currency === currency ? { rate: '1', source: 'own currency', validFrom: date } : undefined
    },
    rates: (of, date) => rows.rates.filter((r) => r.administration === of && validOn(r, date)).sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  }
}
