/** Routes of referrals, for those who ask and for those who answer. */
import { Type } from 'typebox'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import { IssueReferral, Referral, ReferralKind, ReferralStatus } from '../schema.ts'
import type { Risk } from '../service/live.ts'
import { commandReferral, issueReferral } from '../service/referrals.ts'
import { listReferrals, sortableReferrals } from '../store/referrals.ts'
import { agencySeen, closed, Id, tag } from './shared.ts'

const filters = {
  /** waits for an answer or for a conclusion */ open: Type.Optional(Type.Boolean()),
  status: Type.Optional(ReferralStatus),
  kind: Type.Optional(ReferralKind),
  reference: Type.Optional(Type.String({ maxLength: 18 })),
}
/** As the trade side reads it: who of the staff asks is no matter of theirs, nor what an order not to load rests on. */
const sealed = (x: Referral): Referral => ({
  ...x,
  issuedBy: { personId: '', name: '' },
  closedBy: null,
  ...(x.kind === 'DNL' && { question: '', conclusion: null }),
})

const columns = ['id', 'kind', 'status', 'reference', 'recipient', 'office', 'deadlineAt', 'issuedAt'] as const

export const referralRoutes = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/referrals',
    permission: 'risk:referral:read',
    summary: 'Referrals of your agency',
    tag,
    query: listQuery(sortableReferrals, filters),
    out: pageOf(Referral),
    handler: async ({ query, principal }) =>
      answerList(query, await listReferrals(r.deps.sql, { agency: agencySeen(principal), recipients: null }, query), 'referrals', columns),
  }),
  route({
    method: 'GET',
    path: '/api/risk/own-referrals',
    permission: 'risk:referral:answer',
    summary: 'Referrals that you are to answer',
    tag,
    query: listQuery(sortableReferrals, filters),
    out: pageOf(Referral),
    handler: async ({ query, principal }) => {
      const recipients = principal.represents.map((x) => x.registration)
      const { rows, total } = await listReferrals(r.deps.sql, { agency: null, recipients }, query)
      return answerList(query, { rows: rows.map(sealed), total }, 'referrals', columns)
    },
  }),
  route({
    method: 'POST',
    path: '/api/risk/referrals',
    permission: 'risk:referral:issue',
    summary: 'Ask before loading or arrival: information, amendment, screening; or order not to load',
    tag,
    body: IssueReferral,
    out: Referral,
    successStatus: 201,
    handler: (x) => issueReferral(r, askingOf(x), x.body),
  }),
  route({
    method: 'POST',
    path: '/api/risk/referrals/:id/answer',
    permission: 'risk:referral:answer',
    summary: 'Answer a referral',
    tag,
    params: Id,
    body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 4000 }) }, closed),
    out: Referral,
    handler: async (x) => {
      const done = await commandReferral(r, askingOf(x), x.params.id, { name: 'answer', text: x.body.text })
      return done.ok ? { ...done, value: sealed(done.value) } : done
    },
  }),
  ...(['resolve', 'lift'] as const).map((name) =>
    route({
      method: 'POST',
      path: `/api/risk/referrals/:id/${name}`,
      permission: 'risk:referral:issue',
      summary: name === 'lift' ? 'Lift an order not to load; another person than ordered it' : 'Conclude a referral',
      tag,
      params: Id,
      body: Type.Object({ conclusion: Type.String({ minLength: 1, maxLength: 2000 }) }, closed),
      out: Referral,
      handler: (x) => commandReferral(r, askingOf(x), x.params.id, { name, conclusion: x.body.conclusion }),
    }),
  ),
]
