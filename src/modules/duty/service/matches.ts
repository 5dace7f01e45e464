/** From the suspense account to what an entry is for. With `dry` only whether it could. */
import { randomUUID } from 'node:crypto'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import type { Tx } from '#platform/database.ts'
import { isIban } from '../iban.ts'
import type { MatchTarget } from '../schema.ts'
import { findAccount, findAccountById, setAccountStatus } from '../store/accounts.ts'
import type { BankEntry } from '../store/bank.ts'
import { findDebt, lockDebt } from '../store/debts.ts'
import { insertOrder, lockOrder, setOrder, type Order } from '../store/orders.ts'
import { cover, post, type PostLine } from '../store/posts.ts'
import { markRefund } from '../store/refunds.ts'
import { goOn, goOnWithShort } from './settle.ts'

type Applied = { posting: number; after: () => void }
type Context = { tx: Tx; entry: BankEntry; at: string; today: string; dry: boolean }
const suspense = { kind: 'suspense' as const, code: 'suspense' }
const nothing: Applied = { posting: 0, after: () => undefined }

const move = (
  { tx, entry, at }: Context,
  to: PostLine,
  kind: 'match' | 'payout' | 'return',
  subject = { kind: 'bank_entry', id: entry.id },
): Promise<number> =>
  post(tx, {
    administration: entry.administration,
    kind,
    subject,
    reference: entry.bankReference,
    currency: entry.money.currency,
    lines: [{ ...suspense, minor: -to.minor }, to],
    key: `match/${entry.id}`,
    at,
  })

const toDebt = async (c: Context, reference: string): Promise<Outcome<Applied>> => {
  const { tx, entry, at, today } = c
  const debt = await findDebt(tx, 'all', reference)
  if (!debt || entry.direction === 'out') return refuse(error('duty.debt_unknown', '/target/reference', { reference }))
  if (debt.currency !== entry.money.currency) return refuse(error('duty.currency_differs', '/target/reference', { due: debt.currency }))
  if (c.dry) return accept(nothing)
  await lockDebt(tx, debt.subject)
  const posting = await cover(tx, {
    administration: entry.administration,
    subject: debt.subject,
    reference,
    payer: debt.payer,
    money: entry.money,
    method: 'transfer',
    from: suspense,
    posting: 'match',
    key: `match/${entry.id}`,
    day: today,
    at,
  })
  return accept({ posting, after: await goOn(tx, debt.subject, at, { today }) })
}

const payable = ['cash_account', 'deferment', 'credit']

const toAccount = async (c: Context, code: string): Promise<Outcome<Applied>> => {
  const account = await findAccount(c.tx, 'all', code)
  if (!account || !payable.includes(account.kind) || c.entry.direction === 'out')
    return refuse(error('duty.account_not_found', '/target/reference', { code }))
  if (account.balance.currency !== c.entry.money.currency)
    return refuse(error('duty.currency_differs', '/target/reference', { due: account.balance.currency }))
  if (c.dry) return accept(nothing)
  const posting = await move(c, { accountId: account.id, minor: c.entry.money.minor }, 'match', { kind: 'account', id: code })
  return accept({ posting, after: await goOnWithShort(c.tx, code, c.at, c.today) })
}

/** A refund was paid out, or came back. */
const toCredit = async (c: Context, order: Order): Promise<Outcome<Applied>> => {
  const isReturn = c.entry.direction === 'in'
  if (order.status !== (isReturn ? 'executed' : 'filed')) return refuse(error('duty.order_status', '/target/reference', { status: order.status }))
  if (c.dry) return accept(nothing)
  const minor = isReturn ? c.entry.money.minor : -c.entry.money.minor
  const posting = await move(c, { kind: 'payable', code: 'payable', minor }, isReturn ? 'return' : 'payout')
  await setOrder(c.tx, order.id, isReturn ? 'returned' : 'executed')
  await markRefund(c.tx, order.reference, isReturn ? 'approved' : 'paid', c.at)
  return accept({ posting, after: () => undefined })
}

/** A direct debit was paid, or sent back: then the account owes it again and is blocked, as far as its limit bears it. */
const toDebit = async (c: Context, order: Order): Promise<Outcome<Applied>> => {
  const isReturn = c.entry.direction === 'out'
  if (order.status !== (isReturn ? 'executed' : 'filed')) return refuse(error('duty.order_status', '/target/reference', { status: order.status }))
  const account = await findAccountById(c.tx, order.accountId!)
  if (isReturn && account.available.minor < c.entry.money.minor)
    return refuse(
      error('duty.cover_short', '/target/reference', {
        account: account.code,
        short: c.entry.money.minor - account.available.minor,
        currency: c.entry.money.currency,
      }),
    )
  if (c.dry) return accept(nothing)
  const minor = isReturn ? -c.entry.money.minor : c.entry.money.minor
  const posting = await move(c, { accountId: order.accountId!, minor }, isReturn ? 'return' : 'match', { kind: 'account', id: account.code })
  await setOrder(c.tx, order.id, isReturn ? 'returned' : 'executed')
  if (isReturn) await setAccountStatus(c.tx, account.code, 'blocked')
  return accept({ posting, after: isReturn ? () => undefined : await goOnWithShort(c.tx, account.code, c.at, c.today) })
}

const toOrder = async (c: Context, endToEnd: string): Promise<Outcome<Applied>> => {
  const order = await lockOrder(c.tx, endToEnd)
  if (!order) return refuse(error('duty.order_unknown', '/target/reference', { reference: endToEnd }))
  if (order.money.minor !== c.entry.money.minor || order.money.currency !== c.entry.money.currency)
    return refuse(error('duty.order_amount', '/target/reference', { expected: order.money.minor, found: c.entry.money.minor }))
  return order.direction === 'credit' ? toCredit(c, order) : toDebit(c, order)
}

/** Nobody's money goes back to whom it came from, by the next payment file. */
const toSender = async (c: Context): Promise<Outcome<Applied>> => {
  const { entry } = c
  if (entry.direction === 'out' || !isIban(entry.counterpartyIban)) return refuse(error('duty.sender_unknown', '/target'))
  if (c.dry) return accept(nothing)
  const posting = await move(c, { kind: 'payable', code: 'payable', minor: entry.money.minor }, 'match')
  const reference = `RET-${entry.id.slice(0, 18).toUpperCase()}`
  await insertOrder(c.tx, {
    id: randomUUID(),
    endToEnd: reference,
    administration: entry.administration,
    direction: 'credit',
    money: entry.money,
    name: entry.counterparty || '-',
    iban: entry.counterpartyIban,
    mandate: null,
    reference,
    accountId: null,
    status: 'ready',
    createdAt: c.at,
  })
  return accept({ posting, after: () => undefined })
}

export const applyMatch = (
  tx: Tx,
  entry: BankEntry,
  target: MatchTarget,
  at: string,
  today: string,
  { dry = false } = {},
): Promise<Outcome<Applied>> => {
  const context = { tx, entry, at, today, dry }
  if (target.kind === 'debt') return toDebt(context, target.reference)
  if (target.kind === 'account') return toAccount(context, target.reference)
  return target.kind === 'order' ? toOrder(context, target.reference) : toSender(context)
}
