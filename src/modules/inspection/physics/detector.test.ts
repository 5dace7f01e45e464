import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beams } from './beam.ts'
import { consolePaint, paint } from './colour.ts'
import { expose, typicalDetector } from './detector.ts'
import { materials, type MaterialName } from './materials.ts'
import { project } from './projection.ts'
import type { Field, Scene } from './scene.ts'
import { upright } from './solids.ts'
import { calibrate, read } from './wedge.ts'

const field: Field = { widthPx: 80, heightPx: 60, mmPerPx: 1 }
/** A plate of 40 × 30 mm in the middle of the field. */
const plateOf = (material: MaterialName, mm: number): Scene => ({
  field,
  things: [
    {
      cls: 'plate',
      threat: false,
      bodies: [{ shape: { kind: 'box', half: [20, 15, mm / 2] }, material, pose: { at: [0, 0, 0], rotation: upright } }],
    },
  ],
})
const quiet = { ...typicalDetector, scatter: 0 }
const logs = (plane: Uint16Array): number[] => Array.from(plane, (value) => -Math.log(Math.max(1, value) / 65_535))
const middle = (plane: Uint16Array): number => {
  const values = logs(plane)
  let sum = 0
  for (let y = 20; y < 40; y++) for (let x = 25; x < 55; x++) sum += values[y * field.widthPx + x]!
  return sum / 600
}

test('one seed gives the same bits, another others', () => {
  const projection = project(plateOf('water', 40), beams.belt)
  const [a, b, c] = [3, 3, 4].map((seed) => expose(projection, beams.belt, seed))
  assert.deepEqual(a, b)
  assert.notDeepEqual(a!.low, c!.low)
  assert.notDeepEqual(a!.low, a!.high)
})

test('grain is that of the photons counted', () => {
  const dual = expose(project(plateOf('water', 100), beams.mono4080), beams.mono4080, 1, { ...quiet, electronicPhotons: 0 })
  const values: number[] = []
  for (let y = 20; y < 40; y++) for (let x = 25; x < 55; x++) values.push(dual.high[y * field.widthPx + x]! / 65_535)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  assert.ok(Math.abs(variance / (mean / beams.mono4080.photons) - 1) < 0.2, `${variance}`)
})

test('wedges tell water, glass and steel by number, and what they weigh', () => {
  const expected: [MaterialName, number, number, number][] = [
    ['water', 30, 7.4, 0.5],
    ['sugar', 30, 6.9, 0.5],
    ['glass', 8, 13, 1.6],
    ['aluminium', 8, 13, 0.6],
    ['iron', 2, 26, 1.5],
  ]
  for (const beam of [beams.belt, beams.mono4080]) {
    const calibration = calibrate(beam)
    for (const [name, mm, z, within] of expected) {
      const dual = expose(project(plateOf(name, mm), beam), beam, 5, quiet)
      const found = read(calibration, middle(dual.low), middle(dual.high))
      assert.ok(Math.abs(found.z - z) < within, `${name} by ${beam.name}: Z ${found.z}`)
      const gPerCm2 = (materials[name].gPerCm3 * mm) / 10
      assert.ok(Math.abs(found.gPerCm2 / gPerCm2 - 1) < 0.06, `${name} by ${beam.name}: ${found.gPerCm2} g/cm² of ${gPerCm2}`)
    }
  }
})

test('lead is never painted organic, even where its K edge turns the ratio about', () => {
  const beam = beams.mono60100
  const calibration = calibrate(beam)
  const colourOf = (mm: number): number[] => {
    const picture = paint(expose(project(plateOf('lead', mm), beam), beam, 2, quiet), calibration, { ...consolePaint, edge: 0 })
    return [...picture.data.subarray((30 * field.widthPx + 40) * 3, (30 * field.widthPx + 40) * 3 + 3)]
  }
  const [r, g, b] = colourOf(0.2) as [number, number, number]
  assert.ok(b > r && b > g, `thin lead is ${r},${g},${b}`)
  assert.deepEqual(colourOf(2), [0, 0, 0])
  assert.equal(read(calibration, 1.14, 1.26).beyondEdge, true)
})

test('organic is orange, salt green, steel blue, the open beam white', () => {
  const calibration = calibrate(beams.belt)
  const colourOf = (material: MaterialName, mm: number): [number, number, number] => {
    const { data } = paint(expose(project(plateOf(material, mm), beams.belt), beams.belt, 2, quiet), calibration)
    const at = (30 * field.widthPx + 40) * 3
    return [data[at]!, data[at + 1]!, data[at + 2]!]
  }
  const [paper, aluminium, steel, open] = [colourOf('paper', 40), colourOf('aluminium', 10), colourOf('iron', 2), colourOf('foam', 0.1)]
  assert.ok(paper[0] > paper[1] && paper[1] > paper[2], `${paper}`)
  assert.ok(aluminium[1] > aluminium[0] && aluminium[1] > aluminium[2], `${aluminium}`)
  assert.ok(steel[2] > steel[1] && steel[1] > steel[0], `${steel}`)
  assert.ok(Math.min(...open) > 245, `${open}`)
})
