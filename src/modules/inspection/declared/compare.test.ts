import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pseudoColour } from '../image/pseudo-colour.ts'
import type { DualEnergy, Scan } from '../image/scan.ts'
import { beams } from '../physics/beam.ts'
import { expose } from '../physics/detector.ts'
import { project } from '../physics/projection.ts'
import { carton } from '../physics/scenes/carton.ts'
import { container } from '../physics/scenes/container.ts'
import type { DeclaredGoods } from '../schema/declared.ts'
import type { Expectation } from '../schema/expectation.ts'
import { shippedExpectations } from '../service/expectations.ts'
import { readColours } from './colours.ts'
import { compare } from './compare.ts'
import { codesOf, consignorKey, grossMassOf, mixed } from './expected.ts'
import { insideOf, lookAt } from './looking.ts'

const table = shippedExpectations()
const expected = (chapter: string) => table.get(chapter)
const goods = (...lines: [hsCode: string, kg: number | null][]): DeclaredGoods => ({
  // All in one package: the first line counts it.
  lines: lines.map(([hsCode, grossMassKg], n) => ({ hsCode, description: null, grossMassKg, packages: n === 0 ? 1 : 0 })),
  consignor: null,
  reference: 'P1',
  version: 1,
})
const uncounted = (declared: DeclaredGoods): DeclaredGoods => ({ ...declared, lines: declared.lines.map((line) => ({ ...line, packages: null })) })
const sugarScene = project(carton({ seed: 21, chapter: '17' }).scene, beams.belt)
const sugar = expose(sugarScene, beams.belt, 1)
const sugarKg = sugarScene.truth.reduce((sum, { massG }) => sum + massG, 0) / 1000
const seen = (scan: Scan, declared: DeclaredGoods, mmPerPx: number | undefined = 1) =>
  compare({ scan, energies: undefined, mmPerPx, item: 'carton' }, declared, expected)
const dual = (picture: DualEnergy): Scan => ({ kind: 'dual-energy', dual: picture, depthBits: 16 })

test('a parcel of sugar: declared truly green, as hardware red with the value, its limits and the place; too light red by its mass', () => {
  const honest = seen(dual(sugar), goods(['17019910', sugarKg])).match
  assert.equal(honest.level, 'green', JSON.stringify(honest.evidence.filter(({ level }) => level !== 'green')))
  assert.deepEqual(honest.chapters, [{ chapter: '17', source: 'table', n: 0 }])
  assert.ok(Math.abs(honest.massKg! / sugarKg - 1) < 0.15, `${honest.massKg} kg of ${sugarKg}`)
  const hardware = seen(dual(sugar), goods(['73181500', sugarKg])).match
  assert.equal(hardware.level, 'red')
  const metal = hardware.evidence.find(({ metric }) => metric === 'metalShare')!
  assert.deepEqual([metal.level, metal.limits], ['red', [0.4, 1]])
  const [x, y, w, h] = metal.region
  assert.ok(x > 0 && y > 0 && x + w < sugar.width && y + h < sugar.height && w * h > 0.3 * sugar.width * sugar.height, 'the whole load')
  const light = seen(dual(sugar), goods(['1701', sugarKg / 4])).match
  assert.deepEqual([light.level, light.evidence.find(({ metric }) => metric === 'massRatio')?.level], ['red', 'red'])
})

test('without a scale nothing is weighed, and that is said; a chapter that nobody knows is amber', () => {
  const { match, measured } = compare({ scan: dual(sugar), energies: undefined, mmPerPx: undefined, item: 'carton' }, goods(['1701', 5]), expected)
  assert.deepEqual(
    [match.massKg, match.unmeasured],
    [
      null,
      [
        { metric: 'massRatio', because: 'no-scale' },
        { metric: 'packages', because: 'no-scale' },
      ],
    ],
  )
  assert.ok(measured && measured.organicShare! > 0.85)
  const unknown = seen(dual(sugar), goods(['9999', sugarKg])).match
  assert.deepEqual([unknown.level, unknown.chapters], ['amber', [{ chapter: '99', source: null, n: 0 }]])
  assert.deepEqual(seen(dual(sugar), goods(['1701', null])).match.unmeasured, [{ metric: 'massRatio', because: 'no-mass-declared' }])
})

test('painted colours are read approximately and prove nothing: amber at most, and what was not measured is named', () => {
  const scan: Scan = { kind: 'colour', raster: pseudoColour(sugar) }
  const painted = readColours(scan.raster)
  const measured = lookAt(sugar, undefined, 1).measured
  assert.ok(Math.abs(painted.shares.organic - measured.organicShare) < 0.15, `${painted.shares.organic} of ${measured.organicShare}`)
  const honest = seen(scan, goods(['1701', sugarKg])).match
  assert.deepEqual([honest.level, honest.basis, honest.massKg], ['green', 'colours', null])
  const hardware = seen(scan, goods(['7318', sugarKg])).match
  assert.deepEqual([hardware.level, hardware.evidence.some(({ level }) => level === 'red')], ['amber', false])
  for (const metric of ['massRatio', 'unitCount', 'gPerCm2'])
    assert.ok(
      hardware.unmeasured.some((one) => one.metric === metric && one.because === 'painted-colours'),
      metric,
    )
  const plain: Scan = { kind: 'colour', raster: { width: 40, height: 40, data: new Uint8Array(4800).fill(90) } }
  assert.deepEqual([seen(plain, goods(['1701', 1])).match.level, seen(plain, goods(['1701', 1])).match.basis], ['amber', 'nothing'])
})

const grey: Scan = { kind: 'grey', grey: { width: sugar.width, height: sugar.height, data: sugar.high }, depthBits: 16 }
const ofOne = (declared: DeclaredGoods, energies: readonly [number, number] | undefined) =>
  compare({ scan: grey, energies, mmPerPx: 1, item: 'carton' }, declared, expected).match

test('one energy weighs within a band, tells how goods are spread and how many packages stand there, and proves nothing of materials', () => {
  const honest = ofOne(goods(['17019910', sugarKg]), [110, 110])
  const [least, most] = honest.massBandKg!
  assert.ok(least < sugarKg && sugarKg < most * 1.1, `${sugarKg} kg between ${least} and ${most}`)
  assert.deepEqual([honest.level, honest.basis, honest.massKg], ['green', 'one-energy', null], JSON.stringify(honest.evidence))
  assert.deepEqual(
    honest.evidence.map(({ metric }) => metric),
    ['unevenness', 'strangerShare', 'massRatio', 'packages'],
  )
  assert.deepEqual(
    honest.unmeasured.map(({ metric, because }) => `${metric} ${because}`),
    ['organicShare one-energy', 'inorganicShare one-energy', 'metalShare one-energy', 'gPerCm2 one-energy'],
  )
  const hardware = ofOne(goods(['73181500', sugarKg]), [110, 110])
  assert.ok(!hardware.evidence.some(({ level }) => level === 'red'), 'what it is cannot be told by one energy')
  const mass = (kg: number) => ofOne(goods(['1701', kg]), [110, 110]).evidence.find(({ metric }) => metric === 'massRatio')!.level
  assert.deepEqual(
    [mass(sugarKg * 4), mass(sugarKg / 20)],
    ['red', 'amber'],
    'whatever it is it weighs no more; it may well weigh less than it seems',
  )
})

test('without a stated energy nothing is weighed, and a load that was not weighed is never green', () => {
  const { level, massBandKg, unmeasured } = ofOne(goods(['17019910', sugarKg]), undefined)
  assert.deepEqual([level, massBandKg], ['amber', null])
  assert.ok(unmeasured.some(({ metric, because }) => metric === 'massRatio' && because === 'no-energy'))
})

test('a container at one energy of millions of volts weighs what it weighs, whatever the goods are', () => {
  const projection = project(container({ seed: 3, chapter: '61' }).scene, beams.cargo)
  const { width, height, high } = expose(projection, beams.cargo, 1)
  const kg = projection.truth.find(({ cls }) => cls.startsWith('goods'))!.massG / 1000
  const scan: Scan = { kind: 'grey', grey: { width, height, data: high }, depthBits: 16 }
  const { massBandKg, level } = compare({ scan, energies: [3000, 3000], mmPerPx: 10, item: 'cargo' }, uncounted(goods(['6109', kg])), expected).match
  const [least, most] = massBandKg!
  assert.ok(most / least < 1.15 && least < kg * 1.1 && most > kg * 0.9, `${kg} kg between ${least} and ${most}`)
  assert.notEqual(level, 'red')
})

test('a finer picture is measured at the same scale and told in its own pixels', () => {
  const twice: DualEnergy = {
    width: sugar.width * 4,
    height: sugar.height * 4,
    low: new Uint16Array(sugar.low.length * 16),
    high: new Uint16Array(sugar.high.length * 16),
  }
  for (let y = 0; y < twice.height; y++)
    for (let x = 0; x < twice.width; x++) {
      const from = Math.floor(y / 4) * sugar.width + Math.floor(x / 4)
      twice.low[y * twice.width + x] = sugar.low[from]!
      twice.high[y * twice.width + x] = sugar.high[from]!
    }
  const [coarse, fine] = [seen(dual(sugar), goods(['7318', sugarKg]), 1).match, seen(dual(twice), goods(['7318', sugarKg]), 0.25).match]
  assert.ok(Math.abs(fine.massKg! / coarse.massKg! - 1) < 0.02)
  const width = (m: typeof fine): number => m.evidence.find(({ metric }) => metric === 'organicShare')!.region[2]
  assert.ok(Math.abs(width(fine) / width(coarse) - 4) < 0.2, `${width(fine)} and ${width(coarse)}`)
})

test('a container is measured within its posts, rails and floor', () => {
  const load = expose(project(container({ seed: 3, chapter: '61' }).scene, beams.cargo), beams.cargo, 1)
  const [x, y, w, h] = insideOf(load, 10)
  assert.ok(x >= 39 && x < 50 && x + w <= 1242 && x + w > 1225 && y >= 40 && y < 50 && y + h <= 262 && y + h > 240, `${[x, y, w, h].join()}`)
  const cargo = { scan: dual(load), energies: [1000, 3000] as const, mmPerPx: 10, item: 'cargo' as const }
  const level = (hsCode: string) => compare(cargo, uncounted(goods([hsCode, null])), expected).match.level
  // Corrugated walls leave a trace of metal in light goods: a question at most.
  assert.notEqual(level('6109'), 'red')
  assert.equal(level('7318'), 'red')
})

test('of several kinds of goods the limits are those of the widest; what only one kind can be asked is not asked', () => {
  const a: Expectation = { source: 'learned', n: 8, limits: { organicShare: [0.8, 1], metalShare: [0, 0.05], unevenness: [0, 0.2] } }
  const b: Expectation = { source: 'table', n: 0, limits: { organicShare: [0, 0.3], metalShare: [0.4, 1], unevenness: [0, 1] } }
  assert.deepEqual(mixed([a, b]), { source: 'table', n: 0, limits: { organicShare: [0, 1], metalShare: [0, 1] } })
  assert.deepEqual([mixed([a]), mixed([a, undefined]), mixed([])], [a, undefined, undefined])
  const two = seen(dual(sugar), goods(['1701', sugarKg / 2], ['7318', sugarKg / 2])).match
  assert.deepEqual(
    [two.level, two.unmeasured.map(({ because }) => because)],
    ['green', ['mixed-goods', 'mixed-goods', 'mixed-goods']],
    JSON.stringify(two.evidence),
  )
})

test('codes, shipper and mass of a declaration in the words by which it is found again', () => {
  const two = goods(['64029990', 3.5], ['6402999010', null], ['1701', 2])
  assert.deepEqual([codesOf(two), grossMassOf(two), grossMassOf(goods(['17', 1] as never, ['6402', 2]))], [['1701', '640299'], null, 3])
  const by = (id: string | null, name: string | null): string | null => consignorKey({ ...two, consignor: { id, name } })
  assert.deepEqual([by('cn12', 'Bright'), by(null, ' Bright  Shoes '), by(null, null)], ['CN12', 'BRIGHT SHOES', null])
})
