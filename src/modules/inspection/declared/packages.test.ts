import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Box } from '../image/raster.ts'
import type { DualEnergy, Scan } from '../image/scan.ts'
import { beams } from '../physics/beam.ts'
import { expose } from '../physics/detector.ts'
import { project } from '../physics/projection.ts'
import { type Layout, packages } from '../physics/scenes/packages.ts'
import type { DeclaredGoods } from '../schema/declared.ts'
import { compare } from './compare.ts'
import { askedPackages, bandOf, judgePackages } from './packages.ts'
import { countUnits, type Shadow } from './units.ts'

const goods = (...lines: [packages: number | null, packageKind?: string][]): DeclaredGoods => ({
  lines: lines.map(([count, packageKind]) => ({
    hsCode: '17019910',
    description: null,
    grossMassKg: null,
    packages: count,
    ...(packageKind && { packageKind }),
  })),
  consignor: null,
  reference: 'P1',
  version: 1,
})

test('what was declared: summed over the lines, as small as its kind allows; bulk cannot be counted, and a missing number says nothing', () => {
  for (const [declared, isCargo, asked] of [
    [goods([3], [4]), false, { count: 7, leastSideMm: 60 }],
    [goods([3, 'PX'], [4, 'PX']), true, { count: 7, leastSideMm: 600 }],
    [goods([3, 'PX'], [4, 'CT']), true, { count: 7, leastSideMm: 150 }],
    [goods([3], [null]), false, 'no-packages-declared'],
    [goods([0]), false, 'no-packages-declared'],
    [goods([1, 'VR']), true, 'uncounted-kind'],
    [goods([3, 'CT'], [1, 'NE']), true, 'uncounted-kind'],
  ] as const)
    assert.deepEqual(askedPackages(declared, isCargo), asked)
})

test('a count is a band: exact of few, one in six of many; in a container each may hide others behind it', () => {
  const boxes: Box[] = [[0, 0, 40, 30]]
  for (const [least, most, isCargo, band] of [
    [1, 1, false, [1, 1]],
    [3, 3, false, [3, 3]],
    [4, 8, false, [3, 9]],
    [12, 12, false, [10, 14]],
    [12, 12, true, [10, 14 * 15]],
  ] as const)
    assert.deepEqual(bandOf({ boxes, least, most }, 10, isCargo), band, `${least} to ${most}`)
})

test('outside the band is a question; only less than half or more than twice, by three at least, is red', () => {
  for (const [declared, band, level] of [
    [12, [10, 14], 'green'],
    [10, [10, 14], 'green'],
    [9, [10, 14], 'amber'],
    [5, [10, 14], 'amber'],
    [4, [10, 14], 'red'],
    [15, [10, 14], 'amber'],
    [28, [10, 14], 'amber'],
    [29, [10, 14], 'red'],
    [1, [3, 3], 'amber'],
    [1, [4, 4], 'red'],
    [3, [1, 1], 'amber'],
    [4, [1, 1], 'red'],
  ] as const)
    assert.equal(judgePackages(declared, [...band]), level, `${declared} declared, ${band.join(' to ')} seen`)
})

const drawn = (boxes: readonly Box[], seam: number): Shadow => {
  const [width, height] = [200, 120]
  const attenuation = new Float32Array(width * height)
  for (const [x, y, w, h] of boxes)
    for (let v = y; v < y + h; v++)
      for (let u = x; u < x + w; u++) attenuation[v * width + u] = u < x + 2 || u >= x + w - 2 || v < y + 2 || v >= y + h - 2 ? seam : 0.1
  return { width, height, attenuation }
}
const row = (count: number): Box[] => Array.from({ length: count }, (_, n): Box => [10 + n * 40, 20, 40, 60])
const walls = { leastSidePx: 20, walls: true, contrast: 0.04 }

test('cartons side by side are parted where their walls stand edge-on; a coarse picture parts them by their gaps', () => {
  assert.deepEqual(countUnits(drawn(row(4), 0.5), walls).least, 4)
  assert.deepEqual(countUnits(drawn(row(1), 0.5), walls), { boxes: [[10, 20, 40, 60]], least: 1, most: 1 })
  const gaps = { ...drawn(row(4), 0.04), attenuation: drawn(row(4), 0.04).attenuation.map((a) => a * 10) }
  assert.equal(countUnits(gaps, { ...walls, walls: false }).least, 4)
  // A gap within one carton may be its goods': with walls to be seen it counts to the upper end only.
  const { least, most } = countUnits(gaps, walls)
  assert.deepEqual([least, most], [1, 4])
  assert.deepEqual(countUnits(drawn([], 0.5), walls), { boxes: [], least: 0, most: 0 })
  const stacked = countUnits(drawn([...row(3), [10, 80, 40, 30], [50, 80, 40, 30]], 0.5), walls)
  assert.deepEqual([stacked.least, stacked.boxes.length], [5, 5])
})

const seen = (seed: number, layout: Layout): { dual: DualEnergy; count: number } => {
  const { scene, count } = packages(seed, layout)
  return { dual: expose(project(scene, beams.belt), beams.belt, seed), count }
}
const matchOf = (dual: DualEnergy, count: number, one = false) => {
  const { width, height, high } = dual
  const scan: Scan = one ? { kind: 'grey', grey: { width, height, data: high }, depthBits: 16 } : { kind: 'dual-energy', dual, depthBits: 16 }
  return compare({ scan, energies: undefined, mmPerPx: 2, item: 'carton' }, goods([count]), () => undefined).match
}

test('simulated cartons are counted and outlined, at two energies and at one; half of them declared is red, with all of them as its place', () => {
  for (const [seed, layout] of [
    [2, 'stacked'],
    [5, 'stacked'],
    [4, 'apart'],
    [8, 'mixed'],
  ] as const) {
    const { dual, count } = seen(seed, layout)
    const told = matchOf(dual, count)
    assert.equal(told.units.length, count, `${layout} ${seed}`)
    const packagesTold = told.evidence.find(({ metric }) => metric === 'packages')!
    assert.deepEqual([packagesTold.level, packagesTold.value, packagesTold.limits], ['green', count, [count, count]])
    for (const [x, y, w, h] of told.units) assert.ok(x >= 0 && y >= 0 && w > 20 && h > 20 && x + w <= dual.width && y + h <= dual.height)
  }
  const { dual, count } = seen(2, 'stacked')
  assert.equal(matchOf(dual, count, true).units.length, count)
  const few = matchOf(dual, Math.floor(count / 3)).evidence.find(({ metric }) => metric === 'packages')!
  assert.equal(few.level, 'red')
  assert.ok(few.region[2] > 300)
})
