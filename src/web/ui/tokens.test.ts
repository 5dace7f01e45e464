import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrast, dark, light, shapePairs, textPairs } from './tokens.ts'

const schemes = { light, dark }

test('contrast of black on white is 21, of a colour on itself 1', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
  assert.equal(contrast('#0b5a68', '#0b5a68'), 1)
})

for (const [name, colors] of Object.entries(schemes)) {
  test(`every text of the ${name} scheme has a contrast of 4.5 or more on its ground`, () => {
    const weak = textPairs
      .map(([text, ground]) => ({ text, ground, ratio: contrast(colors[text], colors[ground]) }))
      .filter((pair) => pair.ratio < 4.5)
      .map((pair) => `${pair.text} on ${pair.ground}: ${pair.ratio.toFixed(2)}`)
    assert.deepEqual(weak, [])
    assert.ok(textPairs.length > 40)
  })

  test(`every shape and ring of the ${name} scheme has a contrast of 3 or more`, () => {
    const weak = shapePairs
      .map(([shape, ground]) => ({ shape, ground, ratio: contrast(colors[shape], colors[ground]) }))
      .filter((pair) => pair.ratio < 3)
      .map((pair) => `${pair.shape} on ${pair.ground}: ${pair.ratio.toFixed(2)}`)
    assert.deepEqual(weak, [])
  })
}
