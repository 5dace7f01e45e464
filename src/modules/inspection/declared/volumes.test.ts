import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Volume } from '../image/scan.ts'
import { computeTomography } from '../physics/ct.ts'
import type { MaterialName } from '../physics/materials.ts'
import type { Body, Scene } from '../physics/scene.ts'
import { upright, type Vector } from '../physics/solids.ts'
import type { DeclaredGoods } from '../schema/declared.ts'
import { compare, type Shown } from './compare.ts'
import { measureVolume } from './volumes.ts'

const size = { mmPerPx: 5, mmPerSlice: 5 }
const goods = (grossMassKg: number | null, packages: number | null): DeclaredGoods => ({
  lines: [{ hsCode: '17019910', description: null, grossMassKg, packages }],
  consignor: null,
  reference: 'V1',
  version: 1,
})

/** Blocks of thousandths of g/cm³: left, top, first slice, width, height, slices, value. */
const drawn = (...blocks: (readonly [number, number, number, number, number, number, number])[]): Volume => {
  const [width, height, slices] = [40, 30, 20]
  const data = new Uint16Array(width * height * slices)
  for (const [x, y, z, w, h, d, value] of blocks)
    for (let s = z; s < z + d; s++) for (let v = y; v < y + h; v++) for (let u = x; u < x + w; u++) data[(s * height + v) * width + u] = value
  return { width, height, slices, data, rescale: { slope: 0.001, intercept: 0 } }
}

test('mass is density times room, objects hang together in space, and light packing joins them to one body', () => {
  const two = drawn([4, 4, 2, 30, 20, 12, 100], [6, 6, 4, 8, 8, 8, 1000], [22, 6, 4, 8, 8, 8, 2000])
  const { massKg, objects, bodies, hull, fillShare } = measureVolume(two, size)
  const cm3 = 0.5 ** 3
  assert.ok(Math.abs(massKg - ((512 * 3 + (30 * 20 * 12 - 1024) * 0.1) * cm3) / 1000) < 1e-6, `${massKg}`)
  assert.deepEqual(objects, [
    [6, 6, 4, 8, 8, 8],
    [22, 6, 4, 8, 8, 8],
  ])
  assert.deepEqual([bodies, hull, fillShare], [[[4, 4, 2, 30, 20, 12]], [4, 4, 2, 30, 20, 12], 1])
  const crumb = measureVolume(drawn([6, 6, 4, 3, 3, 3, 1000]), size)
  assert.deepEqual([crumb.objects, crumb.hull, crumb.fillShare], [[], null, 0], 'below the size of an object')
  assert.deepEqual(measureVolume(drawn(), size), { massKg: 0, fillShare: 0, hull: null, objects: [], bodies: [] })
})

test('a large volume is measured more coarsely, and told in its own voxels', () => {
  const [width, height, slices] = [200, 180, 160]
  const data = new Uint16Array(width * height * slices)
  for (let z = 40; z < 80; z++) for (let y = 60; y < 100; y++) data.fill(1000, (z * height + y) * width + 100, (z * height + y) * width + 140)
  const { massKg, objects } = measureVolume({ width, height, slices, data, rescale: { slope: 0.001, intercept: 0 } }, { mmPerPx: 2, mmPerSlice: 2 })
  assert.ok(Math.abs(massKg - 0.512) < 1e-4, `${massKg}`)
  assert.deepEqual(objects, [[100, 60, 40, 40, 40, 40]])
})

const block = (material: MaterialName, at: Vector, half: Vector): Body => ({
  material,
  shape: { kind: 'box', half },
  pose: { at, rotation: upright },
})

test('what a simulated tomograph reconstructs weighs what it weighs: within a tenth, declared truly green, declared lighter red', () => {
  const bodies = [block('sugar', [-60, 0, 0], [40, 30, 40]), block('water', [70, 0, 0], [30, 30, 30])]
  const scene: Scene = { field: { widthPx: 60, heightPx: 20, mmPerPx: 5 }, things: [{ cls: 'goods', threat: false, bodies }] }
  const { density } = computeTomography(scene, { views: 90, hann: true, seed: 1 })
  const shown = (more: Partial<Shown>): Shown => ({
    scan: { kind: 'volume', volume: density, depthBits: 16 },
    energies: undefined,
    mmPerPx: 5,
    mmPerSlice: 5,
    isDensity: true,
    item: 'carton',
    ...more,
  })
  const match = (kg: number | null, packages: number | null, more: Partial<Shown> = {}) =>
    compare(shown(more), goods(kg, packages), () => undefined).match
  const kg = (80 * 60 * 80 * 1.59 + 60 ** 3) / 1e6
  const { massKg, objects } = match(1, 2)
  assert.ok(Math.abs(massKg! / kg - 1) < 0.1, `${massKg} kg of ${kg}`)
  assert.equal(objects.length, 2)
  const honest = match(kg, 2)
  assert.deepEqual([honest.level, honest.basis], ['green', 'volume'])
  assert.ok(honest.unmeasured.some(({ metric, because }) => metric === 'metalShare' && because === 'volume'))
  const light = match(kg / 3, 2).evidence.find(({ metric }) => metric === 'massRatio')!
  assert.ok(light.level === 'red' && light.slices![1] > 5 && light.region[2] > 30, JSON.stringify(light))
  assert.equal(match(kg, 1).evidence.find(({ metric }) => metric === 'packages')!.level, 'amber', 'two stand apart where one was declared')
  assert.equal(match(kg, 7).evidence.find(({ metric }) => metric === 'packages')!.level, 'green', 'what touches hangs together')
  assert.deepEqual(
    [match(null, 2).level, match(kg, 2, { isDensity: false }).unmeasured[0]?.because, match(kg, 2, { mmPerSlice: undefined }).unmeasured[0]?.because],
    ['amber', 'voxels-unexplained', 'no-scale'],
  )
})
