/** The tariff in memory: immutable, with a version, asked for every goods item of the country. Pure. */
import { validOn, type LegalDate } from '#kernel/time.ts'
import { everywhereCode } from './areas.ts'
import { createNomenclature, type CommodityInfo, type Nomenclature } from './nomenclature.ts'
import type { Area, Commodity, Measure, MeasureFact, TariffSettings } from './schema.ts'
import { settingsLookup } from './settings.ts'

export type { CommodityInfo } from './nomenclature.ts'

export type MeasureQuery = {
  administration: string
  /** up to eight digits */
  hsCode: string
  taric?: string
  origin?: string
  preferentialOrigin?: string
  /** DE 4/17: leaves out the options that were not claimed, but for the third-country duty; all options when absent */
  preference?: string
  date: LegalDate
}

export type TariffRows = {
  version: number
  commodities: Commodity[]
  measures: Measure[]
  areas: Area[]
  settings: { administration: string; settings: TariffSettings }[]
}

export type Tariff = Nomenclature & {
  version: number
  /** What may be charged on these goods at this date: the nearest measure of each kind on the way from the code up to its chapter. */
  measuresFor: (query: MeasureQuery) => readonly MeasureFact[]
  /** The measures themselves, for a screen. */
  measuresOf: (query: Omit<MeasureQuery, 'preference'>) => readonly Measure[]
  /** members of an area at a date */
  members: (area: string, date: LegalDate) => readonly string[]
  commodity: (administration: string, code: string, date: LegalDate) => CommodityInfo
}

const isPreferential = (m: Pick<Measure, 'preferences'>): boolean => m.preferences?.some((p) => p >= '200') ?? false

/** The origin that counts: the preferential one for preferences (UCC Art. 64), the other for everything else (UCC Art. 59). */
const originFor = (m: Measure, q: MeasureQuery): string | undefined =>
  isPreferential(m) ? (q.preferentialOrigin ?? q.origin) : (q.origin ?? q.preferentialOrigin)

const claimed = (m: Pick<Measure, 'preferences'>, preference: string | undefined): boolean =>
  preference === undefined || m.preferences === undefined || m.preferences.includes(preference) || m.preferences.includes('100')

/** Two measures of one kind: the one nearer to the goods replaces the other. */
const kindOf = (m: Measure): string => [m.type, m.taxType, m.area, m.additionalCode, m.orderNumber, m.preferences?.join('+')].join('|')

export const toFact = (m: Measure): MeasureFact => ({
  id: m.id,
  type: m.type,
  taxType: m.taxType,
  area: m.area,
  ...(m.additionalCode && { additionalCode: m.additionalCode }),
  ...(m.orderNumber && { orderNumber: m.orderNumber }),
  ...(m.preferences && { preferences: m.preferences }),
  ...(m.expression && { expression: m.expression }),
  ...(m.basis && { basis: m.basis }),
  ...(m.supplementaryUnit && { supplementaryUnit: m.supplementaryUnit }),
})

const areaTest = (areas: readonly Area[]) => {
  const byCode = Map.groupBy(areas, (a) => a.code)
  const members = (code: string, date: LegalDate): readonly string[] => byCode.get(code)?.find((a) => validOn(a, date))?.members ?? []
  const within = (area: string, country: string | undefined, date: LegalDate): boolean =>
    area === everywhereCode || (country !== undefined && (area === country || members(area, date).includes(country)))
  const fits = (m: Measure, q: MeasureQuery): boolean => {
    const origin = originFor(m, q)
    return within(m.area, origin, q.date) && !m.excluded?.some((e) => within(e, origin, q.date))
  }
  return { members, fits }
}

type Selection = { byCommodity: ReadonlyMap<string, Measure[]>; fits: (m: Measure, q: MeasureQuery) => boolean }

const nearest = ({ byCommodity, fits }: Selection, q: MeasureQuery): Measure[] => {
  const code = `${q.hsCode}${q.taric ?? ''}`
  const found: Measure[] = []
  const kinds = new Set<string>()
  for (let length = code.length; length >= 0; length--) {
    const here = byCommodity
      .get(`${q.administration}/${code.slice(0, length)}`)
      ?.filter((m) => validOn(m, q.date) && fits(m, q) && !kinds.has(kindOf(m)))
    here?.forEach((m) => found.push(m))
    here?.forEach((m) => kinds.add(kindOf(m)))
  }
  return found
}

// A country imports the same few thousand goods from the same places day after day.
const rememberedAtMost = 20_000

/** Builds the snapshot. */
export const createTariff = (rows: TariffRows): Tariff => {
  const { members, fits } = areaTest(rows.areas)
  const selection = { byCommodity: Map.groupBy(rows.measures, (m) => `${m.administration}/${m.commodity}`), fits }
  const overlays = new Map(rows.settings.map((s) => [s.administration, settingsLookup(s.administration, s.settings)]))
  const nomenclature = createNomenclature(rows.commodities)
  const measuresOf: Tariff['measuresOf'] = (q) => overlays.get(q.administration)?.(q) ?? nearest(selection, q)
  const remembered = new Map<string, readonly MeasureFact[]>()
  const measuresFor: Tariff['measuresFor'] = (q) => {
    const key = [q.administration, q.hsCode, q.taric, q.origin, q.preferentialOrigin, q.preference, q.date].join('|')
    const before = remembered.get(key)
    if (before) return before
    const found = measuresOf(q)
      .filter((m) => (m.expression || m.supplementaryUnit) && claimed(m, q.preference))
      .map(toFact)
    if (remembered.size >= rememberedAtMost) remembered.clear()
    remembered.set(key, found)
    return found
  }
  const commodity: Tariff['commodity'] = (administration, code, date) => {
    // A file that names a commodity vouches for it.
    const overlay = overlays.get(administration)?.({ hsCode: code, date })
    const info = nomenclature.commodity(administration, code, date)
    if (overlay) return { ...info, exists: true, declarable: true, documents: [] }
    const measures = nearest(selection, { administration, hsCode: code, date })
    const unit = measures.find((m) => m.supplementaryUnit)?.supplementaryUnit
    return { ...info, documents: measures.flatMap((m) => m.documents ?? []), ...(unit && { supplementaryUnit: unit }) }
  }
  return { ...nomenclature, version: rows.version, measuresFor, measuresOf, members, commodity }
}
