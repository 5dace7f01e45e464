/**
 * Finding codes: queries per second, memory above the process, and where ../shared/cases is there, accuracy by group of the case file with
 * intervals (95 %, resampled by ruling). Yardstick of the same run: a plain MiniSearch over the same texts. Each in a process of its own.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTexts } from '../src/modules/trade/search/read.ts'
import type { EngineQuery, EngineReport } from './tariff-search-engine.ts'

const root = join(import.meta.dirname, '..')
const caseFile = join(root, '../shared/cases/hs-search.json')

type Case = { query: string; chapter: string; heading: string | null; hs6: string | null; kind: string; long: boolean; ref?: string }

const run = (engine: string, queries: readonly EngineQuery[]): EngineReport => {
  const done = spawnSync(process.execPath, [join(import.meta.dirname, 'tariff-search-engine.ts'), engine], {
    input: JSON.stringify(queries),
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`${engine}: ${done.stderr}`)
  return JSON.parse(done.stdout) as EngineReport
}

const groupOf = (c: Case): string => {
  if (c.long) return 'ruling, long'
  if (c.kind === 'uk_search_reference') return 'search reference'
  return c.kind.startsWith('uk_hand') ? 'hand-made' : 'ruling, short'
}

/** What is asked of a ranking, each as: does it count here, and was it met. */
const measures: Readonly<Record<string, (c: Case, codes: readonly string[]) => boolean | undefined>> = {
  'chapter@1': (c, codes) => chaptersOf(codes)[0] === c.chapter,
  'chapter@5': (c, codes) => chaptersOf(codes).slice(0, 5).includes(c.chapter),
  'heading@1': (c, codes) => headingWithin(c, codes, 1),
  'heading@5': (c, codes) => headingWithin(c, codes, 5),
  'heading@10': (c, codes) => headingWithin(c, codes, 10),
  'hs6@1': (c, codes) => (c.hs6 === null ? undefined : codes[0] === c.hs6),
  'hs6@10': (c, codes) => (c.hs6 === null ? undefined : codes.slice(0, 10).includes(c.hs6)),
}
const chaptersOf = (codes: readonly string[]): string[] => [...new Set(codes.map((code) => code.slice(0, 2)))]
const headingWithin = (c: Case, codes: readonly string[], within: number): boolean | undefined =>
  c.heading === null ? undefined : codes.slice(0, within).some((code) => code.slice(0, 4) === c.heading)

/** The same numbers in every run. */
const chance = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

const percent = (share: number): number => Math.round(share * 1000) / 10
const rounds = 1000

/** Share met in percent, with its 95 % interval; rows of one ruling are drawn together. */
const share = (rows: readonly { ref: string; met: boolean }[]): { value: number; from: number; to: number; n: number } => {
  const clusters = [...Map.groupBy(rows, (r) => r.ref).values()].map((list) => ({ n: list.length, met: list.filter((r) => r.met).length }))
  const draw = chance(7)
  const drawn = Array.from({ length: rounds }, () => {
    let [n, met] = [0, 0]
    for (let i = 0; i < clusters.length; i++) {
      const one = clusters[Math.floor(draw() * clusters.length)]!
      ;[n, met] = [n + one.n, met + one.met]
    }
    return met / Math.max(1, n)
  }).sort((a, b) => a - b)
  const met = rows.filter((r) => r.met).length
  return { value: percent(met / Math.max(1, rows.length)), from: percent(drawn[25]!), to: percent(drawn[975]!), n: rows.length }
}

const accuracyOf = (cases: readonly Case[], answers: readonly string[][]) => {
  const all = cases.map((c, i) => ({ c, codes: answers[i]! }))
  const groups = Map.groupBy(all, ({ c }) => groupOf(c))
  groups.set(
    'all short',
    all.filter(({ c }) => !c.long),
  )
  return Object.fromEntries(
    [...groups].map(([group, rows]) => [
      group,
      Object.fromEntries(
        Object.entries(measures).map(([name, meets]) => [
          name,
          share(
            rows.flatMap(({ c, codes }) => {
              const met = meets(c, codes)
              return met === undefined ? [] : [{ ref: c.ref?.replace(/\D/g, '') ?? c.query, met }]
            }),
          ),
        ]),
      ),
    ]),
  )
}

/** Without the case file: every 40th text of our own, which says nothing of accuracy and enough of speed. */
const ownQueries = (): EngineQuery[] =>
  readTexts()
    .entries.flatMap((e) => [e.description, ...e.keywords])
    .filter((_, i) => i % 40 === 0)
    .map((query) => ({ query, long: false }))

/** Runs the benchmark and answers its one object. */
export const bench = async (): Promise<Record<string, unknown>> => {
  const cases = existsSync(caseFile) ? (JSON.parse(readFileSync(caseFile, 'utf8')) as Case[]) : undefined
  if (!cases) process.stderr.write('no ../shared/cases/hs-search.json here: speed and memory only\n')
  const queries = cases?.map(({ query, long }) => ({ query, long })) ?? ownQueries()
  const [{ answers, ...ours }, { answers: theirs, ...yardstick }] = [run('finder', queries), run('minisearch', queries)]
  return {
    bench: 'tariff-search',
    queries: queries.length,
    ...ours,
    ...(cases && { accuracy: accuracyOf(cases, answers) }),
    yardstick: { name: 'plain MiniSearch over the same texts', ...yardstick, ...(cases && { accuracy: accuracyOf(cases, theirs) }) },
    ratio: Math.round((ours.perSecond / yardstick.perSecond) * 100) / 100,
  }
}
