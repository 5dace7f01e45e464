import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantOf, later } from '#kernel/time.ts'
import { byTurn, creditMs, isLinkLost, look, nextFor, type Reader, turnOf, unseen, type Viewing, type Waiting } from './queue.ts'

const start = Date.UTC(2026, 5, 1, 6)
const at = instantOf(start)
const reader: Reader = { personId: 'p1', items: ['bag'] }
const waiting = (id: string, changes: Partial<Waiting> & { dueMin?: number; risk?: number } = {}): Waiting => {
  const { dueMin = 3, risk = 0, ...rest } = changes
  return {
    id,
    turnAt: turnOf({ dueAt: instantOf(start + dueMin * 60_000), riskScore: risk }),
    item: 'bag',
    readerIds: [],
    operatorId: null,
    claim: null,
    ...rest,
  }
}

/** Numbers in [0,1) that are the same at each run. */
const chance = (seed: number) => () => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32

test('risk and deadline order the queue', () => {
  const queue = [waiting('late', { dueMin: 3 }), waiting('later', { dueMin: 9 }), waiting('risky', { dueMin: 9, risk: 60 })]
  assert.deepEqual(
    queue.toSorted(byTurn).map((w) => w.id),
    ['risky', 'late', 'later'],
  )
  assert.equal(nextFor(queue, reader, at)?.id, 'risky')
})

test('nobody starves: whatever comes later than the credit after a case stands behind it, however risky', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const next = chance(seed)
    const queue: (Waiting & { cameMs: number })[] = []
    // One reader, one picture in ten seconds; for an hour more come than can be read, nine of ten at the highest risk.
    for (let s = 0; s < 4 * 3600; s += 10) {
      const nowMs = start + s * 1000
      const arrivals = s < 3600 ? (next() < 0.3 ? 2 : 1) : next() < 0.5 ? 1 : 0
      for (let n = 0; n < arrivals; n += 1) {
        const turnAt = turnOf({ dueAt: instantOf(nowMs + 180_000), riskScore: next() < 0.9 ? 100 : 0 })
        queue.push({ ...waiting(`${String(s).padStart(6, '0')}-${n}`), turnAt, cameMs: nowMs })
      }
      const taken = nextFor(queue, reader, instantOf(nowMs))
      if (!taken) continue
      const [read] = queue.splice(
        queue.findIndex((w) => w.id === taken.id),
        1,
      )
      for (const w of queue) assert.ok(w.cameMs >= read!.cameMs - creditMs, `${w.id} was overtaken by ${read!.id}`)
    }
    assert.ok(
      queue.every((w) => w.cameMs > start + 3 * 3_600_000),
      `seed ${seed}: the rush is not worked off`,
    )
  }
})

test('one takes only what one is trained for, has not read, did not take oneself and nobody holds', () => {
  const until = later(at, 60_000)
  const cases: [string, Partial<Waiting>, boolean][] = [
    ['plain', {}, true],
    ['other skill', { item: 'cargo' }, false],
    ['read before', { readerIds: ['p1'] }, false],
    ['own picture', { operatorId: 'p1' }, false],
    ['held', { claim: { personId: 'p2', until } }, false],
    ['held until now', { claim: { personId: 'p2', until: at } }, true],
    ['own lease', { claim: { personId: 'p1', until } }, true],
  ]
  for (const [name, changes, takes] of cases) assert.equal(nextFor([waiting('a', changes)], reader, at) !== null, takes, name)
  const held = waiting('z', { dueMin: 60, claim: { personId: 'p1', until } })
  assert.equal(nextFor([waiting('a'), held], reader, at)?.id, 'z', 'what one holds comes first')
})

test('after the longest continuous viewing a rest is forced; a pause as long as a rest begins anew', () => {
  const rule = { viewingMin: 20, restMin: 10 }
  const run = (...minutes: number[]) => {
    let viewing: Viewing = unseen
    return minutes.map((m) => {
      const step = look(viewing, instantOf(start + m * 60_000), rule)
      viewing = step.viewing
      return step.lockedOut ? 'locked' : viewing.restUntil !== null && instantOf(start + m * 60_000) < viewing.restUntil ? 'resting' : 'views'
    })
  }
  assert.deepEqual(run(0, 9, 18, 19.9, 20, 25, 29.9, 30, 39, 48, 50), [
    'views',
    'views',
    'views',
    'views',
    'locked',
    'resting',
    'resting',
    'views',
    'views',
    'views',
    'locked',
  ])
  assert.deepEqual(run(0, 9, 19, 29, 38), ['views', 'views', 'views', 'views', 'views'], 'ten minutes between 9 and 19 count as a rest')
})

test('a site is out of reach when it has not been heard of', () => {
  const rule = { linkLostAfterS: 60 }
  assert.equal(isLinkLost(null, at, rule), true)
  assert.equal(isLinkLost(at, later(at, 60_000), rule), false)
  assert.equal(isLinkLost(at, later(at, 60_001), rule), true)
})
