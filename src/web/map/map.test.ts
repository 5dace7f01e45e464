import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LiveSeal, TrackFix } from '#schema/supervision'
import { advance, countUntil, metresPerPixel, spanOf, standAt, toleranceFor } from './replay.ts'
import { byGravity, createShown, isShown, noFilter } from './seals.ts'

const seal = (id: string, more: Partial<LiveSeal> = {}): LiveSeal => ({
  id,
  lat: 34.5,
  lon: 20.9,
  speedKph: 60,
  courseDeg: 90,
  batteryPct: 80,
  locked: true,
  eventAt: '2026-06-01T08:00:00.000Z',
  receivedAt: '2026-06-01T08:00:01.000Z',
  state: 'armed',
  office: 'XV000101',
  trip: null,
  alarms: 0,
  worst: null,
  others: [],
  ...more,
})

test('a source is told only what changed', () => {
  const shown = createShown()
  assert.deepEqual(
    shown.next([seal('1'), seal('2')]).add.map((f) => f.id),
    ['1', '2'],
  )
  assert.deepEqual(shown.next([seal('1'), seal('2')]), { add: [], remove: [] })
  assert.deepEqual(shown.next([seal('1', { lat: 34.5000001 }), seal('2')]), { add: [], remove: [] }, 'centimetres are no news')
  const moved = shown.next([seal('1', { lat: 34.51 }), seal('2', { worst: 'high', alarms: 1 })])
  assert.deepEqual(
    moved.add.map((f) => [f.id, f.properties.rank]),
    [
      ['1', 0],
      ['2', 3],
    ],
  )
  assert.deepEqual(shown.next([seal('2', { worst: 'high', alarms: 1 })]).remove, ['1'])
})

test('a filter hides vehicles, and never one with an open alarm', () => {
  const filter = { ...noFilter, text: 'nothing like this', onTrip: true }
  assert.equal(isShown(seal('1'), filter), false)
  assert.equal(isShown(seal('1', { worst: 'low', alarms: 1 }), filter), true)
  assert.equal(isShown(seal('8000640001'), { ...noFilter, text: '64000' }), true)
  assert.deepEqual(
    [seal('a'), seal('b', { worst: 'critical' }), seal('c', { worst: 'low' })].toSorted(byGravity).map((s) => s.id),
    ['b', 'c', 'a'],
  )
})

const fixes: TrackFix[] = [
  [0, 20, 34, 0],
  [60_000, 20.01, 34, 60],
  [180_000, 20.01, 34.01, 40],
]

test('a replay goes evenly between fixes, and stands still beyond its ends', () => {
  assert.equal(standAt([], 5), null)
  assert.deepEqual(standAt(fixes, -10), { lon: 20, lat: 34, courseDeg: 90, speedKph: 0 })
  const half = standAt(fixes, 30_000)!
  assert.ok(Math.abs(half.lon - 20.005) < 1e-9 && half.courseDeg === 90)
  const later = standAt(fixes, 120_000)!
  assert.ok(Math.abs(later.lat - 34.005) < 1e-9 && later.courseDeg === 0 && later.speedKph === 60)
  assert.equal(standAt(fixes, 999_999)!.lat, 34.01)
  assert.deepEqual(standAt(fixes.slice(0, 1), 7), { lon: 20, lat: 34, courseDeg: 0, speedKph: 0 })
  assert.deepEqual(
    [-1, 0, 59_999, 60_000, 1e9].map((ms) => countUntil(fixes, ms)),
    [0, 1, 1, 2, 3],
  )
})

test('one clock for all: it spans all ways and stops at the end', () => {
  const other: TrackFix[] = [[100_000, 21, 34, 0]]
  const span = spanOf([
    { tripId: 'a', fixes, next: null },
    { tripId: 'b', fixes: other, next: null },
    { tripId: 'c', fixes: [], next: null },
  ])
  assert.deepEqual(span, { fromMs: 0, toMs: 180_000 })
  assert.equal(spanOf([]), null)
  assert.equal(advance(0, 1000, 60, span!), 60_000)
  assert.equal(advance(170_000, 1000, 60, span!), 180_000)
})

test('what is fetched is as exact as the zoom can show', () => {
  assert.ok(Math.abs(metresPerPixel(0, 0) - 78_271) < 1)
  assert.equal(toleranceFor(3, 34), 1200)
  assert.equal(toleranceFor(9, 34), 80)
  assert.equal(toleranceFor(18, 34), 0)
})
