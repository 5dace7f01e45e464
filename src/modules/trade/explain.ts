/** Shows a commodity: what is charged on it and asked for it, and why; what is not, and why not. Pure. */
import type { LegalDate } from '#kernel/time.ts'
import { against, isMeursingRow, kindOf, originFor, type Query } from './applies.ts'
import { everywhereCode } from './areas.ts'
import { printExpression } from './expression.ts'
import {
  actionOf,
  keyOf,
  measureTypes,
  seriesOf,
  type Measure,
  type MeasureType,
  type ShownCommodity,
  type ShownMeasure,
  type Why,
} from './schema.ts'
import type { Tariff } from './snapshot.ts'

export type ShowQuery = {
  administration: string
  code: string
  date: LegalDate
  origin?: string
  additionalCodes?: readonly string[]
  language?: string
}

type Context = { tariff: Tariff; q: ShowQuery; query: Query }

const nameIn = (names: Record<string, string>, language = 'en'): string => names[language] ?? names['en'] ?? ''

const termName = ({ tariff, q }: Context, kind: 'certificate' | 'footnote' | 'additional-code', code: string): string | undefined => {
  const term = tariff.term(q.administration, kind, code, q.date)
  return term && nameIn(term.names, q.language)
}

const conditionsOf = (c: Context, m: Measure): ShownMeasure['conditions'] =>
  m.conditions?.map((row) => {
    const name = row.certificate && termName(c, 'certificate', row.certificate)
    return {
      ...row,
      effect: actionOf(row.action),
      ...(name && { certificateName: name }),
      ...(row.expression && { rate: printExpression(row.expression) }),
    }
  })

const footnotesOf = (c: Context, codes: readonly string[]) =>
  codes.map((code) => {
    const text = termName(c, 'footnote', code)
    return { code, ...(text && { text }) }
  })

const placeOf = (m: Measure, code: string): Why => {
  if (m.commodity === code) return { why: 'own', params: {} }
  return m.commodity === '' ? { why: 'all-goods', params: {} } : { why: 'inherited', params: { from: m.commodity } }
}

const areaReason = (c: Context, m: Measure): Why => {
  if (m.area === everywhereCode) return { why: 'everybody', params: {} }
  const origin = originFor(m, c.query) ?? ''
  return m.area === origin ? { why: 'country', params: { area: m.area } } : { why: 'member', params: { area: m.area, origin } }
}

const claims = (m: Measure): boolean => m.preferences !== undefined && !m.preferences.includes('100')

const statusOf = (m: Measure): ShownMeasure['status'] => {
  if (claims(m)) return 'on-claim'
  if (m.additionalCode && !m.additionalCode.endsWith('999')) return 'on-code'
  return m.conditions ? 'on-condition' : 'applies'
}

const conditionReasons = (m: Measure): Why[] => {
  const certificates = [...new Set((m.conditions ?? []).flatMap((r) => r.certificate ?? []))]
  return [
    ...(certificates.length > 0 ? [{ why: 'document', params: { codes: certificates.join(', ') } }] : []),
    ...(m.conditions?.some((r) => r.threshold) ? [{ why: 'threshold', params: {} }] : []),
  ]
}

const doing = (m: Measure): Why[] => [
  ...(claims(m) ? [{ why: 'claim', params: { preferences: m.preferences!.join(', ') } }] : []),
  ...(m.additionalCode ? [{ why: m.additionalCode.endsWith('999') ? 'residual' : 'code', params: { code: m.additionalCode } }] : []),
  ...conditionReasons(m),
  ...(m.season ? [{ why: 'season', params: m.season }] : []),
]

const shown = (c: Context, m: Measure, status: ShownMeasure['status'], why: Why[]): ShownMeasure => {
  const { conditions: _conditions, footnotes, additionalCode, expression, administration: _administration, sourceValidTo: _end, ...rest } = m
  const known = Object.hasOwn(measureTypes, m.type) ? measureTypes[m.type as MeasureType].name : undefined
  const areaName = c.tariff.areaName(m.area, c.q.date, c.q.language, c.q.administration)
  const series = seriesOf(m)
  const conditions = conditionsOf(c, m)
  const codeName = additionalCode && termName(c, 'additional-code', additionalCode)
  return {
    ...rest,
    ...(known && { typeName: known }),
    ...(series && { series }),
    ...(areaName && { areaName }),
    rate: expression ? printExpression(expression) : '',
    ...(additionalCode && { additionalCode: { code: additionalCode, ...(codeName && { name: codeName }) } }),
    ...(conditions && { conditions }),
    ...(footnotes && { footnotes: footnotesOf(c, footnotes) }),
    ...(m.commodity !== c.q.code && { inheritedFrom: m.commodity }),
    status,
    why,
  }
}

/** Every candidate with its standing: what is nearer replaces what is of the same kind further up. */
const weigh = (c: Context): ShownMeasure[] => {
  const nearer = new Map<string, Measure>()
  return c.tariff.candidates(c.q.administration, c.q.code, c.q.date).flatMap((m): ShownMeasure[] => {
    const no = against(m, c.query, c.tariff.areas)
    if (no) return [shown(c, m, 'not', [placeOf(m, c.q.code), no])]
    // The Meursing tables hang on no code: rows of codes that nobody stated would drown the rest.
    if (isMeursingRow(m)) return c.q.additionalCodes?.includes(m.additionalCode!) ? [shown(c, m, 'on-code', [areaReason(c, m), ...doing(m)])] : []
    const by = nearer.get(kindOf(m))
    if (by && by.commodity !== m.commodity) return [shown(c, m, 'not', [{ why: 'replaced', params: { by: by.id, at: by.commodity } }])]
    nearer.set(kindOf(m), m)
    return [shown(c, m, statusOf(m), [placeOf(m, c.q.code), areaReason(c, m), ...doing(m)])]
  })
}

const overlaid = (c: Context): ShownMeasure[] =>
  c.tariff.measuresOf(c.query).map((m) => shown(c, m, statusOf(m), [placeOf(m, c.q.code), areaReason(c, m), ...doing(m)]))

const pathOf = ({ tariff, q }: Context): ShownCommodity['path'] => {
  const path: ShownCommodity['path'] = []
  const keys = Array.from({ length: q.code.length - 1 }, (_, i) => q.code.slice(0, q.code.length - i))
  const near = keys.map((key) => tariff.line(q.administration, key, q.date)).find((l) => l !== undefined)
  for (let line = near; line; line = line.parent === undefined ? undefined : tariff.line(q.administration, line.parent, q.date))
    path.unshift({ code: keyOf(line), name: nameIn(line.names, q.language) })
  return path
}

/** Undefined when nothing of this code is in the nomenclature, not even its chapter. */
export const showCommodity = (tariff: Tariff, q: ShowQuery): ShownCommodity | undefined => {
  const query: Query = {
    administration: q.administration,
    hsCode: q.code,
    date: q.date,
    ...(q.origin && { origin: q.origin, preferentialOrigin: q.origin }),
    ...(q.additionalCodes && { additionalCodes: q.additionalCodes }),
  }
  const c: Context = { tariff, q, query }
  const path = pathOf(c)
  const last = path.at(-1)
  if (!last) return undefined
  const info = tariff.commodity(q.administration, q.code, q.date)
  const all = tariff.overlaid(q.administration, q.code, q.date) ? overlaid(c) : weigh(c)
  const lines = path.flatMap((p) => tariff.line(q.administration, p.code, q.date)?.footnotes ?? [])
  return {
    administration: q.administration,
    code: q.code,
    date: q.date,
    ...(q.origin && { origin: q.origin }),
    version: tariff.version,
    exists: info.exists,
    declarable: info.declarable,
    name: last.name,
    path,
    footnotes: footnotesOf(c, lines),
    ...(info.supplementaryUnit && { supplementaryUnit: info.supplementaryUnit }),
    documents: info.documents,
    measures: all.filter((m) => m.status !== 'not'),
    notApplied: all.filter((m) => m.status === 'not'),
  }
}
