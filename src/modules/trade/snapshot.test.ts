import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { demoAreas } from './demo/areas.ts'
import { demoCommodities, demoMeasures, readLines } from './demo/tariff.ts'
import { parseExpression } from './expression.ts'
import type { Measure, TariffSettings } from './schema.ts'
import { readTariffSettings } from './settings.ts'
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
    assert.ok(lines.filter((l) => l.code.length === 8).length >= 120)
    const types = new Set(rows.measures.map((m) => m.type))
    for (const type of ['103', '142', '112', '115', '122', '109', '305', '306', '552']) assert.ok(types.has(type), `no measure of type ${type}`)
    assert.equal(new Set(rows.measures.map((m) => m.id)).size, rows.measures.length)
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
