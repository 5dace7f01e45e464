/** Instants, angles and numbers as devices write them. Every function answers null for what is none. */

const knotKph = 1.852
/** One knot is 1.852 km/h exactly. */
export const kphOfKnots = (knots: number): number => round(knots * knotKph, 3)

export const round = (n: number, digits: number): number => {
  const f = 10 ** digits
  return Math.round(n * f) / f
}

const degrees = (n: number, limit: number): number | null => (Number.isFinite(n) && Math.abs(n) <= limit ? round(n, 7) : null)
export const latitude = (n: number): number | null => degrees(n, 90)
export const longitude = (n: number): number | null => degrees(n, 180)
export const course = (n: number): number | null => (Number.isFinite(n) && n >= 0 && n <= 360 ? n % 360 : null)

/** Digits DDMMmmmm or DDDMMmmmm: degrees, minutes, fraction of a minute. */
export const degreesOfDigits = (digits: string, degreeDigits: 2 | 3): number =>
  /^[0-9]+$/.test(digits)
    ? Number(digits.slice(0, degreeDigits)) + Number(`${digits.slice(degreeDigits, degreeDigits + 2)}.${digits.slice(degreeDigits + 2)}`) / 60
    : NaN

/** `2232.9961`: degrees times 100 plus minutes. */
export const degreesOfMinutes = (text: string): number => {
  const found = /^(\d{0,3}?)(\d{2}\.\d+|\d{2})$/.exec(text)
  return found ? Number(found[1] || 0) + Number(found[2]) / 60 : NaN
}

export type Parts = { year: number; month: number; day: number; hour: number; minute: number; second: number }

/** A calendar moment of a zone `minutesEast` of Greenwich; null when there is no such moment. */
export const instantOfParts = (p: Parts, minutesEast = 0): string | null => {
  const at = Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second)
  const d = new Date(at)
  const same =
    d.getUTCFullYear() === p.year &&
    d.getUTCMonth() === p.month - 1 &&
    d.getUTCDate() === p.day &&
    d.getUTCHours() === p.hour &&
    d.getUTCMinutes() === p.minute &&
    d.getUTCSeconds() === p.second
  return same ? new Date(at - minutesEast * 60_000).toISOString() : null
}

/** Twelve digits: `order` says whether the date begins with the day or the year. */
export const instantOfDigits = (digits: string, order: 'DMY' | 'YMD', minutesEast = 0): string | null => {
  if (!/^[0-9]{12}$/.test(digits)) return null
  const n = (i: number): number => Number(digits.slice(i, i + 2))
  const [year, day] = order === 'DMY' ? [n(4), n(0)] : [n(0), n(4)]
  return instantOfParts({ year: 2000 + year, month: n(2), day, hour: n(6), minute: n(8), second: n(10) }, minutesEast)
}

/** A clock that was never set says 2000 (or an epoch of its own). */
export const neverSet = (instant: string | null): boolean => instant === null || instant < '2005-01-01'

export const numberOf = (text: string | undefined): number | null => {
  if (text === undefined || text.trim() === '') return null
  const n = Number(text)
  return Number.isFinite(n) ? n : null
}
export const percent = (n: number | null): number | null => (n !== null && n >= 0 && n <= 100 ? n : null)
