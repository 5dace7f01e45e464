import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWithin, pointerOf, segmentsOf, valueAt, withValueAt } from './pointer.ts'

test('what is written at a pointer is read there, and the rest is the same object', () => {
  const before = { a: { b: [{ c: 1 }, { c: 2 }] }, other: { x: 1 } }
  const after = withValueAt(before, '/a/b/1/c', 3)
  assert.deepEqual(after, { a: { b: [{ c: 1 }, { c: 3 }] }, other: { x: 1 } })
  assert.equal(before.a.b[1]!.c, 2)
  assert.equal(after.other, before.other)
  assert.equal(after.a.b[0], before.a.b[0])
  assert.equal(valueAt(after, '/a/b/1/c'), 3)
})

test('missing containers are made, arrays where the next part is a number; undefined takes away', () => {
  assert.deepEqual(withValueAt({}, '/items/0/price/amount', '1'), { items: [{ price: { amount: '1' } }] })
  assert.deepEqual(withValueAt({ a: 1, b: 2 }, '/a', undefined), { b: 2 })
  assert.deepEqual(withValueAt({ a: 1 }, '', { z: 1 }), { z: 1 })
})

test('escapes of RFC 6901 go both ways', () => {
  assert.equal(pointerOf('a/b', 'm~n', 0), '/a~1b/m~0n/0')
  assert.deepEqual(segmentsOf('/a~1b/m~0n/0'), ['a/b', 'm~n', '0'])
  assert.deepEqual(segmentsOf(''), [])
})

test('a pointer lies within itself and its containers, not within a neighbour of like beginning', () => {
  assert.ok(isWithin('/items/1/price', '/items/1'))
  assert.ok(isWithin('/items/1', '/items/1'))
  assert.ok(!isWithin('/items/10', '/items/1'))
})

test('inherited members are neither read nor written', () => {
  assert.equal(valueAt({}, '/constructor/name'), undefined)
  assert.throws(() => withValueAt({}, '/__proto__/x', 1), RangeError)
})
