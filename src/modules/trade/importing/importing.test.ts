import assert from 'node:assert/strict'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { shippedHs } from '../demo/hs.ts'
import { applied } from '../change/difference.ts'
import { printExpression } from '../expression.ts'
import type { Measure } from '../schema.ts'
import { createTariff, type TariffRows } from '../snapshot.ts'
import { dryRun, readers } from './run.ts'
import { csvRows } from './text.ts'
import type { ImportKind, ImportOptions, ReadRow } from './types.ts'
import { usitcRate } from './usitc-rate.ts'

const empty: TariffRows = { version: 0, commodities: [], measures: [], areas: [], terms: [], settings: [] }
const options = (administration: string, change: Partial<ImportOptions> = {}): ImportOptions => ({
  administration,
  from: '2026-07-01',
  hs: shippedHs(),
  repair: false,
  ...change,
})
const run = (kind: ImportKind, text: string, o: ImportOptions, base = empty) => dryRun(kind, [text], o, base)
const reasons = (done: Awaited<ReturnType<typeof run>>): string[] => done.tally.refused.map((i) => `${i.params?.['line']} ${i.code}`)

const hts = (hts8: string, change: object = {}): string =>
  JSON.stringify({
    hts8,
    brief_description: 'Something',
    quantity_1_code: 'NO',
    mfn_text_rate: '2.5%',
    mfn_rate_type_code: '7',
    mfn_ad_val_rate: 0.025,
    begin_effect_date: '2025-01-01',
    end_effective_date: '2050-12-31',
    programs: [['usmca', 0]],
    ...change,
  })

describe('the Harmonized System', () => {
  const head = '\uFEFFsection,hscode,description,parent,level\r\n'
  test('lines in their tree; what stands for no goods is left out, what is wrong refused with its line', async () => {
    const done = await run(
      'hs',
      `${head}I,01,Beasts,TOTAL,2\r\nI,0101,"Horses, ""alive""",01,4\r\nI,010121,For breeding,0101,6\r\nI,010129,x,0102,6\r\nI,0109,No level,01,2\r\nI,0101,again,01,4\r\nXXII,99,Other,TOTAL,2\r\n,TOTAL,All,,0\r\nI,02,short\r\n`,
      options('XV'),
    )
    assert.deepEqual(done.tally.rows, { read: 9, taken: 3, refused: 4, ignored: 2 })
    assert.deepEqual(reasons(done), [
      '5 trade.import_field_malformed',
      '6 trade.import_field_malformed',
      '7 trade.import_duplicate',
      '10 trade.import_row_malformed',
    ])
    const rows = applied(empty, done.changes).commodities
    assert.deepEqual(
      rows.map((r) => [r.code, r.parent, r.names['en']]),
      [
        ['01', undefined, 'Beasts'],
        ['0101', '01', 'Horses, "alive"'],
        ['010121', '0101', 'For breeding'],
      ],
    )
  })

  test('a file without its columns, and a quotation mark never closed', async () => {
    assert.deepEqual(reasons(await run('hs', 'code,text\n01,x\n', options('XV'))), ['1 trade.import_row_malformed'])
    assert.deepEqual(reasons(await run('hs', `${head}I,01,Beasts,TOTAL,2\nI,0101,"Horses,01,4\nI,0102,Cattle,01,4\n`, options('XV'))), [
      '3 trade.import_row_malformed',
    ])
  })
})

describe('the US tariff', () => {
  test('a line with its rates, programmes, unit and the list of section 301', async () => {
    const done = await run(
      'usitc',
      hts('85287200', { section_301_list: '3', col2_text_rate: '35%', col2_rate_type_code: '7', col2_ad_val_rate: 0.35 }),
      options('US'),
    )
    const tariff = createTariff(applied(empty, done.changes))
    const of = (origin: string) =>
      tariff
        .measuresOf({ administration: 'US', hsCode: '85287200', origin, date: '2026-07-01' })
        .filter((m) => m.expression)
        .map((m) => `${m.type} ${printExpression(m.expression!)}`)
        .sort()
    assert.deepEqual([of('DE'), of('CN'), of('RU'), of('MX')], [['103 2.5 %'], ['103 2.5 %', '695 25 %'], ['103 35 %'], ['103 2.5 %', '142 0 %']])
    assert.equal(tariff.commodity('US', '85287200', '2026-07-01').supplementaryUnit, 'NAR')
  })

  test('codes that lost their zero are refused with what they were, also the one that looks right, or put right when asked', async () => {
    const file = ['21011000', '21012000', '21012020', '40110000', '84713001', 'x'].map((c) => hts(c)).join('\n')
    const done = await run('usitc', file, options('US'))
    assert.deepEqual(done.tally.refused.map((i) => [i.params?.['line'], i.code, i.params?.['meant']]).sort(), [
      [1, 'trade.import_zero_lost', '02101100'],
      [2, 'trade.import_zero_lost', '02101200'],
      [4, 'trade.import_zero_lost', '04011000'],
      [6, 'trade.import_row_malformed', undefined],
    ])
    const repaired = await run('usitc', file, options('US', { repair: true }))
    assert.equal(repaired.tally.rows.refused, 1)
    for (const each of [done, repaired]) {
      const rows = applied(empty, each.changes)
      const codes = new Set(rows.commodities.map((c) => c.code))
      for (const c of rows.commodities) assert.ok(c.parent === undefined || codes.has(c.parent), `${c.code} stands below nothing`)
    }
    assert.ok(repaired.changes.some((c) => c.op === 'put' && c.what === 'commodity' && c.row.code === '02101200'))
  })

  test('rates by type code; where text and figures differ, or there is no formula, an officer decides', () => {
    const rate = (text: string, type: string, more: object = {}) => {
      const { expression, remark } = usitcRate({ text, type, unit1: 'KG', unit2: 'NO', ...more })
      const terms = expression.map((c) =>
        c.kind === 'percent' ? `${c.value} %` : c.kind === 'specific' ? `${c.value} ${c.currency} / ${c.unit}` : 'text',
      )
      return `${terms.join(' + ')}${remark ? ` (${remark})` : ''}`
    }
    assert.equal(rate('Free', '0'), '0 %')
    assert.equal(rate('0.65 cents/kg', '1', { specific: 0.0065 }), '0.0065 USD / KGM')
    assert.equal(rate('23.5 cents/liter + 14.9%', '4', { specific: 0.235, adValorem: 0.149, unit1: 'L' }), '0.235 USD / LTR + 14.9 %')
    assert.equal(rate('40 cents each + 10%', '5', { specific: 0.4, adValorem: 0.1 }), '0.4 USD / NAR + 10 %')
    assert.equal(rate('33 1/3%', '7', { adValorem: 0.333 }), '33.33333333333333333333 %')
    assert.equal(rate('30 cents/kg', '1', { specific: 0.3, unit1: 'GM' }), '0.3 USD / KGM')
    assert.match(rate('27.6 cents/liter + 17.5%', '1', { specific: 0.276 }), /differs/)
    assert.match(rate('3.66 cents/kg less …', 'K', { specific: 9999.99 }), /text/)
  })
})

describe('section 301', () => {
  test('codes with dots, rates by list, and codes of an earlier system told', async () => {
    const done = await run(
      's301',
      'HTS_Code,Description,List\n8528.72.00,Sets,3\n6109.10.00,"Shirts, of cotton",4a\n0305.10.20,old,3\n85.28,x,3\n8528.72.01,x,9\n',
      options('US'),
    )
    const rows = applied(empty, done.changes).measures
    assert.deepEqual(
      rows.map((m: Measure) => [m.commodity, m.area, printExpression(m.expression!)]),
      [
        ['85287200', 'CN', '25 %'],
        ['61091000', 'CN', '7.5 %'],
        ['03051020', 'CN', '25 %'],
      ],
    )
    assert.deepEqual(reasons(done), ['5 trade.import_field_malformed', '6 trade.import_list_unknown'])
    assert.deepEqual(
      done.tally.remarks.map((r) => [r.code, r.count]),
      [['trade.import_code_superseded', 1]],
    )
  })
})

const ukMeasure = (id: number, change: object = {}) => ({
  id,
  import: true,
  effective_start_date: '2021-01-01T00:00:00.000Z',
  effective_end_date: null,
  duty_expression: { base: '8.00 %' },
  measure_type: { id: '103', measure_type_series_id: 'C' },
  legal_acts: [{ regulation_code: 'C1/21', validity_end_date: null }],
  measure_conditions: [],
  measure_components: [],
  geographical_area: { id: '1011' },
  excluded_countries: [],
  footnotes: [],
  order_number: null,
  ...change,
})
const uk = (...measures: object[]): string =>
  JSON.stringify({
    goods_nomenclature_item_id: '0702000007',
    producline_suffix: '80',
    declarable: true,
    description_plain: 'Small red fruit',
    chapter: { description: 'Seven' },
    heading: { description: 'Seven two' },
    footnotes: [],
    import_measures: measures,
    export_measures: [ukMeasure(99, { import: false })],
  })

describe('UK measures', () => {
  test('a measure counts by its series; conditions, quota, exclusions and the last day are taken over', async () => {
    const condition = {
      condition_code: 'Q',
      document_code: 'U088',
      action: 'Apply the mentioned duty',
      duty_expression: '',
      condition_duty_amount: null,
    }
    const done = await run(
      'uk',
      uk(
        ukMeasure(1),
        ukMeasure(2, {
          measure_type: { id: '103', measure_type_series_id: 'B' },
          duty_expression: { base: '' },
          measure_conditions: [{ ...condition, condition_code: 'B' }],
        }),
        ukMeasure(3, {
          measure_type: { id: '143', measure_type_series_id: 'C' },
          effective_end_date: '2021-03-31T00:00:00.000Z',
          order_number: { number: '050922' },
          geographical_area: {
            id: '2020',
            description: 'Some',
            children_geographical_areas: [{ geographical_area_id: 'CL' }, { geographical_area_id: 'PE' }],
          },
          excluded_countries: [{ geographical_area_id: 'PE' }],
          measure_conditions: [condition, { ...condition, document_code: '', action: 'Measure not applicable' }],
        }),
        ukMeasure(4, { geographical_area: { id: 'Mars' } }),
      ),
      options('GB'),
    )
    assert.deepEqual(
      [done.tally.rows, reasons(done).map((r) => r.split(' ')[1])],
      [{ read: 5, taken: 3, refused: 1, ignored: 1 }, ['trade.import_field_malformed']],
    )
    const rows = applied(empty, done.changes)
    const [one, two, three] = rows.measures as [Measure, Measure, Measure]
    assert.deepEqual([one.commodity, one.preferences, two.series, two.preferences, two.taxType], ['0702000007', ['100'], 'B', undefined, ''])
    assert.deepEqual(
      [three.validTo, three.orderNumber, three.excluded, three.conditions?.map((c) => c.action)],
      ['2021-04-01', '050922', ['PE'], ['27', '07']],
    )
    assert.deepEqual(
      rows.areas.map((a) => [a.administration, a.code, a.members]),
      [['GB', '2020', ['CL', 'PE']]],
    )
  })
})

describe('a file once more', () => {
  const first = `${hts('85287200')}\n${hts('85287300')}`
  test('the same file changes nothing; the next one ends, changes and adds from its first day', async () => {
    const before = applied(empty, (await run('usitc', first, options('US'))).changes)
    assert.deepEqual((await run('usitc', first, options('US'), before)).changes, [])
    const next = `${hts('85287200', { mfn_text_rate: '3%', mfn_ad_val_rate: 0.03 })}\n${hts('85284200')}`
    const done = await run('usitc', next, options('US', { from: '2027-01-01' }), before)
    assert.deepEqual(
      [done.difference.byWhat['measure']?.changed, done.difference.counts.ended > 0, done.difference.byWhat['commodity']?.ended],
      [1, true, 1],
    )
    const after = createTariff(applied(before, done.changes))
    const rate = (date: string) =>
      printExpression(after.measuresOf({ administration: 'US', hsCode: '85287200', origin: 'DE', date }).find((m) => m.type === '103')!.expression!)
    assert.deepEqual([rate('2026-12-31'), rate('2027-01-01')], ['2.5 %', '3 %'])
    assert.deepEqual((await run('usitc', next, options('US', { from: '2027-01-01' }), applied(before, done.changes))).changes, [])
  })
})

describe('whatever comes', () => {
  const kinds = Object.keys(readers) as ImportKind[]
  const fragments = fc.constantFrom(
    hts('85287200'),
    uk(ukMeasure(1)),
    'section,hscode,description,parent,level',
    'HTS_Code,Description,List',
    '"',
    '\r\n',
    '01,0101,x',
    '{',
    '\u0000',
    ',,,',
  )
  const cut = (text: string, at: readonly number[]): string[] =>
    [0, ...at.map((n) => n % (text.length + 1)).sort((a, b) => a - b)].map((from, i, all) => text.slice(from, all[i + 1]))

  test('no reader throws, and every row is taken, refused with its line, or left out', async () => {
    const texts = fc.array(fc.oneof(fragments, fc.string({ maxLength: 60 })), { maxLength: 12 }).map((parts) => parts.join('\n'))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kinds), texts, async (kind, text) => {
        for await (const row of readers[kind]([text], options('US'))) {
          assert.ok(Number.isInteger(row.line) && row.line >= 0)
          if ('refused' in row) assert.match(row.refused.code, /^trade\.import_/)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a row is the same wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 5 }),
        async (table, cuts) => {
          const text = table.map((cells) => cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\n')
          const read: string[][] = []
          for await (const row of csvRows(cut(text, cuts))) read.push('cells' in row ? row.cells : ['broken'])
          // Line ends within a cell are kept as they are, but for the carriage return before one.
          const expected = table.map((cells) => cells.map((c) => c.replaceAll('\r\n', '\n')))
          assert.deepEqual(
            read.map((r) => r.map((c) => c.replaceAll('\r\n', '\n'))),
            expected,
          )
        },
      ),
      { numRuns: 200 },
    )
  })
})

const shared = join(import.meta.dirname, '../../../../../shared/data/tariff')
const absent = existsSync(shared) ? false : 'the files of other countries are not here'
const readShared = async (kind: ImportKind, file: string, administration: string) => {
  const rows: ReadRow[] = []
  for await (const row of readers[kind](createReadStream(join(shared, file), 'utf8') as AsyncIterable<string>, options(administration)))
    rows.push(row)
  const count = (what: 'taken' | 'refused' | 'ignored') => rows.filter((r) => what in r && r.line > 0).length
  return [count('taken'), count('refused'), count('ignored')]
}

describe('files as they come', { skip: absent }, () => {
  test('every row of each is told', async () => {
    assert.deepEqual(await readShared('hs', 'hs2022_harmonized-system.csv', 'XV'), [6936, 0, 4])
    assert.deepEqual(await readShared('usitc', 'us/us_hts8_2025.jsonl', 'US'), [6349, 32, 0])
    assert.deepEqual(await readShared('s301', 'us/section301_deduplicated.csv', 'US'), [10717, 0, 0])
    const sums = [0, 0, 0]
    for (const file of readdirSync(join(shared, 'uk/commodity_measures')))
      (await readShared('uk', `uk/commodity_measures/${file}`, 'GB')).forEach((n, i) => (sums[i]! += n))
    assert.equal(sums[0]! + sums[2]!, 121)
    assert.equal(sums[1], 0)
  })
})
