import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beams, perMm } from './beam.ts'
import { elementAttenuation } from './elements.ts'
import { effectiveAtomicNumber, massAttenuation, materials, type MaterialName } from './materials.ts'

const energies = [40, 60, 80, 100, 150, 1000, 3000]
/** Published values, rounded there to three digits: cm²/g at the energies above, effective atomic number. */
const published: [MaterialName, number[], number][] = [
  ['polyethylene', [0.228, 0.197, 0.182, 0.172, 0.153, 0.0726, 0.0405], 5.4],
  ['sugar', [0.243, 0.193, 0.174, 0.163, 0.144, 0.0677, 0.038], 6.9],
  ['water', [0.268, 0.206, 0.184, 0.171, 0.151, 0.0707, 0.0397], 7.4],
  ['aluminium', [0.569, 0.278, 0.202, 0.17, 0.138, 0.0615, 0.0354], 13],
  ['iron', [3.63, 1.21, 0.595, 0.372, 0.196, 0.06, 0.0362], 26],
  ['copper', [4.86, 1.59, 0.763, 0.458, 0.222, 0.059, 0.036], 29],
  ['lead', [14.4, 5.02, 2.42, 5.55, 2.01, 0.071, 0.0423], 82],
]

test('elements mixed by mass give the published attenuation of compounds', () => {
  for (const [name, expected, z] of published) {
    energies.forEach((keV, i) => {
      const found = massAttenuation(materials[name], keV)
      assert.ok(Math.abs(found / expected[i]! - 1) < 0.006, `${name} at ${keV} keV: ${found}, published ${expected[i]}`)
    })
    assert.ok(Math.abs(effectiveAtomicNumber(materials[name]) - z) < 0.07, `${name}: Z ${effectiveAtomicNumber(materials[name])}`)
  }
})

test('between its points lead falls, but leaps at its K edge; outside the table nothing is guessed', () => {
  assert.ok(elementAttenuation('Pb', 87) < elementAttenuation('Pb', 80))
  assert.ok(elementAttenuation('Pb', 89) > 3.5 * elementAttenuation('Pb', 87))
  assert.ok(elementAttenuation('Pb', 99) > elementAttenuation('Pb', 101))
  for (const keV of [39, 3001, Number.NaN]) assert.throws(() => elementAttenuation('Fe', keV), RangeError)
})

test('the shares of every material and of every channel sum to one', () => {
  for (const [name, material] of Object.entries(materials)) {
    const sum = Object.values(material.massFraction).reduce((total, share) => total + share, 0)
    assert.ok(Math.abs(sum - 1) < 1e-12, name)
  }
  for (const beam of Object.values(beams))
    for (const channel of [beam.low, beam.high]) assert.ok(Math.abs(channel.reduce((sum, share) => sum + share, 0) - 1) < 1e-12, beam.name)
})

test('the ratio of two energies tells the material, and lead deceives at 60 and 100 keV only', () => {
  const ratio = (name: MaterialName, beam: (typeof beams)[keyof typeof beams]): number => {
    const [low, high] = perMm(materials[name], beam)
    return low! / high!
  }
  const expected: [MaterialName, number, number][] = [
    ['polyethylene', 1.25, 1.15],
    ['water', 1.46, 1.21],
    ['aluminium', 2.82, 1.63],
    ['iron', 6.1, 3.24],
    ['lead', 5.94, 0.9],
  ]
  for (const [name, at4080, at60100] of expected) {
    assert.ok(Math.abs(ratio(name, beams.mono4080) - at4080) < 0.02, name)
    assert.ok(Math.abs(ratio(name, beams.mono60100) - at60100) < 0.02, name)
  }
  assert.ok(Math.abs(ratio('iron', beams.cargo) - 1.66) < 0.01)
})
