import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeNames, placeNetwork } from './network.ts'

const nodes = [{ id: 'hub', centre: true }, ...Array.from({ length: 14 }, (_, i) => ({ id: `n${i}`, centre: false }))]
const ties = nodes.slice(1).map((n, i) => ({ from: i < 7 ? 'hub' : `n${i - 7}`, to: n.id }))

test('the same network is placed the same, whatever the order it comes in', () => {
  assert.deepEqual(placeNetwork(nodes, ties, 600, 400), new Map(placeNetwork(nodes.toReversed(), ties, 600, 400)))
})

test('nodes stay on the paper, apart from each other, the centre in the middle', () => {
  const at = [...placeNetwork(nodes, ties, 600, 400)]
  for (const [id, { x, y }] of at) {
    assert.ok(x >= 0 && x <= 600 && y >= 0 && y <= 400, id)
    for (const [other, p] of at) if (other !== id) assert.ok(Math.hypot(p.x - x, p.y - y) > 18, `${id} ${other}`)
  }
  assert.deepEqual(new Map(at).get('hub'), { x: 300, y: 200 })
})

test('tied nodes lie nearer than others on the whole', () => {
  const at = placeNetwork(nodes, ties, 600, 400)
  const distance = (a: string, b: string): number => Math.hypot(at.get(a)!.x - at.get(b)!.x, at.get(a)!.y - at.get(b)!.y)
  const mean = (list: number[]): number => list.reduce((t, x) => t + x, 0) / list.length
  const tied = ties.map((t) => distance(t.from, t.to))
  const all = nodes.flatMap((a, i) => nodes.slice(i + 1).map((b) => distance(a.id, b.id)))
  assert.ok(mean(tied) < mean(all) * 0.75)
})

test('an empty and a lonely network', () => {
  assert.equal(placeNetwork([], [], 100, 100).size, 0)
  assert.deepEqual(placeNetwork([{ id: 'a', centre: true }], [{ from: 'a', to: 'gone' }], 100, 100).get('a'), { x: 50, y: 50 })
})

test('names that would lie on each other step aside; one alone stands below its sign', () => {
  const near = [
    { id: 'a', name: 'Harbour Trading Ltd', at: { x: 300, y: 100 } },
    { id: 'b', name: 'Harbour Logistics Ltd', at: { x: 330, y: 98 } },
    { id: 'c', name: 'far away', at: { x: 100, y: 300 } },
  ]
  const places = placeNames(near, 680)
  assert.deepEqual(places.get('a'), { x: 300, y: 122, anchor: 'middle' })
  assert.notEqual(places.get('b')!.y, 120)
  assert.deepEqual(places.get('c'), { x: 100, y: 322, anchor: 'middle' })
  assert.equal(placeNames([{ id: 'd', name: 'A long name at the right edge', at: { x: 676, y: 50 } }], 680).get('d')!.anchor, 'end')
})
