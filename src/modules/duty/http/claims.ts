/** Routes of recovery: demands, reminders, setting off, giving up. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal } from '#platform/permissions.ts'
import { dayIn } from '#modules/reference'
import { home } from '#schema/reference'
import type { ClaimCommand } from '../claim.ts'
import { ClaimRow, ClaimView, GiveUp, Grounds, NumberParams, RaiseClaim, SetOff } from '../schema.ts'
import { actOnClaim, raiseClaim, readClaim } from '../service/claims.ts'
import { listClaims } from '../store/claims.ts'
import type { LiveReference } from './payments.ts'
import { holderOf } from './scope.ts'

const tag = 'recovery'
const manage = 'duty:claim:manage' as const
const csvColumns = ['number', 'kind', 'origin', 'payer', 'outstanding', 'dueOn', 'stage', 'outcome', 'openedAt'] as const

type Acting = { number: string; principal: Principal; key: string; at: string }

const readRoutes = (deps: Deps, reference: LiveReference): Route[] => [
  route({
    method: 'GET',
    path: '/api/claims',
    permission: 'signed-in',
    summary: 'Demands of duty, of those whom one represents (treasury: of everybody)',
    tag,
    query: listQuery(['dueOn', 'number', 'payer', 'outstanding', 'stage'], {
      q: Type.Optional(Type.String({ maxLength: 70 })),
      stage: Type.Optional(Type.Enum(['demanded', 'reminded', 'enforcement', 'closed'])),
      state: Type.Optional(Type.Enum(['open', 'overdue', 'proposed', 'closed'])),
    }),
    out: pageOf(ClaimRow),
    handler: async ({ query, principal, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      return answerList(query, await listClaims(deps.sql, holder.value, { ...query, today: dayIn(await reference(), home, now) }), 'claims', [
        ...csvColumns,
      ])
    },
  }),
  route({
    method: 'GET',
    path: '/api/claims/:number',
    permission: 'signed-in',
    summary: 'One demand with interest to today, credits and history',
    tag,
    params: NumberParams,
    out: ClaimView,
    handler: async ({ params, principal, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const found = await readClaim(deps.sql, holder.value, params.number, dayIn(await reference(), home, now))
      return found ? accept(found) : refuse(error('duty.claim_unknown', '/number', { number: params.number }))
    },
  }),
]

export const claimRoutes = (deps: Deps, reference: LiveReference): Route[] => {
  const told = (done: Outcome<ClaimView>): Outcome<ClaimView> => {
    if (done.ok) deps.bus.announce({ topic: 'claim', id: done.value.number, organisations: [done.value.payer] })
    return done
  }
  const carryOut = async (command: ClaimCommand & { account?: string; grounds: string }, a: Acting): Promise<Outcome<ClaimView>> =>
    told(await actOnClaim(deps.sql, await reference(), a.number, command, { principal: a.principal, key: a.key, at: a.at }))
  const plain = (name: 'remind' | 'enforce' | 'decline-giving-up', summary: string): Route =>
    route({
      method: 'POST',
      path: `/api/claims/:number/${name}`,
      permission: manage,
      summary,
      tag,
      params: NumberParams,
      body: Grounds,
      out: ClaimView,
      handler: ({ params, body, principal, key, now }) =>
        carryOut({ name, grounds: body.grounds }, { number: params.number, principal, key: key!, at: now }),
    })
  return [
    ...readRoutes(deps, reference),
    route({
      method: 'POST',
      path: '/api/claims',
      permission: manage,
      summary: 'Demand what a control after release found to be owed',
      tag,
      body: RaiseClaim,
      out: ClaimView,
      successStatus: 201,
      handler: async ({ body, principal, key, now }) => told(await raiseClaim(deps.sql, await reference(), body, { principal, key: key!, at: now })),
    }),
    plain('remind', 'Remind the debtor'),
    plain('enforce', 'Hand over to enforcement'),
    plain('decline-giving-up', 'Decline a proposed giving up'),
    route({
      method: 'POST',
      path: '/api/claims/:number/set-off',
      permission: manage,
      summary: 'Set a demand off against a cash account of the debtor',
      tag,
      params: NumberParams,
      body: SetOff,
      out: ClaimView,
      handler: ({ params, body, principal, key, now }) =>
        carryOut(
          { name: 'set-off', money: body.money, available: null, account: body.account, grounds: body.account },
          { number: params.number, principal, key: key!, at: now },
        ),
    }),
    route({
      method: 'POST',
      path: '/api/claims/:number/give-up',
      permission: manage,
      summary: 'Write off or remit: one proposes, another decides',
      tag,
      params: NumberParams,
      body: GiveUp,
      out: ClaimView,
      handler: ({ params, body, principal, key, now }) =>
        carryOut({ name: 'give-up', kind: body.kind, grounds: body.grounds }, { number: params.number, principal, key: key!, at: now }),
    }),
  ]
}
