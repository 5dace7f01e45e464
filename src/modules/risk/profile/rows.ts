/** Rows of a table as subjects: columns of known names fill the fields, each row is a declaration of one item. */
import { codeText, numberOf, type Table } from '../learning/table.ts'
import type { Currency } from './check.ts'
import type { Subject, Value } from './closures.ts'
import { fieldCount, fieldNamed, fields, type FieldInfo } from './fields.ts'

/** Column names (letters and figures only, lower case) whose field is called otherwise. */
const byColumn: Record<string, string> = {
  officeid: 'declaration.office',
  countryofdeparture: 'declaration.departure',
  modeoftransport: 'transport.mode',
  declarantid: 'party.declarant',
  importerid: 'party.importer',
  exporterid: 'party.exporter',
  sellerid: 'party.seller',
  courierid: 'party.courier',
  hs6code: 'item.hs',
  hscode: 'item.hs',
  commoditycode: 'item.hs',
  countryoforigin: 'item.origin',
  countryoforiginindicator: 'item.originMark',
  itemprice: 'item.value',
  taxrate: 'item.rate',
}

const fieldOf = (column: string): FieldInfo | undefined => {
  const plain = column.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (Object.hasOwn(byColumn, plain)) return fieldNamed(byColumn[plain]!)
  return fields.find((f) => f.name.replace(/^.*\./, '').toLowerCase() === plain) ?? fields.find((f) => f.name.toLowerCase() === column.toLowerCase())
}

const day = 86_400_000

const reader = ({ type }: FieldInfo, { digits }: Currency): ((cell: string) => Value) => {
  const number = (cell: string, factor: number, whole: boolean): Value => {
    const n = numberOf(cell)
    return Number.isNaN(n) ? undefined : whole ? Math.round(n * factor) : n * factor
  }
  switch (type) {
    case 'money':
      return (cell) => number(cell, 10 ** digits, true)
    case 'number':
    case 'mass':
    case 'duration':
      return (cell) => number(cell, 1, false)
    case 'date':
      return (cell) => {
        const time = Date.parse(`${cell.slice(0, 10)}T00:00:00Z`)
        return Number.isNaN(time) ? undefined : time / day
      }
    case 'boolean':
      return (cell) => (/^(1|true|yes)$/i.test(cell) ? true : /^(0|false|no)$/i.test(cell) ? false : undefined)
    case 'list':
      return (cell) => (cell === '' ? undefined : cell.split(/[ ,;]+/))
    case 'text':
      return (cell) => (cell === '' ? undefined : cell)
  }
}

/** Subjects in the table's order, and the fields that its columns fill. */
export const subjectsOf = (table: Table, currency: Currency): { subjects: Subject[]; filled: string[] } => {
  const empty = (n: number): Value[] => Array.from({ length: n }, () => undefined)
  const subjects = Array.from({ length: table.rows }, (): { declaration: Value[]; items: [Value[]] } => ({
    declaration: empty(fieldCount('declaration')),
    items: [empty(fieldCount('item'))],
  }))
  const filled = new Set<string>()
  const fill = (field: FieldInfo, cells: readonly string[], read: (cell: string) => Value): void => {
    if (filled.has(field.name)) return
    filled.add(field.name)
    subjects.forEach((s, r) => {
      const values = field.scope === 'declaration' ? s.declaration : s.items[0]
      values[field.place] = read(cells[r]!)
    })
  }
  for (const [name, cells] of table.columns) {
    const field = fieldOf(name)
    if (!field) continue
    const read = reader(field, currency)
    fill(field, field.name === 'item.hs' ? cells.map(codeText) : cells, read)
    if (field.name === 'item.hs')
      for (const n of [4, 6]) fill(fieldNamed(`item.hs${n}`)!, cells, (c) => (c === '' ? undefined : codeText(c).slice(0, n)))
    if (field.name === 'item.value') fill(fieldNamed('declaration.totalValue')!, cells, read)
  }
  return { subjects, filled: [...filled] }
}
