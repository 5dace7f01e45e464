import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parseExpression, plainPercent, printExpression } from './expression.ts'
import type { Component } from './schema.ts'

const percent = (value: string, op: Component['op'] = 'first'): Component => ({ op, kind: 'percent', value })
const specific = (value: string, currency: string, unit: string, op: Component['op'] = 'first'): Component => ({
  op,
  kind: 'specific',
  value,
  currency,
  unit,
})

const readable: [text: string, expected: Component[]][] = [
  ['5.2%', [percent('5.2')]],
  ['14.40 %', [percent('14.40')]],
  ['free', [percent('0')]],
  ['10% + 5.00 GBP / DTN', [percent('10'), specific('5.00', 'GBP', 'DTN', '+')]],
  ['4.5 % MIN 22.5 EUR / 100 kg', [percent('4.5'), specific('22.5', 'EUR', 'DTN', 'MIN')]],
  ['8.3% + 30.00 VRC / DTN MAX 18.7%', [percent('8.3'), specific('30.00', 'VRC', 'DTN', '+'), percent('18.7', 'MAX')]],
  ['12%-1.5 EUR / hl', [percent('12'), specific('1.5', 'EUR', 'HLT', '-')]],
  ['0.60 VRC / ASVX + 3.20 VRC / HLT', [specific('0.60', 'VRC', 'ASVX'), specific('3.20', 'VRC', 'HLT', '+')]],
  ['16.6 GBP / 1,000 items', [specific('16.6', 'GBP', 'MIL')]],
  ['3,5 EUR / kg', [specific('3.5', 'EUR', 'KGM')]],
  ['442 GBP', [{ op: 'first', kind: 'specific', value: '442', currency: 'GBP' }]],
]
const unreadable = ['', 'see annex 7', '10% + 5/100 kg MAX 20%', '10% + ', '5.2', '10% OR 20%', '1 EUR / smidgen', '+ 5%', '10 %% ']

describe('duty expressions', () => {
  for (const [text, expected] of readable) test(`reads ${text}`, () => assert.deepEqual(parseExpression(text), expected))
  for (const text of unreadable)
    test(`keeps “${text}” for an officer`, () => assert.deepEqual(parseExpression(text), [{ op: 'first', kind: 'text', text: text.trim() }]))
  for (const [text] of readable)
    test(`what it prints of ${text} reads the same`, () =>
      assert.deepEqual(parseExpression(printExpression(parseExpression(text))), parseExpression(text)))
  test('a mere percentage is told from others', () =>
    assert.deepEqual([plainPercent(parseExpression('5%')), plainPercent(parseExpression('5% + 1 EUR / kg'))], ['5', undefined]))
})

type Case = {
  id: string
  dialect: string
  text: string
  expected: {
    components: { op: string; amount: number | null; currency: string | null; unit: string | null; qualifier: string | null; kind: string }[]
  }
}
const file = join(import.meta.dirname, '../../../../shared/cases/duty-expressions.json')

test(
  'public cases: what can be read is read as they say, the rest goes to an officer',
  { skip: existsSync(file) ? false : 'the public duty cases (shared/cases) are not here' },
  (t) => {
    const cases = (JSON.parse(readFileSync(file, 'utf8')) as Case[]).filter((c) => c.dialect === 'TARIC_UK')
    let read = 0
    for (const c of cases) {
      const parsed = parseExpression(c.text)
      if (parsed[0]!.kind === 'text') continue
      read++
      assert.deepEqual(
        parsed.map((p) => [p.op, Number(p.value), p.currency ?? null]),
        c.expected.components.map((e) => [e.op, e.amount, e.currency]),
        c.text,
      )
    }
    t.diagnostic(`${read} of ${cases.length} expressions read, all alike`)
    assert.ok(read >= 15, `only ${read} of ${cases.length} were read`)
  },
)
