import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Check } from 'typebox/value'
import { Expression } from '../schema/expression.ts'
import { printExpression } from './print.ts'
import { readRule } from './rule.ts'
import { parseExpression } from './taric.ts'

const accepted = [
  '0.40 VRC * netMass',
  '= 2 % * value',
  'min(2 % * value, 500 VRC)',
  'when commodity in 8506, 8507 and not relief in C07 then 0.40 VRC * quantity(KGM) otherwise 1 % * value',
  'when (procedure in 40 or procedure in 61) and value > 1000 VRC then 5 VRC when value / netMass >= 3 VRC then 1 VRC',
  'when (value + duty) * 2 > 10 VRC then max(1 VRC, duty / 2)',
  'when not (origin in XV) then (1 % + 0.5 %) * (value + duty)',
  'when ((value)) > ((1 VRC)) then 1 VRC',
]

const refused: [text: string, why: string, at: number, found: string][] = [
  ['', 'expected', 0, ''],
  ['2 %', 'type', 0, '2'],
  ['netMass', 'type', 0, 'netMass'],
  ['1 VRC + netMass', 'type', 8, 'netMass'],
  ['1 VRC * value', 'type', 8, 'value'],
  ['2 / value', 'type', 4, 'value'],
  ['= 1 VRC + 2 EUR', 'currency', 12, 'EUR'],
  ['quantity(XYZ) * 1 VRC', 'unit', 9, 'XYZ'],
  ['when commodity in 85 then', 'expected', 25, ''],
  ['when commodity 85 then 1 VRC', 'expected', 15, '85'],
  ['when commodity in a then 1 VRC', 'expected', 18, 'a'],
  ['when value > 5 then 1 VRC', 'type', 13, '5'],
  ['when value then 1 VRC', 'expected', 11, 'then'],
  ['when (commodity in 85 and) then 1 VRC', 'expected', 25, ')'],
  ['process', 'expected', 0, 'process'],
  ['value; duty', 'expected', 5, ';'],
  ['value value', 'expected', 6, 'value'],
  ['constructor(1)', 'expected', 0, 'constructor'],
]

describe('rules of national taxes', () => {
  for (const text of accepted)
    test(`reads ${text}`, () => {
      const read = readRule(text)
      assert.ok(read.ok, JSON.stringify(read))
    })
  for (const [text, why, at, found] of refused)
    test(`says where “${text}” goes wrong`, () => {
      const read = readRule(text)
      assert.deepEqual(read.ok ? read : { why: read.fault.why, at: read.fault.at, found: read.fault.found }, { why, at, found })
    })
  test('an expression may be a rule, with the currency of its amounts', () => {
    assert.deepEqual(parseExpression('= 0.40 VRC * netMass'), [{ op: 'first', kind: 'rule', text: '0.40 VRC * netMass', currency: 'VRC' }])
    assert.deepEqual(parseExpression('= 0.40 VRC'.padEnd(700, ' + 1 VRC'))[0]!.kind, 'text')
    assert.deepEqual(parseExpression('= 2 %'), [{ op: 'first', kind: 'text', text: '= 2 %' }])
  })
  test('brackets without end are refused, and soon', () => {
    const read = readRule(`when ${'('.repeat(400)}`)
    assert.equal(read.ok ? '' : read.fault.why, 'too-deep')
    assert.equal(readRule(`when ${'not '.repeat(100)}commodity in 1 then 1 VRC`).ok, false)
  })

  const piece = fc.constantFrom(
    ...'when then otherwise and or not in commodity relief value duty netMass quantity ( ) , + - * / < <= = % VRC EUR KGM 85 1 2.5 min max C07'.split(
      ' ',
    ),
    ' ',
    '=',
    '§',
    '__proto__',
  )
  test('nothing throws; what is read is printed back, and what is not says where', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 25 }).map((p) => `=${p.join(' ')}`),
          fc.string({ maxLength: 600 }).map((t) => `=${t}`),
        ),
        (text) => {
          const read = readRule(text)
          if (!read.ok) assert.ok(read.fault.at >= 0 && read.fault.at <= text.length, JSON.stringify(read))
          const expression = parseExpression(text)
          assert.ok(Check(Expression, expression), JSON.stringify(expression))
          assert.equal(expression[0]!.kind, read.ok ? 'rule' : 'text')
          if (read.ok) assert.deepEqual(parseExpression(printExpression(expression)), expression)
        },
      ),
      { numRuns: 5000 },
    ))
})
