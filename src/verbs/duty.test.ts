import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'

const program = join(import.meta.dirname, '../../bin/portcullis')
const shared = join(import.meta.dirname, '../../../shared')
const skip = existsSync(join(shared, 'cases/duty-expressions.json')) ? false : 'the public duty cases (shared/cases) are not here'
const root = mkdtempSync(join(tmpdir(), 'portcullis-duty-'))
after(() => rmSync(root, { recursive: true, force: true }))

type Fields = Record<string, unknown>
type Answer = Fields & { id: string; ok: boolean; components: Fields[]; result: Fields; issues: { code: string; path: string }[] }

const run = (args: string[], input: readonly unknown[] = []) => {
  const lines = input.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('')
  const { status, stdout, stderr } = spawnSync(program, ['duty', ...args], {
    input: lines,
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, NODE_TEST_CONTEXT: '' },
  })
  const answers = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Answer]))
  return { status, stderr, answers }
}

/** Where we answer otherwise than the public cases, and why. What agrees again comes off the list. */
const disagreements: Readonly<Record<string, string>> = {
  'sp-057': 'the text says 1.34 and the case 1.345: a printer rounded, and nobody can read the lost digit back',
  'us-342': 'the text refers to a note and states no rate; the case knows 4.2 % from elsewhere',
  'us-343': 'the text refers to a note and states no rate; the case knows 7.4 % from elsewhere',
  'us-344': 'the text refers to a note and states no rate; the case knows 7.4 % from elsewhere',
  'us-345': 'the text refers to a note and states no rate; the case knows 4.2 % from elsewhere',
}

type ExpressionCase = { id: string; dialect: string; text: string; expected: Fields & { components?: Fields[] } }
const alike = (a: unknown, b: unknown): boolean =>
  typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) < 1e-6 : a === b || (Array.isArray(a) && JSON.stringify(a) === JSON.stringify(b))

/** TARIC prints 04, 19 and 20 alike, so ids are not compared. */
const bare = ({ duty_expression_id: _id, ...component }: Fields): Fields => component
const sorted = (fields: Fields): string => JSON.stringify(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)))

describe('the public cases', { skip }, () => {
  test('expressions: all agree but those that are argued', () => {
    const cases = JSON.parse(readFileSync(join(shared, 'cases/duty-expressions.json'), 'utf8')) as ExpressionCase[]
    const input = cases.map(({ id, dialect, text, expected: { quantity_1_code, quantity_2_code } }) => ({
      id,
      dialect,
      text,
      quantity_1_code,
      quantity_2_code,
    }))
    const { answers } = run(['parse', '-'], input)
    assert.equal(answers.length, cases.length)
    const differing = cases.filter(({ id, expected }, at) => {
      const answer = answers[at]!
      assert.equal(answer.id, id)
      if (expected.components) return answer.components.map(bare).map(sorted).join() !== expected.components.map(bare).map(sorted).join()
      return Object.entries(expected).some(([key, value]) => !alike(answer[key], value))
    })
    assert.deepEqual(
      differing.map((c) => c.id),
      Object.keys(disagreements),
    )
  })

  test('what is printed of an expression is its text, blanks apart', () => {
    const cases = (JSON.parse(readFileSync(join(shared, 'cases/duty-expressions.json'), 'utf8')) as ExpressionCase[]).filter(
      (c) => c.dialect !== 'USITC',
    )
    const { answers } = run(['parse', '-'], cases)
    const tight = (text: unknown): string => String(text).replace(/\s/g, '')
    assert.deepEqual(
      answers.map((a) => tight(a['text'])),
      cases.map((c) => tight(c.text)),
    )
  })

  test('computed cases: all agree', () => {
    const uk = join(shared, 'data/tariff/uk')
    const file = join(shared, 'cases/duty-computed.json')
    const cases = JSON.parse(readFileSync(file, 'utf8')) as { id: string; expected: Fields }[]
    const { answers } = run(['compute', file, '--rates', join(uk, 'monetary_exchange_rates.json'), '--seasonal', join(uk, 'seasonal_measures.csv')])
    const differing = cases.filter(({ expected }, at) => Object.entries(expected).some(([key, value]) => !alike(answers[at]?.result?.[key], value)))
    assert.deepEqual(differing, [])
  })
})

test('texts of the command line: one line each, 1 when one cannot be read', () => {
  const { status, answers } = run(['parse', '12 % + 3.00 EUR / 100 kg', 'see the annex'])
  assert.equal(status, 1)
  assert.deepEqual(
    answers.map((a) => [a.ok, a.components.length, a.issues?.[0]?.code]),
    [
      [true, 2, undefined],
      [false, 0, 'duty.expression_unread'],
    ],
  )
})

test('a national tax is read into its tree, or refused at its place', () => {
  const { answers } = run(['parse', '= when commodity in 8507 then 2 % * value', '= when commodity in 8507 then 2 %'])
  assert.deepEqual(
    answers.map((a) => [a.ok, a.issues?.[0]?.code, (a.issues?.[0] as { params?: { at: number } } | undefined)?.params?.at]),
    [
      [true, undefined, undefined],
      [false, 'trade.rule_invalid', 31],
    ],
  )
})

test('lines that are no input are told, and do not stop the others', () => {
  const { status, answers } = run(['parse', '-'], ['{', '[]', { id: 1, text: 5 }, { id: 2, dialect: 'ODD', text: '5%' }, { id: 3, text: '5%' }])
  assert.equal(status, 1)
  assert.deepEqual(
    answers.map((a) => [a.ok, a.issues?.[0]?.path]),
    [
      [false, ''],
      [false, ''],
      [false, '/text'],
      [false, '/dialect'],
      [true, undefined],
    ],
  )
})

test('an unknown dialect or file is said once, with 2', () => {
  assert.equal(run(['parse', '--dialect', 'odd', '5%']).status, 2)
  assert.equal(run(['compute', join(root, 'none.json')]).status, 2)
  assert.equal(run(['guess']).status, 2)
})

const computed: [name: string, inputs: Fields, expected: Fields][] = [
  [
    'a percentage of value and freight, with VAT',
    { customs_value: { price: '900', freight: 100 }, duty_rate: '10%', vat_rate: 18 },
    { duty: 100, vat_base: 1100, vat: 198, total: 298, landed: 1298 },
  ],
  ['a text', { customs_value: 1000, expression: '10 % MIN 40 EUR / 100 kg', quantities: { KGM: 500 }, fx: { EUR: 2 } }, { duty: 400 }],
  ['a minus never below nothing', { customs_value: 100, expression: '1 % - 40 EUR / 100 kg', quantities: { KGM: 500 } }, { duty: 0 }],
  [
    'Meursing, its amounts given',
    { customs_value: 1000, components: [{ id: '01', amount: 8 }, { id: '12' }], quantities: { KGM: 200 }, meursing: { EA: '10 EUR / 100 kg' } },
    { duty: 100 },
  ],
  [
    'drained weight answered in plain kilograms',
    { components: [{ id: '01', amount: 5, currency: 'GBP', unit: 'DTN', qualifier: 'E' }], quantities: { KGM: 200 } },
    { duty: 10 },
  ],
  ['pure alcohol from volume and strength', { expression: '2 GBP / LPA', quantities: { HLT: 2, ASV: 40 } }, { duty: 160 }],
  ['strength alone is rounded down', { expression: '0.333 GBP / ASVX', quantities: { LTR: 100, ASV: 11 } }, { duty: 3.66 }],
  ['United States: rate in the inputs', { rate: '2 cents/kg + 1%', value_usd: 100, q1_kg: 50 }, { duty_usd: 2 }],
]
const refused: [name: string, inputs: Fields, code: string, path: string][] = [
  ['no currency rate', { customs_value: 1, expression: '1 EUR / kg + 2 GBP / kg', quantities: { KGM: 1 } }, 'duty.no_exchange_rate', '/expression'],
  ['no quantity', { expression: '1 EUR / hl', quantities: { KGM: 1 } }, 'duty.quantity_missing', '/expression'],
  ['no value', { duty_rate: 5 }, 'duty.value_unknown', '/duty_rate'],
  [
    'Meursing without amounts',
    { customs_value: 1, components: [{ id: '01', amount: 8 }, { id: '12' }] },
    'duty.meursing_code_missing',
    '/components',
  ],
  ['a text that nobody can read', { customs_value: 1, expression: 'see annex' }, 'duty.expression_unread', '/expression'],
  ['no figure', { customs_value: 'much', duty_rate: 5 }, 'duty.compute_input', '/customs_value'],
  ['an unknown unit', { customs_value: 1, duty_rate: 1, quantities: { XXX: 1 } }, 'duty.compute_input', '/quantities/XXX'],
  ['nothing to compute', { colour: 'red' }, 'duty.compute_unknown', ''],
  ['content that was not given', { rate: '2 cents/kg on zinc content', value_usd: 1, q1_kg: 5 }, 'duty.quantity_missing', ''],
  ['a rate of exchange without rates', { import_date: '2026-01-01', currency: 'GBP' }, 'duty.exchange_rates_missing', '/currency'],
  ['a season without seasons', { origin: 'AU', hs: '0702000000', date: '07-01' }, 'duty.seasonal_rates_missing', '/hs'],
]

test('what inputs allow is computed, by what is in them', () => {
  const { status, answers } = run(
    ['compute', '-'],
    computed.map(([, inputs]) => inputs),
  )
  assert.equal(status, 0)
  assert.deepEqual(
    answers.map(({ result }, at) => Object.fromEntries(Object.keys(computed[at]![2]).map((key) => [key, result[key]]))),
    computed.map(([, , expected]) => expected),
  )
})

test('and what they do not is refused, by the name of what is missing', () => {
  const { status, answers } = run(
    ['compute', '-'],
    refused.map(([name, inputs]) => ({ id: name, inputs })),
  )
  assert.equal(status, 1)
  assert.deepEqual(
    answers.map((a) => [a.id, a.ok, a.issues[0]?.code, a.issues[0]?.path]),
    refused.map(([name, , code, path]) => [name, false, code, path]),
  )
})

test('tables from files: the month of the day, the newest without one, a season over the turn of the year', () => {
  const rates = join(root, 'rates.json')
  const seasonal = join(root, 'seasonal.csv')
  writeFileSync(
    rates,
    JSON.stringify([
      { currency: 'XTS', rate: '2.5', valid_from: '2026-02-01' },
      { currency: 'XTS', rate: 2, valid_from: '2026-01-01' },
    ]),
  )
  writeFileSync(seasonal, 'area,code,type,from,to,duty\nAU,0702000000,142,1/11,14/5,6%\nAU,0702000000,142,15/05,31/10,9%\n')
  const { answers } = run(
    ['compute', '-', '--rates', rates, '--seasonal', seasonal],
    [
      { import_date: '2026-01-31', currency: 'XTS' },
      { currency: 'XTS' },
      { import_date: '2025-12-31', currency: 'XTS' },
      { origin: 'AU', hs: '0702.00.0000', date: '2026-01-01' },
    ],
  )
  assert.deepEqual(
    answers.map((a) => a.result?.['rate'] ?? a.result?.['duty'] ?? a.issues[0]?.code),
    [2, 2.5, 'duty.exchange_rate_unknown', '6%'],
  )
})
