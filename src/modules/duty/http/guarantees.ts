/** Routes of guarantees and of the statements of deferment accounts. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import { dayIn } from '#modules/reference'
import { home } from '#schema/reference'
import {
  CallGuarantee,
  ChangeGuarantee,
  ClaimRow,
  CodeParams,
  DefermentStatement,
  GuaranteeView,
  NumberParams,
  OpenGuarantee,
  StatementHead,
  UsageRow,
} from '../schema.ts'
import { amendGuarantee, callGuarantee, discharge, openGuarantee } from '../service/guarantees.ts'
import { openClaimsByOrigin } from '../store/claims.ts'
import { findGuarantee, listGuarantees, usageOf } from '../store/guarantees.ts'
import { listStatements, readStatementOf } from '../store/statements.ts'
import type { LiveReference } from './payments.ts'
import { holderOf } from './scope.ts'

const tag = 'guarantees'
const manage = 'duty:guarantee:manage' as const

const readGuarantees = (deps: Deps, reference: LiveReference): Route[] => [
  route({
    method: 'GET',
    path: '/api/guarantees',
    permission: 'signed-in',
    summary: 'Guarantees with their use',
    tag,
    query: listQuery(['code', 'owner', 'used', 'available', 'validTo'], { q: Type.Optional(Type.String({ maxLength: 70 })) }),
    out: pageOf(GuaranteeView),
    handler: async ({ query, principal, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const found = await listGuarantees(deps.sql, holder.value, { ...query, today: dayIn(await reference(), home, now) })
      return answerList(query, found, 'guarantees', [
        'code',
        'owner',
        'kind',
        'guarantor',
        'referenceAmount',
        'levelPercent',
        'used',
        'available',
        'status',
        'validTo',
      ])
    },
  }),
  route({
    method: 'GET',
    path: '/api/guarantees/:code',
    permission: 'signed-in',
    summary: 'One guarantee',
    tag,
    params: CodeParams,
    out: GuaranteeView,
    handler: async ({ params, principal, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const found = await findGuarantee(deps.sql, holder.value, params.code, dayIn(await reference(), home, now))
      return found ? accept(found.view) : refuse(error('duty.account_not_found', '/code', { code: params.code }))
    },
  }),
  route({
    method: 'GET',
    path: '/api/guarantees/:code/usage',
    permission: 'signed-in',
    summary: 'What is held, operation by operation',
    tag,
    params: CodeParams,
    query: listQuery(['since'], {}),
    out: pageOf(UsageRow),
    handler: async ({ params, query, principal, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const found = await findGuarantee(deps.sql, holder.value, params.code, dayIn(await reference(), home, now))
      if (!found) return refuse(error('duty.account_not_found', '/code', { code: params.code }))
      const usage = await usageOf(deps.sql, { id: found.id, currency: found.view.used.currency })
      const claims = await openClaimsByOrigin(
        deps.sql,
        usage.map((u) => u.reference),
      )
      const rows = usage.map(({ subject: _s, ...u }) => ({ ...u, claim: claims.get(u.reference) ?? null }))
      return answerList(
        query,
        { rows: rows.slice((query.page - 1) * query.size, query.page * query.size), total: rows.length },
        `usage-${params.code}`,
        ['reference', 'since', 'money', 'claim'],
      )
    },
  }),
]

export const guaranteeRoutes = (deps: Deps, reference: LiveReference): Route[] => [
  ...readGuarantees(deps, reference),
  route({
    method: 'POST',
    path: '/api/guarantees',
    permission: manage,
    summary: 'Register a guarantee',
    tag,
    body: OpenGuarantee,
    out: GuaranteeView,
    successStatus: 201,
    handler: async ({ body, principal, key, now }) => openGuarantee(deps.sql, await reference(), home, body, { principal, key: key!, at: now }),
  }),
  route({
    method: 'PATCH',
    path: '/api/guarantees/:code',
    permission: manage,
    summary: 'Change the reference amount or the end, block, unblock',
    tag,
    params: CodeParams,
    body: ChangeGuarantee,
    out: GuaranteeView,
    handler: async ({ params, body, principal, key, now }) =>
      amendGuarantee(deps.sql, await reference(), params.code, body, { principal, key: key!, at: now }),
  }),
  route({
    method: 'POST',
    path: '/api/guarantees/:code/releases',
    permission: manage,
    summary: 'The procedure was discharged: release what is held for it',
    tag,
    params: CodeParams,
    body: CallGuarantee,
    out: GuaranteeView,
    handler: async ({ params, body, principal, key, now }) =>
      discharge(deps.sql, await reference(), params.code, body, { principal, key: key!, at: now }),
  }),
  route({
    method: 'POST',
    path: '/api/guarantees/:code/calls',
    permission: manage,
    summary: 'Call the guarantor for what is held for an operation',
    tag,
    params: CodeParams,
    body: CallGuarantee,
    out: ClaimRow,
    successStatus: 201,
    handler: async ({ params, body, principal, key, now }) =>
      callGuarantee(deps.sql, await reference(), params.code, body, { principal, key: key!, at: now }),
  }),
]

export const statementRoutes = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/deferment-statements',
    permission: 'signed-in',
    summary: 'Monthly statements of deferment accounts',
    tag: 'accounts',
    query: listQuery(['month'], { account: Type.Optional(Type.String({ maxLength: 70 })) }),
    out: pageOf(StatementHead),
    handler: async ({ query, principal }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      return answerList(query, await listStatements(deps.sql, holder.value, query), 'statements', [
        'number',
        'account',
        'owner',
        'month',
        'due',
        'dueOn',
      ])
    },
  }),
  route({
    method: 'GET',
    path: '/api/deferment-statements/:number',
    permission: 'signed-in',
    summary: 'One statement with its movements',
    tag: 'accounts',
    params: NumberParams,
    out: DefermentStatement,
    handler: async ({ params, principal }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const found = await readStatementOf(deps.sql, holder.value, params.number)
      return found ? accept(found) : refuse(error('duty.statement_unknown', '/number', { number: params.number }))
    },
  }),
]
