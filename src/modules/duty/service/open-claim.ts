/** Opens a demand of its own: its number is what the debtor names, its charge is paid by hand until something else covers it. */
import type { Tx } from '#platform/database.ts'
import type { ClaimRow, TaxAmount } from '../schema.ts'
import { insertClaim } from '../store/claims.ts'
import { officeOf } from '../store/debts.ts'
import { charge } from '../store/ledger.ts'
import { nextNumber } from '../store/posts.ts'

export type Opening = {
  administration: string
  kind: Exclude<ClaimRow['kind'], 'additional'>
  origin: string
  payer: string
  currency: string
  lines: readonly TaxAmount[]
  law: string
  grounds: string
  dueOn: string
  /** that of the origin when absent */ office?: string
  by: string
  at: string
}

/** Method of payment A (cash, or any other by hand): DE 4/8. */
const byHand = 'A'

export const openClaim = async (tx: Tx, o: Opening): Promise<string> => {
  const number = await nextNumber(tx, `${o.administration}-D${o.at.slice(2, 4)}`)
  const subject = { kind: 'claim', id: number }
  const { currency } = o
  await insertClaim(tx, { ...o, number, subject, reference: number })
  await charge(tx, {
    subject,
    reference: number,
    administration: o.administration,
    currency,
    payer: o.payer,
    holders: [o.payer],
    lines: o.lines.map((l) => ({ method: byHand, taxType: l.tax, money: { minor: l.minor, currency } })),
    deferments: [],
    guarantees: [],
    key: `${number}/1`,
    office: o.office ?? (await officeOf(tx, o.origin)),
    at: o.at,
  })
  return number
}
