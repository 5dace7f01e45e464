/** Transit: its guarantee is held before the release, its goods are told to supervision by it, and its end frees or calls the guarantee. */
import { zero } from '#kernel/money.ts'
import type { Instant } from '#kernel/time.ts'
import { legalDate } from '#kernel/time.ts'
import type { Tx } from '#platform/database.ts'
import { callSecurity, letGoSecurity, secure } from '#modules/duty'
import { endTransit, expectTransit, lockTransit } from '#modules/supervision'
import type { Facts } from '../decide/index.ts'
import { declaredTransit, securityOf } from '../facts/transit.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import type { Clearance } from './clearance.ts'
import type { Happened } from './notify.ts'

/** Holds the guarantee. Released goods are not cleared: that comes with their presentation at destination. */
export const secureTransit = async (c: Clearance, tx: Tx, s: DeclarationState, at: Instant): Promise<Partial<Facts>> => {
  const { currency, traderTest } = c.settings(s.administration, at.slice(0, 10))
  if (traderTest)
    return { settlement: { postingId: null, reference: s.mrn, settled: [], outstanding: zero(currency), shortfalls: [] }, securedOnly: true }
  const held = await secure(tx, securityOf(s), `${s.id}/${s.version}`, at)
  if (!held.ok) throw new Error(`the ledger refused to look at ${s.mrn}: ${held.issues.map((i) => i.code).join(', ')}`)
  return { settlement: held.value, securedOnly: true }
}

/** Does a trip under seal go on with the goods? The answer holds until the transaction ends. */
export const underSeal = async (tx: Tx, s: DeclarationState): Promise<boolean> => {
  const transit = await lockTransit(tx, s.mrn)
  return transit !== null && transit.tripId !== null && transit.endedAt === null
}

type Ended = Extract<Happened['event'], { type: 'declaration.transit-ended' }>

const ended = async (c: Clearance, tx: Tx, s: DeclarationState, { end }: Ended): Promise<() => void> => {
  await endTransit(tx, s.mrn, end.at)
  const security = securityOf(s)
  const today = legalDate(end.at, c.settings(s.administration, end.at.slice(0, 10)).timeZone)
  // Where a trip has ended it, that decision has let go or called already, and nothing is held any more.
  if (end.outcome === 'discharged') return letGoSecurity(tx, security, end.at, today)
  await callSecurity(tx, security, { name: end.by, grounds: end.reason, at: end.at, today })
  return () => undefined
}

/** What follows from the events of a run, in its transaction; what it answers runs after the commit. */
export const followTransit = async (c: Clearance, tx: Tx, s: DeclarationState, happened: readonly Happened[]): Promise<() => void> => {
  if (s.regime !== 'transit') return () => undefined
  if (happened.some((h) => h.event.type === 'declaration.released')) await expectTransit(tx, declaredTransit(s))
  const end = happened.map((h) => h.event).find((e) => e.type === 'declaration.transit-ended')
  return end ? ended(c, tx, s, end) : () => undefined
}
