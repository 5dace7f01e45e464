import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { beams } from './beam.ts'
import { transmissions } from './detector.ts'
import { materials } from './materials.ts'
import { project } from './projection.ts'
import type { Body, Field } from './scene.ts'
import { multiply, type Rotation, type Shape, turn } from './solids.ts'

const field: Field = { widthPx: 120, heightPx: 110, mmPerPx: 1 }
const angle = fc.double({ min: -3.14, max: 3.14, noNaN: true })
const rotations: fc.Arbitrary<Rotation> = fc
  .tuple(angle, angle, angle)
  .map(([a, b, c]) => multiply(turn('z', a), multiply(turn('x', b), turn('y', c))))
const mm = (min: number, max: number) => fc.double({ min, max, noNaN: true })

const square = (side: number) =>
  [
    [-side / 2, -side / 2],
    [side / 2, -side / 2],
    [side / 2, side / 2],
    [-side / 2, side / 2],
  ] as const

/** Shapes with their volumes in mm³. */
const shapes: fc.Arbitrary<[Shape, number]> = fc.oneof(
  fc.tuple(mm(8, 25), mm(8, 25), mm(8, 25)).map(([a, b, c]): [Shape, number] => [{ kind: 'box', half: [a, b, c] }, 8 * a * b * c]),
  fc
    .tuple(mm(8, 25), mm(8, 25), mm(8, 25))
    .map(([a, b, c]): [Shape, number] => [{ kind: 'ellipsoid', semi: [a, b, c] }, (4 / 3) * Math.PI * a * b * c]),
  fc.tuple(mm(8, 20), mm(8, 25)).map(([r, h]): [Shape, number] => [{ kind: 'cylinder', radius: r, halfLength: h }, 2 * Math.PI * r * r * h]),
  fc
    .tuple(mm(8, 18), mm(2, 25))
    .map(([r, h]): [Shape, number] => [{ kind: 'capsule', radius: r, halfLength: h }, Math.PI * r * r * (2 * h + (4 / 3) * r)]),
  fc
    .tuple(mm(20, 45), mm(4, 12), mm(4, 20))
    .map(([side, hole, h]): [Shape, number] => [
      { kind: 'prism', rings: [square(side), square(hole)], halfDepth: h },
      2 * h * (side * side - hole * hole),
    ]),
)

const bodyOf = (shape: Shape, rotation: Rotation, material: Body['material'] = 'water'): Body => ({
  shape,
  material,
  pose: { at: [3, -2, 40], rotation },
})
const seen = (bodies: Body[], by = field) => project({ field: by, things: [{ cls: 'sample', threat: false, bodies }] }, beams.mono4080)

test('from any side a solid holds its volume, and its box holds it', () => {
  fc.assert(
    fc.property(shapes, rotations, ([shape, volume], rotation) => {
      const [truth] = seen([bodyOf(shape, rotation)], { widthPx: 320, heightPx: 320, mmPerPx: 0.4 }).truth
      assert.ok(Math.abs((truth!.massG * 1000) / volume - 1) < 0.03, `${shape.kind}: ${truth!.massG * 1000} mm³ of ${volume}`)
    }),
    { numRuns: 150, seed: 7 },
  )
})

test('a hollow body weighs its wall only', () => {
  const shell = (cavity?: Shape): number =>
    seen([{ ...bodyOf({ kind: 'cylinder', radius: 20, halfLength: 30 }, turn('x', 1)), cavity }]).truth[0]!.massG
  const [full, hollow] = [shell(), shell({ kind: 'cylinder', radius: 18, halfLength: 28 })]
  assert.ok(Math.abs(hollow / full - (1 - (18 * 18 * 28) / (20 * 20 * 30))) < 0.01, `${hollow} of ${full}`)
})

test('transmissions of things behind each other multiply', () => {
  fc.assert(
    fc.property(shapes, rotations, shapes, rotations, ([a], ra, [b], rb) => {
      const [first, second] = [bodyOf(a, ra, 'aluminium'), bodyOf(b, rb, 'polyethylene')]
      const [one, two, both] = [[first], [second], [first, second]].map((bodies) => transmissions(seen(bodies), beams.mono4080)) as [
        { low: Float32Array; high: Float32Array },
        { low: Float32Array; high: Float32Array },
        { low: Float32Array; high: Float32Array },
      ]
      for (const channel of ['low', 'high'] as const)
        both[channel].forEach((value, i) => assert.ok(Math.abs(value - one[channel][i]! * two[channel][i]!) < 2e-6))
    }),
    { numRuns: 25, seed: 11 },
  )
})

test('a block of known thickness lets through what Beer and Lambert say', () => {
  const block = bodyOf({ kind: 'box', half: [30, 30, 10] }, [1, 0, 0, 0, 1, 0, 0, 0, 1])
  const { low, high } = transmissions(seen([block]), beams.mono4080)
  const middle = 55 * field.widthPx + 60
  assert.ok(Math.abs(low[middle]! - Math.exp(-0.2683 * 2)) < 1e-3, `${low[middle]}`)
  assert.ok(Math.abs(high[middle]! - Math.exp(-0.1837 * 2)) < 1e-3, `${high[middle]}`)
  assert.equal(materials.water.gPerCm3, 1)
})
