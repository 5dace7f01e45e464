/** Accounts of the demo country's operators. Deterministic. */
import type { Tx } from '#platform/database.ts'
import { cashAccountOf } from '../methods.ts'
import { openAccounts, takeIn, type NewAccount } from '../store/accounts.ts'
import { ibanOf } from '../iban.ts'
import { insertGuarantee } from '../store/guarantees.ts'
import { saveMandate } from '../store/statements.ts'
import { saveRate, saveTerms } from '../store/terms.ts'

const administration = 'XV'
const currency = 'VRC'
const major = 100

/** Most have room for months of trade; every fourth is short on purpose, so that somebody has to pay by hand. */
const isShort = (place: number): boolean => place % 4 === 1
const limitAt = (place: number): number => (isShort(place) ? 400 : 20_000_000) * major
const openingAt = (place: number): number => (isShort(place) ? 250 : 60_000 + (place % 7) * 12_500) * major

/** What Verania has laid down: the days of the Code, a second person above 500.00, interest at rates that changed in July. */
const layDown = async (tx: Tx): Promise<void> => {
  await saveTerms(tx, administration, '2020-01-01', {
    paymentDays: 10,
    reminderDays: 5,
    graceDays: 7,
    decisionDays: 120,
    refundYears: 3,
    interestMinimumMinor: 1_000,
    secondPersonMinor: 50_000,
    drawbackPercent: '99',
    dayCount: 'actual/365',
  })
  for (const [kind, percent, validFrom] of [
    ['late', '6.15', '2020-01-01'],
    ['late', '5.5', '2026-07-01'],
    ['credit', '3.15', '2020-01-01'],
    ['credit', '2.5', '2026-07-01'],
  ] as const)
    await saveRate(tx, administration, { kind, percent, validFrom, source: 'Treasury notice' })
}

/** Behind every guarantee stands a bank; every third trader's deferred duty is collected by direct debit. */
const stand = async (tx: Tx, owner: string, place: number, ids: ReadonlyMap<string, number>): Promise<void> => {
  await insertGuarantee(tx, ids.get(`G-${owner}`)!, {
    kind: 'comprehensive',
    guarantor: 'XV-BANK-01',
    guarantorName: 'First Bank of Verania',
    levelPercent: place % 4 === 2 ? 50 : 100,
  })
  if (place % 3 === 0)
    await saveMandate(tx, ids.get(owner)!, {
      reference: `M-${owner}`,
      signedOn: '2025-03-03',
      name: owner,
      iban: ibanOf('XV', `0020202600${String(place).padStart(6, '0')}`),
    })
}

const accountsOf = (owner: string, place: number): NewAccount[] => [
  { administration, kind: 'deferment', code: owner, owner, currency, limitMinor: limitAt(place) },
  { administration, kind: 'guarantee', code: `G-${owner}`, owner, currency, limitMinor: limitAt(place) },
  { administration, kind: 'cash_account', code: cashAccountOf(owner), owner, currency, limitMinor: 0 },
]

/** A deferment account (its number is the registration), a guarantee `G-…` and a cash account `CA-…` with money in it for each operator. */
export const loadDemoDuty = async (tx: Tx, registrations: readonly string[], facts: { at: string }): Promise<void> => {
  await layDown(tx)
  const opened = await openAccounts(tx, registrations.flatMap(accountsOf), facts.at)
  for (const [place, owner] of registrations.entries()) {
    await stand(tx, owner, place, opened)
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
