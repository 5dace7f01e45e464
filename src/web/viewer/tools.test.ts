import assert from 'node:assert/strict'
import { test } from 'node:test'
import texts from '../i18n/en/viewer.ts'
import { edgesOf, isTooSmall, lengthOf, type Mark } from './marks.ts'
import { highPenetration, normalWindow } from './pixels/look.ts'
import { groups, moveByKey, openingDesk, placeByKey, stroke, tools, viewOf, withNote, type Desk, type Surroundings, type ToolId } from './tools.ts'

const around: Surroundings = {
  image: { width: 2000, height: 1000 },
  window: { width: 1000, height: 600 },
  basis: 'measured',
  boxes: 'there',
  hasHistory: true,
}
const fresh = openingDesk('measured', false, [])
const press = (desk: Desk, id: ToolId, where = around): Desk => tools.find((tool) => tool.id === id)!.act(desk, where)

test('every tool has a key of its own, a group and its words; figures are left to decisions', () => {
  const keys = tools.map(({ key }) => key)
  assert.deepEqual(keys.length, new Set(keys).size)
  for (const { id, key, group } of tools) {
    assert.ok(Object.hasOwn(texts.tool, id), id)
    assert.ok(groups.includes(group))
    // c and s decide, 1–9 choose, ? lists, / searches, \ opens the panel.
    assert.doesNotMatch(key, /^[cs1-9?/\\]$/, id)
  }
  assert.deepEqual(Object.keys(texts.tool).toSorted(), tools.map(({ id }) => id).toSorted())
})

test('what needs material is refused without it, boxes before a blind decision, comparison without history', () => {
  const refusal = (id: ToolId, change: Partial<Surroundings>) =>
    tools.find((tool) => tool.id === id)!.refused?.({ ...around, ...change }, fresh) ?? null
  for (const id of ['organic', 'inorganic', 'metal'] as const) {
    assert.equal(refusal(id, { basis: 'none' }), 'needsMaterial')
    assert.equal(refusal(id, { basis: 'approximate' }), null)
  }
  assert.equal(refusal('boxes', { boxes: 'hidden' }), 'blind')
  assert.equal(refusal('boxes', {}), null)
  assert.equal(refusal('compare', { hasHistory: false }), 'noHistory')
})

test('penetration, enhancement and pointers are left by a second press', () => {
  const high = press(fresh, 'highPenetration')
  assert.deepEqual(high.look.window, highPenetration)
  assert.deepEqual(press(high, 'highPenetration').look.window, normalWindow)
  assert.equal(press(press(fresh, 'edge'), 'super').look.enhancement, 'super')
  assert.equal(press(press(fresh, 'edge'), 'edge').look.enhancement, 'none')
  assert.equal(press(press(fresh, 'distance'), 'distance').pointer, 'pan')
})

test('a picture that fits keeps fitting when it is turned; one that was zoomed keeps its scale', () => {
  const turned = viewOf(press(fresh, 'turn'), around)
  assert.equal(turned.scale, 600 / 2000)
  const zoomed = press(fresh, 'zoomIn')
  assert.equal(viewOf(press(zoomed, 'turn'), around).scale, viewOf(zoomed, around).scale)
  assert.equal(press(zoomed, 'fit').view, null)
  assert.equal(viewOf(press(fresh, 'actual'), around).scale, 1)
})

test('arrow keys move the picture, the window of brightness or the cross, by what the pointer is for', () => {
  assert.ok(viewOf(moveByKey(fresh, around, 'ArrowRight', false), around).centre.x > 1000)
  const level = moveByKey(press(fresh, 'window'), around, 'ArrowDown', false)
  assert.ok(level.look.window[0] > 0)
  const drawing = press(fresh, 'rectangle')
  assert.deepEqual(drawing.cursor, { x: 1000, y: 500 })
  assert.deepEqual(moveByKey(drawing, around, 'ArrowUp', true).cursor, { x: 1000, y: 490 })
})

test('marks are drawn by hand or set by the keyboard; a slip is none, a note waits for its words', () => {
  const imageId = 'a'
  const draw = (desk: Desk, ...places: [number, number][]): Desk =>
    places.reduce(
      (now, [x, y], n) =>
        stroke(now, { phase: n === 0 ? 'begin' : n === places.length - 1 ? 'end' : 'move', at: { x, y }, imageId, newId: `m${now.marks.length}` }),
      desk,
    )
  const framed = draw(press(fresh, 'rectangle'), [10, 10], [20, 20], [50, 40])
  assert.deepEqual(framed.marks, [{ id: 'm0', kind: 'rectangle', imageId, from: { x: 10, y: 10 }, to: { x: 50, y: 40 }, text: '' }])
  assert.equal(draw(framed, [10, 10], [11, 10]).marks.length, 1)
  const begun = placeByKey(press(fresh, 'distance'), imageId, 'k')
  const ended = placeByKey(moveByKey(begun, around, 'ArrowRight', true), imageId, 'k')
  assert.deepEqual(
    ended.marks.map(({ from, to }) => [from.x, to.x]),
    [[1000, 1010]],
  )
  const note = draw(press(fresh, 'text'), [5, 5], [9, 9])
  assert.deepEqual([note.marks.length, withNote(note, '').marks.length, withNote(note, 'zip').marks[0]?.text], [0, 0, 'zip'])
  assert.deepEqual(press(ended, 'undoMark').marks, [])
})

test('a distance is measured in pixels, and in millimetres where the scanner says how large a pixel is', () => {
  const mark: Mark = { id: '1', imageId: 'a', kind: 'distance', from: { x: 0, y: 0 }, to: { x: 30, y: 40 }, text: '' }
  assert.deepEqual(lengthOf(mark, null), { px: 50, mm: null })
  assert.deepEqual(lengthOf(mark, [2, 1]), { px: 50, mm: Math.hypot(60, 40) })
  assert.deepEqual(edgesOf(mark, [2, 1]), { width: { px: 30, mm: 60 }, height: { px: 40, mm: 40 } })
  assert.ok(isTooSmall({ ...mark, to: { x: 1, y: 1 } }) && !isTooSmall({ ...mark, kind: 'probe', to: { x: 0, y: 0 } }))
})
