/** The US tariff as JSON lines, one eight-digit line each: units, general and column 2 rates, programmes, the list of section 301. Pure. */
import { Type, type Static } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { Decimal } from '#kernel/decimal.ts'
import { error, warning, type Issue } from '#kernel/issue.ts'
import { everywhereCode } from '../areas.ts'
import type { Expression, Measure } from '../schema.ts'
import { linesOf } from './text.ts'
import type { FileReader, Imported, ImportOptions, ReadRow } from './types.ts'
import { column2, knownList, linesAbove, programmes, rightByChance, rightCode, section301, usAreas, withZero } from './us.ts'
import { unitOf, usitcRate, type Rate } from './usitc-rate.ts'

const figure = Type.Optional(Type.Union([Type.Number(), Type.Null()]))
const name = Type.Optional(Type.Union([Type.String({ maxLength: 2000 }), Type.Null()]))
const date = Type.Optional(Type.Union([Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), Type.Null()]))
/** Members that are used; others may be there. */
const Shape = Type.Object({
  hts8: Type.String({ pattern: '^[0-9]{8}$' }),
  brief_description: Type.String({ minLength: 1, maxLength: 2000 }),
  quantity_1_code: name,
  quantity_2_code: name,
  mfn_text_rate: Type.String({ maxLength: 2000 }),
  mfn_rate_type_code: Type.String({ maxLength: 2 }),
  mfn_ad_val_rate: figure,
  mfn_specific_rate: figure,
  mfn_other_rate: figure,
  col2_text_rate: name,
  col2_rate_type_code: name,
  col2_ad_val_rate: figure,
  col2_specific_rate: figure,
  col2_other_rate: figure,
  begin_effect_date: date,
  end_effective_date: date,
  section_301_list: name,
  programs: Type.Optional(Type.Array(Type.Tuple([Type.String(), Type.Number()]))),
})
type Row = Static<typeof Shape>

const source = 'Harmonized Tariff Schedule of the United States'
const masses = ['KGM', 'GRM', 'TNE']

const rateOf = (row: Row, column: 'mfn' | 'col2'): Rate =>
  usitcRate({
    text: row[`${column}_text_rate`] ?? '',
    type: row[`${column}_rate_type_code`] ?? '',
    adValorem: row[`${column}_ad_val_rate`] ?? 0,
    specific: row[`${column}_specific_rate`] ?? 0,
    other: row[`${column}_other_rate`] ?? 0,
    ...(row.quantity_1_code && { unit1: row.quantity_1_code }),
    ...(row.quantity_2_code && { unit2: row.quantity_2_code }),
  })

/** The last day that the file names is the last on which it holds; far in the future it means none. */
const endOf = (row: Row): { validTo?: string } => {
  const last = row.end_effective_date
  if (!last || last >= '2050-01-01') return {}
  return { validTo: new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10) }
}

const measuresOf = (code: string, row: Row, o: ImportOptions): { taken: Imported[]; rates: (Rate & { text: string })[] } => {
  const range = { validFrom: row.begin_effect_date ?? o.from, ...endOf(row) }
  const measure = (suffix: string, content: Partial<Measure> & Pick<Measure, 'type' | 'area'>): Imported => ({
    what: 'measure',
    row: {
      id: `${o.administration}/${code}/${suffix}`,
      administration: o.administration,
      commodity: code,
      taxType: 'A00',
      source,
      ...range,
      ...content,
    },
  })
  const general = rateOf(row, 'mfn')
  const second = row.col2_text_rate ? rateOf(row, 'col2') : undefined
  const units = [unitOf(row.quantity_1_code ?? undefined), unitOf(row.quantity_2_code ?? undefined)].filter(
    (u) => u !== undefined && !masses.includes(u),
  )
  const percent = (fraction: number): Expression => [{ op: 'first', kind: 'percent', value: new Decimal(fraction).times(100).toFixed() }]
  return {
    rates: [{ ...general, text: row.mfn_text_rate }, ...(second ? [{ ...second, text: row.col2_text_rate! }] : [])],
    taken: [
      measure('mfn', { type: '103', area: everywhereCode, excluded: [column2], preferences: ['100'], expression: general.expression }),
      ...(second ? [measure('col2', { type: '103', area: column2, preferences: ['100'], expression: second.expression })] : []),
      ...(row.programs ?? []).flatMap(([p, rate]) =>
        programmes[p] ? [measure(p, { type: '142', area: programmes[p], preferences: ['300'], expression: percent(rate) })] : [],
      ),
      ...(units[0] ? [measure('unit', { type: '109', taxType: '', area: everywhereCode, supplementaryUnit: units[0] })] : []),
      ...(row.section_301_list && knownList(row.section_301_list) ? [section301(o.administration, code, row.section_301_list, o.from)] : []),
    ],
  }
}

const remarksOf = (line: number, row: Row, rates: readonly (Rate & { text: string })[]): Issue[] => [
  ...rates.flatMap((r) =>
    r.remark
      ? [warning(r.remark === 'differs' ? 'trade.import_rate_differs' : 'trade.import_rate_text', `/${line}`, { line, text: r.text.slice(0, 80) })]
      : [],
  ),
  ...(row.section_301_list && !knownList(row.section_301_list)
    ? [warning('trade.import_list_unknown', `/${line}/section_301_list`, { line, value: row.section_301_list })]
    : []),
  ...(row.programs ?? []).flatMap(([p]) =>
    programmes[p] ? [] : [warning('trade.import_programme_unknown', `/${line}/programs`, { line, value: p })],
  ),
]

const parse = (line: number, text: string): Row | Issue => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return error('trade.import_row_malformed', `/${line}`, { line, detail: 'not JSON' })
  }
  if (Check(Shape, value)) return value
  const [first] = Errors(Shape, value)
  return error('trade.import_row_malformed', `/${line}${first?.instancePath ?? ''}`, {
    line,
    detail: `${first?.instancePath.slice(1) ?? ''} ${first?.message ?? ''}`.trim(),
  })
}

type Held = { line: number; text: string; code: string; taken: Imported[]; remarks: Issue[] }

type Read = (line: number, text: string, meant?: string) => Held | { line: number; refused: Issue }

/** Rows of one heading are held back until the next begins: a code that is right by chance is told by its neighbours. */
function* release(held: readonly Held[], read: Read, above: Set<string>, o: ImportOptions): Generator<ReadRow> {
  const siblings = Map.groupBy(held, (h) => h.code.slice(0, 6))
  for (const h of held) {
    const chance = rightByChance(h.code, siblings.get(h.code.slice(0, 6))!.length, o.hs)
    const meant = withZero(h.code)
    if (chance && !o.repair)
      yield { line: h.line, refused: error('trade.import_zero_lost', `/${h.line}/hts8`, { line: h.line, code: h.code, meant }) }
    else yield given(chance ? read(h.line, h.text, meant) : h, above, o)
  }
}

/** Lines that stand above come with the first row that is taken below them. */
const given = (row: Held | { line: number; refused: Issue }, above: Set<string>, o: ImportOptions): ReadRow => {
  if ('refused' in row) return row
  const upper = linesAbove(o.administration, row.code, o.hs, o.from).filter((l) => !above.has(l.row.code))
  for (const l of upper) above.add(l.row.code)
  return { line: row.line, taken: [...upper, ...row.taken], remarks: row.remarks }
}

const reading = (o: ImportOptions): Read => {
  const seen = new Map<string, number>()
  return (line, text, meant) => {
    const row = parse(line, text)
    if ('severity' in row) return { line, refused: row }
    const code = meant ?? rightCode(line, row.hts8, o)
    if (typeof code !== 'string') return { line, refused: code }
    const first = seen.get(code)
    if (first !== undefined) return { line, refused: error('trade.import_duplicate', `/${line}/hts8`, { line, code, first }) }
    seen.set(code, line)
    const { taken, rates } = measuresOf(code, row, o)
    return { line, text, code, taken: [lineOf(code, row, o), ...taken], remarks: remarksOf(line, row, rates) }
  }
}

const lineOf = (code: string, row: Row, o: ImportOptions): Imported => ({
  what: 'commodity',
  row: {
    administration: o.administration,
    code,
    parent: code.slice(0, 6),
    names: { en: row.brief_description.slice(0, 500) },
    declarable: true,
    validFrom: row.begin_effect_date ?? o.from,
    ...endOf(row),
  },
})

export const readUsitc: FileReader = async function* (chunks, options) {
  const read = reading(options)
  const above = new Set<string>()
  let held: Held[] = []
  let begun = false
  for await (const { line, text } of linesOf(chunks)) {
    if (text.trim() === '') continue
    if (!begun) yield { line: 0, taken: usAreas(options.administration).map((row) => ({ what: 'area' as const, row })), remarks: [] }
    begun = true
    const row = read(line, text)
    if ('refused' in row) {
      yield row
      continue
    }
    if (held.length > 0 && held[0]!.code.slice(0, 4) !== row.code.slice(0, 4)) {
      yield* release(held, read, above, options)
      held = []
    }
    held.push(row)
  }
  yield* release(held, read, above, options)
}
