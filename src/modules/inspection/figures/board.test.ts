import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boardOf, fewest, type Judged } from './board.ts'

const instant = (n: number): string => new Date(Date.UTC(2026, 5, 1, 6) + n * 1000).toISOString()

/** Every one of `items` judged by one reader or model; what is an odd number is a threat and is found. */
const judged = (team: Judged['team'], reader: string, items: readonly number[], more: Partial<Judged> = {}): Judged[] =>
  items.map((n) => ({
    reader,
    readerName: reader,
    team,
    simulatedReader: false,
    assisted: false,
    source: null,
    category: n % 2 === 1 ? (n % 4 === 1 ? 'gun' : 'drugs') : 'benign',
    itemId: `item-${n}`,
    column: 'tip',
    threat: n % 2 === 1,
    alarm: n % 2 === 1,
    rating: n % 2,
    ms: 1000,
    at: instant(n),
    ...more,
  }))
const upTo = (n: number, from = 0): number[] => Array.from({ length: n - from }, (_, i) => from + i)
const team = (name: 'senior' | 'intermediate', readers: number, items: number, more: Partial<Judged> = {}): Judged[] =>
  upTo(readers).flatMap((r) =>
    judged(
      name,
      `${name}-${r}`,
      upTo(items).filter((n) => n % readers === r),
      more,
    ),
  )
const ai = (items: number): Judged[] => judged('ai', 'bags@1', upTo(items))
const [n, r] = [fewest.items, fewest.readers]

test('a team is shown from three readers and thirty items on, and otherwise withheld with the reason', () => {
  const whole = boardOf('tip', [...ai(n), ...team('senior', r, n), ...team('intermediate', r, n)], null, false)
  assert.deepEqual([whole.items, whole.threats, whole.readers, whole.hasOther], [n, n / 2, 'people', false])
  assert.deepEqual(
    whole.rows.map((row) => [row.team, row.readers, row.withheld, row.figures?.n]),
    [
      ['ai', 1, null, n],
      ['senior', r, null, n],
      ['intermediate', r, null, n],
    ],
  )
  assert.deepEqual(whole.kinds, [
    { category: 'drugs', threats: 7, found: { ai: 7, senior: 7, intermediate: 7 } },
    { category: 'gun', threats: 8, found: { ai: 8, senior: 8, intermediate: 8 } },
  ])
  const alone = boardOf('tip', [...ai(n), ...team('senior', r, n), ...team('intermediate', 1, n)], null, false)
  assert.deepEqual([alone.rows[1]!.withheld, alone.rows[2]!.withheld, alone.rows[2]!.figures], [null, 'readers', null])
  assert.deepEqual(alone.kinds[0]!.found, { ai: 7, senior: 7, intermediate: null }, 'nor is a withheld row told by kinds')
  const few = boardOf('tip', [...ai(n - 1), ...team('senior', r, n), ...team('intermediate', r, n)], null, false)
  assert.deepEqual(
    few.rows.map((row) => [row.withheld, row.figures?.n ?? null]),
    [
      [null, n - 1],
      ['items', null],
      ['items', null],
    ],
  )
})

test('invented readings and those of people never stand in one table', () => {
  const invented = { simulatedReader: true, alarm: true, source: 'shift.csv' }
  const both = [...ai(n), ...team('senior', r, n, invented), ...team('intermediate', r, n, invented), ...judged('senior', 'Ada', upTo(3))]
  const shown = boardOf('tip', both, null, true)
  assert.deepEqual([shown.readers, shown.hasOther, shown.items], ['invented', true, n], 'people fill no row yet')
  assert.ok(!shown.rows[1]!.names.includes('Ada'))
  assert.deepEqual([shown.rows[1]!.figures?.falseAlarm?.value, shown.rows[1]!.imported], [1, r])
  const people = boardOf('tip', both, 'people', true)
  assert.deepEqual([people.readers, people.hasOther, people.items], ['people', true, 0])
  assert.deepEqual(people.rows[1]!.names, [], 'only items that all have judged')
  const enough = boardOf('tip', [...both, ...team('senior', r, n), ...team('intermediate', r, n)], null, true)
  assert.equal(enough.readers, 'people')
  assert.equal(enough.rows[2]!.figures?.falseAlarm?.value, 0)
})

test('the first reading of an item counts, and none in which the machine’s boxes were seen', () => {
  const again = judged('senior', 'late', upTo(n), { alarm: false, at: instant(9000) })
  const seen = judged('senior', 'helped', upTo(n), { alarm: false, assisted: true, at: instant(-9000) })
  const board = boardOf('tip', [...seen, ...ai(n), ...team('senior', r, n), ...team('intermediate', r, n), ...again], 'people', true)
  assert.equal(board.rows[1]!.figures?.detection?.value, 1)
  assert.deepEqual(
    board.rows[1]!.names,
    upTo(r).map((i) => `senior-${i}`),
  )
})
