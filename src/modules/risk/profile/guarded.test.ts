import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Subject } from './closures.ts'
import { createGuarded, type Fault } from './guarded.ts'
import { compileSet } from './set.ts'
import { readProfile } from './profile.ts'
import { subjectFrom } from './snapshot.ts'

const currency = { code: 'VRC', digits: 2 }
const tree = (text: string) => {
  const read = readProfile(text, currency)
  assert.ok(read.ok)
  return read.value
}
const trees = [tree('office = "A"'), tree('regime = "import"'), tree('any item (hs under "24")')]
const subject: Subject = subjectFrom({
  declaration: { 'declaration.office': 'A', 'declaration.regime': 'import' },
  items: [{ 'item.hs': '24022000' }],
})

test('a profile that throws is set aside and told once; the others go on', () => {
  const faults: Fault[] = []
  const failing: typeof compileSet = (some, c) => {
    const set = compileSet(some, c)
    return { ...set, hits: (s) => (some.includes(trees[1]!) ? assert.fail('broken') : set.hits(s)) }
  }
  const guarded = createGuarded(
    trees,
    currency,
    () => 0,
    (f) => faults.push(f),
    failing,
  )
  assert.deepEqual(guarded.hits(subject), [0, 2])
  assert.deepEqual(guarded.hits(subject), [0, 2])
  assert.deepEqual(guarded.isolated(), [1])
  assert.deepEqual(faults, [{ profile: 1, reason: 'threw', detail: 'broken' }])
})

test('one that is slow again and again is set aside; a pause of the machine is forgiven', () => {
  const faults: Fault[] = []
  let clock = 0
  const slow: typeof compileSet = (some, c) => {
    const set = compileSet(some, c)
    return {
      ...set,
      hits: (s) => {
        if (some.includes(trees[0]!)) clock += 2
        return set.hits(s)
      },
    }
  }
  const guarded = createGuarded(
    trees,
    currency,
    () => clock,
    (f) => faults.push(f),
    slow,
  )
  for (let n = 0; n < 2; n++) assert.deepEqual(guarded.hits(subject), [0, 1, 2])
  assert.deepEqual(guarded.isolated(), [])
  guarded.hits(subject)
  assert.deepEqual(guarded.isolated(), [0])
  assert.deepEqual(guarded.hits(subject), [1, 2])
  assert.deepEqual(
    faults.map((f) => [f.profile, f.reason]),
    [[0, 'slow']],
  )
})

test('a large declaration has more time: it sets no honest profile aside', () => {
  const faults: Fault[] = []
  let clock = 0
  const slow: typeof compileSet = (some, c) => {
    const set = compileSet(some, c)
    return { ...set, hits: (s) => ((clock += 0.05 * s.items.length), set.hits(s)) }
  }
  const guarded = createGuarded(
    trees,
    currency,
    () => clock,
    (f) => faults.push(f),
    slow,
  )
  const large = { ...subject, items: Array.from({ length: 999 }, () => subject.items[0]!) }
  for (let n = 0; n < 5; n++) guarded.hits(large)
  assert.deepEqual(faults, [])
})
