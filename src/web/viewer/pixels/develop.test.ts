// Tables: what each look makes of known thicknesses of known materials (mass attenuation at 40 and 80 keV, NIST XCOM).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { develop } from './develop.ts'
import { enhance } from './enhance.ts'
import { highPenetration, lowPenetration, moveWindow, palettes, plainLook, withAlert, withGamma, type Look } from './look.ts'
import { classOf, membership, plainEnergies, plainTable, tableFor, tableOf, zeffOf } from './material.ts'
import { materialBasis, type DualPixels, type Pixels } from './pixels.ts'
import { probe } from './probe.ts'

/** g/cm² of a material in the beam → counts at 40 and 80 keV. */
const counts = (low: number, high: number, massGCm2: number): readonly [number, number] => [
  Math.round(65_535 * Math.exp(-low * massGCm2)),
  Math.round(65_535 * Math.exp(-high * massGCm2)),
]
const polyethylene = (mass: number) => counts(0.228, 0.182, mass)
const aluminium = (mass: number) => counts(0.569, 0.202, mass)
const iron = (mass: number) => counts(3.63, 0.595, mass)

const rowOf = (pixels: readonly (readonly [number, number])[]): DualPixels => ({
  kind: 'dual',
  width: pixels.length,
  height: 1,
  low: Uint16Array.from(pixels, ([low]) => low),
  high: Uint16Array.from(pixels, ([, high]) => high),
})
const coloursOf = (pixels: Pixels, look: Partial<Look>): number[][] => {
  const out = develop(pixels, { ...plainLook, ...look }, plainTable)
  return Array.from({ length: pixels.width * pixels.height }, (_, at) => [...out.subarray(at * 4, at * 4 + 3)])
}
const air = [65_535, 65_535] as const
const physics = { energies: plainEnergies, table: plainTable }
/** Each pixel as three rows and columns of its own, so that its neighbours, of which the material is the mean, are like it. */
const middlesOf = (pixels: readonly (readonly [number, number])[], look: Partial<Look>): number[][] =>
  coloursOf(rowOf(pixels.flatMap((pixel) => [pixel, pixel, pixel])), look).filter((_, at) => at % 3 === 1)

test('pseudo-colour: air white, organic orange, light metal green, metal blue, opaque black', () => {
  const [white, orange, green, blue, black] = middlesOf([air, polyethylene(8), aluminium(5), iron(1), [10, 200]], {})
  assert.deepEqual(white, [255, 255, 255])
  assert.ok(orange![0]! > orange![1]! + 40 && orange![1]! > orange![2]! + 40, String(orange))
  assert.ok(green![1]! > green![0]! + 40 && green![1]! > green![2]! + 40, String(green))
  assert.ok(blue![2]! > blue![0]! + 60 && blue![2]! > blue![1]! + 40, String(blue))
  assert.deepEqual(black, [0, 0, 0])
})

test('grey is linear in attenuation: half of the way to 2 % is middle grey; inverse is its complement', () => {
  const middle = Math.round(65_535 * Math.exp(-2))
  const pixels = rowOf([air, [middle, middle], [1, 1]])
  assert.deepEqual(
    coloursOf(pixels, { palette: 'grey' }),
    [
      [255, 255, 255],
      [128, 128, 128],
      [0, 0, 0],
    ].map((c) => (c[0] === 128 ? [127, 127, 127] : c)),
  )
  assert.deepEqual(
    coloursOf(pixels, { palette: 'inverse' }).map(([r]) => r),
    [0, 128, 255],
  )
})

test('"only" shows its class in colour and the others as a pale ground, but what is opaque stays dark', () => {
  const spread = ([r, g, b]: number[]): number => Math.max(r!, g!, b!) - Math.min(r!, g!, b!)
  for (const [palette, own] of [
    ['organic', 0],
    ['inorganic', 1],
    ['metal', 2],
  ] as const) {
    const colours = middlesOf([polyethylene(8), aluminium(5), iron(1), [10, 60]], { palette })
    for (let at = 0; at < 3; at += 1) {
      if (at === own) assert.ok(spread(colours[at]!) > 60, `${palette} ${at}: ${colours[at]}`)
      else assert.ok(spread(colours[at]!) < 4 && colours[at]![0]! > 160, `${palette} ${at}: ${colours[at]}`)
    }
    assert.ok(colours[3]![0]! < 60, `${palette}: ${colours[3]}`)
  }
})

test('high penetration parts what the plain look paints black; low penetration parts what it paints nearly white', () => {
  const dense = [4.2, 5].map((a) => Math.round(65_535 * Math.exp(-a)))
  const thin = [0.05, 0.12].map((a) => Math.round(65_535 * Math.exp(-a)))
  const pixels = rowOf([...dense, ...thin].map((count) => [count, count] as const))
  const plain = coloursOf(pixels, { palette: 'grey' }).map(([value]) => value!)
  const high = coloursOf(pixels, { palette: 'grey', window: highPenetration }).map(([value]) => value!)
  const low = coloursOf(pixels, { palette: 'grey', window: lowPenetration }).map(([value]) => value!)
  assert.deepEqual(plain.slice(0, 2), [0, 0])
  assert.ok(high[0]! - high[1]! > 30)
  assert.ok(plain[2]! - plain[3]! < 6 && low[2]! - low[3]! > 10)
})

test('gamma above 1 lightens the middle and keeps both ends', () => {
  const middle = Math.round(65_535 * Math.exp(-2))
  const [white, grey, black] = coloursOf(rowOf([air, [middle, middle], [1, 1]]), { ...withGamma(plainLook, 2), palette: 'grey' }).map(([v]) => v)
  assert.deepEqual([white, grey, black], [255, 180, 0])
  assert.equal(withGamma(plainLook, 99).gamma, 4)
})

test('the density alert stripes what is at least so dense, in red, and nothing else', () => {
  const pixels: DualPixels = { kind: 'dual', width: 12, height: 2, low: new Uint16Array(24).fill(65_535), high: new Uint16Array(24).fill(65_535) }
  pixels.low.fill(1000, 0, 12)
  pixels.high.fill(1000, 0, 12)
  const red = coloursOf(pixels, withAlert(plainLook, 4)).map(([r, g]) => r! > 200 && g! < 40)
  assert.deepEqual(red.slice(0, 12), [true, true, true, true, false, false, true, true, true, true, false, false])
  assert.ok(red.slice(12).every((is) => !is))
})

test('window: level moves both ends, stretch keeps the middle, never empty nor brighter than air', () => {
  fc.assert(
    fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0.001, max: 4, noNaN: true }), (level, stretch) => {
      const { window } = moveWindow(plainLook, level, stretch)
      assert.ok(window[1] - window[0] >= 0.05 - 1e-9 && window[0] >= -1e-9)
    }),
  )
  assert.deepEqual(moveWindow(plainLook, 0.5, 0.5).window, [1.5, 3.5])
})

test('edge leaves a flat surface flat and faint, and darkens a step', () => {
  const plane = Float32Array.from({ length: 9 * 9 }, (_, at) => (at % 9 < 4 ? 0.4 : 1.4))
  const edged = enhance('edge', { plane, width: 9, height: 9 })
  assert.ok(Math.abs(edged[4 * 9 + 1]! - 0.1) < 1e-6)
  assert.ok(edged[4 * 9 + 4]! > 2)
})

test('super enhance leaves a flat surface flat, and makes a faint step in dense matter as strong as one in thin', () => {
  const step = (dark: number, by: number): Float32Array => Float32Array.from({ length: 21 * 21 }, (_, at) => dark + (at % 21 < 10 ? 0 : by))
  const seen = (plane: Float32Array): number => {
    const out = enhance('super', { plane, width: 21, height: 21 })
    return out[10 * 21 + 12]! - out[10 * 21 + 8]!
  }
  assert.ok(seen(step(3, 0.2)) > 0.4)
  assert.ok(Math.abs(seen(step(3, 0.2)) - seen(step(0.5, 0.2))) < 1e-3)
  const flat = enhance('super', { plane: new Float32Array(400).fill(2), width: 20, height: 20 })
  assert.ok(flat.every((value) => Math.abs(value - 1.5) < 1e-4))
})

test('Z_eff of the plain table is that of the materials it was made from, and its classes add to one', () => {
  for (const [ratio, zeff] of [
    [0.228 / 0.182, 5.4],
    [0.569 / 0.202, 13],
    [3.63 / 0.595, 26],
  ] as const)
    for (const attenuation of [0.1, 1, 5]) assert.ok(Math.abs(zeffOf(plainTable, attenuation, ratio) - zeff) < 0.5, `${ratio}`)
  fc.assert(
    fc.property(fc.double({ min: 4, max: 40, noNaN: true }), (z) => {
      const all = membership('organic', z) + membership('inorganic', z) + membership('metal', z)
      assert.ok(Math.abs(all - 1) < 1e-9)
    }),
  )
  assert.deepEqual([5, 10, 18, 18.1].map(classOf), ['organic', 'inorganic', 'inorganic', 'metal'])
})

test('other energies have their own table, and none where mass attenuation is not known', () => {
  const table = tableFor([60, 100])!
  assert.ok(Math.abs(zeffOf(table, 1, 0.278 / 0.17) - 13) < 0.5)
  assert.ok(Math.abs(zeffOf(tableFor([50, 90])!, 1, 1.3) - 7.5) < 2)
  assert.equal(tableFor([1000, 3000]), null)
})

test('a calibration whose R drifts with thickness still gives the material', () => {
  const curve = (zeff: number, thin: number, thick: number) => ({
    zeff,
    points: [
      { attenuation: 0.1, ratio: thin },
      { attenuation: 4, ratio: thick },
    ],
  })
  const table = tableOf([curve(5.4, 1.3, 1.2), curve(13, 2.2, 1.7), curve(26, 3.4, 2)])
  assert.ok(Math.abs(zeffOf(table, 0.1, 2.2) - 13) < 0.6)
  assert.ok(Math.abs(zeffOf(table, 4, 1.7) - 13) < 0.6)
  assert.ok(Math.abs(zeffOf(table, 4, 2) - 26) < 1)
})

test('the probe names material, Z_eff and mass in the beam; noise or opacity name nothing', () => {
  const read = (pixel: readonly [number, number]) => probe(rowOf([pixel]), physics, { x: 0.5, y: 0.5 }, 0)!
  for (const [pixel, zeff, material, mass] of [
    [polyethylene(6), 5.4, 'organic', 6],
    [aluminium(4), 13, 'inorganic', 4],
    [iron(1), 26, 'metal', 1],
  ] as const) {
    const found = read(pixel)
    assert.ok(Math.abs(found.zeff! - zeff) < 0.5, `${found.zeff}`)
    assert.equal(found.material, material)
    assert.ok(Math.abs(found.arealDensityGCm2! / mass - 1) < 0.06, `${found.arealDensityGCm2}`)
  }
  assert.equal(read(air).material, null)
  assert.equal(read([3, 300]).material, null)
  assert.equal(probe(rowOf([air]), physics, { x: 1.2, y: 0 }), null)
})

test('a coloured picture stays what it is under the plain look; its material is called approximate', () => {
  const rgb = Uint8Array.from([255, 255, 255, 230, 140, 40, 60, 170, 70, 40, 90, 230, 5, 5, 5])
  const picture: Pixels = { kind: 'colour', width: 5, height: 1, rgb }
  assert.deepEqual(coloursOf(picture, {}).flat(), [...rgb])
  assert.equal(materialBasis(picture, true), 'approximate')
  assert.deepEqual(
    [1, 2, 3].map((x) => probe(picture, physics, { x, y: 0 }, 0)!.material),
    ['organic', 'inorganic', 'metal'],
  )
  assert.ok([0, 1, 4].every((x) => probe(picture, physics, { x, y: 0 }, 0)!.isApproximate))
  const grey: Pixels = { kind: 'colour', width: 2, height: 1, rgb: Uint8Array.from([90, 92, 91, 200, 201, 199]) }
  assert.equal(materialBasis(grey, true), 'none')
})

test('slices are painted in a straight line from air to the densest, and the probe says which share of it', () => {
  const slice: Pixels = { kind: 'grey', width: 3, height: 1, isDensity: true, grey: Uint16Array.from([0, 13_107, 65_535]) }
  assert.deepEqual(
    coloursOf(slice, { palette: 'grey' }).map(([value]) => value),
    [255, 204, 0],
  )
  const found = probe(slice, physics, { x: 1, y: 0 }, 0)!
  assert.ok(Math.abs(found.attenuation - 0.8) < 1e-6)
  assert.deepEqual([found.transmission, found.material], [null, null])
})

test('no pixel whatever makes a colour that is none', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 0, max: 65_535 }), fc.constantFrom(...palettes), (low, high, palette) => {
      for (const channel of coloursOf(rowOf([[low, high]]), { palette })[0]!) assert.ok(Number.isInteger(channel))
    }),
  )
})
