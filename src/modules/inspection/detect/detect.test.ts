import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pseudoColour } from '../image/pseudo-colour.ts'
import { simulateScan } from '../physics/simulate.ts'
import type { Bag } from '../schema/finding.ts'
import { unfamiliarityOf } from './familiarity.ts'
import { secondViews, tensorOf } from './tensor.ts'
import { findingOf, verdictOf } from './verdict.ts'

test('a picture becomes three planes of shares; its second view is the mirror image or the picture turned by a quarter', () => {
  const fifths = ({ data }: { data: Float32Array }): number[] => [...data].map((v) => Math.round(v * 5))
  const wide = { width: 2, height: 1, data: Uint8Array.of(255, 0, 51, 0, 102, 255) }
  const batch = tensorOf([wide, wide])
  assert.deepEqual(batch.dims, [2, 3, 1, 2])
  assert.deepEqual(fifths(batch), [5, 0, 0, 2, 1, 5, 5, 0, 0, 2, 1, 5])
  assert.deepEqual(fifths(secondViews(batch, [1], 'mirror')), [0, 5, 2, 0, 5, 1])
  assert.throws(() => tensorOf([wide, { width: 1, height: 2, data: new Uint8Array(6) }]), RangeError)
  assert.throws(() => secondViews(batch, [0], 'turn'), RangeError)
  // 1 2 above 3 4 becomes 2 4 above 1 3.
  const square = { width: 2, height: 2, data: Uint8Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? 51 * (i / 3 + 1) : 0)) }
  assert.deepEqual(fifths(secondViews(tensorOf([square]), [0], 'turn')).slice(0, 4), [2, 4, 1, 3])
})

const lines = { set: 's', review: 0.4, divert: 0.8 }
const scores: [number, string][] = [
  [0, 'clear'],
  [0.399, 'clear'],
  [0.4, 'review'],
  [0.799, 'review'],
  [0.8, 'divert'],
  [1, 'divert'],
  [Number.NaN, 'review'],
]
for (const [score, verdict] of scores) test(`a score of ${score} is ${verdict}`, () => assert.equal(verdictOf(score, lines), verdict))

test('an image is as stern as its sternest bag and as sure as its surest; with no bag there is nothing to look at', () => {
  const bag = (decision: Bag['decision'], score: number): Bag => ({ box: [0, 0, 1, 1], decision, score, findings: [], unfamiliarity: null })
  const about = { model: 'm@1', thresholdSet: 's', ms: 1, issues: [] }
  const found = findingOf([bag('clear', 0.1), bag('divert', 0.85), bag('review', 0.5)], about)
  assert.deepEqual([found.decision, found.score], ['divert', 0.85])
  assert.deepEqual([findingOf([], about).decision, findingOf([], about).score], ['clear', 0])
})

test('the distance from what is known counts each direction by how much is usual there, and the rest beside them', () => {
  const known = { mean: [1, 2, 3], components: [[1, 0, 0]], inverseVariances: [4, 0.5], threshold: 1 }
  assert.equal(unfamiliarityOf(Float32Array.of(1, 2, 3), known), 0)
  assert.equal(unfamiliarityOf(Float32Array.of(3, 2, 3), known), 2 ** 2 * 4)
  assert.equal(unfamiliarityOf(Float32Array.of(1, 4, 2), known), (2 ** 2 + 1) * 0.5)
  assert.equal(unfamiliarityOf(Float32Array.of(1, 4, 2), { ...known, inverseVariances: [4] }), 0, 'no rest where the card gives none')
})

test('two energies are painted by the beam that the scanner names', () => {
  const { dual, picture, energiesKeV } = simulateScan({ kind: 'bag', seed: 3 })
  assert.deepEqual(pseudoColour(dual, energiesKeV), picture)
  assert.deepEqual(pseudoColour(dual), picture, 'a belt scanner where nobody says')
  assert.notDeepEqual(pseudoColour(dual, [1000, 3000]), picture)
})
