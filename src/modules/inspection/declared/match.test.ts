import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fewestSamples, learnExpectation, matchDeclared } from './match.ts'
import { cargoLooking, parcelLooking } from './field.ts'
import { type Block, measure, type Measured } from './measure.ts'
import { beams } from '../physics/beam.ts'
import { expose, typicalDetector } from '../physics/detector.ts'
import type { MaterialName } from '../physics/materials.ts'
import { project } from '../physics/projection.ts'
import type { Body, Scene } from '../physics/scene.ts'
import { carton } from '../physics/scenes/carton.ts'
import { container } from '../physics/scenes/container.ts'
import { upright } from '../physics/solids.ts'
import { calibrate } from '../physics/wedge.ts'
import type { Expectation } from '../schema/expectation.ts'
import { shippedExpectations } from '../service/expectations.ts'

const calibration = calibrate(beams.belt)
const quiet = { ...typicalDetector, scatter: 0 }
const slab = (material: MaterialName, x: number, size: readonly [number, number, number]): Body => ({
  material,
  shape: { kind: 'box', half: [size[0] / 2, size[1] / 2, size[2] / 2] },
  pose: { at: [x, 0, 0], rotation: upright },
})
const seen = (bodies: Body[]): { measured: Measured; massG: number } => {
  const scene: Scene = { field: { widthPx: 200, heightPx: 160, mmPerPx: 1 }, things: [{ cls: 'goods', threat: false, bodies }] }
  const projection = project(scene, beams.belt)
  return { measured: measure(expose(projection, beams.belt, 3, quiet), calibration, parcelLooking(1)), massG: projection.truth[0]!.massG }
}

test('what is thin weighs by its attenuation what it weighs', () => {
  for (const [material, mm] of [
    ['water', 30],
    ['paper', 40],
    ['sugar', 25],
    ['aluminium', 6],
    ['glass', 6],
    ['iron', 1.5],
  ] as const) {
    const { measured, massG } = seen([slab(material, 0, [120, 90, mm])])
    assert.ok(Math.abs((measured.massKg * 1000) / massG - 1) < 0.08, `${material}: ${measured.massKg * 1000} g of ${massG} g`)
  }
})

test('materials are shared out by mass, and a stranger among equals is found where it is', () => {
  const { measured } = seen([slab('paper', 0, [150, 100, 40]), slab('iron', 30, [26, 26, 4])])
  const block = measured.blocks.find((one) => one.stranger)!
  assert.ok(block.x > 100 && block.x < 150, `at ${block.x}`)
  assert.ok(
    measured.organicShare > 0.75 && measured.metalShare > 0.01 && measured.strangerShare > 0,
    JSON.stringify(measured, ['organicShare', 'metalShare']),
  )
  const even = seen([slab('paper', 0, [150, 100, 40])]).measured
  assert.equal(even.strangerShare, 0)
  assert.ok(even.unevenness < 0.1 && even.organicShare > 0.98, `${even.unevenness} ${even.organicShare}`)
})

test('repeated units are counted', () => {
  const bars = (count: number): Body[] => Array.from({ length: count }, (_, i) => slab('sugar', (i - (count - 1) / 2) * 24, [18, 120, 30]))
  for (const count of [4, 5, 7]) assert.equal(seen(bars(count)).measured.unitCount, count)
})

const blockOf = (x: number, metal: number): Block => ({
  x,
  y: 0,
  gPerCm2: 2,
  z: metal > 0.5 ? 26 : 7,
  shares: { organic: 1 - metal, inorganic: 0, metal },
  covered: 1,
  stranger: metal > 0.5,
})
const clothes: Measured = {
  organicShare: 0.95,
  inorganicShare: 0.05,
  metalShare: 0,
  unevenness: 0.1,
  strangerShare: 0,
  unitCount: 4,
  fillHeight: 1,
  gPerCm2: 2,
  massKg: 10,
  opaqueShare: 0,
  region: [0, 0, 60, 12],
  blockPx: 12,
  blocks: [0, 12, 24, 36, 48].map((x) => blockOf(x, x === 24 || x === 36 ? 1 : 0)),
}
const measuredOf = (more: Partial<Measured> = {}): Measured => ({ ...clothes, ...more })
const expected: Expectation = { source: 'table', n: 0, limits: { organicShare: [0.8, 1], metalShare: [0, 0.05] } }
const levelOf = (more: Partial<Measured>, grossMassKg: number | null = null) =>
  matchDeclared({ chapter: '61', grossMassKg }, measuredOf(more), expected).level

test('within the limits is green, a little outside amber, far outside red', () => {
  assert.equal(levelOf({}), 'green')
  assert.equal(levelOf({ organicShare: 0.7 }), 'amber')
  assert.equal(levelOf({ organicShare: 0.5 }), 'red')
  assert.equal(levelOf({}, 10), 'green')
  assert.equal(levelOf({}, 6.5), 'amber')
  assert.equal(levelOf({}, 4), 'red')
  assert.equal(levelOf({ opaqueShare: 0.5 }, 40), 'green', 'much is opaque: the mass measured is a lower bound')
  assert.equal(levelOf({ opaqueShare: 0.5 }, 4), 'red')
  assert.equal(levelOf({ metalShare: 0.7 }), 'red')
  assert.equal(levelOf({ metalShare: 0.7, opaqueShare: 0.6 }), 'amber', 'what is opaque counts as metal, and may be stone')
})

test('evidence names the value, its limits and the place; an unknown chapter is amber, never red by itself', () => {
  const match = matchDeclared({ chapter: '61', grossMassKg: null }, measuredOf({ metalShare: 0.4 }), expected)
  const metal = match.evidence.find((one) => one.metric === 'metalShare')!
  assert.deepEqual(metal, { metric: 'metalShare', level: 'red', value: 0.4, unit: '1', limits: [0, 0.05], region: [24, 0, 24, 12] })
  assert.deepEqual(matchDeclared({ chapter: '98', grossMassKg: null }, measuredOf(), undefined), {
    level: 'amber',
    chapter: '98',
    expectation: null,
    evidence: [],
  })
})

test('limits are learned from cleared consignments, never from too few', () => {
  const samples = Array.from({ length: fewestSamples }, (_, i) => measuredOf({ organicShare: 0.8 + i * 0.02 }))
  assert.equal(learnExpectation(samples.slice(1)), undefined)
  const learned = learnExpectation(samples)!
  assert.equal(learned.n, fewestSamples)
  const [least, most] = learned.limits.organicShare!
  assert.ok(least < 0.8 && least > 0.7 && most > 0.9 && most < 1, `${least} to ${most}`)
  for (const sample of samples) assert.equal(matchDeclared({ chapter: '61', grossMassKg: null }, sample, learned).level, 'green')
})

test('the table that ships knows all 96 chapters; a table that is none is refused', () => {
  const table = shippedExpectations()
  const chapters = Array.from({ length: 97 }, (_, i) => String(i + 1).padStart(2, '0')).filter((chapter) => chapter !== '77')
  assert.deepEqual([...table.keys()].toSorted(), chapters)
  for (const [chapter, { limits }] of table) for (const [least, most] of Object.values(limits)) assert.ok(least < most, chapter)
  assert.throws(() => shippedExpectations('{"01": {"organicShare": [0.5]}}'), TypeError)
})

test('a carton of sugar is sugar and no hardware; a load of clothes in a container hides no engines', () => {
  const table = shippedExpectations()
  const sugar = carton({ seed: 21, chapter: '17' }).scene
  const parcel = measure(expose(project(sugar, beams.belt), beams.belt, 1), calibration, parcelLooking(1))
  const level = (measured: Measured, chapter: string) => matchDeclared({ chapter, grossMassKg: null }, measured, table.get(chapter)).level
  assert.equal(level(parcel, '17'), 'green')
  assert.equal(level(parcel, '73'), 'red')
  const clothes = project(container({ seed: 3, chapter: '61' }).scene, beams.cargo)
  const cargo = measure(expose(clothes, beams.cargo, 1), calibrate(beams.cargo), cargoLooking(10, [42, 44, 1195, 216]))
  assert.ok(cargo.organicShare > 0.7, `${cargo.organicShare}`)
  assert.equal(level(cargo, '73'), 'red')
  const goods = clothes.truth.find((thing) => thing.cls.startsWith('goods'))!
  assert.ok(Math.abs((cargo.massKg * 1000) / goods.massG - 1) < 0.2, `${cargo.massKg} kg of ${goods.massG / 1000} kg`)
})
