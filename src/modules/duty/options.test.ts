import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatMoney } from '#kernel/money.ts'
import { parseExpression, type Condition, type MeasureFact } from '#schema/trade'
import { assess } from './assess.ts'
import { facts, input, item, mfn, onTop, preference, vat } from './fixtures/assessment.ts'
import type { AssessmentItem, TaxLine } from './schema.ts'

/** A line in one string: type, rate, assessed, status, and the preference that was applied. */
const told = (l: TaxLine): string => [l.type, l.rateText || '-', formatMoney(l.assessed), l.status, l.preference ?? '-'].join(' | ')
const steps = (l: TaxLine): string[] => l.trace.map((s) => [s.key.replace('duty.trace.', ''), ...Object.values(s.params ?? {})].join(' '))

const lines = (measures: MeasureFact[], change: Partial<AssessmentItem> = {}): TaxLine[] => assess(input([item(change)]), facts(measures)).lines
const claiming = (code: string, more: Partial<AssessmentItem> = {}): Partial<AssessmentItem> => ({
  taxes: [{ type: 'A00', preference: code }],
  ...more,
})

const row = (code: string, sequence: number, action: string, more: Partial<Condition> = {}): Condition => ({ code, sequence, action, ...more })
const suspension = (rate: string, change: Partial<MeasureFact> = {}): MeasureFact => ({ ...preference(rate, '110'), type: '112', ...change })
const quota = (rate: string): MeasureFact => ({ ...preference(rate, '120'), type: '122', orderNumber: '090001' })
const safeguard = (rate: string): MeasureFact => ({ ...onTop('A30', rate), type: '696' })

describe('the option that is applied', () => {
  test('the claimed one; the others are told with what they come to, and a cheaper one is advised', () => {
    const [duty] = lines([mfn('10%'), preference('4%', '300'), preference('2%', '200')], claiming('300'))
    assert.equal(told(duty!), 'A00 | 4 % | 40.00 | assessed | 300')
    assert.deepEqual(
      steps(duty!).filter((s) => /^(option|cheaper)/.test(s)),
      ['option 100 10 % 1011 100.00', 'option 200 2 % 1011 20.00', 'cheaper 200 20.00'],
    )
  })

  test('a preference whose condition is met by the document that is stated', () => {
    const proof = { ...preference('free', '300'), conditions: [row('B', 1, '27', { certificate: 'U110' }), row('B', 2, '07')] }
    const [with_] = lines([mfn('10%'), proof], claiming('300', { documents: ['U110'] }))
    assert.equal(told(with_!), 'A00 | 0 % | 0.00 | assessed | 300')
    assert.ok(steps(with_!).includes('condition_document B U110'))
    const [without] = lines([mfn('10%'), proof], claiming('300'))
    assert.equal(told(without!), 'A00 | 10 % | 100.00 | assessed | 100')
    assert.ok(steps(without!).includes('preference_not_available 300'))
  })

  test('a suspension that asks for nothing applies without a claim, not against one, and never upwards', () => {
    assert.equal(told(lines([mfn('10%'), suspension('2%')])[0]!), 'A00 | 2 % | 20.00 | assessed | 110')
    assert.equal(told(lines([mfn('10%'), suspension('2%')], claiming('100'))[0]!), 'A00 | 10 % | 100.00 | assessed | 100')
    assert.equal(told(lines([mfn('1%'), suspension('2%')])[0]!), 'A00 | 1 % | 10.00 | assessed | 100')
    const conditional = suspension('2%', { conditions: [row('B', 1, '27', { certificate: 'N990' }), row('B', 2, '07')] })
    assert.equal(told(lines([mfn('10%'), conditional])[0]!), 'A00 | 10 % | 100.00 | assessed | 100')
  })

  test('a control that is typed like a duty is no option: the series counts', () =>
    assert.equal(told(lines([{ ...mfn('5%'), series: 'B' }, mfn('10%')])[0]!), 'A00 | 10 % | 100.00 | assessed | 100'))

  test('a stopping condition leaves the line to an officer', () => {
    const stopped = { ...mfn('10%'), conditions: [row('Z', 1, '29', { certificate: 'C400' }), row('Z', 2, '08')] }
    assert.equal(told(lines([stopped])[0]!), 'A00 | 10 % | 0.00 | manual | 100')
    assert.equal(told(lines([stopped], { documents: ['C400'] })[0]!), 'A00 | 10 % | 100.00 | assessed | 100')
  })
})

describe('on top of the option', () => {
  test('a safeguard is not charged under a tariff quota, defence duties are', () => {
    const measures = [mfn('10%'), quota('2%'), safeguard('25%'), onTop('A35', '5%')]
    assert.deepEqual(lines(measures, claiming('120', { taxes: [{ type: 'A00', preference: '120', quotaOrder: '090001' }] })).map(told), [
      'A00 | 2 % | 20.00 | assessed | 120',
      'A35 | 5 % | 50.00 | assessed | 120',
    ])
    assert.deepEqual(
      lines(measures).map((l) => l.type),
      ['A00', 'A30', 'A35'],
    )
  })

  const companies = [onTop('A30', '12%', { additionalCode: 'C123' }), onTop('A30', '20%', { additionalCode: 'C124' })]
  test('an exporter’s own code wins, else the residual one', () => {
    const all = [mfn('free'), ...companies, onTop('A30', '48.5%', { additionalCode: 'C999' })]
    assert.equal(told(lines(all, { additionalCodes: ['C124'] })[1]!), 'A30 | 20 % | 200.00 | assessed | 100')
    assert.equal(told(lines(all)[1]!), 'A30 | 48.5 % | 485.00 | assessed | 100')
  })
  test('without a residual one nobody can tell which', () => {
    const [, defence] = lines([mfn('free'), ...companies])
    assert.equal(told(defence!), 'A30 | 12 % | 0.00 | manual | 100')
    assert.ok(steps(defence!).includes('additional_code_missing C123, C124'))
  })
  test('an invoice gives the lower rate, its absence the higher one', () => {
    const remedy = onTop('A30', '30%', {
      conditions: [
        row('A', 1, '27', { certificate: 'D008', expression: parseExpression('8%') }),
        row('A', 2, '01', { expression: parseExpression('30%') }),
      ],
    })
    assert.equal(told(lines([mfn('free'), remedy], { documents: ['D008'] })[1]!), 'A30 | 8 % | 80.00 | assessed | 100')
    assert.equal(told(lines([mfn('free'), remedy])[1]!), 'A30 | 30 % | 300.00 | assessed | 100')
  })
  test('a document that says that it does not apply takes it away, and that is told', () => {
    const remedy = onTop('A30', '30%', { conditions: [row('Y', 1, '16', { certificate: 'Y900' }), row('Y', 2, '27')] })
    const [duty, ...more] = lines([mfn('free'), remedy], { documents: ['Y900'] })
    assert.deepEqual(more, [])
    assert.ok(steps(duty!).includes('not_charged 552 30 %'))
  })
})

describe('thresholds', () => {
  const entry = (price: string): string => {
    const step = (sequence: number, amount: string, rate: string) =>
      row('V', sequence, '01', { threshold: { amount, currency: 'VRC', unit: 'DTN' }, expression: parseExpression(rate) })
    const measure = { ...mfn('5%'), conditions: [step(1, '0', '5% + 40 VRC / 100 kg'), step(3, '100', '5%'), step(2, '90', '5% + 10 VRC / 100 kg')] }
    return told(lines([measure], { price: { amount: price, currency: 'VRC' }, netMassKg: '1000' })[0]!)
  }
  test('entry price: the highest step that the import price reaches supplies the duty', () => {
    assert.equal(entry('1000'), 'A00 | 5 % | 50.00 | assessed | 100')
    assert.equal(entry('999.99'), 'A00 | 5 % + 10 VRC / 100 kg | 150.00 | assessed | 100')
    assert.equal(entry('800'), 'A00 | 5 % + 40 VRC / 100 kg | 440.00 | assessed | 100')
  })
  test('a limit or a document', () => {
    const limited = onTop('A30', '30%', {
      conditions: [row('E', 1, '16', { threshold: { amount: '10', unit: 'KGM' } }), row('E', 2, '16', { certificate: 'C001' }), row('E', 3, '27')],
    })
    assert.equal(lines([mfn('free'), limited], { netMassKg: '10' }).length, 1)
    assert.equal(lines([mfn('free'), limited], { netMassKg: '10.1' }).length, 2)
    assert.equal(lines([mfn('free'), limited], { netMassKg: '11', documents: ['C001'] }).length, 1)
    assert.equal(told(lines([mfn('free'), limited])[1]!), 'A30 | 30 % | 0.00 | manual | 100')
  })
  test('different codes must all be met; rows of one permutation are alternatives', () => {
    const both = [row('B', 1, '27', { certificate: 'C001' }), row('B', 2, '07'), row('Z', 1, '27', { certificate: 'C002' }), row('Z', 2, '07')]
    const option = (conditions: Condition[]) => ({ ...preference('free', '300'), conditions })
    const applied = (conditions: Condition[], ...documents: string[]) =>
      lines([mfn('10%'), option(conditions)], claiming('300', { documents }))[0]!.preference
    assert.deepEqual([applied(both, 'C001'), applied(both, 'C001', 'C002')], ['100', '300'])
    const either = [
      row('B', 1, '27', { certificate: 'C001', permutation: '1' }),
      row('Z', 2, '27', { certificate: 'C002', permutation: '1' }),
      row('Z', 3, '07', { permutation: '1' }),
    ]
    assert.deepEqual([applied(either, 'C002'), applied(either)], ['300', '100'])
  })
})

describe('Meursing', () => {
  const option = mfn('8% + EA MAX 18% + ADSZ')
  const amount = (type: string, rate: string): MeasureFact => ({
    id: type,
    type,
    taxType: 'A00',
    area: '1011',
    additionalCode: '7100',
    expression: parseExpression(rate),
  })
  test('the code’s rows are the amounts, and no charges of their own', () =>
    assert.deepEqual(
      lines([option, amount('674', '50 VRC / 100 kg'), amount('672', '10 VRC / 100 kg')], { additionalCodes: ['7100'], netMassKg: '100' }).map(told),
      ['A00 | 8 % + EA MAX 18 % + ADSZ | 130.00 | assessed | 100'],
    ))
  test('without the code the line waits for it', () => {
    const [duty] = lines([option, vat('18%')], { netMassKg: '100' })
    assert.equal(duty!.status, 'manual')
    assert.ok(steps(duty!).includes('meursing_code_missing EA'))
  })
})

test('percent of the retail price, its minimum by the piece', () => {
  const excise: MeasureFact = {
    id: 'x',
    type: '306',
    taxType: '611',
    area: '1011',
    expression: parseExpression('16.5 % / Retail Price MIN 300 VRC / 1000 p/st'),
  }
  const declared = (price: string): Partial<AssessmentItem> => ({
    supplementary: { value: '2000', unit: 'NAR' },
    taxes: [{ type: '611', base: { value: price, unit: 'RET' } }],
  })
  assert.deepEqual(
    [lines([mfn('free'), excise], declared('1000'))[1]!, lines([mfn('free'), excise], declared('10000'))[1]!].map((l) => formatMoney(l.assessed)),
    ['600.00', '1650.00'],
  )
})

describe('prohibitions and controls', () => {
  const prohibited: MeasureFact = { id: 'ban', type: '277', taxType: '', area: 'KP' }
  const control: MeasureFact = {
    id: 'control',
    type: '410',
    taxType: '',
    area: '1011',
    conditions: [row('B', 1, '29', { certificate: 'C640' }), row('B', 2, '29', { certificate: 'Y900' }), row('B', 3, '09')],
  }
  test('prohibited goods are an officer’s', () => {
    const [duty] = lines([mfn('10%'), prohibited])
    assert.equal(duty!.status, 'manual')
    assert.ok(steps(duty!).includes('prohibited ban 277 KP'))
  })
  test('goods under control too, until a document is stated that lets them pass', () => {
    const [duty] = lines([mfn('10%'), control])
    assert.equal(duty!.status, 'manual')
    assert.ok(steps(duty!).includes('control_unmet control 410 1011 C640, Y900'))
    assert.deepEqual(
      ['C640', 'Y900'].map((code) => lines([mfn('10%'), control], { documents: [code] })[0]!.status),
      ['assessed', 'assessed'],
    )
  })
  test('a prohibition that a document lifts', () => {
    const unless = { ...prohibited, conditions: [row('Y', 1, '29', { certificate: 'Y930' }), row('Y', 2, '09')] }
    assert.deepEqual(
      [[], ['Y930']].map((documents) => lines([mfn('10%'), unless], { documents })[0]!.status),
      ['manual', 'assessed'],
    )
  })
})
