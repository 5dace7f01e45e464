import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { axisOf, placeOf, spreadLabels } from './chart-scale.ts'

for (const [low, high, ticks] of [
  [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [0, 0.3, [0, 0.1, 0.2, 0.3]],
  [0, 97, [0, 20, 40, 60, 80, 100]],
  [3, 3, [3, 4]],
  [0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [-12, 40, [-20, 0, 20, 40]],
] as const)
  test(`an axis from ${low} to ${high}`, () => {
    const axis = axisOf(low, high)
    if (low !== high) assert.deepEqual(axis.ticks, ticks)
    assert.ok(axis.from <= low && axis.to >= high && axis.ticks.length >= 2)
  })

test('an axis shows all of its values, whatever they are', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: 1e-4, max: 1e4, noNaN: true }), (low, share) => {
      const span = share * Math.max(1, Math.abs(low))
      const axis = axisOf(low, low + span)
      assert.ok(axis.from <= low + span * 1e-6 && axis.to >= low + span * (1 - 1e-6))
      assert.ok(axis.ticks.length <= 12)
      assert.equal(placeOf(axis, axis.from, 300), 0)
    }),
  )
})

test('labels keep their order and their distance, and stay on the paper', () => {
  assert.deepEqual(spreadLabels([10, 12, 100], 14, 200), [10, 24, 100])
  assert.deepEqual(spreadLabels([198, 199], 14, 200), [186, 200])
  assert.deepEqual(spreadLabels([], 14, 200), [])
})
