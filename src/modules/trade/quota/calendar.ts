/** When a quota's claims are served: the next working day, over all claims accepted before it. Pure. */
import { instantOf, type LegalDate } from '#kernel/time.ts'

const dayMs = 86_400_000
export const addDays = (day: LegalDate, days: number): LegalDate => instantOf(Date.parse(`${day}T00:00:00.000Z`) + days * dayMs).slice(0, 10)

const weekday = (day: LegalDate): number => new Date(`${day}T00:00:00.000Z`).getUTCDay()

/** Monday to Friday, holidays apart. */
export const isWorkingDay = (day: LegalDate, holidays: ReadonlySet<string>): boolean => ![0, 6].includes(weekday(day)) && !holidays.has(day)

/**
 * The day among whose claims a claim is served. What is accepted on 1, 2 or 3 January counts as of 3 January (UK SI 2020/1432 reg. 12):
 * whoever has an office open on New Year's Day shall gain nothing by it.
 */
export const priorityOf = (acceptedOn: LegalDate): LegalDate => (/-01-0[12]$/.test(acceptedOn) ? `${acceptedOn.slice(0, 8)}03` : acceptedOn)

/** On a working day all claims of the days before it are served; on any other day none. */
export const servedThrough = (today: LegalDate, holidays: ReadonlySet<string>): LegalDate | null =>
  isWorkingDay(today, holidays) ? addDays(today, -1) : null
