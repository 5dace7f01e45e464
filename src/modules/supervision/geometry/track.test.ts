import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { at as placeAt } from '../fixtures/trip.ts'
import type { TrackFix } from '../schema/live.ts'
import { distanceM } from './segments.ts'
import { leadingWay, simplify, standsSince } from './track.ts'

const fix = (min: number, km: number, off = 0): TrackFix => {
  const { lon, lat } = placeAt(km, off)
  return [min * 60_000, lon, lat, 60]
}

const ways = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.double({ min: -1, max: 3, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 80,
  })
  .map((steps) => {
    let [min, km] = [0, 0]
    return steps.map(([wait, move, off]) => fix((min += wait), (km += move), off))
  })

/** Where a replay that goes evenly from fix to fix is at a time. */
const replayed = (fixes: readonly TrackFix[], ms: number): { lon: number; lat: number } => {
  const next = Math.max(
    1,
    fixes.findIndex((f) => f[0] >= ms),
  )
  const [a, b] = [fixes[next - 1]!, fixes[Math.min(next, fixes.length - 1)]!]
  const share = b[0] === a[0] ? 0 : (ms - a[0]) / (b[0] - a[0])
  return { lon: a[1] + (b[1] - a[1]) * share, lat: a[2] + (b[2] - a[2]) * share }
}

test('a simplified way is at every time within its tolerance of the whole one', () => {
  fc.assert(
    fc.property(ways, fc.constantFrom(10, 100, 500), (fixes, toleranceM) => {
      const fewer = simplify(fixes, toleranceM)
      assert.ok(fewer.length <= fixes.length && fewer[0] === fixes[0] && fewer.at(-1) === fixes.at(-1))
      for (const f of fixes) assert.ok(distanceM(replayed(fewer, f[0]), { lon: f[1], lat: f[2] }) <= toleranceM + 1)
    }),
  )
})

test('an even drive is two fixes, a stop on the way stays in time', () => {
  const even = Array.from({ length: 60 }, (_, min) => fix(min, min))
  assert.equal(simplify(even, 50).length, 2)
  const withStop = [
    ...even.slice(0, 30),
    ...Array.from({ length: 30 }, (_, n) => fix(30 + n, 29)),
    ...even.slice(30).map((_, n) => fix(60 + n, 30 + n)),
  ]
  const fewer = simplify(withStop, 50)
  assert.ok(fewer.length >= 4 && fewer.length < 10)
})

test('standing begins with the first fix near the last one', () => {
  assert.equal(standsSince([]), null)
  assert.equal(standsSince([fix(0, 0), fix(1, 1)]), null)
  assert.equal(standsSince([fix(0, 0), fix(1, 1), fix(2, 1.01), fix(3, 1.02)]), 60_000)
})

test('of several seals one leads, until it is silent for ten minutes or taken off; nothing jumps between them', () => {
  const [front, rear] = [[0, 1, 2, 3].map((m) => fix(m, m)), [0.5, 1.5, 2.5, 5, 14, 15].map((m) => fix(m, m, 3))]
  assert.deepEqual(
    leadingWay([
      { fixes: front, toMs: Infinity },
      { fixes: rear, toMs: Infinity },
    ]),
    [...front, ...rear.slice(4)],
  )
  assert.deepEqual(
    leadingWay([
      { fixes: front, toMs: 4 * 60_000 },
      { fixes: rear, toMs: Infinity },
    ]),
    [...front, ...rear.slice(3)],
  )
})
