/**
 * Parcels of the post between the bags of a flight: each is declared before it is scanned, and now and then as something else than it holds.
 * What they hold is simulated, and said so in every figure.
 */
import type { NewDeclaredGoods } from '#schema/inspection'
import type { Chance } from '../declaration.ts'

type Goods = { chapter: string; hsCode: string; description: string; /** of a full carton, kilograms */ usualKg: number }

/** What the simulator can pack, with a code that is true of it. */
const goods: readonly Goods[] = [
  { chapter: '17', hsCode: '17019910', description: 'Cane sugar, white', usualKg: 3 },
  { chapter: '48', hsCode: '48201030', description: 'Notebooks', usualKg: 6 },
  { chapter: '61', hsCode: '61091000', description: 'T-shirts of cotton', usualKg: 2 },
  { chapter: '64', hsCode: '64039993', description: 'Shoes of leather', usualKg: 2 },
  { chapter: '73', hsCode: '73181500', description: 'Screws of steel', usualKg: 12 },
  { chapter: '76', hsCode: '76042990', description: 'Profiles of aluminium', usualKg: 5 },
]
const shippers = ['Bright Hardware Co', 'Northern Mail Order', 'Sunrise Trading House'] as const
const falseShare = 0.35

/** `chapter`: what is in it. `declared`: what its paper says. */
export type Parcel = {
  id: string
  chapter: string
  isFalse: boolean
  declared: Omit<NewDeclaredGoods, 'lines'> & { hsCode: string; description: string }
}

/** A number of the Universal Postal Union (S10): two letters, eight figures, a check figure by weights, the country. */
const numberOf = (serial: number): string => {
  const figures = String(serial).padStart(8, '0')
  const sum = [8, 6, 4, 2, 3, 5, 9, 7].reduce((total, weight, n) => total + weight * Number(figures[n]), 0)
  const check = 11 - (sum % 11)
  return `RR${figures}${check === 10 ? 0 : check === 11 ? 5 : check}CN`
}

export const inventParcel = (c: Chance): Parcel => {
  const held = c.pick(goods)
  const isFalse = c.next() < falseShare
  const said = isFalse ? c.pick(goods.filter(({ chapter }) => chapter !== held.chapter)) : held
  const id = numberOf(c.between(10_000_000, 99_999_999))
  const { hsCode, description } = said
  return {
    id,
    chapter: held.chapter,
    isFalse,
    declared: { hsCode, description, consignor: { id: null, name: c.pick(shippers) }, reference: `CN23 ${id}` },
  }
}

/** Who declares truly has weighed the parcel; who does not has written what such goods usually weigh. */
export const declarationOf = ({ isFalse, declared }: Parcel, massKg: number): NewDeclaredGoods => {
  const { hsCode, description, ...rest } = declared
  const usual = goods.find((one) => one.hsCode === hsCode)!.usualKg
  const grossMassKg = Math.round((isFalse ? usual : massKg) * 100) / 100
  return { ...rest, lines: [{ hsCode, description, grossMassKg, packages: 1 }] }
}
