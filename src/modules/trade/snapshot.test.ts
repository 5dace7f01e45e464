import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { demoAreas } from './demo/areas.ts'
import { shippedHs } from './demo/hs.ts'
import { demoCommodities, demoMeasures, demoTerms, readLines } from './demo/tariff.ts'
import { parseExpression } from './expression.ts'
import type { Measure, TariffSettings } from './schema.ts'
import { readTariffSettings } from './settings.ts'
import { showCommodity } from './explain.ts'
import { createTariff, type MeasureQuery, type TariffRows } from './snapshot.ts'

const lines = readLines()
const rows: TariffRows = { version: 1, commodities: demoCommodities(lines), measures: demoMeasures(lines), areas: [...demoAreas], settings: [] }
const tariff = createTariff(rows)
const date = '2026-11-25'
const charged = (hsCode: string, change: Partial<MeasureQuery> = {}, of = tariff): string[] =>
  of
    .measuresFor({ administration: 'XV', hsCode, date, ...change })
    .map((m) => `${m.taxType || m.supplementaryUnit} ${m.area} ${m.preferences?.join('+') ?? '-'}`)

describe('the national tariff', () => {
  test('has all 97 chapters, and goods of each kind of measure', () => {
    assert.equal(lines.filter((l) => l.code.length === 2).length, 97)
    assert.ok(lines.filter((l) => l.code.length === 8).length >= 390)
    const types = new Set(rows.measures.map((m) => m.type))
    const kinds = '103 142 112 115 119 122 143 109 277 305 306 410 442 475 490 551 552 554 672 673 674 695 696'.split(' ')
    for (const type of kinds) assert.ok(types.has(type), `no measure of type ${type}`)
    assert.equal(new Set(rows.measures.map((m) => m.id)).size, rows.measures.length)
    const some = (has: (m: Measure) => unknown): boolean => rows.measures.some(has)
    const operations = new Set(rows.measures.flatMap((m) => m.expression?.map((x) => `${x.op} ${x.kind}`) ?? []))
    for (const op of ['first percent', 'first specific', '+ specific', 'MIN specific', 'MAX percent', '+ meursing', 'first retail', 'first rule'])
      assert.ok(operations.has(op), `no rate with ${op}`)
    assert.ok(
      some((m) => m.season) && some((m) => m.footnotes) && some((m) => m.additionalCode === 'C999') && some((m) => m.conditions?.[0]?.code === 'V'),
    )
    assert.deepEqual(
      [...new Set(rows.measures.filter((m) => m.type === '305' && m.administration === 'XV').map((m) => m.expression![0]!.value))].sort(),
      ['0', '18', '8'],
    )
    // Order numbers tell the two kinds of quota apart: third digit 4 is by licence.
    assert.deepEqual([...new Set(rows.measures.flatMap((m) => (m.orderNumber ? [m.orderNumber[2] === '4'] : [])))].sort(), [false, true])
  })

  test('every certificate, footnote and additional code of a measure is described', () => {
    const own = createTariff({ ...rows, terms: demoTerms() })
    for (const m of rows.measures.filter((x) => x.administration === 'XV')) {
      for (const code of m.footnotes ?? []) assert.ok(own.term('XV', 'footnote', code, date), code)
      for (const x of m.conditions ?? []) if (x.certificate) assert.ok(own.term('XV', 'certificate', x.certificate, date), x.certificate)
      if (m.additionalCode) assert.ok(own.term('XV', 'additional-code', m.additionalCode, date), m.additionalCode)
    }
  })

  test('every heading and subheading of a line is one of the Harmonized System, and all headings stand in the tree', () => {
    const hs = shippedHs()
    for (const { code } of lines) assert.ok(code === '77' || hs.has(code.slice(0, 6)), code)
    assert.equal(rows.commodities.filter((c) => c.administration === 'XV' && c.code.length === 4).length, 1228)
  })

  test('charges a duty for third countries and VAT on every line and every chapter but the one kept free', () => {
    for (const administration of ['XV', 'GB'])
      for (const { code } of lines.filter((l) => l.code.length !== 4 && l.code !== '77')) {
        const found = tariff.measuresFor({ administration, hsCode: code.padEnd(8, '0'), date, origin: 'XX' })
        assert.equal(found.filter((m) => m.taxType === 'A00' && m.preferences?.includes('100')).length, 1, `${administration} ${code}`)
        assert.ok(
          found.some((m) => m.taxType === 'B00'),
          `${administration} ${code} has no VAT`,
        )
      }
  })

  test('prescribes the unit wherever a charge needs one that is not a mass', () => {
    const masses = ['KGM', 'DTN', 'TNE', 'GRM']
    for (const m of rows.measures.filter((x) => x.administration === 'XV'))
      for (const c of m.expression ?? [])
        if (c.unit && !masses.includes(c.unit)) assert.ok(tariff.commodity('XV', m.commodity, date).supplementaryUnit, `${m.commodity}: ${c.unit}`)
  })

  test('a file line that cannot be read stops', () => {
    assert.throws(() => readLines('85\n'), /line 1/)
    assert.throws(() => demoMeasures(readLines('85\tx\tmfn=ten percent')), /cannot be read/)
    assert.throws(() => demoMeasures(readLines('85\tx\tgift=5%')), /nobody knows/)
  })
})

describe('what is charged', () => {
  test('the nearest measure of each kind; ten digits as well as eight', () => {
    const television = ['A00 1011 100', 'NAR 1011 -', 'B00 1011 -']
    assert.deepEqual(charged('85287200', { origin: 'CN' }), television)
    assert.deepEqual(charged('85287200', { taric: '00', origin: 'CN' }), television)
  })

  test('preferences by the preferential origin, everything else by the other', () => {
    const mixed = { origin: 'CN', preferentialOrigin: 'TR' }
    assert.ok(charged('72083900', mixed).includes('A30 CN -'))
    assert.ok(charged('72083900', mixed).includes('A00 3010 300'))
    assert.ok(!charged('72083900', { origin: 'TR' }).some((m) => m.startsWith('A30')))
  })

  test('what was not claimed is left out when asked so, the duty for third countries never', () => {
    const of = (preference: string) => charged('22042100', { origin: 'ZA', preference }).filter((m) => m.startsWith('A00'))
    assert.deepEqual([of('100'), of('300'), of('120')], [['A00 1011 100'], ['A00 1011 100', 'A00 3020 300'], ['A00 1011 100', 'A00 1011 120']])
  })

  test('members excluded from a group, and validity', () => {
    const base: Measure = {
      id: 'a',
      administration: 'XV',
      commodity: '9999',
      type: '142',
      taxType: 'A00',
      area: '3030',
      excluded: ['CH'],
      preferences: ['300'],
      expression: parseExpression('1%'),
      source: 't',
      validFrom: '2026-01-01',
      validTo: '2027-01-01',
    }
    const own = createTariff({ ...rows, measures: [base] })
    assert.deepEqual(charged('99990000', { origin: 'FR' }, own), ['A00 3030 300'])
    assert.deepEqual(charged('99990000', { origin: 'CH' }, own), [])
    assert.deepEqual(charged('99990000', { origin: 'FR', date: '2027-01-01' }, own), [])
  })
})

describe('measures of the whole language', () => {
  const own = createTariff({ ...rows, terms: demoTerms() })
  test('a preference of a season exists on its days only, also over the turn of the year', () => {
    const of = (day: string) =>
      own.measuresFor({ administration: 'XV', hsCode: '06042020', origin: 'TR', date: day }).some((m) => m.id.includes('/season'))
    assert.deepEqual(['2026-10-31', '2026-11-01', '2027-01-06', '2027-01-07'].map(of), [false, true, true, false])
  })

  test('rows of the Meursing table come by the code that is stated, the reduced ones by origin', () => {
    const rowsFor = (codes: string[], origin: string) =>
      own
        .measuresFor({ administration: 'XV', hsCode: '17049071', origin, additionalCodes: codes, date })
        .filter((m) => m.additionalCode)
        .map((m) => `${m.type}${m.reduction ? ' reduced' : ''}`)
    assert.deepEqual(
      [rowsFor([], 'FR'), rowsFor(['7011'], 'US').sort(), rowsFor(['7011'], 'FR').sort()],
      [[], ['672', '673', '674'], ['672', '673', '674', '674 reduced']],
    )
  })

  test('a group within a group, an exclusion by group, and an administration’s own group', () => {
    const area = (code: string, members: string[], administration?: string) => ({
      code,
      members,
      names: { en: code },
      validFrom: '2020-01-01',
      ...(administration && { administration }),
    })
    const base: Measure = {
      id: 'g',
      administration: 'XV',
      commodity: '99',
      type: '142',
      taxType: 'A00',
      area: '9000',
      excluded: ['9002'],
      preferences: ['300'],
      expression: parseExpression('1%'),
      source: 't',
      validFrom: '2026-01-01',
    }
    const t = createTariff({
      ...rows,
      measures: [base],
      areas: [area('9000', ['9001', 'CH']), area('9001', ['FR', 'DE']), area('9002', ['DE']), area('9001', ['SE'], 'GB')],
    })
    const of = (origin: string) => charged('99990000', { origin }, t).length
    assert.deepEqual(['CH', 'FR', 'DE', 'SE'].map(of), [1, 1, 0, 0])
    assert.ok(t.areas.within('9000', 'SE', date, 'GB') && !t.areas.within('9000', 'FR', date, 'GB'))
  })

  test('a measure ends with its legal base', () => {
    const base: Measure = {
      id: 'l',
      administration: 'XV',
      commodity: '99',
      type: '103',
      taxType: 'A00',
      area: '1011',
      preferences: ['100'],
      expression: parseExpression('1%'),
      source: 'Act',
      sourceValidTo: '2026-06-01',
      validFrom: '2026-01-01',
    }
    const t = createTariff({ ...rows, measures: [base] })
    assert.deepEqual([charged('99990000', { date: '2026-05-31' }, t).length, charged('99990000', { date: '2026-06-01' }, t).length], [1, 0])
  })

  test('each measure is shown with its reason, and each that does not apply with the reason against it', () => {
    const shown = showCommodity(own, { administration: 'XV', code: '72193300', origin: 'CN', date })!
    assert.deepEqual(
      shown.path.map((p) => p.code),
      ['72', '7219', '72193300'],
    )
    const standing = (id: string) =>
      [...shown.measures, ...shown.notApplied].filter((m) => m.id.startsWith(id)).map((m) => `${m.status} ${m.why.map((w) => w.why).join(' ')}`)
    assert.deepEqual(standing('XV/72193300/ad'), ['on-code own country code', 'on-code own country code', 'applies own country residual'])
    assert.deepEqual(standing('XV/72/mfn'), ['not replaced'])
    assert.deepEqual(standing('XV/72/eur'), ['not inherited area'])
    assert.deepEqual(standing('XV/vat'), ['applies all-goods everybody'])
    assert.equal(showCommodity(own, { administration: 'XV', code: '98', date }), undefined)
  })
})

describe('the nomenclature', () => {
  test('lines of a heading, the residual of a chapter, and nothing', () => {
    const info = (code: string) => {
      const { exists, declarable } = tariff.commodity('XV', code, date)
      return [exists, declarable]
    }
    assert.deepEqual(info('85287200'), [true, true])
    assert.deepEqual(info('8528720000'), [true, true])
    assert.deepEqual(info('85287290'), [false, false])
    assert.deepEqual(info('8528'), [true, false])
    assert.deepEqual(info('84248900'), [true, true])
    assert.deepEqual(info('842489'), [true, false])
    assert.deepEqual(info('98010000'), [false, false])
    assert.deepEqual(tariff.commodity('XV', '02013000', date).documents, ['N853|XV01'])
  })

  test('search by code as written and by words of the goods and of what stands above', () => {
    const find = (q: string) => tariff.search({ administration: 'XV', q, date, limit: 5 }).map((c) => c.code)
    assert.deepEqual(find('8528.72'), ['85287200'])
    assert.ok(
      find('wines')
        .slice(0, 4)
        .every((c) => c.startsWith('2204')),
    )
    assert.deepEqual(find('cotton shirts'), ['62052000'])
    assert.deepEqual(find('unobtainium'), [])
    assert.deepEqual(tariff.describe('XV', '85287200', date), {
      name: 'Television receivers, colour',
      path: ['Electrical machinery, sound, television', 'Monitors and television receivers'],
    })
  })
})

describe('a tariff from a file', () => {
  const settings: TariffSettings = {
    measures: [
      { hsCode: '85109000', taric: '00', type: 'A00', expression: '2%', preference: '100' },
      { hsCode: '85109000', taric: '00', type: 'B00', expression: '20%' },
      { hsCode: '85109000', taric: '00', type: 'A20', expression: '25%', origin: 'RU' },
    ],
  }
  const own = createTariff({ ...rows, settings: [{ administration: 'GB', settings }] })
  const of = (hsCode: string, taric: string, origin: string, administration = 'GB') =>
    own.measuresFor({ administration, hsCode, taric, origin, date }).map((m) => `${m.taxType} ${m.id}`)

  test('charges what it says on the goods it names, by origin', () => {
    assert.deepEqual(of('85109000', '00', 'US'), ['A00 file/1', 'B00 file/2'])
    assert.deepEqual(of('85109000', '00', 'RU'), ['A00 file/1', 'B00 file/2', 'A20 file/3'])
    assert.equal(own.commodity('GB', '8510900000', date).exists, true)
  })

  test('leaves all other goods and administrations alone', () => {
    assert.ok(of('85109000', '10', 'US').every((m) => !m.includes('file/')))
    assert.ok(of('85109000', '00', 'US', 'XV').every((m) => !m.includes('file/')))
  })

  test('is read with every fault and its place', () => {
    const faults = (value: unknown) => {
      const outcome = readTariffSettings(value)
      return outcome.ok ? [] : outcome.issues.map((i) => `${i.code} ${i.path}`)
    }
    assert.deepEqual(faults(settings), [])
    assert.deepEqual(
      faults({
        measures: [
          { hsCode: '85', type: 'A00', expression: 'ten' },
          { hsCode: '85', type: 'A00', expression: '10%' },
        ],
      }),
      ['trade.settings_expression /measures/0/expression'],
    )
    assert.ok(faults({ measures: [{ hsCode: 'x', type: 'A00', expression: '1%' }] })[0]!.startsWith('trade.settings_malformed /measures/0/hsCode'))
    assert.equal(faults(null).length, 1)
  })
})
