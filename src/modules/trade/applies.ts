/** Whether a measure concerns goods of an origin at a date, and if not, why not. Pure. */
import { validOn, type LegalDate } from '#kernel/time.ts'
import { everywhereCode, type Areas } from './areas.ts'
import { meursingTypes, type Measure, type Season } from './schema.ts'

export type Query = {
  administration: string
  /** up to eight digits */
  hsCode: string
  taric?: string
  origin?: string
  preferentialOrigin?: string
  /** codes that the declarant states; Meursing rows are found by theirs (7xxx) */
  additionalCodes?: readonly string[]
  date: LegalDate
}

/** Why a measure does not concern the goods. `params` name what stands against it. */
export type Against = {
  why: 'area' | 'origin-missing' | 'excluded' | 'not-yet' | 'ended' | 'legal-base-ended' | 'season'
  params: Record<string, string>
}

export const isPreferential = (m: Pick<Measure, 'preferences'>): boolean => m.preferences?.some((p) => p >= '200') ?? false

/** The origin that counts: the preferential one for preferences (UCC Art. 64), the other for everything else (UCC Art. 59). */
export const originFor = (m: Pick<Measure, 'preferences'>, q: Pick<Query, 'origin' | 'preferentialOrigin'>): string | undefined =>
  isPreferential(m) ? (q.preferentialOrigin ?? q.origin) : (q.origin ?? q.preferentialOrigin)

/** Both ends count; a season may run over the turn of the year. */
export const inSeason = (season: Season | undefined, date: LegalDate): boolean => {
  if (!season) return true
  const day = date.slice(5)
  return season.from <= season.to ? season.from <= day && day <= season.to : day >= season.from || day <= season.to
}

/** Undefined when nothing stands against it. A measure ends at the earlier of its own end and its legal base's. */
export const against = (m: Measure, q: Query, areas: Areas): Against | undefined => {
  if (q.date < m.validFrom) return { why: 'not-yet', params: { from: m.validFrom } }
  if (!validOn(m, q.date)) return { why: 'ended', params: { to: m.validTo! } }
  if (m.sourceValidTo && q.date >= m.sourceValidTo) return { why: 'legal-base-ended', params: { to: m.sourceValidTo, source: m.source } }
  if (!inSeason(m.season, q.date)) return { why: 'season', params: { from: m.season!.from, to: m.season!.to } }
  const origin = originFor(m, q)
  if (!areas.within(m.area, origin, q.date, m.administration))
    return origin === undefined ? { why: 'origin-missing', params: { area: m.area } } : { why: 'area', params: { area: m.area, origin } }
  const excluded = m.excluded?.find((e) => e !== everywhereCode && areas.within(e, origin, q.date, m.administration))
  return excluded ? { why: 'excluded', params: { area: m.area, excluded, origin: origin! } } : undefined
}

/** Two measures of one kind: the one nearer to the goods replaces the other. */
export const kindOf = (m: Measure): string =>
  [m.type, m.taxType, m.area, m.additionalCode, m.orderNumber, m.preferences?.join('+'), m.reduction].join('|')

/** Rows of the Meursing tables hold amounts, not duties: they are found by the code that the declarant states. */
export const isMeursingRow = (m: Pick<Measure, 'type' | 'additionalCode'>): boolean =>
  Object.hasOwn(meursingTypes, m.type) && (m.additionalCode?.startsWith('7') ?? false)
