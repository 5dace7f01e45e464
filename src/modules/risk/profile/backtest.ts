/** What profiles would have selected in the past, and what was found there. A row that nobody examined is unknown, not clean. */
import { wilson } from '../learning/metrics.ts'
import type { Node, ProfileTree } from './ast.ts'
import { childrenOf } from './ast.ts'
import type { Currency } from './check.ts'
import type { Subject, Value } from './closures.ts'
import { fieldNamed } from './fields.ts'
import { createHistory } from './history.ts'
import { compileSet } from './set.ts'

/** `finding` of a subject: found, not found, or not examined (undefined). Subjects in any order; they are taken by date. */
export type Past = { subjects: readonly Subject[]; findings: readonly (boolean | undefined)[] }

export type Rate = { n: number; found: number; rate: number | null; interval95: [number, number] | null }

export type Backtest = {
  rows: number
  hits: number
  share: number
  /** examined hits */
  hitRate: Rate
  /** all examined rows: what chance would have found */
  base: Rate
  lift: number | null
  /** hits that no other of the profiles tested together has */
  marginal: { hits: number; hitRate: Rate }
  evidence: 'sufficient' | 'insufficient'
  workload: { office: string; hits: number; weeks: number; perWeekMean: number; perWeekP95: number }[]
  top: { importers: [string, number][]; origins: [string, number][] }
}

const leastExamined = 30

const rateOf = (rows: readonly number[], findings: Past['findings']): Rate => {
  const examined = rows.filter((r) => findings[r] !== undefined)
  const found = examined.filter((r) => findings[r]).length
  const n = examined.length
  return { n, found, rate: n === 0 ? null : found / n, interval95: n === 0 ? null : wilson(found, n) }
}

const valueOf = (s: Subject, name: string): Value => {
  const { scope, place } = fieldNamed(name)!
  return scope === 'declaration' ? s.declaration[place] : s.items[0]?.[place]
}

const top = (subjects: readonly Subject[], rows: readonly number[], name: string): [string, number][] => {
  const counts = new Map<string, number>()
  for (const r of rows) {
    const value = valueOf(subjects[r]!, name)
    if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 5)
}

/** Week since Monday 1969-12-29. */
const weekOf = (s: Subject): number => Math.floor(((valueOf(s, 'declaration.date') as number | undefined) ?? 0) / 7 + 3 / 7)

/** The mean and the 95th percentile of hits a week, over all weeks of the data, empty ones too. */
const workloadOf = ({ subjects }: Past, rows: readonly number[]): Backtest['workload'] => {
  const all = subjects.map(weekOf)
  const [first, last] = all.reduce(([a, b], w) => [Math.min(a, w), Math.max(b, w)], [Infinity, -Infinity])
  const weeks = subjects.length === 0 ? 0 : last - first + 1
  const byOffice = Map.groupBy(rows, (r) => String(valueOf(subjects[r]!, 'declaration.office') ?? ''))
  return [...byOffice]
    .map(([office, list]) => {
      const counts = Array.from({ length: weeks }, () => 0)
      for (const r of list) counts[all[r]! - first]!++
      counts.sort((a, b) => a - b)
      return { office, hits: list.length, weeks, perWeekMean: list.length / weeks, perWeekP95: counts[Math.ceil(0.95 * weeks) - 1]! }
    })
    .toSorted((a, b) => b.hits - a.hits || (a.office < b.office ? -1 : 1))
}

/** Rows that each profile fires for, in order of the rows' dates, with windows as they stood when each was lodged. */
const replay = (trees: readonly ProfileTree[], { subjects, findings }: Past, currency: Currency): number[][] => {
  const set = compileSet(trees, currency)
  const history = createHistory(set.windows, currency)
  const date = (r: number): number => (valueOf(subjects[r]!, 'declaration.date') as number | undefined) ?? -Infinity
  const order = subjects.map((_, r) => r).toSorted((a, b) => (date(a) === date(b) ? a - b : date(a) - date(b)))
  const hits = trees.map((): number[] => [])
  for (const r of order) {
    const subject = subjects[r]!
    const asked = set.windows.length > 0 ? { ...subject, windows: history.figures(subject) } : subject
    for (const p of set.hits(asked)) hits[p]!.push(r)
    if (set.windows.length > 0) history.add(subject, findings[r])
  }
  return hits
}

/** One result a profile, in their order. */
export const backtest = (trees: readonly ProfileTree[], past: Past, currency: Currency): Backtest[] => {
  const hits = replay(trees, past, currency)
  const times = new Uint16Array(past.subjects.length)
  for (const list of hits) for (const r of list) times[r]!++
  const base = rateOf(
    past.subjects.map((_, r) => r),
    past.findings,
  )
  return hits.map((rows) => {
    const hitRate = rateOf(rows, past.findings)
    const alone = rows.filter((r) => times[r] === 1)
    return {
      rows: past.subjects.length,
      hits: rows.length,
      share: past.subjects.length === 0 ? 0 : rows.length / past.subjects.length,
      hitRate,
      base,
      lift: hitRate.rate === null || !base.rate ? null : hitRate.rate / base.rate,
      marginal: { hits: alone.length, hitRate: rateOf(alone, past.findings) },
      evidence: hitRate.n < leastExamined ? 'insufficient' : 'sufficient',
      workload: workloadOf(past, rows),
      top: { importers: top(past.subjects, rows, 'party.importer'), origins: top(past.subjects, rows, 'item.origin') },
    }
  })
}

/** Full names of the fields that a condition reads. */
export const fieldsRead = (node: Node): string[] => {
  const own =
    node.kind === 'field'
      ? [node.name]
      : node.kind === 'exists'
        ? [node.of.name]
        : node.kind === 'window'
          ? [...node.keys, ...(node.of ? [node.of] : [])].map((f) => f.name)
          : []
  return [...new Set([...own.map((n) => fieldNamed(n)?.name ?? n), ...childrenOf(node).flatMap(fieldsRead)])]
}
