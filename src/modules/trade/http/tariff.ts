/** Routes to look at the tariff: the tree, a code with all its measures and why, groups of countries, described codes, what was known when. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { validOn } from '#kernel/time.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { showCommodity } from '../explain.ts'
import { printExpression } from '../expression.ts'
import {
  AreaView,
  keyOf,
  measureSeries,
  measureTypes,
  RecordHistory,
  ShownCommodity,
  ShowParams,
  ShowQuery,
  Term,
  TermQuery,
  TreeNode,
  TreeQuery,
  type Commodity,
} from '../schema.ts'
import type { Tariff } from '../snapshot.ts'
import { loadTariff } from '../store/load.ts'
import { measureHistory } from '../store/history.ts'
import { type Asked, type Meant } from './meant.ts'

const tag = 'tariff'
type On = { administration: string; date: string; language?: string }

const found = <T extends Parameters<typeof Type.Array>[0]>(row: T) =>
  Type.Object({ rows: Type.Array(row), total: Type.Integer() }, { additionalProperties: false })
const list = <T>(rows: T[]): { rows: T[]; total: number } => ({ rows, total: rows.length })

const nodeOf = (tariff: Tariff, c: Commodity, on: On, sitting: ReadonlyMap<string, unknown[]>): TreeNode => {
  const measures = tariff.measuresOf({ administration: on.administration, hsCode: c.code, date: on.date })
  const duty = measures.find((m) => m.preferences?.includes('100') && m.expression)?.expression
  const unit = measures.find((m) => m.supplementaryUnit)?.supplementaryUnit
  return {
    key: keyOf(c),
    code: c.code,
    ...(c.suffix && c.suffix !== '80' && { suffix: c.suffix }),
    name: c.names[on.language ?? 'en'] ?? c.names['en'] ?? '',
    declarable: c.declarable,
    children: tariff.children(on.administration, keyOf(c), on.date).length,
    measures: sitting.get(`${on.administration}/${c.code}`)?.length ?? 0,
    ...(duty && { duty: printExpression(duty) }),
    ...(unit && { supplementaryUnit: unit }),
  }
}

/** How many measures sit on each code: grouped once for a snapshot. */
const sittingOn = (() => {
  const known = new WeakMap<Tariff, ReadonlyMap<string, unknown[]>>()
  return (tariff: Tariff): ReadonlyMap<string, unknown[]> => {
    const before = known.get(tariff)
    if (before) return before
    const grouped = Map.groupBy(tariff.rows.measures, (m) => `${m.administration}/${m.commodity}`)
    known.set(tariff, grouped)
    return grouped
  }
})()

const nameOf = (names: Record<string, string>, language = 'en'): string => names[language] ?? names['en'] ?? ''

export const tariffRoutes = (deps: Deps, current: () => Promise<Tariff>, meant: Meant): Route[] => {
  const asKnown = (knownAt: string | undefined): Promise<Tariff> => (knownAt ? loadTariff(deps.sql, { knownAt }) : current())
  const on = async (q: Asked & { language?: string }, now: string): Promise<On> => ({
    ...(await meant(q, now)),
    ...(q.language && { language: q.language }),
  })
  return [
    route({
      method: 'GET',
      path: '/api/trade/tree',
      permission: 'public',
      summary: 'The nomenclature: lines directly below a line, or the chapters',
      tag,
      query: TreeQuery,
      out: found(TreeNode),
      handler: async ({ query, now }) => {
        const tariff = await asKnown(query.knownAt)
        const at = await on(query, now)
        return list(tariff.children(at.administration, query.key, at.date).map((c) => nodeOf(tariff, c, at, sittingOn(tariff))))
      },
    }),
    route({
      method: 'GET',
      path: '/api/trade/tariff/:code',
      permission: 'public',
      summary: 'One code: all measures for an origin and a date with the reasons why they apply, and those that do not with the reasons why not',
      tag,
      params: ShowParams,
      query: ShowQuery,
      out: ShownCommodity,
      handler: async ({ params, query, now }) => {
        const { codes, origin, knownAt } = query
        const shown = showCommodity(await asKnown(knownAt), {
          ...(await on(query, now)),
          code: params.code,
          ...(origin && { origin }),
          ...(codes && { additionalCodes: codes.split(',') }),
        })
        return shown ? accept(shown) : refuse(error('trade.commodity_unknown', '/code', { code: params.code }))
      },
    }),
    route({
      method: 'GET',
      path: '/api/trade/measure-types',
      permission: 'public',
      summary: 'Types and series of measures',
      tag,
      out: Type.Object({ series: Type.Record(Type.String(), Type.Unknown()), types: Type.Record(Type.String(), Type.Unknown()) }),
      handler: async () => ({ series: measureSeries, types: measureTypes }),
    }),
    route({
      method: 'GET',
      path: '/api/trade/areas',
      permission: 'public',
      summary: 'Groups of countries with their members as of a date',
      tag,
      query: Type.Object({ date: ShowQuery.properties.date, language: ShowQuery.properties.language }, { additionalProperties: false }),
      out: found(AreaView),
      handler: async ({ query, now }) => {
        const { date } = await meant(query, now)
        return list((await current()).rows.areas.filter((a) => validOn(a, date)).map((a) => ({ ...a, name: nameOf(a.names, query.language) })))
      },
    }),
    route({
      method: 'GET',
      path: '/api/trade/terms',
      permission: 'public',
      summary: 'Certificates, footnotes or additional codes, by code or by words',
      tag,
      query: TermQuery,
      out: found(Term),
      handler: async ({ query, now }) => {
        const at = await on(query, now)
        const words = (query.q ?? '').toLowerCase()
        const rows = ((await current()).rows.terms ?? []).filter(
          (t) =>
            t.administration === at.administration &&
            t.kind === query.kind &&
            validOn(t, at.date) &&
            `${t.code} ${nameOf(t.names, query.language)}`.toLowerCase().includes(words),
        )
        return { rows: rows.slice(0, query.limit ?? 100), total: rows.length }
      },
    }),
    route({
      method: 'GET',
      path: '/api/trade/measures/history',
      permission: 'trade:tariff:read',
      summary: 'What was known of a measure, and from when to when',
      tag,
      query: Type.Object({ id: Type.String({ minLength: 1, maxLength: 40 }) }, { additionalProperties: false }),
      out: RecordHistory,
      handler: async ({ query }) => {
        const records = await measureHistory(deps.sql, query.id)
        return records.length > 0 ? accept({ key: query.id, records }) : refuse(error('trade.change_record_unknown', '/id', { key: query.id }))
      },
    }),
  ]
}
