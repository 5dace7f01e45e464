/** The tariff in memory: immutable, with a version, asked for every goods item of the country. Pure. */
import type { LegalDate } from '#kernel/time.ts'
import { against, isMeursingRow, kindOf, type Query } from './applies.ts'
import { createAreas, everywhereCode, type Areas } from './areas.ts'
import { createNomenclature, type CommodityInfo, type Nomenclature } from './nomenclature.ts'
import { seriesOf, type Area, type Commodity, type Measure, type MeasureFact, type TariffSettings, type Term } from './schema.ts'
import { settingsLookup } from './settings.ts'

export type { CommodityInfo } from './nomenclature.ts'

/** `preference` (DE 4/17) leaves out the options that were not claimed, but for the third-country duty; all options when absent. */
export type MeasureQuery = Query & { preference?: string }

export type TariffRows = {
  version: number
  commodities: Commodity[]
  measures: Measure[]
  areas: Area[]
  terms?: Term[]
  settings: { administration: string; settings: TariffSettings }[]
}

export type Tariff = Nomenclature & {
  version: number
  /** What may be charged on these goods at this date: the nearest measure of each kind on the way from the code up to its chapter. */
  measuresFor: (query: MeasureQuery) => readonly MeasureFact[]
  /** The measures themselves, for a screen. */
  measuresOf: (query: Query) => readonly Measure[]
  /** Every measure on the way from the code up to its chapter, nearest first, whether it concerns the goods or not. */
  candidates: (administration: string, code: string, date: LegalDate) => readonly Measure[]
  /** members of an area at a date */
  members: (area: string, date: LegalDate) => readonly string[]
  areas: Areas
  areaName: (area: string, date: LegalDate, language?: string, administration?: string) => string | undefined
  /** what a certificate, footnote or additional code means */
  term: (administration: string, kind: Term['kind'], code: string, date: LegalDate) => Term | undefined
  commodity: (administration: string, code: string, date: LegalDate) => CommodityInfo
  /** a tariff from a file lies over ours for this code */
  overlaid: (administration: string, code: string, date: LegalDate) => boolean
  rows: TariffRows
}

const claimed = (m: Pick<Measure, 'preferences'>, preference: string | undefined): boolean =>
  preference === undefined || m.preferences === undefined || m.preferences.includes(preference) || m.preferences.includes('100')

export const toFact = (m: Measure): MeasureFact => ({
  id: m.id,
  type: m.type,
  taxType: m.taxType,
  area: m.area,
  ...(m.series && { series: m.series }),
  ...(m.additionalCode && { additionalCode: m.additionalCode }),
  ...(m.orderNumber && { orderNumber: m.orderNumber }),
  ...(m.preferences && { preferences: m.preferences }),
  ...(m.expression && { expression: m.expression }),
  ...(m.basis && { basis: m.basis }),
  ...(m.supplementaryUnit && { supplementaryUnit: m.supplementaryUnit }),
  ...(m.conditions && { conditions: m.conditions }),
  ...(m.reduction && { reduction: m.reduction }),
})

type Selection = { byCommodity: ReadonlyMap<string, Measure[]>; areas: Areas; lineage: Nomenclature['lineage'] }

const candidatesIn = ({ byCommodity, lineage }: Selection, administration: string, code: string, date: LegalDate): Measure[] =>
  lineage(administration, code, date).flatMap((step) => byCommodity.get(`${administration}/${step}`) ?? [])

/** A Meursing row of a country comes before that of a group, and that before everybody's. */
const breadth = (m: Measure): number => (m.area === everywhereCode ? 2 : m.area.length === 4 ? 1 : 0)

const meursingRows = (rows: readonly Measure[], stated: readonly string[]): Measure[] =>
  [
    ...Map.groupBy(
      rows.filter((m) => stated.includes(m.additionalCode!)),
      (m) => `${m.type}/${m.additionalCode}/${m.reduction ?? ''}`,
    ).values(),
  ].map((same) => same.toSorted((a, b) => breadth(a) - breadth(b))[0]!)

const nearest = (selection: Selection, q: Query): Measure[] => {
  const found: Measure[] = []
  const kinds = new Map<string, string>()
  const fitting = candidatesIn(selection, q.administration, `${q.hsCode}${q.taric ?? ''}`, q.date).filter((m) => !against(m, q, selection.areas))
  for (const m of fitting) {
    if (isMeursingRow(m)) continue
    const kind = kindOf(m)
    // Several of one kind may stand on one line, by season say; those further up are replaced.
    if ((kinds.get(kind) ?? m.commodity) !== m.commodity) continue
    kinds.set(kind, m.commodity)
    found.push(m)
  }
  const stated = q.additionalCodes?.filter((c) => c.startsWith('7')) ?? []
  return stated.length > 0 ? [...found, ...meursingRows(fitting.filter(isMeursingRow), stated)] : found
}

/** What a decision must see: charges, units, conditions, prohibitions. Bare documents are asked for by the rules of the declaration. */
const matters = (m: Measure): boolean => Boolean(m.expression ?? m.supplementaryUnit ?? m.conditions) || seriesOf(m) === 'A'

// A country imports the same few thousand goods from the same places day after day.
const rememberedAtMost = 20_000

const remembering = (measuresOf: Tariff['measuresOf']): Tariff['measuresFor'] => {
  const remembered = new Map<string, readonly MeasureFact[]>()
  return (q) => {
    const meursing = q.additionalCodes?.filter((c) => c.startsWith('7')).join('+')
    const key = [q.administration, q.hsCode, q.taric, q.origin, q.preferentialOrigin, q.preference, meursing, q.date].join('|')
    const before = remembered.get(key)
    if (before) return before
    const found = measuresOf(q)
      .filter((m) => matters(m) && claimed(m, q.preference))
      .map(toFact)
    if (remembered.size >= rememberedAtMost) remembered.clear()
    remembered.set(key, found)
    return found
  }
}

const describing = (rows: TariffRows, areas: Areas): Pick<Tariff, 'areaName' | 'term'> => {
  const terms = Map.groupBy(rows.terms ?? [], (t) => `${t.administration}/${t.kind}/${t.code}`)
  const at = <T extends { validFrom: string; validTo?: string }>(list: T[] | undefined, date: LegalDate): T | undefined =>
    list?.find((x) => x.validFrom <= date && (!x.validTo || date < x.validTo))
  return {
    areaName: (area, date, language = 'en', administration) => {
      const names = areas.find(area, date, administration)?.names
      return names?.[language] ?? names?.['en']
    },
    term: (administration, kind, code, date) => at(terms.get(`${administration}/${kind}/${code}`), date),
  }
}

/** Builds the snapshot. */
export const createTariff = (rows: TariffRows): Tariff => {
  const areas = createAreas(rows.areas)
  const nomenclature = createNomenclature(rows.commodities)
  const selection: Selection = {
    byCommodity: Map.groupBy(rows.measures, (m) => `${m.administration}/${m.commodity}`),
    areas,
    lineage: nomenclature.lineage,
  }
  const overlays = new Map(rows.settings.map((s) => [s.administration, settingsLookup(s.administration, s.settings)]))
  const measuresOf: Tariff['measuresOf'] = (q) => overlays.get(q.administration)?.(q) ?? nearest(selection, q)
  const overlaid: Tariff['overlaid'] = (administration, code, date) => overlays.get(administration)?.({ hsCode: code, date }) !== undefined
  const commodity: Tariff['commodity'] = (administration, code, date) => {
    const info = nomenclature.commodity(administration, code, date)
    // A file that names a commodity vouches for it.
    if (overlaid(administration, code, date)) return { ...info, exists: true, declarable: true, documents: [] }
    const measures = nearest(selection, { administration, hsCode: code, date })
    const unit = measures.find((m) => m.supplementaryUnit)?.supplementaryUnit
    return { ...info, documents: measures.flatMap((m) => m.documents ?? []), ...(unit && { supplementaryUnit: unit }) }
  }
  return {
    ...nomenclature,
    ...describing(rows, areas),
    version: rows.version,
    measuresFor: remembering(measuresOf),
    measuresOf,
    candidates: (administration, code, date) => candidatesIn(selection, administration, code, date),
    members: areas.members,
    areas,
    commodity,
    overlaid,
    rows,
  }
}
