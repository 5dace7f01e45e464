/**
 * Two years of an older system's examinations in the demo country, as a file that risk imports. Declarations are those that the simulator
 * files today, with the same goods, firms and roads; some goods, firms and suppliers were irregular in ways that an examination finds, so
 * that there is something to learn. All invented. Pure.
 */
import { toCsv } from '#platform/csv.ts'
import type { DeclarationDocument, DeclarationItem } from '#schema/clearance'
import { chance, inventDeclaration, type Chance, type Lodger } from './declaration.ts'
import { entries } from './goods.ts'

export const pastColumns = [
  'Declaration ID',
  'Item',
  'Date',
  'Office ID',
  'Process Type',
  'Import Type',
  'Payment Type',
  'Mode of Transport',
  'Declarant ID',
  'Importer ID',
  'Seller ID',
  'HS6 Code',
  'Country of Departure',
  'Country of Origin',
  'Tax Rate',
  'Tax Type',
  'Net Mass',
  'Item Price',
  'Result',
] as const
export type PastRow = Record<(typeof pastColumns)[number], string>

/** Duty in per cent of a good (eight digits) from an origin at a preference, as the tariff says today; undefined where it is no share of the value. */
export type RateOf = (hsCode: string, origin: string, preference: string) => string | undefined

const dayMs = 86_400_000
const spanDays = 730

/** Shares that are irregular: of all, and of what one way of fraud touches. Examined goods only, so more than of all trade. */
const plain = 0.04
const ways = {
  /** televisions and telephones from China at a fraction of their price */
  undervalued: { share: 0.55, least: 0.35, most: 0.7 },
  /** textiles said to be Turkish that come by another country */
  falseOrigin: 0.5,
  /** spirits and tobacco in smaller quantities than found */
  short: 0.35,
} as const

type Truth = { item: DeclarationItem; result: 'none' | 'minor' | 'major' | 'critical' }

const priced = (item: DeclarationItem, factor: number): DeclarationItem => ({
  ...item,
  itemPrice: { ...item.itemPrice!, amount: (Number(item.itemPrice!.amount) * factor).toFixed(2) },
})

/** What an examination of the item would find, and the item as it was declared then. */
const truthOf = (c: Chance, d: DeclarationDocument, item: DeclarationItem): Truth => {
  const chapter = item.hsCode!.slice(0, 2)
  const imports = d.declarationType === 'IM'
  if (imports && chapter === '85' && item.origin === 'CN' && c.next() < 0.3) {
    const factor = ways.undervalued.least + c.next() * (ways.undervalued.most - ways.undervalued.least)
    return c.next() < ways.undervalued.share ? { item: priced(item, factor), result: 'major' } : { item, result: 'none' }
  }
  if (imports && item.origin === 'TR' && d.dispatchCountry !== 'TR' && c.next() < ways.falseOrigin) return { item, result: 'major' }
  if (imports && (chapter === '22' || chapter === '24') && c.next() < ways.short) return { item, result: c.next() < 0.2 ? 'critical' : 'minor' }
  return { item, result: c.next() < plain ? 'minor' : 'none' }
}

const rowsOf = (c: Chance, d: DeclarationDocument, date: string, rateOf: RateOf): PastRow[] => {
  const location = d.goodsLocation?.name
  const office = entries.find((e) => e.location === location)?.office ?? ''
  return d.items.map((declared) => {
    const { item, result } = truthOf(c, d, declared)
    const preference = item.taxes?.[0]?.preference
    return {
      'Declaration ID': d.lrn!,
      Item: String(item.itemNumber),
      Date: date,
      'Office ID': office,
      'Process Type': d.additionalType ?? '',
      'Import Type': d.declarationType ?? '',
      'Payment Type': item.taxes?.[0]?.method ?? '',
      'Mode of Transport': d.borderTransport?.mode ?? '',
      'Declarant ID': d.declarant?.id ?? '',
      'Importer ID': d.importer?.id ?? '',
      'Seller ID': d.exporter?.id ?? d.exporter?.name ?? '',
      'HS6 Code': item.hsCode!.slice(0, 6),
      'Country of Departure': d.dispatchCountry ?? '',
      'Country of Origin': item.origin ?? '',
      'Tax Rate': preference === undefined ? '' : (rateOf(item.hsCode!, item.origin ?? '', preference) ?? ''),
      'Tax Type': preference ?? '',
      'Net Mass': String(Number(item.netMassKg)),
      'Item Price': String(Number(item.itemPrice!.amount)),
      Result: result,
    }
  })
}

/** Goods, origins and preferences of the demo's imports, each once: what a rate is wanted of. */
export const rateKeysOf = (rows: readonly DeclarationDocument[]): { hsCode: string; origin: string; preference: string }[] => {
  const keys = rows.flatMap((d) =>
    d.items.flatMap((i) => (i.taxes?.[0]?.preference ? [{ hsCode: i.hsCode!, origin: i.origin!, preference: i.taxes[0].preference }] : [])),
  )
  return [...new Map(keys.map((k) => [`${k.hsCode} ${k.origin} ${k.preference}`, k])).values()]
}

export type PastTrade = { documents: DeclarationDocument[]; /** the file, once the rates are known */ csv: (rateOf: RateOf) => string }

/** The same seed, day and firms give the same file. `until`: the ISO day before which all of it lies. */
export const inventPastTrade = (seed: number, declarations: number, lodgers: readonly Lodger[], until: string): PastTrade => {
  const c = chance(seed)
  const documents = Array.from({ length: declarations }, (_, n) => inventDeclaration(c, c.pick(lodgers), `P${String(n + 1).padStart(6, '0')}`))
  const end = Date.parse(`${until}T00:00:00Z`)
  const dateOf = (n: number): string => new Date(end - dayMs * (1 + Math.floor(spanDays * (1 - (n + 1) / declarations)))).toISOString().slice(0, 10)
  const csv = (rateOf: RateOf): string => {
    const truth = chance(seed + 1)
    return toCsv(
      documents.flatMap((d, n) => rowsOf(truth, d, dateOf(n), rateOf)),
      pastColumns,
    )
  }
  return { documents, csv }
}
