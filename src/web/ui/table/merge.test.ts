import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeInPlace } from './merge.ts'

type Row = { id: string; v: number }
const page = (rows: Row[], total = rows.length, at = 1, size = 5) => ({ rows, total, page: at, size })
const idOf = (row: Row): string => row.id
const row = (id: string, v = 0): Row => ({ id, v })

test('rows keep their order and take their new values', () => {
  const merged = mergeInPlace(page([row('a'), row('b')]), page([row('b', 2), row('a', 1)]), idOf)
  assert.deepEqual(merged.shown.rows, [row('a', 1), row('b', 2)])
  assert.equal(merged.news, 0)
  assert.equal(merged.gone.size, 0)
})

test('what is new is counted and not put in; what left stays and is marked', () => {
  const merged = mergeInPlace(page([row('a'), row('b')]), page([row('c'), row('a')]), idOf)
  assert.deepEqual(merged.shown.rows.map(idOf), ['a', 'b'])
  assert.equal(merged.news, 1)
  assert.deepEqual([...merged.gone], ['b'])
})

test('on a full page the rows that were pushed over its edge are not called gone, and all news count', () => {
  const before = page(
    ['a', 'b', 'c', 'd', 'e'].map((id) => row(id)),
    40,
  )
  const merged = mergeInPlace(
    before,
    page(
      ['v', 'w', 'x', 'y', 'z'].map((id) => row(id)),
      52,
    ),
    idOf,
  )
  assert.equal(merged.gone.size, 0)
  assert.equal(merged.news, 12)
})

test('on a later page only the growth of the list is told', () => {
  const merged = mergeInPlace(page([row('a'), row('b')], 7, 2), page([row('z'), row('a')], 8, 2), idOf)
  assert.equal(merged.news, 1)
})
