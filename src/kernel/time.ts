/** An instant as ISO 8601 in UTC with milliseconds (`2026-11-25T12:00:00.000Z`). */
export type Instant = string
/** A legal date without time (`2026-11-25`), meant in the administration's own time zone. */
export type LegalDate = string

export const instantOf = (epochMs: number): Instant => new Date(epochMs).toISOString()

// Building a formatter costs a hundred times what using it does, and there are few zones.
const formatters = new Map<string, Intl.DateTimeFormat>()

/** The legal date of an instant in an IANA time zone. */
export const legalDate = (at: Instant, timeZone: string): LegalDate => {
  let formatter = formatters.get(timeZone)
  if (!formatter)
    formatters.set(timeZone, (formatter = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })))
  return formatter.format(new Date(at))
}

/** Instant plus whole milliseconds. */
export const later = (at: Instant, ms: number): Instant => instantOf(Date.parse(at) + ms)

/** Does a half-open legal validity range contain the date? A missing end is open. */
export const validOn = (range: { validFrom: LegalDate; validTo?: LegalDate | null }, date: LegalDate): boolean =>
  range.validFrom <= date && (!range.validTo || date < range.validTo)
