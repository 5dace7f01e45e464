/**
 * Keys: the tuples of columns whose past findings become features. For customs columns they follow the code, its origin, route and duty
 * (coarse to fine), the exact declared mass and value (a consignment seen before), the firms and the remaining codes.
 */
import type { Column, Role } from './columns.ts'
import { combine, hashColumn, type Hashes } from './hashing.ts'
import { codeText, numberOf, type Table } from './table.ts'

/** A column, the first characters of its text (`prefix`), its number however it is written (`exact`), or a commodity code with its leading zero (`code`). */
export type Part = { column: string; prefix?: number; exact?: true; code?: true }
/** `coarser` is the number of the key that a thin one leans on. */
export type Key = { parts: Part[]; coarser?: number }

export const partName = (p: Part): string => (p.prefix ? `${p.column} (first ${p.prefix})` : p.column)
export const keyName = (k: Pick<Key, 'parts'>): string => k.parts.map(partName).join(' × ')

type Word = 'c2' | 'c4' | 'c' | 'o' | 'd' | 'r' | 't' | 'm' | 'v'

/** Words of a key, then of the coarser one. A key whose column is absent is left out. */
const customsKeys: [string, string?][] = [
  ['c2'],
  ['c4', 'c2'],
  ['c', 'c4'],
  ['c o', 'c'],
  ['c d', 'c'],
  ['c r', 'c'],
  ['c t', 'c'],
  ['c o d', 'c o'],
  ['c o r t', 'c o'],
  ['c o d r t', 'c o d'],
  ['c4 o d r t', 'c4'],
  ['o d r t'],
  ['o t'],
  ['o d'],
  ['o'],
  ['d'],
  ['t'],
  ['c m', 'c'],
  ['c v', 'c'],
  ['c o d r t m', 'c o d r t'],
  ['c o d r t v', 'c o d r t'],
  ['m'],
  ['v'],
]

const wordsOf = (columns: readonly Column[]): Partial<Record<Word, Part>> => {
  const one = (role: Role): string | undefined => columns.find((c) => c.role === role)?.name
  const words: Partial<Record<Word, Part>> = {}
  const set = (word: Word, role: Role, more: Omit<Part, 'column'> = {}): void => {
    const column = one(role)
    if (column !== undefined) words[word] = { column, ...more }
  }
  set('c2', 'commodity', { prefix: 2, code: true })
  set('c4', 'commodity', { prefix: 4, code: true })
  set('c', 'commodity', { code: true })
  set('o', 'origin')
  set('d', 'departure')
  set('t', 'regime')
  set('r', 'rate', { exact: true })
  set('m', 'mass', { exact: true })
  set('v', 'value', { exact: true })
  return words
}

const same = (a: readonly Part[], b: readonly Part[]): boolean => keyName({ parts: [...a] }) === keyName({ parts: [...b] })

/** All candidate keys for these columns; which of them say anything is found out of fold, later. */
export const candidateKeys = (columns: readonly Column[]): Key[] => {
  const words = wordsOf(columns)
  const keys: Key[] = []
  const add = (parts: Part[], coarser?: Part[]): void => {
    if (keys.some((k) => same(k.parts, parts))) return
    const on = coarser ? keys.findIndex((k) => same(k.parts, coarser)) : -1
    keys.push({ parts, ...(on >= 0 && { coarser: on }) })
  }
  const partsOf = (text: string): Part[] => (text.split(' ') as Word[]).flatMap((w) => words[w] ?? [])
  for (const [text, coarser] of customsKeys) {
    const parts = partsOf(text)
    if (parts.length === text.split(' ').length) add(parts, coarser === undefined ? undefined : partsOf(coarser))
  }
  const named = (role: Role): Part[] => columns.filter((c) => c.role === role).map((c) => ({ column: c.name }))
  const [parties, categories] = [named('party'), named('category')]
  for (const p of [...parties, ...categories]) add([p])
  if (words.c) for (const p of parties) add([p, words.c], [words.c])
  if (words.c4) for (const p of categories) add([p, words.c4], [words.c4])
  for (const p of parties) for (const q of parties) if (p !== q && parties.indexOf(p) < parties.indexOf(q)) add([p, q], [p])
  for (const column of columns) if (column.role === 'number' && !words.c) add([{ column: column.name, exact: true }])
  return keys
}

const exactText = (cell: string): string => {
  const n = numberOf(cell)
  return Number.isNaN(n) ? '' : String(n)
}

const textsOf = ({ prefix, exact, code }: Part, cells: readonly string[]): readonly string[] => {
  if (exact) return cells.map(exactText)
  const texts = code ? cells.map(codeText) : cells
  return prefix ? texts.map((t) => t.slice(0, prefix)) : texts
}

/** Hashes of parts are used by many keys and made once a table. */
export const createHasher = (table: Table): ((key: Pick<Key, 'parts'>) => Hashes) => {
  const made = new Map<string, Hashes>()
  const one = (p: Part): Hashes => {
    const name = `${partName(p)}${p.exact ? ' exact' : ''}`
    const known = made.get(name)
    if (known) return known
    const hashes = hashColumn(textsOf(p, table.columns.get(p.column)!))
    made.set(name, hashes)
    return hashes
  }
  return (key) => combine(key.parts.map(one))
}
