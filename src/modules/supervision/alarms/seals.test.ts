/** The rules over several seals of one trip: what is of each, what is of the whole, and what is of two that part. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { minute, planOf, seen, start } from '../fixtures/trip.ts'
import { take } from './fold.ts'
import { inOrder, type Observation } from './observation.ts'
import { type Episode, initialState, type Plan, withClosures } from './state.ts'
import { episodesOf, insert, newTimeline } from './timeline.ts'

type More = Parameters<typeof seen>[2] & object
const of = (device: 'front' | 'rear', min: number, km: number | null, more: More = {}): Observation => seen(min, km, { device, ...more })
/** Both beside each other, the rear one some seconds later. */
const both = (from: number, to: number, more: { front?: More; rear?: More } = {}): Observation[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i).flatMap((min) => [
    of('front', min, min, more.front),
    of('rear', min + 0.2, min + 0.2, more.rear),
  ])
const told = (observations: Observation[], plan: Plan = planOf()): string[] => {
  const timeline = newTimeline()
  insert(timeline, plan, observations)
  return episodesOf(timeline, plan).map(
    (e) => `${e.kind} ${e.subject} ${(e.openedMs - start) / minute}-${e.closedMs === null ? '' : (e.closedMs - start) / minute}`,
  )
}

test('what happens to the whole is said once; what a seal tells of itself is of that seal', () => {
  assert.deepEqual(told(both(0, 30)), [])
  const off = { front: { off: 0.9 }, rear: { off: 0.9 } }
  assert.deepEqual(told([...both(0, 4), ...both(5, 9, off), ...both(10, 14)]), ['ROUTE_DEVIATION trip 5-10'])
  const standing = Array.from({ length: 5 }, (_, i) => 11 + i * 5).flatMap((min) => [
    of('front', min, 11, { speedKph: 0 }),
    of('rear', min + 0.2, 11.01, { speedKph: 0 }),
  ])
  assert.deepEqual(told([...both(0, 10), ...standing, of('front', 37, 12), of('rear', 37.2, 12.1)]), ['UNAUTHORISED_STOP trip 11-37'])
  const cut = { rear: { alarms: ['ROPE_CUT'], ropeCut: true, locked: false } } as const
  assert.deepEqual(told([...both(0, 4), ...both(5, 5, cut)]), ['ROPE_CUT rear 5.2-', 'UNAUTHORISED_OPEN rear 5.2-'])
  // Either charge runs down by itself: the fuller one takes nothing back.
  const low = { front: { batteryPct: 60 }, rear: { batteryPct: 25 } }
  assert.deepEqual(told(both(0, 12, low)), ['LOW_BATTERY rear 0.2-'])
})

test('the seal that leads keeps the way until it has been silent; then another does', () => {
  const away = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => of('rear', from + i, from + i, { off: 0.9 }))
  // Ten minutes after the last fix of the one that led, what the other tells is the way of the trip.
  assert.deepEqual(told([...both(0, 4), ...away(5, 20)]), ['ROUTE_DEVIATION trip 15-'])
  const replaced = planOf({ replacedMs: { front: start + 5 * minute } })
  assert.deepEqual(told([...both(0, 4), ...away(5, 20)], replaced), ['ROUTE_DEVIATION trip 5-'])
})

test('two seals that part are told with both numbers; until they meet, the one that does not lead is judged for itself', () => {
  const gone = { rear: { off: 3 } }
  assert.deepEqual(told([...both(0, 4), ...both(5, 9, gone)]), [], 'not yet five minutes')
  assert.deepEqual(told([...both(0, 4), ...both(5, 16, gone), ...both(17, 24)]), ['SEPARATION front rear 5.2-17.2', 'ROUTE_DEVIATION rear 10.2-19.2'])
  // The driver knows nothing: the trailer stands, the lorry goes on.
  const left = Array.from({ length: 30 }, (_, i) => [of('front', 5 + i, 5 + i), of('rear', 5.2 + i, 5, { speedKph: 0 })]).flat()
  const all = told([...both(0, 4), ...left])
  assert.deepEqual(
    all.map((e) => e.split(' ').slice(0, -1).join(' ')),
    ['SEPARATION front rear', 'UNAUTHORISED_STOP rear'],
  )
  // Apart in time is not apart in place: at 80 km/h one fix is 600 m behind the other.
  const late = Array.from({ length: 20 }, (_, i) => [
    of('front', i, i * 1.3, { speedKph: 80 }),
    of('rear', i + 0.45, (i + 0.45) * 1.3, { speedKph: null }),
  ]).flat()
  assert.deepEqual(told(late), [])
})

test('what a seal told of itself is over when another takes its place, but for what an officer ends', () => {
  const plan = planOf({ replacedMs: { rear: start + 20 * minute } })
  const sub = [{ id: 'sub1', locked: null, cut: false, lost: true }]
  const timeline = newTimeline()
  insert(timeline, plan, [...both(0, 12, { rear: { batteryPct: 25, subLocks: sub, ropeCut: true } }), of('front', 25, 25)])
  const found = episodesOf(timeline, plan).map((e) => [e.kind, e.subject, e.closedMs === null ? null : (e.closedMs - start) / minute, e.endedBy])
  assert.deepEqual(found, [
    ['LOW_BATTERY', 'rear', 20, 'seal-replaced'],
    ['ROPE_CUT', 'rear', null, null],
    ['SUBLOCK_LOST', 'sub1', 20, 'seal-replaced'],
  ])
})

const chance = fc
  .record({
    device: fc.constantFrom('front', 'rear', 'third', 'truck'),
    min: fc.integer({ min: 0, max: 2800 }).map((n) => n / 4),
    off: fc.constantFrom(0, 0, 0, 0.9, 3),
    shift: fc.constantFrom(0, 0, 0, -3, 1),
    speedKph: fc.constantFrom(0, 3, 60, 95, null),
    batteryPct: fc.constantFrom(90, 28, 20, 34, null),
    locked: fc.constantFrom(true, true, false, null),
    alarms: fc.subarray(['ROPE_CUT', 'ILLEGAL_CARD', 'LOW_BATTERY'] as const, { maxLength: 1 }),
    blind: fc.constantFrom(false, false, false, true),
  })
  .map(({ min, off, shift, blind, device, ...rest }) =>
    seen(min, blind ? null : min / 3 + shift, { off, device, role: device === 'truck' ? 'truck' : 'seal', ...rest }),
  )
const replacements = fc.dictionary(
  fc.constantFrom('front', 'rear'),
  fc.integer({ min: 0, max: 700 }).map((m) => start + m * minute),
  { maxKeys: 2 },
)
const canonical = (episodes: readonly Episode[]): string => JSON.stringify(episodes.map((e) => JSON.stringify(e)).toSorted())
/** The plain definition: sort everything, fold once. */
const definition = (plan: Plan, all: readonly Observation[]): string => {
  const step = { s: initialState(), plan, closed: [] as Episode[] }
  for (const o of [...new Map(all.map((o) => [o.hash, o])).values()].toSorted(inOrder)) take(step, o)
  return canonical([...step.closed, ...Object.values(step.s.open)].map((e) => withClosures(plan, e)))
}

test('every order of arrival over several seals gives the same episodes', () => {
  fc.assert(
    fc.property(
      fc
        .array(chance, { minLength: 1, maxLength: 90 })
        .chain((all) => fc.record({ all: fc.constant(all), order: fc.shuffledSubarray(all, { minLength: all.length }) })),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 }),
      replacements,
      ({ all, order }, sizes, replacedMs) => {
        const plan = planOf({ replacedMs })
        const timeline = newTimeline()
        for (let from = 0, i = 0; from < order.length; i++) {
          const size = sizes[i % sizes.length]!
          insert(timeline, plan, order.slice(from, from + size))
          from += size
        }
        assert.equal(canonical(episodesOf(timeline, plan)), definition(plan, all))
      },
    ),
    { numRuns: 300 },
  )
})
