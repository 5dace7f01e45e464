/** Routes of revenue management: the overview with its rows, the books of a day, rates of interest. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import { dayIn } from '#modules/reference'
import { home as administration, LegalDate } from '#schema/reference'
import { addDays } from '../calendar.ts'
import { CloseLedgerDay, InterestRate, LedgerDay, RevenueOverview, RevenueRow, SetInterestRate, Terms } from '../schema.ts'
import { act } from '../service/context.ts'
import { closeLedgerDay, listLedgerDays } from '../service/days.ts'
import { listRevenue, readOverview } from '../store/revenue.ts'
import { readRates, readTerms, saveRate } from '../store/terms.ts'
import type { LiveReference } from './payments.ts'

const tag = 'revenue'
const read = 'duty:revenue:read' as const
const range = { from: Type.Optional(LegalDate), to: Type.Optional(LegalDate) }
const shownDays = 30

const rangeOf = (q: { from?: string; to?: string }, today: string) => ({
  administration,
  from: q.from ?? addDays(q.to ?? today, -shownDays),
  to: q.to ?? today,
  today,
})

const overviewRoutes = (deps: Deps, reference: LiveReference): Route[] => [
  route({
    method: 'GET',
    path: '/api/revenue/overview',
    permission: read,
    summary: 'Collected, refunded, due and overdue by office and tax',
    tag,
    query: Type.Object(range, { additionalProperties: false }),
    out: RevenueOverview,
    handler: async ({ query, now }) => {
      const known = await reference()
      const today = dayIn(known, administration, now)
      return accept(await readOverview(deps.sql, rangeOf(query, today), known.administration(administration, today)?.currency ?? ''))
    },
  }),
  route({
    method: 'GET',
    path: '/api/revenue/rows',
    permission: read,
    summary: 'The declarations and demands behind the sums',
    tag,
    query: listQuery(['at', 'reference', 'payer', 'charged', 'collected', 'due', 'dueOn'], {
      ...range,
      office: Type.Optional(Type.String({ maxLength: 17 })),
      tax: Type.Optional(Type.String({ maxLength: 3 })),
      state: Type.Optional(Type.Enum(['due', 'overdue', 'refunded'])),
      q: Type.Optional(Type.String({ maxLength: 70 })),
    }),
    out: pageOf(RevenueRow),
    handler: async ({ query, now }) => {
      const today = dayIn(await reference(), administration, now)
      return answerList(query, await listRevenue(deps.sql, { ...query, ...rangeOf(query, today) }), 'revenue', [
        ...(['reference', 'office', 'payer', 'tax', 'at', 'charged', 'collected', 'refunded', 'due', 'dueOn'] as const),
      ])
    },
  }),
]

const rateRoutes = (deps: Deps, reference: LiveReference): Route[] => [
  route({
    method: 'GET',
    path: '/api/revenue/terms',
    permission: read,
    summary: 'Terms in force and the rates of interest',
    tag,
    out: Type.Object({ terms: Terms, rates: Type.Array(InterestRate) }, { additionalProperties: false }),
    handler: async ({ now }) => ({
      terms: await readTerms(deps.sql, administration, dayIn(await reference(), administration, now)),
      rates: await readRates(deps.sql, administration),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/revenue/rates',
    permission: 'duty:rate:manage',
    summary: 'A new rate of interest, from a coming day on',
    tag,
    body: SetInterestRate,
    out: Type.Array(InterestRate),
    successStatus: 201,
    handler: async ({ body, principal, key, now }) => {
      const today = dayIn(await reference(), administration, now)
      if (body.validFrom <= today) return refuse(error('duty.rate_in_past', '/validFrom', { today }))
      return act(
        deps.sql,
        { principal, key: key!, at: now },
        'interest-rate.set',
        { kind: 'interest-rate', id: `${administration}/${body.kind}` },
        async (tx) => {
          const later = (await readRates(tx, administration)).some((r) => r.kind === body.kind && r.validFrom >= body.validFrom)
          if (later) return refuse(error('duty.rate_later_exists', '/validFrom'))
          await saveRate(tx, administration, body)
          const rates = await readRates(tx, administration)
          return accept({ body: { payload: body, facts: { today }, events: [{ type: 'interest-rate.set', ...body }] }, reply: rates })
        },
      )
    },
  }),
]

export const revenueRoutes = (deps: Deps, reference: LiveReference): Route[] => [
  ...overviewRoutes(deps, reference),
  ...rateRoutes(deps, reference),
  route({
    method: 'GET',
    path: '/api/ledger-days',
    permission: read,
    summary: 'The books that are open, and closed days',
    tag,
    out: Type.Array(LedgerDay),
    handler: async ({ now }) => {
      const known = await reference()
      const today = dayIn(known, administration, now)
      return accept(await listLedgerDays(deps.sql, administration, today, known.administration(administration, today)?.currency ?? ''))
    },
  }),
  route({
    method: 'POST',
    path: '/api/ledger-days',
    permission: 'duty:day:close',
    summary: 'Close the books of a day',
    tag,
    body: CloseLedgerDay,
    out: LedgerDay,
    successStatus: 201,
    handler: async ({ body, principal, key, now }) =>
      closeLedgerDay(deps.sql, await reference(), administration, body, { principal, key: key!, at: now }),
  }),
]
