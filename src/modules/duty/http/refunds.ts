/** Routes of refunds (repayment, remission, drawback, overpayment) and of instalments. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import { dayIn } from '#modules/reference'
import { home } from '#schema/reference'
import { DecideRefund, NumberParams, PlanView, RefundView, RequestPlan, RequestRefund } from '../schema.ts'
import { decideOnPlan, requestPlan } from '../service/plans.ts'
import { decideOnRefund, requestRefund, viewOf } from '../service/refunds.ts'
import { findPlan, listPlans, planView } from '../store/plans.ts'
import { findRefund, listRefunds } from '../store/refunds.ts'
import { readTerms } from '../store/terms.ts'
import type { LiveReference } from './payments.ts'
import { holderOf } from './scope.ts'

const tag = 'refunds'
const csvColumns = [
  'number',
  'kind',
  'status',
  'reference',
  'payer',
  'money',
  'reason',
  'law',
  'requestedAt',
  'decideBy',
  'decidedBy',
  'paidAt',
] as const

const readRefunds = (deps: Deps, reference: LiveReference): Route[] => [
  route({
    method: 'GET',
    path: '/api/refunds',
    permission: 'signed-in',
    summary: 'Applications to give duty back or to waive it',
    tag,
    query: listQuery(['decideBy', 'number', 'payer', 'money', 'requestedAt'], {
      q: Type.Optional(Type.String({ maxLength: 70 })),
      status: Type.Optional(Type.String({ pattern: '^(requested|proposed|approved|paid|refused)(,(requested|proposed|approved|paid|refused))*$' })),
      kind: Type.Optional(Type.Enum(['repayment', 'remission', 'drawback', 'overpayment'])),
    }),
    out: pageOf(RefundView),
    handler: async ({ query, principal, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const { secondPersonMinor } = await readTerms(deps.sql, home, dayIn(await reference(), home, now))
      const found = await listRefunds(deps.sql, holder.value, query)
      return answerList(query, { rows: found.rows.map((r) => viewOf(r, secondPersonMinor)), total: found.total }, 'refunds', [...csvColumns])
    },
  }),
  route({
    method: 'GET',
    path: '/api/refunds/:number',
    permission: 'signed-in',
    summary: 'One application',
    tag,
    params: NumberParams,
    out: RefundView,
    handler: async ({ params, principal, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const found = await findRefund(deps.sql, holder.value, params.number)
      if (!found) return refuse(error('duty.refund_unknown', '/number', { number: params.number }))
      return accept(
        viewOf(found, (await readTerms(deps.sql, found.administration, dayIn(await reference(), found.administration, now))).secondPersonMinor),
      )
    },
  }),
]

export const refundRoutes = (deps: Deps, reference: LiveReference): Route[] => [
  ...readRefunds(deps, reference),
  route({
    method: 'POST',
    path: '/api/refunds',
    permission: 'duty:refund:request',
    summary: 'Ask for duty back, or to be released from it',
    tag,
    body: RequestRefund,
    out: RefundView,
    successStatus: 201,
    handler: async ({ body, principal, key, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const done = await requestRefund(deps.sql, await reference(), holder.value, body, { principal, key: key!, at: now })
      if (done.ok) deps.bus.announce({ topic: 'refund', id: done.value.number, organisations: [done.value.payer] })
      return done
    },
  }),
  route({
    method: 'POST',
    path: '/api/refunds/:number/decision',
    permission: 'duty:refund:review',
    summary: 'Decide; above a sum a second person decides',
    tag,
    params: NumberParams,
    body: DecideRefund,
    out: RefundView,
    handler: async ({ params, body, principal, key, now }) => {
      const done = await decideOnRefund(deps.sql, await reference(), params.number, body, { principal, key: key!, at: now })
      if (done.ok) deps.bus.announce({ topic: 'refund', id: params.number, organisations: [done.value.payer] })
      return done
    },
  }),
]

export const planRoutes = (deps: Deps, reference: LiveReference): Route[] => [
  route({
    method: 'GET',
    path: '/api/plans',
    permission: 'signed-in',
    summary: 'Plans of instalments',
    tag: 'instalments',
    query: listQuery(['number', 'payer', 'principal'], {
      status: Type.Optional(Type.Enum(['requested', 'active', 'completed', 'defaulted', 'refused'])),
    }),
    out: pageOf(PlanView),
    handler: async ({ query, principal, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const [found, today] = [await listPlans(deps.sql, holder.value, query), dayIn(await reference(), home, now)]
      return answerList(query, { rows: found.rows.map((p) => planView(p, today)), total: found.total }, 'plans', [
        'number',
        'status',
        'reference',
        'payer',
        'principal',
        'interest',
        'paid',
      ])
    },
  }),
  route({
    method: 'GET',
    path: '/api/plans/:number',
    permission: 'signed-in',
    summary: 'One plan with its parts',
    tag: 'instalments',
    params: NumberParams,
    out: PlanView,
    handler: async ({ params, principal, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const found = await findPlan(deps.sql, holder.value, params.number)
      return found
        ? accept(planView(found, dayIn(await reference(), found.administration, now)))
        : refuse(error('duty.plan_unknown', '/number', { number: params.number }))
    },
  }),
  route({
    method: 'POST',
    path: '/api/plans',
    permission: 'duty:plan:request',
    summary: 'Ask to pay a debt in instalments',
    tag: 'instalments',
    body: RequestPlan,
    out: PlanView,
    successStatus: 201,
    handler: async ({ body, principal, key, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const done = await requestPlan(deps.sql, await reference(), holder.value, body, { principal, key: key!, at: now })
      if (done.ok) deps.bus.announce({ topic: 'plan', id: done.value.number, organisations: [done.value.payer] })
      return done
    },
  }),
  route({
    method: 'POST',
    path: '/api/plans/:number/decision',
    permission: 'duty:plan:decide',
    summary: 'Grant or refuse instalments',
    tag: 'instalments',
    params: NumberParams,
    body: DecideRefund,
    out: PlanView,
    handler: async ({ params, body, principal, key, now }) => {
      const done = await decideOnPlan(deps.sql, await reference(), params.number, body, { principal, key: key!, at: now })
      if (done.ok) deps.bus.announce({ topic: 'plan', id: params.number, organisations: [done.value.payer] })
      return done
    },
  }),
]
