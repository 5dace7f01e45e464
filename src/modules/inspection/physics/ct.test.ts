import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backProject, computeTomography, rampKernel, type Sinogram } from './ct.ts'
import type { MaterialName } from './materials.ts'
import type { Body, Scene } from './scene.ts'
import { turn, type Vector } from './solids.ts'

/** The exact line integrals of a disc of attenuation 1 a pixel about a place. */
const discSinogram = (detectors: number, views: number, radius: number, x: number, z: number): Sinogram => {
  const data = new Float32Array(views * detectors)
  for (let view = 0; view < views; view++)
    for (let s = 0; s < detectors; s++) {
      const angle = (view * Math.PI) / views
      const off = s - (detectors - 1) / 2 - (x * Math.cos(angle) + z * Math.sin(angle))
      data[view * detectors + s] = 2 * Math.sqrt(Math.max(0, radius * radius - off * off))
    }
  return { views, detectors, data }
}
const meanWithin = (slice: Float32Array, n: number, x: number, z: number, radius: number): number => {
  const inside = [...slice].filter((_, i) => Math.hypot((i % n) - (n - 1) / 2 - x, Math.floor(i / n) - (n - 1) / 2 - z) < radius)
  return inside.reduce((sum, value) => sum + value, 0) / inside.length
}

test('a disc comes back with its attenuation, in its place, flat from middle to rim, with and without window', () => {
  for (const hann of [false, true]) {
    const n = 97
    const slice = backProject(discSinogram(n, 150, 22, 12, -9), rampKernel(n, hann))
    assert.ok(Math.abs(meanWithin(slice, n, 12, -9, 18) - 1) < 0.01, `${meanWithin(slice, n, 12, -9, 18)}`)
    assert.ok(Math.abs(meanWithin(slice, n, 12, -9, 5) - meanWithin(slice, n, 12, -9, 18)) < 0.01)
    assert.ok(Math.abs(meanWithin(slice, n, -20, 20, 8)) < 0.02, 'nothing where nothing is')
  }
})

const along: Body['pose']['rotation'] = turn('x', Math.PI / 2)
const pillar = (material: MaterialName, radius: number, at: Vector, packing = 1): Body => ({
  shape: { kind: 'cylinder', radius, halfLength: 60 },
  material,
  packing,
  pose: { at, rotation: along },
})
const scan = (bodies: Body[]) => {
  const scene: Scene = { field: { widthPx: 96, heightPx: 3, mmPerPx: 2 }, things: [{ cls: 'phantom', threat: false, bodies }] }
  const ct = computeTomography(scene, { views: 144, hann: true, seed: 1 })
  const at = (x: number, z: number, radius: number): { density: number; z: number } => {
    const slice = (data: Uint16Array, slope: number): Float32Array => Float32Array.from(data.subarray(96 * 96, 2 * 96 * 96), (value) => value * slope)
    const mean = (data: Uint16Array, slope: number): number => meanWithin(slice(data, slope), 96, x / 2, z / 2, radius / 2)
    return { density: mean(ct.density.data, ct.density.rescale.slope), z: mean(ct.zEff.data, ct.zEff.rescale.slope) }
  }
  return { ct, at }
}

test('water is water: density within 2 %, atomic number within 0.5, middle as rim', () => {
  const { at } = scan([pillar('water', 45, [0, 0, 0])])
  const [whole, middle] = [at(0, 0, 38), at(0, 0, 12)]
  assert.ok(Math.abs(whole.density - 1) < 0.02, `${whole.density} g/cm³`)
  assert.ok(Math.abs(middle.density - whole.density) < 0.02, `${middle.density} in the middle`)
  assert.ok(Math.abs(whole.z - 7.4) < 0.5, `Z ${whole.z}`)
})

test('density is linear, and plastic, water and aluminium are told apart', () => {
  const places: [MaterialName, Vector, number, number, number][] = [
    ['water', [-50, 0, 0], 0.5, 0.5, 7.4],
    ['water', [0, 0, 50], 1, 1, 7.4],
    ['polyethylene', [50, 0, 0], 1, 0.94, 5.4],
    ['aluminium', [0, 0, -50], 0.5, 1.35, 13],
  ]
  const { ct, at } = scan(places.map(([material, place, packing]) => pillar(material, 18, place, packing)))
  for (const [material, [x, , z], , density, number] of places) {
    const found = at(x, z, 11)
    assert.ok(Math.abs(found.density / density - 1) < 0.05, `${material}: ${found.density} g/cm³ of ${density}`)
    assert.ok(Math.abs(found.z - number) < 0.7, `${material}: Z ${found.z}`)
  }
  const [x, , z, width, , depth] = ct.truth[0]!.box
  for (const [found, expected] of [
    [x, 14],
    [z, 14],
    [width, 68],
    [depth, 68],
  ] as const)
    assert.ok(Math.abs(found - expected) < 1e-6, `${found}`)
})
