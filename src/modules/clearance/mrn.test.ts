import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkDigit, generateMrn, mrnRandomBytes, verifyMrn } from './mrn.ts'

const random = fc.uint8Array({ minLength: mrnRandomBytes, maxLength: mrnRandomBytes })
const facts = fc.record({ year: fc.integer({ min: 2000, max: 2099 }), country: fc.constantFrom('XV', 'GB', 'DE', 'LV'), random })
const make = ({ year, country, random }: { year: number; country: string; random: Uint8Array }): string =>
  generateMrn({ date: `${year}-05-17`, country, random })

test('the container number that ISO 6346 itself gives as example', () => {
  assert.equal(checkDigit('CSQU305438'), '3')
  assert.equal(checkDigit('ZEPU003725'), '5')
})

test('what is generated verifies, and carries year and country', () => {
  fc.assert(
    fc.property(facts, (f) => {
      const mrn = make(f)
      assert.equal(verifyMrn(mrn), 'valid')
      assert.equal(mrn.slice(0, 4), String(f.year).slice(2) + f.country)
      assert.doesNotMatch(mrn.slice(4), /[ILOU]/)
    }),
  )
})

test('any other last digit is refused', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 1, max: 9 }), (f, shift) => {
      const mrn = make(f)
      assert.equal(verifyMrn(mrn.slice(0, 17) + ((Number(mrn[17]) + shift) % 10)), 'wrong-check-digit')
    }),
  )
})

test('one digit misread, or two neighbouring digits exchanged, is noticed', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 4, max: 15 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (f, at, first, second) => {
      fc.pre(first !== second)
      const mrn = make(f)
      const withPair = (pair: string): string => mrn.slice(0, at) + pair + mrn.slice(at + 2, 17)
      const body = withPair(`${first}${second}`)
      // the standard's own blind spot: a remainder of 10 prints as 0
      fc.pre(checkDigit(body) !== '0')
      for (const wrong of [`${second}${first}`, `${first}${first}`, `${second}${second}`])
        assert.equal(verifyMrn(withPair(wrong) + checkDigit(body)), 'wrong-check-digit')
    }),
  )
})

test('different chance gives different numbers', () => {
  fc.assert(
    fc.property(random, random, (a, b) => {
      fc.pre(a.some((byte, i) => i > 0 && byte !== b[i]))
      assert.notEqual(generateMrn({ date: '2026-01-01', country: 'XV', random: a }), generateMrn({ date: '2026-01-01', country: 'XV', random: b }))
    }),
  )
})

test('what is no MRN is called malformed', () => {
  for (const text of ['', '26XV', '26XV0000000000000', '26xv00000000000000', '26XV00000000000000 ', 'XX26AAAAAAAAAAAAA0', '26XVAAAAAAAAAAAAAA'])
    assert.equal(verifyMrn(text), 'malformed', text)
})

test('facts that cannot make an MRN are a fault', () => {
  assert.throws(() => generateMrn({ date: '2026-01-01', country: 'xv', random: new Uint8Array(9) }), RangeError)
  assert.throws(() => generateMrn({ date: '2026-01-01', country: 'XV', random: new Uint8Array(8) }), RangeError)
})
