/** Legal dates counted. Pure; every date is a calendar day without a zone. */
import type { LegalDate } from '#kernel/time.ts'

const dayMs = 86_400_000
const asDate = (ms: number): LegalDate => new Date(ms).toISOString().slice(0, 10)

export const addDays = (date: LegalDate, days: number): LegalDate => asDate(Date.parse(date) + days * dayMs)

/** Calendar days from one date to another; negative when the other is earlier. */
export const daysBetween = (from: LegalDate, to: LegalDate): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** The same day of a later month, or its last day when that month is shorter. */
export const addMonths = (date: LegalDate, months: number): LegalDate => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return asDate(Date.UTC(year, month - 1 + months, Math.min(day, last)))
}

/** Days between two dates when every month has 30 (30E/360: the 31st counts as the 30th). */
export const days30 = (from: LegalDate, to: LegalDate): number => {
  const [y1, m1, d1] = from.split('-').map(Number) as [number, number, number]
  const [y2, m2, d2] = to.split('-').map(Number) as [number, number, number]
  return (y2 - y1) * 360 + (m2 - m1) * 30 + Math.min(d2, 30) - Math.min(d1, 30)
}
