/** Methods of payment (DE 4/8) and which account bears what is paid by them. Pure. */
import type { Charge, ChargeLine } from './schema.ts'

export type Bearer = 'deferment' | 'cash_account' | 'guarantee' | 'immediate'

/** UCC-IA annex B DE 4/8; everything else (cash, cards, cheques, transfers) is paid by hand before release. */
const bearers: Readonly<Record<string, Bearer>> = {
  E: 'deferment',
  R: 'deferment',
  P: 'cash_account',
  S: 'guarantee',
  T: 'guarantee',
  U: 'guarantee',
  V: 'guarantee',
  Z: 'guarantee',
}

export const bearerOf = (method: string): Bearer => bearers[method] ?? 'immediate'

/** The number of a trader's cash account when none was named. */
export const cashAccountOf = (registration: string): string => `CA-${registration}`

/** DE 8/2: type Y is a cash account, whatever else holds a guarantee. */
const cashAccountType = 'Y'

const accountOf = (bearer: Bearer, c: Pick<Charge, 'deferments' | 'guarantees' | 'payer'>): string | null => {
  if (bearer === 'deferment') return c.deferments[0] ?? null
  if (bearer === 'cash_account') return c.guarantees.find((g) => g.type === cashAccountType && g.reference)?.reference ?? cashAccountOf(c.payer)
  if (bearer === 'guarantee') return c.guarantees.find((g) => g.type !== cashAccountType && g.reference)?.reference ?? null
  return null
}

export type BorneLine = { kind: Bearer; account: string | null; method: string; tax: string; secure: boolean; minor: number }

/** Which account is asked for which part. */
export const bear = (line: ChargeLine, c: Pick<Charge, 'deferments' | 'guarantees' | 'payer'>): BorneLine => {
  const kind = bearerOf(line.method)
  return { kind, account: accountOf(kind, c), method: line.method, tax: line.taxType, secure: line.secure ?? false, minor: line.money.minor }
}
