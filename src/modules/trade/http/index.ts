/** Routes of the tariff: search for a commodity, look at what is charged on it. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { keepFresh } from '#modules/reference'
import { printExpression } from '../expression.ts'
import { finderRoutes } from './finder.ts'
import { importRoutes } from './imports.ts'
import { proposalRoutes } from './proposals.ts'
import { tariffRoutes } from './tariff.ts'
import { CommodityChoice, CommodityParams, CommodityQuery, CommoditySearch, CommodityView, type Measure } from '../schema.ts'
import type { Tariff } from '../snapshot.ts'
import { licenceRoutes } from '../licence/http.ts'
import { demoQuotaRoutes, quotaRoutes } from '../quota/http.ts'
import { loadTariff } from '../store/load.ts'
import { meaning } from './meant.ts'

const tag = 'tariff'

const thirdCountryDuty = (measures: readonly Measure[]): string | undefined => {
  const found = measures.find((m) => m.preferences?.includes('100') && m.expression)
  return found && printExpression(found.expression!)
}

const choices = (tariff: Tariff, q: { q: string; administration: string; date: string; language?: string; limit: number }): CommodityChoice[] =>
  tariff.search(q).map((c) => {
    const { name, path } = tariff.describe(q.administration, c.code, q.date, q.language)!
    const info = tariff.commodity(q.administration, c.code, q.date)
    const duty = thirdCountryDuty(tariff.measuresOf({ administration: q.administration, hsCode: c.code, date: q.date }))
    return {
      code: c.code,
      name,
      path,
      declarable: c.declarable,
      ...(duty && { duty }),
      ...(info.supplementaryUnit && { supplementaryUnit: info.supplementaryUnit }),
    }
  })

const toView = (m: Measure) => ({
  id: m.id,
  type: m.type,
  taxType: m.taxType,
  area: m.area,
  preferences: m.preferences ?? [],
  text: m.expression ? printExpression(m.expression) : '',
  source: m.source,
  ...(m.additionalCode && { additionalCode: m.additionalCode }),
  ...(m.supplementaryUnit && { supplementaryUnit: m.supplementaryUnit }),
})

const view = (
  tariff: Tariff,
  code: string,
  q: { administration: string; date: string; origin?: string; language?: string },
): CommodityView | null => {
  const info = tariff.commodity(q.administration, code, q.date)
  const described = tariff.describe(q.administration, code, q.date, q.language)
  if (!info.exists || !described) return null
  const measures = tariff.measuresOf({
    administration: q.administration,
    hsCode: code,
    date: q.date,
    ...(q.origin && { origin: q.origin, preferentialOrigin: q.origin }),
  })
  return {
    code,
    ...described,
    declarable: info.declarable,
    documents: info.documents,
    measures: measures.map(toView),
    ...(info.supplementaryUnit && { supplementaryUnit: info.supplementaryUnit }),
  }
}

export const routes = (deps: Deps): Route[] => {
  const tariff = keepFresh(deps.bus, 'trade', () => loadTariff(deps.sql))
  const meant = meaning(deps)
  return [
    ...tariffRoutes(deps, tariff, meant),
    ...proposalRoutes(deps),
    ...importRoutes(deps),
    ...quotaRoutes(deps, meant),
    ...demoQuotaRoutes(deps),
    ...licenceRoutes(deps, meant),
    ...finderRoutes(tariff, meant),
    route({
      method: 'GET',
      path: '/api/trade/commodities',
      permission: 'public',
      summary: 'Commodities by code or by words',
      tag,
      query: CommoditySearch,
      out: Type.Object({ rows: Type.Array(CommodityChoice), total: Type.Integer() }, { additionalProperties: false }),
      handler: async ({ query, now }) => {
        const rows = choices(await tariff(), {
          ...query,
          ...(await meant(query, now)),
          limit: query.limit ?? 20,
        })
        return { rows, total: rows.length }
      },
    }),
    route({
      method: 'GET',
      path: '/api/trade/commodities/:code',
      permission: 'signed-in',
      summary: 'One commodity: what it is called and what is charged on it',
      tag,
      params: CommodityParams,
      query: CommodityQuery,
      out: CommodityView,
      handler: async ({ params, query, now }) => {
        const found = view(await tariff(), params.code, {
          ...query,
          ...(await meant(query, now)),
        })
        return found ? accept(found) : refuse(error('trade.commodity_unknown', '/code', { code: params.code }))
      },
    }),
  ]
}
