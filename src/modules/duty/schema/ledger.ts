/** Who bears what is owed: charges, settlements, accounts. */
import { Type, type Static } from 'typebox'
import { closed, optional, orNone, text, MoneyShape } from './common.ts'

export const accountKinds = [
  'cash_account',
  'deferment',
  'guarantee',
  'credit',
  'cash_desk',
  'provider',
  'received',
  'revenue',
  'secured',
  'suspense',
  'payable',
  'written_off',
  'remitted',
] as const
export type AccountKind = (typeof accountKinds)[number]

/** A part of a debt: one method, one tax. `secure` holds the amount instead of taking it. */
export const ChargeLine = Type.Object({ method: text(1), taxType: text(3), money: MoneyShape, secure: optional(Type.Boolean()) }, closed)
export type ChargeLine = Static<typeof ChargeLine>

/** Why an account does not bear its part. */
export const Shortfall = Type.Object({ code: text(60), method: text(1), account: orNone(text(70)), required: MoneyShape, short: MoneyShape }, closed)
export type Shortfall = Static<typeof Shortfall>

/** What the ledger answers when a debt is to be covered. Nothing is outstanding = covered. */
export const Settlement = Type.Object(
  {
    /** number of the posting that moved money now; null when nothing moved */
    postingId: orNone(Type.String()),
    /** what a payment notice names: the account that is short, or the MRN */
    reference: text(70),
    settled: Type.Array(Type.Object({ method: text(1), account: orNone(text(70)), taxType: text(3), money: MoneyShape }, closed)),
    outstanding: MoneyShape,
    shortfalls: Type.Array(Shortfall),
  },
  { ...closed, title: 'Settlement' },
)
export type Settlement = Static<typeof Settlement>

export type Subject = { kind: string; id: string }

/**
 * A debt to be covered. `subject` is what it arises from (a declaration), `reference` its number for people (MRN), `key` names the
 * version: the same key never charges twice, a new key charges or gives back the difference to what stands.
 */
export type Charge = {
  subject: Subject
  reference: string
  administration: string
  currency: string
  /** registration of the debtor */
  payer: string
  /** registrations whose accounts may be drawn: importer, declarant, representative */
  holders: string[]
  lines: ChargeLine[]
  /** DE 2/6 deferment accounts, in declared order */
  deferments: string[]
  /** DE 8/3 guarantee references with their type (DE 8/2); type Y is a cash account */
  guarantees: { type: string; reference: string }[]
  key: string
  at: string
  /** where the debt arose; revenue is told apart by it */
  office?: string
  /** trader test service: accounts open themselves with a large limit */
  sandbox?: boolean
}
