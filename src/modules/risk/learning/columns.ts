/**
 * What a column is to the model. Known names (those of the Korean declarations data, and common others) have their role by name; an unknown
 * column gets one from its values. `outcome` is what an examination found: the label and its like, never a feature.
 */
import { warning, type Issue } from '#kernel/issue.ts'
import { areaUnderCurve } from './metrics.ts'
import { numberOf, type Table } from './table.ts'

export const roles = [
  'commodity',
  'origin',
  'departure',
  'rate',
  'regime',
  'category',
  'party',
  'mass',
  'value',
  'number',
  'date',
  'identifier',
  'outcome',
  'ignored',
] as const
export type Role = (typeof roles)[number]
export type Column = { name: string; role: Role }

const known: Record<string, Role> = {
  declarationid: 'identifier',
  date: 'date',
  officeid: 'category',
  processtype: 'category',
  importtype: 'category',
  importuse: 'category',
  paymenttype: 'category',
  modeoftransport: 'category',
  countryoforiginindicator: 'category',
  declarantid: 'party',
  importerid: 'party',
  exporterid: 'party',
  sellerid: 'party',
  courierid: 'party',
  hs6code: 'commodity',
  hscode: 'commodity',
  commoditycode: 'commodity',
  countryofdeparture: 'departure',
  countryoforigin: 'origin',
  taxrate: 'rate',
  taxtype: 'regime',
  netmass: 'mass',
  netmasskg: 'mass',
  itemprice: 'value',
  customsvalue: 'value',
  fraud: 'outcome',
  criticalfraud: 'outcome',
}

/** Only one column can be each of these; a second one becomes a category or number. */
const single: readonly Role[] = ['commodity', 'origin', 'departure', 'rate', 'regime', 'mass', 'value', 'date']

const roleByName = (name: string): Role | undefined => {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  return Object.hasOwn(known, plain) ? known[plain] : undefined
}

const isoDate = /^\d{4}-\d{2}-\d{2}([T ].*)?$/

/** Role from values: dates, numbers of many values, one value a row (an identifier), else a category. */
const roleByValues = (cells: readonly string[]): Role => {
  const given = cells.filter((c) => c !== '')
  const distinct = new Set(given).size
  if (given.length === 0 || distinct === 1) return 'ignored'
  const share = (test: (c: string) => boolean): number => given.filter(test).length / given.length
  if (share((c) => isoDate.test(c)) > 0.95) return 'date'
  const unique = given.length >= 100 && distinct > 0.95 * given.length
  if (share((c) => !Number.isNaN(numberOf(c))) > 0.95) {
    if (unique && given.every((c) => /^\d+$/.test(c))) return 'identifier'
    return distinct > 20 && given.every((c) => !/^0\d/.test(c)) ? 'number' : 'category'
  }
  return unique ? 'identifier' : 'category'
}

/** A column of unknown name that all but tells the label is taken for another outcome: it is known only after the examination. */
const tellsLabel = (cells: readonly string[], role: Role, label: Uint8Array): boolean => {
  let scores: Float64Array
  if (role === 'number') scores = Float64Array.from(cells, (c) => (Number.isNaN(numberOf(c)) ? -1e300 : numberOf(c)))
  else {
    const sums = new Map<string, { n: number; found: number }>()
    cells.forEach((c, r) => {
      const s = sums.get(c) ?? { n: 0, found: 0 }
      sums.set(c, { n: s.n + 1, found: s.found + label[r]! })
    })
    if (sums.size > 50) return false
    scores = Float64Array.from(cells, (c) => sums.get(c)!.found / sums.get(c)!.n)
  }
  const area = areaUnderCurve(scores, label)
  return area > 0.99 || area < 0.01
}

/** Roles of all columns for this label, with a remark for each column that was taken for an outcome. `given` roles win. */
export const planColumns = (
  table: Table,
  labelName: string,
  label: Uint8Array,
  given: Readonly<Record<string, Role>> = {},
): { columns: Column[]; issues: Issue[] } => {
  const issues: Issue[] = []
  const taken = new Set<Role>()
  const columns = table.names.map((name): Column => {
    if (name === labelName) return { name, role: 'outcome' }
    const cells = table.columns.get(name)!
    const told = Object.hasOwn(given, name) ? given[name] : roleByName(name)
    let role = told ?? roleByValues(cells)
    if (!told && (role === 'category' || role === 'number') && tellsLabel(cells, role, label)) {
      issues.push(warning('risk.column_tells_label', '', { column: name, label: labelName }))
      role = 'outcome'
    }
    if (single.includes(role) && taken.has(role))
      role = ['mass', 'value', 'rate'].includes(role) ? 'number' : role === 'date' ? 'ignored' : 'category'
    taken.add(role)
    return { name, role }
  })
  return { columns, issues }
}
