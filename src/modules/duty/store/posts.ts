/** Movements beside charging, through the functions of db/migrations/0080. Each in the caller's transaction. */
import type { Money } from '#kernel/money.ts'
import type { Tx } from '#platform/database.ts'
import type { AccountKind, ReceiptMethod, Subject, TaxAmount } from '../schema.ts'

export type PostLine = ({ accountId: number } | { kind: AccountKind; code: string }) & { minor: number; tax?: string }
export type Post = {
  administration: string
  kind: 'receipt' | 'deposit' | 'bank' | 'match' | 'payout' | 'offset' | 'write_off' | 'remission' | 'return' | 'transfer'
  subject: Subject
  reference: string
  currency: string
  lines: readonly PostLine[]
  /** the same movement is posted once */ key: string
  at: string
}

/** Posts lines that sum to zero; answers the posting. A repeated key breaks the constraint `posting_key`. */
export const post = async (tx: Tx, p: Post): Promise<number> => {
  const { subject, ...rest } = p
  const [row] = await tx<{ id: number }[]>`
    select duty.post(${JSON.stringify({ ...rest, subjectKind: subject.kind, subjectId: subject.id })}::text::jsonb) as id`
  return row!.id
}

export type Refunding = {
  subject: Subject
  reference: string
  lines: readonly TaxAmount[]
  /** of what was paid by hand too much, instead of what was collected */ overpaid: boolean
  to: { accountId: number } | { kind: 'payable'; code: string }
  key: string
  at: string
}

/** Gives back; more than was collected or overpaid breaks `refund_within_paid`. */
export const postRefund = async (tx: Tx, r: Refunding): Promise<number> => {
  const { subject, ...rest } = r
  const [row] = await tx<{ id: number }[]>`
    select duty.refund(${JSON.stringify({ ...rest, subjectKind: subject.kind, subjectId: subject.id })}::text::jsonb) as id`
  return row!.id
}

export const nextNumber = async (tx: Tx, series: string): Promise<string> => {
  const [row] = await tx<{ number: string }[]>`select duty.next_number(${series}) as number`
  return row!.number
}

/** From now on a credit account bears what would be paid by hand for a subject; null = no longer. */
export const grantCredit = async (tx: Tx, subject: Subject, account: string | null): Promise<void> => {
  await tx`select duty.grant_credit(${subject.kind}, ${subject.id}, ${account})`
}

export type Coverage = {
  administration: string
  subject: Subject
  reference: string
  payer: string
  money: Money
  method: ReceiptMethod
  from: { accountId: number } | { kind: AccountKind; code: string }
  posting: Extract<Post['kind'], 'receipt' | 'match' | 'offset' | 'write_off' | 'remission' | 'transfer'>
  key: string
  /** legal date in the administration's zone */ day: string
  at: string
}

/** Covers a debt from another place than a desk or provider: posts it as received for the subject, with a receipt. Answers the posting. */
export const cover = async (tx: Tx, c: Coverage): Promise<number> => {
  const posting = await post(tx, {
    administration: c.administration,
    kind: c.posting,
    subject: c.subject,
    reference: c.reference,
    currency: c.money.currency,
    lines: [
      { ...c.from, minor: -c.money.minor },
      { kind: 'received', code: 'received', minor: c.money.minor },
    ],
    key: c.key,
    at: c.at,
  })
  const number = await nextNumber(tx, `${c.administration}-${c.day.slice(2, 4)}`)
  await tx`
    insert into duty.receipt (number, administration, subject_kind, subject_id, reference, payer, currency, amount_minor, method, posting_id, day, at)
    values (${number}, ${c.administration}, ${c.subject.kind}, ${c.subject.id}, ${c.reference}, ${c.payer}, ${c.money.currency}, ${c.money.minor}, ${c.method}, ${posting}, ${c.day}, ${c.at})`
  return posting
}
