/**
 * The closures that conditions are made of. Every condition has two: "is it certainly true" and "is it certainly false"; unknown is neither
 * (Kleene's logic). A number that is unknown is NaN, which no comparison holds for; a text, boolean or list that is unknown is undefined.
 */
import type { Comparison } from './ast.ts'
import type { FieldInfo } from './fields.ts'

/** One value of a subject. Money is a whole number of minor units, mass kg, dates days since 1970-01-01; undefined is missing. */
export type Value = string | number | boolean | readonly string[] | undefined
/** Values by their field's place, for the declaration and for each item, then the windows' figures (facts that were gathered before). */
export type Subject = { declaration: readonly Value[]; items: readonly (readonly Value[])[]; windows?: readonly (readonly number[])[] }

export type Values = readonly Value[]
/** `w` are the figures of the windows for this item. */
export type Test = (d: Values, i: Values, w: readonly number[], s: Subject) => boolean
export type Numeric = (d: Values, i: Values, w: readonly number[], s: Subject) => number
export type Any = (d: Values, i: Values, w: readonly number[], s: Subject) => Value
/** `cost`: by which the cheap parts of a condition are asked first; how much it may cost at worst is said by cost.ts. */
export type Pair = { yes: Test; no: Test; cost: number }

export const none: Values = []
export const noFigures: readonly number[] = []
export const always: Test = () => true
export const never: Test = () => false

export const figure = (s: Subject, item: number): readonly number[] => s.windows?.[item] ?? noFigures

export const opposite: Record<Comparison, Comparison> = { '=': '!=', '!=': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' }
export const mirrored: Record<Comparison, Comparison> = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** A field against a number that is known now: the most frequent leaf, without a call for either side. */
export const leaf = ({ scope, place: p }: FieldInfo, operator: Comparison, b: number): Test => {
  const at = (d: Values, i: Values): number => +((scope === 'item' ? i : d)[p] as number)
  if (scope === 'item') {
    if (operator === '<') return (_, i) => (i[p] as number) < b
    if (operator === '<=') return (_, i) => (i[p] as number) <= b
    if (operator === '>') return (_, i) => (i[p] as number) > b
    if (operator === '>=') return (_, i) => (i[p] as number) >= b
  }
  return compared(operator, at, () => b)
}

/**
 * Equal but for the noise of binary arithmetic (a part in 10¹²): 1.1 / (1 + 0.1) is 1, and so is not below 1. Declared amounts that are not
 * computed with are whole numbers and compare exactly all the same.
 */
const near = (x: number, y: number): boolean => x === y || Math.abs(x - y) <= 1e-12 * Math.max(Math.abs(x), Math.abs(y))

const numbersCompared: Record<Comparison, (x: number, y: number) => boolean> = {
  '=': near,
  '!=': (x, y) => !Number.isNaN(x) && !Number.isNaN(y) && !near(x, y),
  '<': (x, y) => x < y && !near(x, y),
  '<=': (x, y) => x <= y || near(x, y),
  '>': (x, y) => x > y && !near(x, y),
  '>=': (x, y) => x >= y || near(x, y),
}

export const compared = (operator: Comparison, a: Numeric, b: Numeric): Test => {
  const test = numbersCompared[operator]
  return (d, i, w, s) => test(a(d, i, w, s), b(d, i, w, s))
}

export const equalToConstant = ({ scope, place: p }: FieldInfo, value: Value): { same: Test; other: Test } => {
  if (scope === 'item') return { same: (_, i) => i[p] === value, other: (_, i) => i[p] !== undefined && i[p] !== value }
  return { same: (d) => d[p] === value, other: (d) => d[p] !== undefined && d[p] !== value }
}

/** A test of a text that is known; `yes` and `no` share it. */
export const textual = (given: Any, cost: number, test: (text: string) => boolean): Pair => {
  const read = given as (...all: Parameters<Any>) => string | undefined
  return {
    yes: (d, i, w, s) => {
      const v = read(d, i, w, s)
      return v !== undefined && test(v)
    },
    no: (d, i, w, s) => {
      const v = read(d, i, w, s)
      return v !== undefined && !test(v)
    },
    cost,
  }
}

/** All of them, in the order given: a flat closure for two and three, a loop beyond. */
export const every = (tests: readonly Test[]): Test => {
  const [a, b, x] = tests as [Test, Test, Test]
  if (tests.length === 1) return a
  if (tests.length === 2) return (d, i, w, s) => a(d, i, w, s) && b(d, i, w, s)
  if (tests.length === 3) return (d, i, w, s) => a(d, i, w, s) && b(d, i, w, s) && x(d, i, w, s)
  return (d, i, w, s) => {
    for (const test of tests) if (!test(d, i, w, s)) return false
    return true
  }
}

export const some = (tests: readonly Test[]): Test => {
  const [a, b] = tests as [Test, Test]
  if (tests.length === 1) return a
  if (tests.length === 2) return (d, i, w, s) => a(d, i, w, s) || b(d, i, w, s)
  return (d, i, w, s) => {
    for (const test of tests) if (test(d, i, w, s)) return true
    return false
  }
}

export const anyItem =
  (test: Test): Test =>
  (d, _, __, s) => {
    const { items } = s
    for (let n = 0; n < items.length; n++) if (test(d, items[n]!, figure(s, n), s)) return true
    return false
  }

export const allItems =
  (test: Test): Test =>
  (d, _, __, s) => {
    for (let n = 0; n < s.items.length; n++) if (!test(d, s.items[n]!, figure(s, n), s)) return false
    return true
  }

export const exists = ({ scope, place }: FieldInfo): Pair => {
  const there: Test = scope === 'declaration' ? (d) => d[place] !== undefined : (_, i) => i[place] !== undefined
  return { yes: there, no: (d, i, w, s) => !there(d, i, w, s), cost: 1 }
}
