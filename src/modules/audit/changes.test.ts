import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesBetween, stateAfter } from './changes.ts'

test('each element that differs is one change, with a pointer to it', () => {
  assert.deepEqual(changesBetween({ a: 1, b: { c: 'x', 'd/e': true }, gone: null }, { a: 1, b: { c: 'y', 'd/e': false }, come: [] }), [
    { path: '/b/c', old: 'x', new: 'y' },
    { path: '/b/d~1e', old: true, new: false },
    { path: '/gone', old: null },
    { path: '/come', new: [] },
  ])
  assert.deepEqual(changesBetween({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), [])
})

test('records of a list are compared by their number, not by their place', () => {
  const before = [
    { itemNumber: 1, price: '5' },
    { itemNumber: 2, price: '7' },
  ]
  const after = [
    { itemNumber: 3, price: '9' },
    { itemNumber: 1, price: '5' },
    { itemNumber: 2, price: '8' },
  ]
  assert.deepEqual(changesBetween({ items: before }, { items: after }), [
    { path: '/items/2/price', old: '7', new: '8' },
    { path: '/items/3', new: { itemNumber: 3, price: '9' } },
  ])
  assert.deepEqual(changesBetween(['a', 'b'], ['a', 'c', 'd']), [
    { path: '/1', old: 'b', new: 'c' },
    { path: '/2', new: 'd' },
  ])
})

test('a kind of subject with a fold of its own uses it; any other remembers what was said last', () => {
  const counting = (state: number | null, event: { by: number }): number => (state ?? 0) + event.by
  assert.equal(stateAfter({ counter: counting }, 'counter', null, [{ by: 2 }, { by: 3 }]), 5)
  assert.deepEqual(
    stateAfter({}, 'thing', null, [
      { type: 'thing.made', at: 'x', name: 'a', size: 1 },
      { type: 'thing.renamed', name: 'b' },
    ]),
    { name: 'b', size: 1 },
  )
  assert.deepEqual(stateAfter({}, 'constructor', null, [{ type: 'x', name: 'b' }]), { name: 'b' })
})
