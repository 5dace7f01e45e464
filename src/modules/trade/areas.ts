/** Areas: countries, and groups of countries whose members may be groups again. Pure. */
import { validOn, type LegalDate } from '#kernel/time.ts'
import type { Area } from './schema.ts'

/** TARIC: the area of all countries (erga omnes). */
export const everywhereCode = '1011'

export type Areas = {
  /** members of a group at a date, groups as such */
  members: (area: string, date: LegalDate, administration?: string) => readonly string[]
  /** is the country the area, or in it? Everybody is in 1011; a country that nobody names is in nothing else */
  within: (area: string, country: string | undefined, date: LegalDate, administration?: string) => boolean
  find: (area: string, date: LegalDate, administration?: string) => Area | undefined
}

// Groups of groups are two deep at most; a circle in the data ends here.
const deepest = 4

export const createAreas = (rows: readonly Area[]): Areas => {
  const byCode = Map.groupBy(rows, (a) => `${a.administration ?? ''}/${a.code}`)
  const find: Areas['find'] = (code, date, administration) =>
    (administration && byCode.get(`${administration}/${code}`)?.find((a) => validOn(a, date))) ||
    byCode.get(`/${code}`)?.find((a) => validOn(a, date))
  const holds = (area: string, country: string, date: LegalDate, administration: string | undefined, depth: number): boolean => {
    if (area === country) return true
    const inside = find(area, date, administration)?.members ?? []
    return inside.includes(country) || (depth < deepest && inside.some((m) => m.length > 2 && holds(m, country, date, administration, depth + 1)))
  }
  return {
    find,
    members: (area, date, administration) => find(area, date, administration)?.members ?? [],
    within: (area, country, date, administration) =>
      area === everywhereCode || (country !== undefined && holds(area, country, date, administration, 0)),
  }
}
