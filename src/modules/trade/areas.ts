/** Areas: countries, and groups of countries whose members may be groups again. Pure. */
import { validOn, type LegalDate } from '#kernel/time.ts'
import type { Area } from './schema.ts'

/** TARIC: the area of all countries (erga omnes). */
export const everywhereCode = '1011'

export type Areas = {
  /** members of a group at a date, groups as such */
  members: (area: string, date: LegalDate) => readonly string[]
  /** is the country the area, or in it? Everybody is in 1011; a country that nobody names is in nothing else */
  within: (area: string, country: string | undefined, date: LegalDate) => boolean
}

// Groups of groups are two deep at most; a circle in the data ends here.
const deepest = 4

export const createAreas = (rows: readonly Area[]): Areas => {
  const byCode = Map.groupBy(rows, (a) => a.code)
  const members: Areas['members'] = (code, date) => byCode.get(code)?.find((a) => validOn(a, date))?.members ?? []
  const holds = (area: string, country: string, date: LegalDate, depth: number): boolean => {
    if (area === country) return true
    const inside = members(area, date)
    return inside.includes(country) || (depth < deepest && inside.some((m) => byCode.has(m) && holds(m, country, date, depth + 1)))
  }
  return {
    members,
    within: (area, country, date) => area === everywhereCode || (country !== undefined && holds(area, country, date, 0)),
  }
}
