import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { alarmNames } from '../schema/record.ts'
import { blank } from '../protocols/codec.ts'
import { at, minute, planOf, seen, start } from '../fixtures/trip.ts'
import { kindOfDeviceAlarm } from './kinds.ts'
import { inOrder, type Observation, observe } from './observation.ts'
import { type Episode, initialState, type Plan, withClosures } from './state.ts'
import { byTheClock } from './clock-rules.ts'
import { take } from './fold.ts'
import { episodesOf, insert, newTimeline, refold, stateOf } from './timeline.ts'

const run = (observations: Observation[], plan: Plan = planOf()): Episode[] => {
  const timeline = newTimeline()
  insert(timeline, plan, observations)
  return episodesOf(timeline, plan)
}
const told = (all: Episode[]): string[] =>
  all.map((e) => `${e.kind} ${e.subject} ${(e.openedMs - start) / minute}-${e.closedMs === null ? '' : (e.closedMs - start) / minute}`)

/** A quiet drive: a fix a minute at 60 km/h. */
const drive = (from: number, to: number, more: Parameters<typeof seen>[2] = {}): Observation[] =>
  Array.from({ length: to - from + 1 }, (_, i) => seen(from + i, from + i, more))

test('a quiet trip raises nothing', () => {
  assert.deepEqual(told(run([...drive(0, 59), ...Array.from({ length: 10 }, (_, i) => seen(61 + i, 60 + i / 1.25, { speedKph: 48 }))])), [])
})

test('off the corridor: from the first fix outside to the first of three back inside', () => {
  const off = [5, 6, 7, 8, 9].map((m) => seen(m, m, { off: 0.9 }))
  assert.deepEqual(told(run([...drive(0, 4), ...off, ...drive(10, 14)])), ['ROUTE_DEVIATION trip 5-10'])
  const [deviation] = run([...drive(0, 4), ...off])
  assert.equal(deviation?.worst, 900)
  assert.deepEqual(told(run([...drive(0, 4), seen(5, 5, { off: 0.9 }), ...drive(6, 10)])), [], 'one fix outside is no deviation')
})

test('a fence, a stop, a long rest, speed', () => {
  const fence = [20, 21, 22, 23, 24].map((m) => seen(m, m - 0.5, { off: 0.3 }))
  assert.deepEqual(told(run([...drive(0, 19), ...fence, ...drive(25, 30)])), ['GEOFENCE depot 21-25'])
  const stand = (from: number, to: number, km: number): Observation[] =>
    Array.from({ length: (to - from) / 5 + 1 }, (_, i) => seen(from + 5 * i, km + (i % 2) * 0.03, { speedKph: 0 }))
  assert.deepEqual(told(run([...drive(0, 10), ...stand(11, 36, 11), seen(37, 12)])), ['UNAUTHORISED_STOP trip 11-37'])
  const before = [seen(0, 0), seen(40, 40), seen(79, 79)]
  assert.deepEqual(told(run([...before, ...stand(80, 140, 80), seen(141, 81)])), ['DWELL inn 125-141'])
  assert.deepEqual(told(run([seen(0, 0), seen(1, 1, { speedKph: 90 }), seen(2, 2.5, { speedKph: 91 }), seen(3, 3.5), seen(4, 4.5)])), [
    'SPEEDING trip 1-3',
  ])
})

test('checkpoints in time, the time limit, the way back', () => {
  assert.deepEqual(told(run([seen(0, 0), seen(30, 30), seen(100, 31), seen(121, 35)])), ['CHECKPOINT_MISSED bridge 120-'])
  const scanned = planOf({ scans: [{ checkpointId: 'bridge', atMs: start + 100 * minute }] })
  assert.deepEqual(told(run([seen(0, 0), seen(30, 30), seen(100, 31), seen(121, 35)], scanned)), [])
  assert.deepEqual(told(run([...drive(0, 50), ...[51, 52, 53, 54].map((m) => seen(m, 101 - m)), seen(55, 48)])), ['REVERSE trip 54-55'])
  assert.deepEqual(told(run([seen(0, 0), seen(41, 40), seen(125, 120), seen(601, 150), seen(700, 200)])), ['LATE trip 600-700'])
})

test('locks: opened without leave; with leave at that time and place it is none', () => {
  const open = [...drive(0, 3), seen(4, 4, { locked: false, ropeInserted: false })]
  assert.deepEqual(told(run(open)), ['UNAUTHORISED_OPEN seal 4-'])
  const leave = (km: number) => planOf({ authorisations: [{ fromMs: start, toMs: start + 10 * minute, area: { at: at(km), radiusM: 500 } }] })
  assert.deepEqual(told(run(open, leave(4))), [])
  assert.deepEqual(told(run(open, leave(9))), ['UNAUTHORISED_OPEN seal 4-'])
  assert.deepEqual(told(run(open, planOf({ disarmedMs: start + 3.5 * minute }))), [])
  const sub = (locked: boolean, more = {}) => [{ id: 'sub1', locked, cut: false, lost: false, ...more }]
  assert.deepEqual(told(run([seen(0, 0, { subLocks: sub(true) }), seen(1, 1, { subLocks: sub(false, { cut: true }) })])), [
    'ROPE_CUT sub1 1-',
    'UNAUTHORISED_OPEN sub1 1-',
  ])
})

test('every alarm of a device opens an episode, also with a clock that was never set', () => {
  for (const name of alarmNames)
    for (const clockSuspect of [false, true]) {
      const found = run([seen(0, 0), seen(1, null, { alarms: [name], clockSuspect, noFix: false, locked: false, ropeInserted: null })])
      const own = found.find((e) => e.kind === kindOfDeviceAlarm[name])
      assert.ok(own, name)
      assert.equal(own.source, 'device')
    }
})

test('what an officer closed is closed; evidence after it is another episode', () => {
  const cut = (m: number): Observation => seen(m, m, { alarms: ['ROPE_CUT'], ropeCut: true })
  const plan = planOf({ closures: [{ kind: 'ROPE_CUT', subject: 'seal', atMs: start + 5 * minute }] })
  assert.deepEqual(told(run([cut(2), cut(3)], plan)), ['ROPE_CUT seal 2-5'])
  assert.deepEqual(told(run([cut(2), cut(3), cut(7)], plan)), ['ROPE_CUT seal 2-5', 'ROPE_CUT seal 7-'])
})

test('quiet kinds end by themselves and count their evidence', () => {
  const card = (m: number): Observation => seen(m, m, { alarms: ['ILLEGAL_CARD'] })
  const found = run([card(1), card(3), ...drive(4, 15), card(16)])
  assert.deepEqual(told(found), ['ILLEGAL_CARD seal 1-13', 'ILLEGAL_CARD seal 16-'])
  assert.equal(found[0]?.count, 2)
})

test('battery: low for ten minutes, over at five points more', () => {
  const level = (m: number, batteryPct: number): Observation => seen(m, m, { batteryPct })
  assert.deepEqual(told(run([level(0, 50), level(1, 29), level(5, 28), level(12, 27), level(20, 31), level(21, 32)])), ['LOW_BATTERY seal 1-21'])
})

test('a jump is set aside; two places by turns are a cloned seal; a seal that stays elsewhere has moved', () => {
  assert.deepEqual(told(run([...drive(0, 5), seen(6, 150), ...drive(7, 10)])), ['POSITION_JUMP seal 6-'])
  const turns = [...drive(0, 3), seen(3.5, 150), seen(4, 4), seen(4.5, 150.5), seen(5, 5), seen(6, 6)]
  assert.ok(told(run(turns)).some((e) => e.startsWith('CLONED_SEAL seal 5')))
  assert.ok(!told(run([...drive(0, 3), ...[4, 5, 6, 7, 8].map((m) => seen(m, 100 + m))])).some((e) => e.startsWith('CLONED')))
})

test('seal and truck apart, and a jammed receiver on the move', () => {
  const truck = (m: number, km: number): Observation => seen(m, km, { role: 'truck', device: 'truck' })
  const apart = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((m) => [seen(m, m), truck(m, m + (m > 1 ? 0.8 : 0))])
  assert.ok(
    told(run(apart)).some((e) => e.startsWith('SEPARATION trip 2-')),
    told(run(apart)).join(),
  )
  const blind = [2, 5, 8, 12].map((m) => seen(m, null))
  assert.ok(told(run([...drive(0, 1), ...blind])).some((e) => e.startsWith('JAMMED seal 2-')))
})

const chance = fc.record({
  min: fc.double({ min: 0, max: 700, noNaN: true }).map((m) => Math.round(m * 4) / 4),
  off: fc.constantFrom(0, 0, 0, 0.2, 0.9, 40),
  shift: fc.constantFrom(0, 0, 0, 0, -3, 60),
  kind: fc.constantFrom('position', 'lock', 'status') as fc.Arbitrary<Observation['kind']>,
  speedKph: fc.constantFrom(0, 3, 60, 95, null),
  batteryPct: fc.constantFrom(90, 28, 20, 34, null),
  locked: fc.constantFrom(true, true, false, null),
  alarms: fc.subarray(['ROPE_CUT', 'ILLEGAL_CARD', 'LOW_BATTERY', 'LONG_UNLOCK'] as const, { maxLength: 1 }),
  role: fc.constantFrom('seal', 'seal', 'seal', 'truck') as fc.Arbitrary<Observation['role']>,
  clockSuspect: fc.constantFrom(false, false, false, true),
  blind: fc.constantFrom(false, false, false, true),
})
const arbitrary = chance.map(({ min, off, shift, blind, ...rest }) => seen(min, blind ? null : min / 3 + shift, { off, ...rest, device: rest.role }))
const closures = fc.array(
  fc.record({
    kind: fc.constantFrom('ROPE_CUT', 'UNAUTHORISED_OPEN') as fc.Arbitrary<'ROPE_CUT'>,
    subject: fc.constant('seal'),
    atMs: fc.integer({ min: 0, max: 700 }).map((m) => start + m * minute),
  }),
  { maxLength: 3 },
)

/** The plain definition: sort everything, fold once. */
const definition = (plan: Plan, all: readonly Observation[]): string => {
  const unique = [...new Map(all.map((o) => [o.hash, o])).values()].toSorted(inOrder)
  const step = { s: initialState(), plan, closed: [] as Episode[] }
  for (const o of unique) take(step, o)
  return canonical([...step.closed, ...Object.values(step.s.open)].map((e) => withClosures(plan, e)))
}
const canonical = (episodes: readonly Episode[]): string => JSON.stringify(episodes.map((e) => JSON.stringify(e)).toSorted())

test('every order of arrival, in any batches and with copies, gives the same episodes', () => {
  const base = planOf()
  fc.assert(
    fc.property(
      fc.array(arbitrary, { minLength: 1, maxLength: 80 }).chain((all) =>
        fc.record({
          all: fc.constant(all),
          order: fc.shuffledSubarray([...all, ...all.slice(0, 5)], { minLength: all.length + Math.min(5, all.length) }),
        }),
      ),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 }),
      closures,
      ({ all, order }, sizes, closed) => {
        const plan = { ...base, closures: closed }
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

test('20,000 stored records out of order give what they give in order, and a fact learnt later is folded in', () => {
  const plan = planOf({ deadlineMs: start + 5000 * minute })
  // Numbers without chance: 7919 is prime to 20,000, so every place is met once.
  const all = Array.from({ length: 20_000 }, (_, i) => {
    const off = Math.floor(i / 400) % 5 === 3 ? 0.9 : 0
    const alarms = i % 997 === 0 ? (['ROPE_CUT'] as const) : i % 501 === 0 ? (['ILLEGAL_CARD'] as const) : []
    return seen(i / 20, (i / 20_000) * 200, { off, alarms, speedKph: i % 3000 < 400 ? 0 : 60, locked: i % 1500 !== 9, hash: `h${i}` })
  })
  const shuffled = all.map((_, i) => all[(i * 7919) % all.length]!)
  const timeline = newTimeline()
  // The newest first, as a seal sends them, then what it had stored.
  insert(timeline, plan, all.slice(-200))
  for (let from = 0; from < shuffled.length; from += 1000) insert(timeline, plan, shuffled.slice(from, from + 1000))
  assert.equal(canonical(episodesOf(timeline, plan)), definition(plan, all))
  assert.ok(episodesOf(timeline, plan).length > 20)
  const later = { ...plan, authorisations: [{ fromMs: start, toMs: start + 500 * minute, area: null }] }
  refold(timeline, later)
  assert.equal(canonical(episodesOf(timeline, later)), definition(later, all))
  assert.notEqual(definition(later, all), definition(plan, all))
})

test('a record becomes an observation: weak fixes are no place, a clock that runs ahead is not believed', () => {
  const record = {
    ...blank('jt701', '8000620011'),
    eventTime: new Date(start).toISOString(),
    valid: true,
    fixSource: 'gnss',
    lat: 1,
    lon: 2,
  } as const
  const seenAs = (changes: object, received = start) => observe({ ...record, ...changes }, 'd', 'seal', received, 'h')
  assert.deepEqual(seenAs({}).place, { lon: 2, lat: 1 })
  assert.equal(seenAs({ satellites: 3 }).place, null)
  assert.equal(seenAs({ fixSource: 'lbs' }).place, null)
  assert.equal(seenAs({ lat: 0, lon: 0 }).place, null)
  assert.deepEqual([seenAs({}, start - 6 * minute).clockSuspect, seenAs({}, start - 6 * minute).t], [true, start - 6 * minute])
  assert.equal(seenAs({}, start + 600 * minute).clockSuspect, false)
})

test('limits and windows run out by the clock, where nothing arrives; what comes later agrees with it or takes it back', () => {
  const standing = (min: number, observations: Observation[], plan: Plan = planOf()): string[] => {
    const timeline = newTimeline()
    insert(timeline, plan, observations)
    const folded = episodesOf(timeline, plan)
    return told([...folded, ...byTheClock(stateOf(timeline), plan, folded, start + min * minute)])
  }
  const begun = drive(0, 10)
  assert.deepEqual(standing(120, begun), [])
  assert.deepEqual(standing(121, begun), ['CHECKPOINT_MISSED bridge 120-'])
  assert.deepEqual(standing(601, begun), ['LATE trip 600-', 'CHECKPOINT_MISSED bridge 120-', 'CHECKPOINT_MISSED pass 600-'])
  assert.deepEqual(standing(700, begun, planOf({ armedMs: Infinity })), [], 'nothing is due before arming')
  // The record that comes at last opens the very same episode; one from before shows that the truck was in time.
  assert.deepEqual(standing(125, [...begun, seen(124, 35)]), ['CHECKPOINT_MISSED bridge 120-'])
  assert.deepEqual(standing(125, [...begun, seen(90, 40)]), [])
  const scans = [{ checkpointId: 'bridge', atMs: start + 130 * minute }]
  assert.deepEqual(standing(140, begun, planOf({ scans })), ['CHECKPOINT_MISSED bridge 120-130'], 'scanned too late')
  // Arrived in time, too late, and too late by the first fix after the limit.
  const visited = [...begun, seen(41, 40), seen(125, 120), seen(240, 199)]
  assert.deepEqual(standing(700, visited, planOf({ arrivedMs: start + 250 * minute })), [])
  assert.deepEqual(standing(700, visited, planOf({ arrivedMs: start + 650 * minute })), ['LATE trip 600-650'])
  assert.deepEqual(standing(700, [...visited, seen(620, 200)]), ['LATE trip 600-620'])
})
