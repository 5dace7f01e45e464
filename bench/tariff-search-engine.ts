/** One engine in a process of its own, so that its memory is its own: `node tariff-search-engine.ts finder|minisearch`, queries on stdin. */
import { readFileSync } from 'node:fs'
import MiniSearch from 'minisearch'
import { stemmer } from 'stemmer'
import { readTexts } from '../src/modules/trade/search/read.ts'
import { finder, prepareFinder } from '../src/modules/trade/search/index.ts'

export type EngineQuery = { query: string; long: boolean }
export type EngineReport = { buildMs: number; peakMb: number; perSecond: number; p50Ms: number; p95Ms: number; answers: string[][] }

type Search = (query: EngineQuery, limit: number) => string[]

const ours = (): Search => {
  const { find } = finder()
  return ({ query, long }, limit) => find(query, { limit, long }).results.map((r) => r.code)
}

/** A plain MiniSearch over the same texts, with the weights of the tariff specification §7. */
const minisearch = (): Search => {
  const { entries } = readTexts()
  const of = (code: string): string => entries.find((e) => e.code === code)?.description ?? ''
  const headings = new Map(entries.filter((e) => e.code.length === 4).map((e) => [e.code, e]))
  const chapters = new Map(entries.filter((e) => e.code.length === 2).map((e) => [e.code, of(e.code)]))
  const index = new MiniSearch({
    fields: ['own', 'heading', 'chapter', 'synonyms'],
    processTerm: (term) => stemmer(term.toLowerCase()),
    searchOptions: { boost: { own: 1, heading: 0.6, chapter: 0.2, synonyms: 1.2 }, bm25: { k: 1.2, b: 0.4, d: 0.5 } },
  })
  index.addAll(
    entries
      .filter((e) => e.code.length >= 4)
      .map((e, id) => {
        const heading = headings.get(e.code.slice(0, 4))
        return {
          id: `${e.code}/${id}`,
          own: e.description,
          heading: heading?.description ?? '',
          chapter: chapters.get(e.code.slice(0, 2)) ?? '',
          synonyms: [...e.keywords, ...(heading === e ? [] : (heading?.keywords ?? []))].join(' '),
        }
      }),
  )
  return ({ query }, limit) => {
    const found = new Map<string, string>()
    for (const { id } of index.search(query)) {
      const code = String(id).split('/')[0]!.slice(0, 6)
      if (!found.has(code.slice(0, 4))) found.set(code.slice(0, 4), code)
      if (found.size === limit) break
    }
    return [...found.values()]
  }
}

const limit = 60
const rounded = (n: number): number => Math.round(n * 100) / 100

const report = (make: () => Search, queries: readonly EngineQuery[]): EngineReport => {
  const before = process.memoryUsage().rss
  const began = performance.now()
  const search = make()
  const buildMs = performance.now() - began
  for (const query of queries.slice(0, 50)) search(query, 10)
  const times: number[] = []
  const start = performance.now()
  for (const query of queries) {
    const at = performance.now()
    search(query, 10)
    times.push(performance.now() - at)
  }
  const took = performance.now() - start
  const peakMb = (process.resourceUsage().maxRSS * 1024 - before) / 1e6
  times.sort((a, b) => a - b)
  const at = (share: number): number => rounded(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
  return {
    buildMs: Math.round(buildMs),
    peakMb: Math.round(peakMb),
    perSecond: Math.round((queries.length / took) * 1000),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    answers: queries.map((query) => search(query, limit)),
  }
}

const engines: Readonly<Record<string, () => Search>> = { finder: ours, minisearch }
await prepareFinder({ waits: true })
const make = engines[process.argv[2] ?? '']
if (make && import.meta.main) process.stdout.write(JSON.stringify(report(make, JSON.parse(readFileSync(0, 'utf8')) as EngineQuery[])))
