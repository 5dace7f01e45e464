/** Snapshots as the table that models learn from and score: one row a goods item, with the column names that training files use. */
import type { Snapshot } from '../schema/selection.ts'
import type { Table } from './table.ts'

type Cell = string | number | boolean | string[] | undefined
type Read = (declaration: Snapshot['declaration'], item: Snapshot['items'][number]) => Cell

const day = 86_400_000
const isoDay = (value: Cell): Cell => (typeof value === 'number' ? new Date(value * day).toISOString().slice(0, 10) : undefined)
const minorUnits = 100

/** Column → where its value stands. What nobody declares here stays empty, so that a model of other data still reads its rows. */
const columns: readonly [name: string, read: Read][] = [
  ['Date', (d) => isoDay(d['declaration.date'])],
  ['Office ID', (d) => d['declaration.office']],
  ['Process Type', (d) => d['declaration.processType']],
  ['Import Type', (d) => d['declaration.importType']],
  ['Import Use', (d) => d['declaration.importUse']],
  ['Payment Type', (d) => d['declaration.paymentType']],
  ['Mode of Transport', (d) => d['transport.mode']],
  ['Declarant ID', (d) => d['party.declarant']],
  ['Importer ID', (d) => d['party.importer']],
  ['Seller ID', (d) => d['party.seller']],
  ['Courier ID', (d) => d['party.courier']],
  ['HS6 Code', (_, i) => i['item.hs6']],
  ['Country of Departure', (d) => d['declaration.departure']],
  ['Country of Origin', (_, i) => i['item.origin']],
  ['Tax Rate', (_, i) => i['item.rate']],
  ['Tax Type', (_, i) => i['item.taxType']],
  ['Country of Origin Indicator', (_, i) => i['item.originMark']],
  ['Net Mass', (_, i) => i['item.netMass']],
  ['Item Price', (_, i) => (typeof i['item.value'] === 'number' ? i['item.value'] / minorUnits : undefined)],
]

export const liveColumns: readonly string[] = columns.map(([name]) => name)

/** Rows in order of the snapshots and their items; `of` says which snapshot each row is of. `extra` columns are added empty where missing. */
export const tableOf = (snapshots: readonly Snapshot[], extra: readonly string[] = []): { table: Table; of: number[] } => {
  const of = snapshots.flatMap((s, n) => s.items.map(() => n))
  const cells = new Map(columns.map(([name]) => [name, [] as string[]]))
  for (const s of snapshots)
    for (const item of s.items)
      for (const [name, read] of columns) {
        const value = read(s.declaration, item)
        cells.get(name)!.push(value === undefined ? '' : String(value))
      }
  for (const name of extra)
    if (!cells.has(name))
      cells.set(
        name,
        Array.from({ length: of.length }, () => ''),
      )
  return { table: { rows: of.length, names: [...cells.keys()], columns: cells }, of }
}
