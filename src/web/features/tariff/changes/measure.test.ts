import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseExpression, type Measure } from '#schema/trade'
import { changesOf, entryOf, isUnread, readConditions, validate } from './measure.ts'

const before: Measure = {
  id: 'm1',
  administration: 'XV',
  commodity: '85287200',
  type: '103',
  taxType: 'A00',
  area: '1011',
  preferences: ['100'],
  expression: parseExpression('14 %'),
  conditions: [
    { code: 'B', sequence: 1, certificate: 'C644', action: '27' },
    { code: 'B', sequence: 2, action: '08' },
    { code: 'V', sequence: 1, threshold: { amount: '50', currency: 'VRC', unit: 'DTN' }, action: '01', expression: parseExpression('5 %') },
  ],
  footnotes: ['TN001'],
  source: 'Act 12',
  validFrom: '2020-01-01',
}

test('a form made of a measure and read again is that measure', () => {
  const [change] = changesOf({ ...entryOf(before), way: 'correct' }, before, 'XV', 'new')
  assert.deepEqual(change, { op: 'put', what: 'measure', row: before })
})

test('another rate from a day on ends the old measure and begins a new one', () => {
  const changes = changesOf({ ...entryOf(before), way: 'from', day: '2027-01-01', expression: '10 %' }, before, 'XV', 'm2')
  assert.deepEqual(changes[0], { op: 'end', what: 'measure', key: 'm1', validTo: '2027-01-01' })
  const put = changes[1]!
  assert.ok(put.op === 'put' && put.what === 'measure')
  assert.deepEqual([put.row.id, put.row.validFrom, put.row.expression, put.row.footnotes], ['m2', '2027-01-01', parseExpression('10 %'), ['TN001']])
})

test('what is missing or cannot be read is told at its field', () => {
  assert.deepEqual(
    validate({ way: 'end' }).map((i) => i.path),
    ['/day'],
  )
  assert.deepEqual(
    validate({ way: 'new' }).map((i) => i.path),
    ['/type', '/taxType', '/area', '/source', '/validFrom'],
  )
  assert.deepEqual(
    validate({ ...entryOf(before), way: 'correct', expression: 'see the annex', conditions: 'B; C644; 27\nrubbish' }).map((i) => [i.code, i.path]),
    [
      ['trade.rate_unread', '/expression'],
      ['trade.condition_unread', '/conditions'],
    ],
  )
  assert.equal(isUnread('10 % + 5.00 VRC / DTN'), false)
  assert.equal(readConditions('B; C644; 27\n\nX').wrong, 3)
})
