/** Routes of quotas: list, one with its life, the balance at a moment, opening, and changes by two persons. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal } from '#platform/permissions.ts'
import { answerList, listQuery, pageOf, windowOf } from '#platform/listing.ts'
import { Decimal, decimal } from '#kernel/decimal.ts'
import { home } from '#schema/reference'
import { allocateToday } from './jobs.ts'
import { balanceAt, findQuota, listQuotas } from './service/read.ts'
import {
  BalanceQuery,
  DecideProposal,
  OpenQuota,
  ProposalParams,
  ProposeQuotaChange,
  QuotaBalance,
  QuotaParams,
  QuotaQuery,
  QuotaRow,
  QuotaView,
} from './schema.ts'
import { decideProposal, openQuota, propose } from './service/change.ts'
import type { Meant } from '../http/meant.ts'

const tag = 'quotas'
const sortable = ['orderNumber', 'name', 'left', 'validTo'] as const
const ListQuery = listQuery(sortable, {
  ...QuotaQuery.properties,
  q: Type.Optional(Type.String({ maxLength: 100 })),
  status: Type.Optional(Type.String({ maxLength: 100 })),
})

/** The share that is left, 0 to 1. */
const leftOf = (q: QuotaRow): Decimal => {
  const whole = q.period && decimal(q.period.volume).plus(decimal(q.period.transferred))
  return whole?.gt(0) ? decimal(q.period!.balance).div(whole) : new Decimal(0)
}

const matches = (q: QuotaRow, filter: { q?: string; status?: string }): boolean => {
  const text = filter.q?.trim().toLowerCase() ?? ''
  const found = text === '' || [q.orderNumber, q.name.toLowerCase(), ...q.commodities].some((word) => word.includes(text))
  return found && (!filter.status || filter.status.split(',').includes(q.period?.status ?? 'not-open'))
}

const compare: Readonly<Record<string, (a: QuotaRow, b: QuotaRow) => number>> = {
  orderNumber: (a, b) => a.orderNumber.localeCompare(b.orderNumber),
  name: (a, b) => a.name.localeCompare(b.name),
  left: (a, b) => leftOf(a).cmp(leftOf(b)),
  validTo: (a, b) => (a.period?.validTo ?? '').localeCompare(b.period?.validTo ?? ''),
}
const inOrder = (rows: readonly QuotaRow[], sort = 'orderNumber'): QuotaRow[] => {
  const by = compare[sort.replace('-', '')]!
  return rows.toSorted((a, b) => (sort.startsWith('-') ? by(b, a) : by(a, b)))
}

const Made = Type.Object({ id: Type.String() }, { additionalProperties: false })

/** Balances are everybody's; whose claims they were is for officers and for those who made them. */
const holdersFor = (p: Principal): string[] | null => (p.permissions.has('trade:quota:read') ? null : p.represents.map((r) => r.registration))

/** Screens that show quotas read them again. */
const told = async <T>(deps: Deps, done: Promise<Outcome<T>>): Promise<Outcome<T>> => {
  const outcome = await done
  if (outcome.ok) deps.bus.announce({ topic: 'quota', id: '' })
  return outcome
}

const reading = (deps: Deps, meant: Meant): Route[] => [
  route({
    method: 'GET',
    path: '/api/trade/quotas',
    permission: 'signed-in',
    summary: 'Tariff quotas with what is left of them',
    tag,
    query: ListQuery,
    out: pageOf(QuotaRow),
    handler: async ({ query, now }) => {
      const { administration, date } = await meant(query, now)
      const all = await listQuotas(deps.sql, administration, date, query.language ?? 'en')
      const found = inOrder(
        all.filter((q) => matches(q, query)),
        query.sort,
      )
      const { limit, offset } = windowOf(query)
      return answerList(query, { rows: found.slice(offset, offset + limit), total: found.length }, 'quotas', ['orderNumber', 'name', 'legalBase'])
    },
  }),
  route({
    method: 'GET',
    path: '/api/trade/quotas/:order',
    permission: 'signed-in',
    summary: 'One quota: periods, events, claims, proposals',
    tag,
    params: QuotaParams,
    query: QuotaQuery,
    out: QuotaView,
    handler: async ({ params, query, principal, now }) => {
      const found = await findQuota(deps.sql, {
        ...(await meant(query, now)),
        order: params.order,
        language: query.language ?? 'en',
        holders: holdersFor(principal),
      })
      return found ? accept(found) : refuse(error('trade.quota_unknown', '/order', { order: params.order }))
    },
  }),
  route({
    method: 'GET',
    path: '/api/trade/quotas/:order/balance',
    permission: 'signed-in',
    summary: 'What was left of a quota at a moment',
    tag,
    params: QuotaParams,
    query: BalanceQuery,
    out: QuotaBalance,
    handler: async ({ params, query, now }) => {
      const asOf = query.asOf && !Number.isNaN(Date.parse(query.asOf)) ? new Date(query.asOf).toISOString() : now
      const found = await balanceAt(deps.sql, query.administration ?? home, params.order, asOf)
      return found ? accept(found) : refuse(error('trade.quota_unknown', '/order', { order: params.order }))
    },
  }),
]

export const quotaRoutes = (deps: Deps, meant: Meant): Route[] => [
  ...reading(deps, meant),
  route({
    method: 'POST',
    path: '/api/trade/quotas',
    permission: 'trade:quota:manage',
    summary: 'Opens a quota, or a further period of one',
    tag,
    body: OpenQuota,
    out: Made,
    successStatus: 201,
    handler: ({ body, principal, key, now }) => told(deps, openQuota(deps.sql, body.administration ?? home, body, { principal, key: key!, at: now })),
  }),
  route({
    method: 'POST',
    path: '/api/trade/quota-proposals',
    permission: 'trade:quota:manage',
    summary: 'Proposes to block, suspend, let go on or transfer; a second person decides',
    tag,
    body: ProposeQuotaChange,
    out: Made,
    successStatus: 201,
    handler: ({ body, principal, key, now }) => told(deps, propose(deps.sql, body, { principal, key: key!, at: now })),
  }),
  route({
    method: 'POST',
    path: '/api/trade/quota-proposals/:id/decision',
    permission: 'trade:quota:approve',
    summary: 'Approves or refuses what somebody else proposed for a quota',
    tag,
    params: ProposalParams,
    body: DecideProposal,
    out: Type.Object({ status: Type.String() }, { additionalProperties: false }),
    handler: ({ params, body, principal, key, now }) =>
      told(deps, decideProposal(deps.sql, params.id, body.approve, { principal, key: key!, at: now })),
  }),
]

/** Only in a demo: the next working day's allocation at once, so that whoever looks around need not come back tomorrow. */
export const demoQuotaRoutes = (deps: Deps): Route[] => [
  route({
    method: 'POST',
    path: '/api/demo/quota-allocation',
    permission: 'trade:quota:manage',
    summary: 'Serves the claims of every quota through today (demo only); a second time finds nothing left to serve',
    tag: 'demo',
    out: Type.Object({ told: Type.Integer({ description: 'subjects whose claims were decided' }) }, { additionalProperties: false }),
    handler: async ({ now }) => {
      if (!deps.config.demo) return refuse(error('request.unknown_address'))
      const told = await allocateToday(deps.sql, home, now)
      if (told > 0) deps.bus.announce({ topic: 'quota', id: '' })
      return accept({ told })
    },
  }),
]
