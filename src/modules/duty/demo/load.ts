/** Accounts of the demo country's operators. Deterministic. */
import type { Tx } from '#platform/database.ts'
import { cashAccountOf } from '../methods.ts'
import { openAccounts, takeIn, type NewAccount } from '../store/accounts.ts'

const administration = 'XV'
const currency = 'VRC'
const major = 100

/** Most have room for months of trade; every fourth is short on purpose, so that somebody has to pay by hand. */
const isShort = (place: number): boolean => place % 4 === 1
const limitAt = (place: number): number => (isShort(place) ? 400 : 20_000_000) * major
const openingAt = (place: number): number => (isShort(place) ? 250 : 60_000 + (place % 7) * 12_500) * major

const accountsOf = (owner: string, place: number): NewAccount[] => [
  { administration, kind: 'deferment', code: owner, owner, currency, limitMinor: limitAt(place) },
  { administration, kind: 'guarantee', code: `G-${owner}`, owner, currency, limitMinor: limitAt(place) },
  { administration, kind: 'cash_account', code: cashAccountOf(owner), owner, currency, limitMinor: 0 },
]

/** A deferment account (its number is the registration), a guarantee `G-…` and a cash account `CA-…` with money in it for each operator. */
export const loadDemoDuty = async (
  tx: Tx,
  registrations: readonly string[],
  facts: { at: string } = { at: new Date().toISOString() },
): Promise<void> => {
  const opened = await openAccounts(tx, registrations.flatMap(accountsOf), facts.at)
  for (const [place, owner] of registrations.entries()) {
    const code = cashAccountOf(owner)
    await takeIn(tx, {
      administration,
      kind: 'deposit',
      from: { kind: 'provider', code: 'bank' },
      accountId: opened.get(code)!,
      subject: { kind: 'account', id: code },
      reference: code,
      money: { minor: openingAt(place), currency },
      key: `opening/${code}`,
      at: facts.at,
    })
  }
}
