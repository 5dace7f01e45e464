/** Records and ten criteria for `bench criteria`, in the words of each engine. The records are the published ones where they lie beside the repository, else made up. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NestedCondition, TopLevelCondition } from 'json-rules-engine'
import { seeded } from '../src/kernel/random.ts'
import { numberOf, parseTable } from '../src/modules/risk/learning/table.ts'

export type Row = {
  hs: string
  origin: string
  departure: string
  price: number
  mass: number
  rate: number
  office: string
  taxType: string
  importType: string
  importer: string
  declarant: string
}

const folder = join(import.meta.dirname, '../../shared/data/declarations')

const published = (): Row[] =>
  ['train.csv', 'valid.csv'].flatMap((file) => {
    const table = parseTable(readFileSync(join(folder, file), 'utf8'))
    if (!table.ok) throw new Error(`${file}: ${JSON.stringify(table.issues)}`)
    const column = (name: string): string[] => table.value.columns.get(name)!
    const [hs, origin, departure, office] = ['HS6 Code', 'Country of Origin', 'Country of Departure', 'Office ID'].map(column)
    const [taxType, importType, importer, declarant] = ['Tax Type', 'Import Type', 'Importer ID', 'Declarant ID'].map(column)
    const [price, mass, rate] = ['Item Price', 'Net Mass', 'Tax Rate'].map(column)
    return Array.from({ length: table.value.rows }, (_, r) => ({
      hs: hs![r]!,
      origin: origin![r]!,
      departure: departure![r]!,
      price: numberOf(price![r]!),
      mass: numberOf(mass![r]!),
      rate: numberOf(rate![r]!),
      office: office![r]!,
      taxType: taxType![r]!,
      importType: importType![r]!,
      importer: importer![r]!,
      declarant: declarant![r]!,
    }))
  })

/** Prices end in five cents, so that no unit price lies on a criterion's edge, where binary noise would decide. */
const madeUp = (count: number): Row[] => {
  const random = seeded(1, 'bench criteria')
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]!
  const countries = ['CN', 'CN', 'CN', 'US', 'DE', 'JP', 'VN', 'KR', 'IT', 'MM', 'KH']
  const known = ['708A72F', '1ZNY80M', 'PCW8KX7']
  return Array.from({ length: count }, () => ({
    hs: pick(['392690', '071080', `${100_000 + random.below(800_000)}`, `${100_000 + random.below(800_000)}`]),
    origin: pick(countries),
    departure: pick(countries),
    price: Math.floor(Math.exp(random.next() * 20)) + 0.05,
    mass: Math.floor(Math.exp(random.next() * 13)),
    rate: pick([0, 0, 3, 6.5, 8, 13]),
    office: pick(['20', '30', '40', '16', '130']),
    taxType: pick(['A', 'C', 'FCN1', 'FEU1']),
    importType: pick(['11', '11', '11', '15', '94']),
    importer: random.next() < 0.01 ? pick(known) : `F${random.below(9000)}`,
    declarant: pick(['DWNJQL8', `D${random.below(900)}`, `D${random.below(900)}`]),
  }))
}

/** `count` records, the published ones over and over. */
export const records = (count: number): { rows: Row[]; from: string } => {
  if (!existsSync(join(folder, 'train.csv'))) return { rows: madeUp(count), from: 'made up' }
  const some = published()
  return { rows: Array.from({ length: count }, (_, i) => some[i % some.length]!), from: 'published' }
}

const unit = (r: Row): number => r.price / (r.mass + 0.1)

/** The ten criteria as an expert would write them by hand. */
export const closures: ((r: Row) => boolean)[] = [
  (r) => r.hs === '392690' && r.origin === 'CN',
  (r) => unit(r) < 1 && r.rate > 6,
  (r) => (r.origin === 'VN' || r.origin === 'MM' || r.origin === 'KH') && r.departure === 'CN',
  (r) => r.price > 1e8,
  (r) => r.mass > 1e5 && r.office === '20',
  (r) => r.taxType === 'FCN1' && r.departure !== 'CN',
  (r) => r.importType === '15' && r.price < 150_000,
  (r) => r.importer === '708A72F' || r.importer === '1ZNY80M' || r.importer === 'PCW8KX7',
  (r) => r.declarant === 'DWNJQL8' && r.rate === 0,
  (r) => r.origin !== 'KR' && r.hs === '071080' && unit(r) < 10,
]

export const profiles: string[] = [
  'hs = "392690" and origin = "CN"',
  'value / (mass + 0.1 kg) < 1 and rate > 6',
  'origin in ("VN", "MM", "KH") and departure = "CN"',
  'value > 100000000',
  'mass > 100000 and office = "20"',
  'taxType = "FCN1" and departure != "CN"',
  'importType = "15" and value < 150000',
  'importer in ("708A72F", "1ZNY80M", "PCW8KX7")',
  'declarant = "DWNJQL8" and rate = 0',
  'origin != "KR" and hs = "071080" and value / (mass + 0.1 kg) < 10',
]

/** Expressions of zen-engine. */
export const zenExpressions: string[] = [
  "hs == '392690' and origin == 'CN'",
  'price / (mass + 0.1) < 1 and rate > 6',
  "origin in ['VN', 'MM', 'KH'] and departure == 'CN'",
  'price > 100000000',
  "mass > 100000 and office == '20'",
  "taxType == 'FCN1' and departure != 'CN'",
  "importType == '15' and price < 150000",
  "importer in ['708A72F', '1ZNY80M', 'PCW8KX7']",
  "declarant == 'DWNJQL8' and rate == 0",
  "origin != 'KR' and hs == '071080' and price / (mass + 0.1) < 10",
]

const is = (fact: keyof Row | 'unit', operator: string, value: unknown): NestedCondition => ({ fact, operator, value })

/** Conditions of json-rules-engine; it cannot divide, so it gets the unit price as a fact of the record. */
export const jsonRules: TopLevelCondition[] = [
  { all: [is('hs', 'equal', '392690'), is('origin', 'equal', 'CN')] },
  { all: [is('unit', 'lessThan', 1), is('rate', 'greaterThan', 6)] },
  { all: [is('origin', 'in', ['VN', 'MM', 'KH']), is('departure', 'equal', 'CN')] },
  { all: [is('price', 'greaterThan', 1e8)] },
  { all: [is('mass', 'greaterThan', 1e5), is('office', 'equal', '20')] },
  { all: [is('taxType', 'equal', 'FCN1'), is('departure', 'notEqual', 'CN')] },
  { all: [is('importType', 'equal', '15'), is('price', 'lessThan', 150_000)] },
  { all: [is('importer', 'in', ['708A72F', '1ZNY80M', 'PCW8KX7'])] },
  { all: [is('declarant', 'equal', 'DWNJQL8'), is('rate', 'equal', 0)] },
  { all: [is('origin', 'notEqual', 'KR'), is('hs', 'equal', '071080'), is('unit', 'lessThan', 10)] },
]
