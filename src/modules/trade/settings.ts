/** A tariff from a file (`TariffSettings`), laid over ours: commodities that it names are charged with its lines and nothing else. Pure. */
import { Check, Errors } from 'typebox/value'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { validOn } from '#kernel/time.ts'
import { everywhereCode } from './areas.ts'
import { parseExpression } from './expression.ts'
import { TariffSettings as Shape, type Measure, type MeasureType, type TariffSettings } from './schema.ts'

type Row = TariffSettings['measures'][number]
type Query = { hsCode: string; taric?: string; origin?: string; preferentialOrigin?: string; date: string }

/** Tax types that are options of which one applies: customs duty, national and of a union. */
const options = ['A00', 'A50']

const typeOf = (row: Row): MeasureType => {
  if (options.includes(row.type)) return row.preference && row.preference >= '200' ? '142' : '103'
  if (row.type.startsWith('B')) return '305'
  return /^[0-9]{3}$/.test(row.type) ? '306' : '695'
}

const toMeasure = (administration: string, row: Row, place: number): Measure => {
  const preferences = row.preference ? [row.preference] : options.includes(row.type) ? ['100'] : undefined
  return {
    id: `file/${place + 1}`,
    administration,
    commodity: `${row.hsCode}${row.taric ?? ''}`,
    type: typeOf(row),
    taxType: row.type,
    area: row.origin ?? everywhereCode,
    ...(row.additionalCode && { additionalCode: row.additionalCode }),
    ...(preferences && { preferences }),
    expression: parseExpression(row.expression),
    source: 'tariff file',
    validFrom: row.validFrom ?? '0001-01-01',
    ...(row.validTo && { validTo: row.validTo }),
  }
}

/** Answers the file's measures for goods that it names, undefined for all others. */
export const settingsLookup = (administration: string, settings: TariffSettings): ((q: Query) => Measure[] | undefined) => {
  const byCommodity = Map.groupBy(
    settings.measures.map((row, place) => toMeasure(administration, row, place)),
    (m) => m.commodity,
  )
  return (q) => {
    const code = `${q.hsCode}${q.taric ?? ''}`
    for (let length = code.length; length >= 2; length--) {
      const named = byCommodity.get(code.slice(0, length))
      if (named) return named.filter((m) => validOn(m, q.date) && [everywhereCode, q.origin, q.preferentialOrigin].includes(m.area))
    }
    return undefined
  }
}

/** Reads a tariff file: every fault at once, with the place of the line. */
export const readTariffSettings = (value: unknown): Outcome<TariffSettings> => {
  const faults = Check(Shape, value) ? [] : Errors(Shape, value)
  if (faults.length > 0) return refuse(...faults.slice(0, 100).map((f) => error('trade.settings_malformed', f.instancePath, { message: f.message })))
  const settings = value as TariffSettings
  const unread = settings.measures.flatMap((row, i) =>
    parseExpression(row.expression).some((c) => c.kind === 'text')
      ? [error('trade.settings_expression', `/measures/${i}/expression`, { text: row.expression })]
      : [],
  )
  return unread.length > 0 ? refuse(...unread) : accept(settings)
}
