/** Routes of the cash desk: take cash, receipts, close the day. */
import { Type, type Static } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, once } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal } from '#platform/permissions.ts'
import { dayIn } from '#modules/reference'
import { home, LegalDate } from '#schema/reference'
import { decideCash, decideClose } from '../desk.ts'
import type { PaymentState } from '../payment.ts'
import { CloseDesk, DeskDay, NumberParams, Receipt, ReceiveCash } from '../schema.ts'
import { findDebt, lockDebt, type DebtState } from '../store/debts.ts'
import { closeDay, isClosed, listDays, lockDesk, sumOfDay } from '../store/desk.ts'
import { arrive, listReceipts, savePayment, type Desk } from '../store/payments.ts'
import { goOn } from '../service/settle.ts'
import type { LiveReference } from './payments.ts'
import { deskOf, holderOf, officesOf } from './scope.ts'

const tag = 'cash desk'
type At = { principal: Principal; key: string; at: string }

const paidInCash = (id: string, debt: DebtState, money: PaymentState['money'], a: At): PaymentState => ({
  id,
  administration: debt.administration,
  subject: debt.subject,
  reference: debt.reference,
  payer: debt.payer,
  money,
  method: 'cash',
  status: 'paid',
  createdAt: a.at,
  paidAt: a.at,
  receipt: null,
  payAt: null,
  failure: null,
  personId: a.principal.personId,
  providerReference: null,
})

const lockedDebt = async (tx: Tx, reference: string): Promise<DebtState | null> => {
  const seen = await findDebt(tx, 'all', reference)
  if (!seen) return null
  await lockDebt(tx, seen.subject)
  return findDebt(tx, 'all', reference)
}

const receive = async (deps: Deps, reference: LiveReference, desk: Desk, command: Static<typeof ReceiveCash>, a: At): Promise<Outcome<Receipt>> => {
  const known = await reference()
  let afterCommit = (): void => undefined
  const done = await once(
    deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: 'cash.receive', subject: { kind: 'payment', id: a.key }, at: a.at },
    async (tx) => {
      const debt = await lockedDebt(tx, command.reference)
      const day = dayIn(known, debt?.administration ?? home, a.at)
      await lockDesk(tx, desk, day)
      const facts = { debt: debt && { outstanding: debt.missing, payer: debt.payer }, dayClosed: await isClosed(tx, desk, day) }
      const decision = decideCash(command, facts)
      if (!decision.ok || !debt) return decision.ok ? refuse(error('duty.debt_unknown', '/reference')) : refuse(...decision.issues)
      const payment = paidInCash(a.key, debt, command.money, a)
      await savePayment(tx, payment)
      const number = await arrive(tx, { payment, day, at: a.at, desk })
      afterCommit = await goOn(tx, debt.subject, a.at, { today: day })
      const receipt: Receipt = {
        number,
        reference: debt.reference,
        payer: debt.payer,
        money: command.money,
        method: 'cash',
        at: a.at,
        office: desk.office,
        cashier: desk.cashier,
      }
      return accept({ body: { payload: command, facts, events: decision.events }, reply: receipt })
    },
  )
  if (done.ok) afterCommit()
  return done
}

const close = (deps: Deps, today: string, desk: Desk, command: Static<typeof CloseDesk>, a: At): Promise<Outcome<DeskDay>> =>
  once(
    deps.sql,
    {
      key: a.key,
      actor: actorOf(a.principal),
      name: 'desk.close',
      subject: { kind: 'desk-day', id: `${desk.office}/${desk.cashierId}/${command.date}` },
      at: a.at,
    },
    async (tx) => {
      await lockDesk(tx, desk, command.date)
      const facts = { today, sum: await sumOfDay(tx, desk, command.date, command.counted.currency), closed: await isClosed(tx, desk, command.date) }
      const decision = decideClose(command, facts)
      if (!decision.ok) return refuse(...decision.issues)
      await closeDay(tx, desk, command.date, facts.sum, command.counted, a.at)
      const [row] = (await listDays(tx, [desk.office], command.date)).filter(
        (d) => d.cashierId === desk.cashierId && d.currency === command.counted.currency,
      )
      return accept({ body: { payload: command, facts, events: decision.events }, reply: row! })
    },
  )

const receiptRoutes = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/receipts',
    permission: 'signed-in',
    summary: 'Receipts of money that came in',
    tag,
    query: listQuery(['at'], { reference: Type.Optional(Type.String({ maxLength: 70 })), day: Type.Optional(LegalDate) }),
    out: pageOf(Receipt),
    handler: async ({ query, principal }) => {
      const holder = holderOf(principal)
      return holder.ok
        ? answerList(query, await listReceipts(deps.sql, holder.value, query), 'receipts', [
            'number',
            'at',
            'reference',
            'payer',
            'money',
            'method',
            'office',
            'cashier',
          ])
        : holder
    },
  }),
  route({
    method: 'GET',
    path: '/api/receipts/:number',
    permission: 'signed-in',
    summary: 'One receipt',
    tag,
    params: NumberParams,
    out: Receipt,
    handler: async ({ params, principal }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const { rows } = await listReceipts(deps.sql, holder.value, { page: 1, size: 1, number: params.number })
      return rows[0] ? accept(rows[0]) : refuse(error('duty.receipt_unknown', '/number', { number: params.number }))
    },
  }),
]

export const deskRoutes = (deps: Deps, reference: LiveReference): Route[] => [
  route({
    method: 'POST',
    path: '/api/cash-desk/receipts',
    permission: 'duty:payment:receive',
    summary: 'Take cash for a debt; gives the receipt',
    tag,
    body: ReceiveCash,
    out: Receipt,
    successStatus: 201,
    handler: async ({ body, principal, key, now }) => {
      const desk = deskOf(principal, body.office)
      if (!desk.ok) return desk
      const done = await receive(deps, reference, desk.value, body, { principal, key: key!, at: now })
      if (done.ok) deps.bus.announce({ topic: 'payment', id: body.reference, organisations: [done.value.payer], status: 'paid' })
      return done
    },
  }),
  route({
    method: 'GET',
    path: '/api/cash-desk/days',
    permission: 'duty:payment:receive',
    summary: 'The day of each cashier at the own offices',
    tag,
    query: Type.Object({ date: Type.Optional(LegalDate) }, { additionalProperties: false }),
    out: Type.Array(DeskDay),
    handler: async ({ query, principal, now }) => listDays(deps.sql, officesOf(principal), query.date ?? dayIn(await reference(), home, now)),
  }),
  route({
    method: 'POST',
    path: '/api/cash-desk/close',
    permission: 'duty:payment:receive',
    summary: 'Close the own day: what was counted against the receipts',
    tag,
    body: CloseDesk,
    out: DeskDay,
    successStatus: 201,
    handler: async ({ body, principal, key, now }) => {
      const desk = deskOf(principal, body.office)
      return desk.ok ? close(deps, dayIn(await reference(), home, now), desk.value, body, { principal, key: key!, at: now }) : desk
    },
  }),
  ...receiptRoutes(deps),
]
