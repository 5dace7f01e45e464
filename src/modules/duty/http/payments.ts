/** Routes of payments: what is due, pay it, hear from the provider. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { once } from '#platform/command.ts'
import { actorOf } from '#platform/command.ts'
import { attempt, type Tx } from '#platform/database.ts'
import { route, type Route } from '#platform/http.ts'
import { enqueue } from '#platform/jobs.ts'
import { record } from '#platform/journal.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import { systemPrincipal, type Principal } from '#platform/permissions.ts'
import { dayIn, type Reference } from '#modules/reference'
import { decideReport, evolvePayment, type PaymentEvent, type PaymentState } from '../payment.ts'
import { DebtRow, DebtView, IdParams, Payment, ProviderEvent, ReferenceParams, StartPayment } from '../schema.ts'
import type { Holder } from '../store/accounts.ts'
import { findDebt, listDebts, lockDebt, readDebt, type DebtState } from '../store/debts.ts'
import { arrive, findProvider, keepReport, lockPayment, openPaymentOf, readPayment, savePayment, toView } from '../store/payments.ts'
import { goOn } from '../service/settle.ts'
import { isSigned, sendPayment } from './provider.ts'
import { holderOf } from './scope.ts'

const tag = 'payments'
export type LiveReference = () => Promise<Reference>

const newPayment = (id: string, debt: DebtState, method: Payment['method'], principal: Principal, at: string): PaymentState => ({
  id,
  administration: debt.administration,
  subject: debt.subject,
  reference: debt.reference,
  payer: debt.payer,
  money: debt.missing,
  method,
  status: 'created',
  createdAt: at,
  paidAt: null,
  receipt: null,
  payAt: null,
  failure: null,
  personId: principal.personId,
  providerReference: null,
})

/** One payment at a time: the one on its way is gone on with when it fits, else given up for the new one. */
const openFor = async (
  tx: Tx,
  debt: DebtState,
  method: Payment['method'],
  make: () => PaymentState,
): Promise<{ payment: PaymentState; events: unknown[] }> => {
  const open = await openPaymentOf(tx, debt.subject)
  if (open && open.method === method && open.money.minor === debt.missing.minor) return { payment: open, events: [] }
  if (open) await savePayment(tx, evolvePayment(open, { type: 'payment.failed', at: open.createdAt, reason: 'replaced' }))
  const payment = make()
  await savePayment(tx, payment)
  await enqueue(tx, 'duty.send-payment', { id: payment.id }, { jobKey: `send-payment/${payment.id}` })
  return { payment, events: [{ type: 'payment.created', payment: toView(payment) }] }
}

type Start = { holder: Holder; principal: Principal; key: string; at: string; reference: string; method: 'card' | 'bank' }

const start = (deps: Deps, s: Start): Promise<Outcome<{ id: string }>> =>
  once(
    deps.sql,
    { key: s.key, actor: actorOf(s.principal), name: 'payment.start', subject: { kind: 'payment', id: s.key }, at: s.at },
    async (tx) => {
      const seen = await findDebt(tx, s.holder, s.reference)
      if (!seen) return refuse(error('duty.debt_unknown', '/reference', { reference: s.reference }))
      await lockDebt(tx, seen.subject)
      const debt = (await findDebt(tx, s.holder, s.reference))!
      if (debt.outstanding.minor === 0) return refuse(error('duty.nothing_due', '/reference', { reference: s.reference }))
      if (!(await findProvider(tx, debt.administration))) return refuse(error('duty.provider_unavailable', '/method'))
      const { payment, events } = await openFor(tx, debt, s.method, () => newPayment(s.key, debt, s.method, s.principal, s.at))
      return accept({
        body: { payload: { reference: s.reference, method: s.method }, facts: { outstanding: debt.outstanding }, events },
        reply: { id: payment.id },
      })
    },
  )

const startRoute = (deps: Deps): Route =>
  route({
    method: 'POST',
    path: '/api/payments',
    permission: 'duty:payment:make',
    summary: 'Pay what is due on a declaration, at the provider',
    tag,
    body: StartPayment,
    out: Payment,
    successStatus: 201,
    handler: async ({ body, principal, key, now }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const started = await start(deps, { holder: holder.value, principal, key: key!, at: now, ...body })
      if (!started.ok) return started
      // The job would do the same a moment later; the payer need not wait for it.
      await sendPayment(deps.sql, started.value.id).catch((fault: unknown) =>
        deps.log.warn({ err: fault, payment: started.value.id }, 'the payment provider did not answer; a job will ask again'),
      )
      return accept(toView((await readPayment(deps.sql, started.value.id))!))
    },
  })

type Reported = { state: PaymentState; afterCommit: () => void }

const settlePaid = async (tx: Tx, state: PaymentState, reference: Reference, at: string): Promise<() => void> => {
  const day = dayIn(reference, state.administration, at)
  await arrive(tx, { payment: state, day, at })
  return goOn(tx, state.subject, at, { today: day })
}

/** One report: kept, weighed, posted and told in one transaction; what came before changes nothing. */
const takeReport = (deps: Deps, reference: Reference, report: ProviderEvent, at: string): Promise<Outcome<Reported>> =>
  attempt<Reported>(deps.sql, async (tx) => {
    const before = await lockPayment(tx, report.paymentId)
    if (!before) return refuse(error('duty.payment_unknown', '/paymentId', { id: report.paymentId }))
    if (!(await keepReport(tx, report, at))) return accept({ state: before, afterCommit: () => undefined })
    const decision = decideReport(before, report, at)
    if (!decision.ok) return refuse(...decision.issues)
    if (decision.events.length === 0) return accept({ state: before, afterCommit: () => undefined })
    const state = decision.events.reduce<PaymentState>((s, e: PaymentEvent) => evolvePayment(s, e), before)
    await savePayment(tx, state)
    const afterCommit = state.status === 'paid' ? await settlePaid(tx, state, reference, at) : () => undefined
    await record(
      tx,
      { kind: 'payment', id: state.id },
      {
        command: 'payment.report',
        actor: actorOf(systemPrincipal('Payment provider')),
        body: { payload: report, facts: {}, events: decision.events },
        at,
      },
    )
    return accept({ state, afterCommit })
  })

const reportRoute = (deps: Deps, reference: LiveReference): Route =>
  route({
    method: 'POST',
    path: '/api/payment-provider/reports',
    permission: 'public',
    command: false,
    summary: 'The payment provider reports (signed)',
    tag,
    body: ProviderEvent,
    out: Type.Object({ ok: Type.Boolean() }, { additionalProperties: false }),
    handler: async ({ body, now, request }) => {
      const payment = await readPayment(deps.sql, body.paymentId)
      const provider = payment && (await findProvider(deps.sql, payment.administration))
      // An unknown payment is not told apart from a wrong signature to whoever cannot sign.
      if (!payment || !provider || !isSigned(provider.secret, body, request.headers['x-provider-signature']))
        return refuse(error('duty.signature_wrong'))
      const taken = await takeReport(deps, await reference(), body, now)
      if (!taken.ok) return taken
      taken.value.afterCommit()
      const debt = await findDebt(deps.sql, 'all', payment.reference)
      deps.bus.announce({
        topic: 'payment',
        id: payment.reference,
        organisations: debt?.holders ?? [payment.payer],
        status: taken.value.state.status,
      })
      return { ok: true }
    },
  })

const sortable = ['since', 'outstanding', 'reference', 'payer']

export const paymentRoutes = (deps: Deps, reference: LiveReference): Route[] => [
  route({
    method: 'GET',
    path: '/api/debts',
    permission: 'signed-in',
    summary: 'What is due now, for those whom one represents (cashiers: for everybody)',
    tag,
    query: listQuery(sortable, { q: Type.Optional(Type.String({ maxLength: 70 })) }),
    out: pageOf(DebtRow),
    handler: async ({ query, principal }) => {
      const holder = holderOf(principal)
      return holder.ok
        ? answerList(query, await listDebts(deps.sql, holder.value, query), 'due', [
            'reference',
            'payer',
            'total',
            'outstanding',
            'since',
            'reason',
            'account',
          ])
        : holder
    },
  }),
  route({
    method: 'GET',
    path: '/api/debts/:reference',
    permission: 'signed-in',
    summary: 'How the debt of a declaration stands',
    tag,
    params: ReferenceParams,
    out: DebtView,
    handler: async ({ params, principal }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const found = await readDebt(deps.sql, holder.value, params.reference)
      return found ? accept(found) : refuse(error('duty.debt_unknown', '/reference', { reference: params.reference }))
    },
  }),
  startRoute(deps),
  route({
    method: 'GET',
    path: '/api/payments/:id',
    permission: 'signed-in',
    summary: 'One payment',
    tag,
    params: IdParams,
    out: Payment,
    handler: async ({ params, principal }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const found = await readPayment(deps.sql, params.id)
      const visible = found && (await findDebt(deps.sql, holder.value, found.reference))
      return visible ? accept(toView(found)) : refuse(error('duty.payment_unknown', '/id', { id: params.id }))
    },
  }),
  reportRoute(deps, reference),
]
