/**
 * Measures of UK commodities as flat JSON: one commodity, or an array of them, a file. A measure counts by its series, not its type: files
 * of testers hold controls under types of duty. Pure.
 */
import { error, warning, type Issue } from '#kernel/issue.ts'
import { everywhereCode } from '../areas.ts'
import { parseExpression } from '../expression.ts'
import { measureTypes, seriesLetters, type Condition, type Expression, type Measure, type MeasureType, type Series } from '../schema.ts'
import { day, dayAfter, isObject, objects, plainText, textOf, type Json } from './json.ts'
import type { Chunks, FileReader, Imported, ImportOptions, ReadRow } from './types.ts'

/** Codes are padded to ten digits; what pads says nothing, but a declarable line keeps its eight. */
export const unpadded = (code: string, least: number): string => {
  let short = code
  while (short.length > least && short.endsWith('00')) short = short.slice(0, -2)
  return short
}

/** Where a file lacks the action's code, its sentence tells it. */
const actions: readonly (readonly [RegExp, string])[] = [
  [/not applicable/i, '07'],
  [/not allowed after control/i, '09'],
  [/allowed after control/i, '29'],
  [/to be corrected/i, '10'],
  [/subheading not allowed/i, '08'],
  [/subheading allowed/i, '28'],
  [/free circulation is not allowed/i, '04'],
  [/free circulation allowed/i, '24'],
  [/export is not allowed/i, '05'],
  [/export allowed/i, '25'],
  [/exemption|reduction/i, '34'],
  [/mentioned duty/i, '27'],
  [/amount of the action/i, '01'],
]
const actionOf = (c: Json): string | undefined => {
  const code = textOf(c['action_code'])
  return /^\d{2}$/.test(code) ? code : actions.find(([words]) => words.test(textOf(c['action'])))?.[1]
}

const rateIn = (v: unknown): Expression | undefined => {
  const text = plainText(isObject(v) ? v['base'] : v)
  return text === '' ? undefined : parseExpression(text)
}

const conditionOf = (c: Json, sequence: number): Condition | undefined => {
  const [code, action, certificate] = [textOf(c['condition_code']), actionOf(c), textOf(c['document_code'], 10)]
  if (!/^[A-Z]{1,2}$/.test(code) || !action) return undefined
  const amount = c['condition_duty_amount']
  const [currency, unit] = [
    textOf(c['condition_monetary_unit_code']),
    `${textOf(c['condition_measurement_unit_code'])}${textOf(c['condition_measurement_unit_qualifier_code'])}`,
  ]
  const expression = rateIn(c['duty_expression'])
  return {
    code,
    sequence,
    action,
    ...(certificate && { certificate }),
    ...(typeof amount === 'number' && { threshold: { amount: String(amount), ...(currency && { currency }), ...(unit && { unit }) } }),
    ...(expression && { expression }),
  }
}

/** DE 4/17 by type of measure; the general preference has groups of its own (20xx). */
const preferencesOf = (type: string, area: string): string[] | undefined => {
  const first = /^20\d\d$/.test(area) ? '2' : '3'
  const byType: Readonly<Record<string, string>> = {
    '103': '100',
    '105': '140',
    '106': '400',
    '112': '110',
    '115': '115',
    '117': '140',
    '119': '119',
    '122': '120',
    '123': '123',
    '141': `${first}10`,
    '142': `${first}00`,
    '143': `${first}20`,
    '145': `${first}40`,
    '146': `${first}23`,
    '147': '420',
  }
  return byType[type] ? [byType[type]] : undefined
}

const taxTypeOf = (type: string, series: Series, additionalCode: string): string => {
  if (series === 'C') return 'A00'
  if (series === 'D') return ({ '551': 'A35', '552': 'A30', '553': 'A45', '554': 'A40' } as Record<string, string>)[type] ?? 'A30'
  if (series === 'P') return 'B00'
  if (series === 'Q') return /^X\d{3}$/.test(additionalCode) ? additionalCode.slice(1) : '306'
  return series === 'J' || series === 'E' || series === 'F' ? 'A20' : ''
}

const seriesIn = (m: Json): Series | undefined => {
  const told = textOf(isObject(m['measure_type']) ? m['measure_type']['measure_type_series_id'] : '')
  return (seriesLetters as string[]).includes(told) ? (told as Series) : undefined
}

const codesIn = (list: unknown, key: string): string[] =>
  objects(list)
    .map((x) => textOf(x[key], 6))
    .filter((c) => c !== '')

const unitIn = (m: Json): string | undefined => {
  const only = objects(m['measure_components']).find((c) => textOf(c['duty_expression_id']) === '99')
  return only && (`${textOf(only['measurement_unit_code'])}${textOf(only['measurement_unit_qualifier_code'])}`.slice(0, 12) || undefined)
}

const typeIn = (m: Json): string => textOf(isObject(m['measure_type']) ? m['measure_type']['id'] : '', 3)
const areaIn = (m: Json): string => textOf(isObject(m['geographical_area']) ? m['geographical_area']['id'] : '', 4)
const additionalIn = (m: Json): string => textOf(isObject(m['additional_code']) ? m['additional_code']['code'] : '', 4)

const linksOf = (m: Json): Partial<Measure> => {
  const [act] = objects(m['legal_acts'])
  const end = act && dayAfter(act['validity_end_date'])
  const order = textOf(isObject(m['order_number']) ? m['order_number']['number'] : '', 6)
  const reduction = Number(m['reduction_indicator'])
  const [excluded, footnotes] = [codesIn(m['excluded_countries'], 'geographical_area_id'), codesIn(m['footnotes'], 'code')]
  return {
    ...(end && { sourceValidTo: end }),
    ...(order && { orderNumber: order }),
    ...(Number.isInteger(reduction) && reduction >= 1 && reduction <= 9 && { reduction }),
    ...(excluded.length > 0 && { excluded }),
    ...(footnotes.length > 0 && { footnotes }),
  }
}

const measureOf = (m: Json, commodity: string, series: Series, o: ImportOptions): Measure => {
  const [type, area, additional] = [typeIn(m), areaIn(m), additionalIn(m)]
  const unit = unitIn(m)
  const expression = unit ? undefined : rateIn(m['duty_expression'])
  const conditions = objects(m['measure_conditions'])
    .map((c, i) => conditionOf(c, i + 1))
    .filter((c) => c !== undefined)
  const preferences = series === 'C' ? (preferencesOf(type, area) ?? ['100']) : undefined
  const end = dayAfter(m['effective_end_date'])
  const ownSeries = !Object.hasOwn(measureTypes, type) || measureTypes[type as MeasureType].series !== series
  const [act] = objects(m['legal_acts'])
  return {
    id: `${o.administration}/${textOf(m['id'])}`.slice(0, 40),
    administration: o.administration,
    commodity,
    type,
    ...(ownSeries && { series }),
    taxType: taxTypeOf(type, series, additional),
    area,
    ...(additional && { additionalCode: additional }),
    ...(preferences && { preferences }),
    ...(expression && { expression }),
    ...(unit && { supplementaryUnit: unit }),
    ...(conditions.length > 0 && { conditions }),
    ...linksOf(m),
    source: textOf(act?.['regulation_code'], 100) || 'UK tariff',
    validFrom: day(m['effective_start_date']) ?? o.from,
    ...(end && { validTo: end }),
  }
}

/** Groups of countries and described codes that a measure brings along. */
const besides = (m: Json, o: ImportOptions): Imported[] => {
  const area = isObject(m['geographical_area']) ? m['geographical_area'] : {}
  const [code, members] = [areaIn(m), codesIn(area['children_geographical_areas'], 'geographical_area_id')]
  const term = (kind: 'footnote' | 'additional-code', x: Json): Imported => ({
    what: 'term',
    row: {
      administration: o.administration,
      kind,
      code: textOf(x['code'], 10),
      names: { en: plainText(x['description']) || textOf(x['code']) },
      validFrom: o.from,
    },
  })
  return [
    ...(code.length === 4 && code !== everywhereCode && members.length > 0
      ? [
          {
            what: 'area' as const,
            row: { administration: o.administration, code, names: { en: plainText(area['description']) }, members, validFrom: o.from },
          },
        ]
      : []),
    ...objects(m['footnotes']).map((x) => term('footnote', x)),
    ...(isObject(m['additional_code']) ? [term('additional-code', m['additional_code'])] : []),
  ]
}

const readMeasure = (line: number, m: Json, commodity: string, o: ImportOptions): ReadRow => {
  const refuse = (field: string, value: unknown): ReadRow => ({
    line,
    refused: error('trade.import_field_malformed', `/${line}/${field}`, { line, field, value: textOf(value, 60) }),
  })
  const [series, type, area] = [seriesIn(m), typeIn(m), areaIn(m)]
  if (textOf(m['id']) === '') return refuse('id', m['id'])
  if (!/^[A-Z0-9]{3}$/.test(type)) return refuse('measure_type', type)
  if (!series) return refuse('measure_type_series_id', isObject(m['measure_type']) ? m['measure_type']['measure_type_series_id'] : '')
  if (!/^([A-Z]{2}|[A-Z0-9]{4})$/.test(area)) return refuse('geographical_area', area)
  if (day(m['effective_start_date']) === undefined) return refuse('effective_start_date', m['effective_start_date'])
  if (m['import'] === false) return { line, ignored: error('trade.import_of_exports', `/${line}`, { line }) }
  const row = measureOf(m, commodity, series, o)
  const unread = objects(m['measure_conditions']).length - (row.conditions?.length ?? 0)
  if (unread > 0) return refuse('measure_conditions', `${unread} without code or action`)
  const text = row.expression?.some((c) => c.kind === 'text')
  const remarks: Issue[] = text ? [warning('trade.import_rate_text', `/${line}`, { line, text: row.expression?.[0]?.text ?? '' })] : []
  return { line, taken: [...besides(m, o), { what: 'measure', row }], remarks }
}

const lineRows = (d: Json, code: string, o: ImportOptions): Imported[] => {
  const named = (own: string, description: unknown, more: object = {}): Imported => ({
    what: 'commodity',
    row: {
      administration: o.administration,
      code: own,
      ...(own.length > 2 && { parent: own.slice(0, own.length > 4 ? 4 : 2) }),
      names: { en: plainText(description) || own },
      declarable: false,
      validFrom: o.from,
      ...more,
    },
    missingOnly: own.length <= 4,
  })
  const of = (key: string): unknown => (isObject(d[key]) ? (d[key]['description_plain'] ?? d[key]['description']) : '')
  const footnotes = codesIn(d['footnotes'], 'code')
  const suffix = textOf(d['producline_suffix'], 2)
  return [
    named(code.slice(0, 2), of('chapter')),
    named(code.slice(0, 4), of('heading')),
    ...(code.length > 4
      ? [
          named(code, d['description_plain'] ?? d['description'], {
            declarable: d['declarable'] === true,
            ...(suffix && suffix !== '80' && { suffix }),
            ...(footnotes.length > 0 && { footnotes }),
          }),
        ]
      : []),
  ]
}

const whole = async (chunks: Chunks): Promise<string> => {
  const parts: string[] = []
  for await (const part of chunks) parts.push(part)
  return parts.join('').replace(/^\uFEFF/, '')
}

/** The line at which each measure begins, found by its id: JSON keeps no places. */
const placesIn = (text: string): ((id: string) => number) => {
  const at = new Map<string, number>()
  let line = 1
  let from = 0
  for (const found of text.matchAll(/"id":\s*"?(-?\d+)"?/g)) {
    for (let i = text.indexOf('\n', from); i >= 0 && i < found.index; i = text.indexOf('\n', from)) {
      line++
      from = i + 1
    }
    if (!at.has(found[1]!)) at.set(found[1]!, line)
  }
  return (id) => at.get(id) ?? 1
}

const parseWhole = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const readUk: FileReader = async function* (chunks, options) {
  const text = await whole(chunks)
  const value = parseWhole(text)
  const commodities = isObject(value) ? [value] : objects(value)
  if (commodities.length === 0)
    return yield { line: 1, refused: error('trade.import_row_malformed', '/1', { line: 1, detail: 'no JSON of a commodity' }) }
  const placeOf = placesIn(text)
  for (const d of commodities) {
    const id = textOf(d['goods_nomenclature_item_id'])
    if (!/^\d{10}$/.test(id)) {
      yield {
        line: 1,
        refused: error('trade.import_field_malformed', '/1', { line: 1, field: 'goods_nomenclature_item_id', value: id.slice(0, 60) }),
      }
      continue
    }
    const code = d['declarable'] === true ? unpadded(id, 8) : unpadded(id, 2)
    yield { line: 0, taken: lineRows(d, code, options), remarks: [] }
    for (const m of [...objects(d['import_measures']), ...objects(d['export_measures'])])
      yield readMeasure(placeOf(textOf(m['id'])), m, code, options)
  }
}
