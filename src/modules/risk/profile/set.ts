/**
 * Many profiles, asked together. A profile that needs a field to equal something, or a code to begin with something, waits in a table under
 * that value and is asked only when a subject brings it, so thousands of such profiles cost little more than those that can apply.
 */
import type { Node, ProfileTree } from './ast.ts'
import type { Currency } from './check.ts'
import { condition, createWindows, infoOf, type WindowNeed } from './compile.ts'
import { noFigures, none, type Subject, type Test, type Value } from './closures.ts'
import type { FieldInfo } from './fields.ts'

/** What a condition needs of one field: to equal or to begin with one of these. */
type Need = { field: FieldInfo; kind: 'equal' | 'prefix'; values: string[] }

/** Tables pay from so many profiles on a field; below, asking each is quicker than looking. */
const leastForTable = 8

const needOf = (node: Node): Need | undefined => {
  if (node.kind === 'compare' && node.operator === '=') {
    const [field, literal] = node.left.kind === 'field' ? [node.left, node.right] : [node.right, node.left]
    if (field.kind === 'field' && literal.kind === 'literal' && literal.type === 'text')
      return { field: infoOf(field), kind: 'equal', values: [String(literal.value)] }
  }
  if ((node.kind === 'in' || node.kind === 'under') && node.of.kind === 'field' && infoOf(node.of).type === 'text')
    return { field: infoOf(node.of), kind: node.kind === 'in' ? 'equal' : 'prefix', values: node.list.map((l) => String(l.value)) }
  return undefined
}

/** The needs of a condition's certain parts, through `and` and through `any item`. */
const needsOf = (node: Node): Need[] => {
  if (node.kind === 'and') return node.of.flatMap(needsOf)
  if (node.kind === 'items' && node.quantifier === 'any') return needsOf(node.of)
  const own = needOf(node)
  return own ? [own] : []
}

/** Few and long values select best. */
const sharpest = (needs: readonly Need[]): Need | undefined => {
  const rank = (n: Need): number => n.values.reduce((t, v) => t + 100 ** -Math.min(8, v.length), 0)
  return needs.toSorted((a, b) => rank(a) - rank(b))[0]
}

type Shelf = { field: FieldInfo; equal: Map<Value, number[]>; prefixes: { length: number; map: Map<string, number[]> }[] }

const put = <K>(map: Map<K, number[]>, key: K, profile: number): void => {
  const list = map.get(key)
  if (list) list.push(profile)
  else map.set(key, [profile])
}

const shelve = (shelf: Shelf, { kind, values }: Need, profile: number): void => {
  for (const value of new Set(values)) {
    if (kind === 'equal') put(shelf.equal, value, profile)
    else {
      let entry = shelf.prefixes.find((p) => p.length === value.length)
      if (!entry) shelf.prefixes.push((entry = { length: value.length, map: new Map() }))
      put(entry.map, value, profile)
    }
  }
}

const build = (needs: readonly (Need | undefined)[]): { shelves: Shelf[]; open: number[] } => {
  const byField = Map.groupBy(
    needs.flatMap((need, profile) => (need ? [{ need, profile }] : [])),
    ({ need }) => need.field,
  )
  const shelves: Shelf[] = []
  const shelved = new Set<number>()
  for (const [field, list] of byField) {
    if (list.length < leastForTable) continue
    const shelf: Shelf = { field, equal: new Map(), prefixes: [] }
    for (const { need, profile } of list) {
      shelve(shelf, need, profile)
      shelved.add(profile)
    }
    shelves.push(shelf)
  }
  return { shelves, open: needs.flatMap((_, p) => (shelved.has(p) ? [] : [p])) }
}

export type ProfileSet = {
  windows: WindowNeed[]
  /** numbers of the profiles that fire, ascending */
  hits: (subject: Subject) => number[]
}

const ascending = (a: number, b: number): number => a - b

/** `whens` are checked conditions. The answer is that of asking each by itself. */
export const compileSet = (trees: readonly Pick<ProfileTree, 'when'>[], currency: Currency): ProfileSet => {
  const windows = createWindows()
  const tests: Test[] = trees.map((t) => condition({ currency, window: windows.place }, t.when).yes)
  const { shelves, open } = build(trees.map((t) => sharpest(needsOf(t.when))))
  const openTests = open.map((p) => tests[p]!)
  const asked = new Uint32Array(trees.length)
  let round = 0
  const look = (s: Subject, list: readonly number[] | undefined, found: number[]): void => {
    if (!list) return
    for (const p of list) {
      if (asked[p] === round) continue
      asked[p] = round
      if (tests[p]!(s.declaration, none, s.windows?.[0] ?? noFigures, s)) found.push(p)
    }
  }
  const lookUp = (s: Subject, shelf: Shelf, value: Value, found: number[]): void => {
    if (value === undefined) return
    look(s, shelf.equal.get(value), found)
    for (const { length, map } of shelf.prefixes) look(s, map.get((value as string).slice(0, length)), found)
  }
  const hits = (s: Subject): number[] => {
    round = (round + 1) >>> 0
    const found: number[] = []
    const figures = s.windows?.[0] ?? noFigures
    for (let k = 0; k < openTests.length; k++) if (openTests[k]!(s.declaration, none, figures, s)) found.push(open[k]!)
    if (shelves.length === 0) return found
    for (const shelf of shelves) {
      if (shelf.field.scope === 'declaration') lookUp(s, shelf, s.declaration[shelf.field.place], found)
      else for (const item of s.items) lookUp(s, shelf, item[shelf.field.place], found)
    }
    return found.sort(ascending)
  }
  return { windows: windows.needs, hits }
}
