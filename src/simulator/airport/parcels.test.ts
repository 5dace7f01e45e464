import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Check } from 'typebox/value'
import { NewDeclaredGoods } from '#schema/inspection'
import { chance } from '../declaration.ts'
import { declarationOf, inventParcel } from './parcels.ts'

/** S10 of the Universal Postal Union: weights 8 6 4 2 3 5 9 7; 11 less the rest of 11, 10 written 0 and 11 written 5. */
const isS10 = (id: string): boolean => {
  const found = /^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$/.exec(id)
  if (!found) return false
  const sum = [...found[1]!].reduce((total, figure, n) => total + Number(figure) * [8, 6, 4, 2, 3, 5, 9, 7][n]!, 0)
  return Number(found[2]) === ({ 10: 0, 11: 5 }[11 - (sum % 11)] ?? 11 - (sum % 11))
}

test('parcels of the post: a number that checks, a declaration of the right shape, true or of another chapter', () => {
  const c = chance(7)
  const parcels = Array.from({ length: 300 }, () => inventParcel(c))
  assert.ok(isS10('RB123456785GB') && !isS10('RB123456784GB'), 'the example of the standard')
  for (const parcel of parcels) {
    assert.ok(isS10(parcel.id), parcel.id)
    const declared = declarationOf(parcel, 4.567)
    assert.ok(Check(NewDeclaredGoods, declared), JSON.stringify(declared))
    const [line] = declared.lines
    assert.equal(line!.hsCode.startsWith(parcel.chapter), !parcel.isFalse)
    if (!parcel.isFalse) assert.equal(line!.grossMassKg, 4.57)
  }
  const share = parcels.filter(({ isFalse }) => isFalse).length / parcels.length
  assert.ok(share > 0.25 && share < 0.45, String(share))
})
