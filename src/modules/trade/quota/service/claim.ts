/** What declarations ask of quotas: claims are set to what a declaration says, allocated by the day, and given back. */
import { randomBytes } from 'node:crypto'
import { Decimal, decimal } from '#kernel/decimal.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { later, type Instant, type LegalDate } from '#kernel/time.ts'
import type { Tx } from '#platform/database.ts'
import { actorOf } from '#platform/command.ts'
import { enqueue } from '#platform/jobs.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { priorityOf } from '../calendar.ts'
import { quantityIn, type DeclaredQuantities } from '../quantity.ts'
import { giveBack, isCritical } from '../quota.ts'
import type { QuotaFact, QuotaState } from '../schema.ts'
import {
  applyEvents,
  claimsOf,
  findPeriod,
  insertClaim,
  insertQuota,
  lockPeriods,
  openPeriod,
  reduceClaim,
  type ClaimRow,
  type Occasion,
} from '../store.ts'

const actor = actorOf(systemPrincipal('Portcullis'))
export const newId = (at: Instant): string => uuidv7(Date.parse(at), randomBytes(10))

/** What one goods item claims. */
export type Wanted = { itemNumber: number; orderNumber: string; quantities: DeclaredQuantities }
export type ClaimRequest = {
  administration: string
  subject: { kind: string; id: string }
  /** number for people (MRN) */ reference: string
  /** registration of whoever benefits */ holder: string
  /** all items that claim a quota; those that claimed before and are not named claim no longer */ wanted: readonly Wanted[]
  /** legal date that decides the period */ acceptedOn: LegalDate
  /** legal date on which what is new of it was claimed completely: its turn (UCC-IA Art. 51); a later amendment stands behind its day */ claimedOn?: LegalDate
  at: Instant
  /** trader test service: a quota that nobody opened opens itself */ sandbox?: boolean
}

/** The trader test service knows no real balances: its quotas are as large as nobody asks for. */
const openForTest = async (tx: Tx, r: ClaimRequest, orderNumber: string): Promise<QuotaState | null> => {
  const year = Number(r.acceptedOn.slice(0, 4))
  const state: QuotaState = {
    id: newId(r.at),
    administration: r.administration,
    orderNumber,
    validFrom: `${year}-01-01`,
    validTo: `${year + 1}-01-01`,
    volume: '1000000000',
    transferred: '0',
    unit: 'KGM',
    precision: 3,
    criticalPercent: '90',
    criticalFromStart: false,
    balance: '0',
    hold: 'none',
    version: 0,
  }
  await insertQuota(tx, {
    administration: r.administration,
    orderNumber,
    kind: 'first-come',
    names: { en: `Test quota ${orderNumber}` },
    commodities: [''],
    origins: [],
    legalBase: 'trader test service',
  })
  await openPeriod(tx, state, { actor, at: r.at, command: 'quota.open', payload: { orderNumber }, facts: {} })
  return findPeriod(tx, r.administration, orderNumber, r.acceptedOn)
}

type Target = { itemNumber: number; period: QuotaState; quantity: Decimal }

const targetsOf = async (tx: Tx, r: ClaimRequest): Promise<Target[]> => {
  const targets: Target[] = []
  for (const w of r.wanted) {
    const period =
      (await findPeriod(tx, r.administration, w.orderNumber, r.acceptedOn)) ?? (r.sandbox ? await openForTest(tx, r, w.orderNumber) : null)
    const quantity = period && quantityIn(period.unit, w.quantities)?.toDecimalPlaces(6)
    if (period && quantity?.gt(0)) targets.push({ itemNumber: w.itemNumber, period, quantity })
  }
  return targets
}

const keyOf = (definitionId: string, itemNumber: number): string => `${definitionId}/${itemNumber}`
/** What a claim still stands for. */
const standing = (c: ClaimRow): Decimal => (c.status === 'returned' ? new Decimal(0) : decimal(c.quantity).minus(decimal(c.returned)))

/** Takes `less` off claims, the youngest first; what had been allocated goes back into the balance. */
const reduce = async (tx: Tx, claims: readonly ClaimRow[], less: Decimal): Promise<Decimal> => {
  let back = new Decimal(0)
  let left = less
  for (const c of claims.toReversed()) {
    const part = Decimal.min(left, standing(c))
    if (part.lte(0)) continue
    left = left.minus(part)
    if (c.status === 'pending') {
      const quantity = decimal(c.quantity).minus(part)
      await reduceClaim(tx, c, { quantity: quantity.isZero() ? c.quantity : quantity.toFixed(), returned: '0', withdrawn: quantity.isZero() })
      continue
    }
    // What was asked for and not got is given up first: only what was got can go back.
    const unmet = decimal(c.quantity).minus(decimal(c.allocated!))
    const returned = Decimal.max(0, Decimal.min(part.minus(unmet), decimal(c.allocated!).minus(decimal(c.returned))))
    const quantity = decimal(c.quantity).minus(Decimal.min(part, unmet))
    const total = decimal(c.returned).plus(returned)
    await reduceClaim(tx, c, {
      quantity: quantity.isZero() ? c.quantity : quantity.toFixed(),
      returned: total.toFixed(),
      withdrawn: quantity.minus(total).isZero() || quantity.isZero(),
    })
    back = back.plus(returned)
  }
  return back
}

const reduceTo = async (tx: Tx, r: ClaimRequest, before: readonly ClaimRow[], targets: ReadonlyMap<string, Target>): Promise<void> => {
  const groups = Map.groupBy(before, (c) => keyOf(c.definitionId, c.itemNumber))
  const excess = (key: string, claims: readonly ClaimRow[]): Decimal =>
    claims.reduce((sum, c) => sum.plus(standing(c)), new Decimal(0)).minus(targets.get(key)?.quantity ?? 0)
  if (![...groups].some(([key, claims]) => excess(key, claims).gt(0))) return
  // Locked before claims are read again: an allocation may have been under way.
  const periods = await lockPeriods(
    tx,
    before.map((c) => c.definitionId),
  )
  const back = new Map<string, Decimal>()
  for (const [key, claims] of Map.groupBy(await claimsOf(tx, r.subject), (c) => keyOf(c.definitionId, c.itemNumber))) {
    const less = excess(key, claims)
    if (less.lte(0)) continue
    const id = claims[0]!.definitionId
    back.set(id, (back.get(id) ?? new Decimal(0)).plus(await reduce(tx, claims, less)))
  }
  for (const [id, quantity] of back) {
    if (quantity.lte(0)) continue
    const occasion: Occasion = {
      actor,
      at: r.at,
      command: 'quota.return',
      payload: { reference: r.reference, quantity: quantity.toFixed() },
      facts: {},
    }
    await applyEvents(tx, periods.get(id)!, giveBack(periods.get(id)!, quantity.toFixed(), r.reference), occasion)
  }
}

const factOf = (target: Target, claims: readonly ClaimRow[]): QuotaFact => {
  const own = claims.filter((c) => keyOf(c.definitionId, c.itemNumber) === keyOf(target.period.id, target.itemNumber) && c.status !== 'returned')
  const decided = own.every((c) => c.allocated !== null)
  const got = own.reduce((sum, c) => sum.plus(decimal(c.allocated ?? '0')).minus(decimal(c.returned)), new Decimal(0))
  return {
    orderNumber: target.period.orderNumber,
    unit: target.period.unit,
    quantity: target.quantity.toFixed(),
    allocated: decided ? got.toFixed() : null,
    critical: isCritical(target.period) || target.period.hold !== 'none',
  }
}

/**
 * Makes the claims of a declaration what it says now, and answers how each item stands. What it claims anew or more waits for its
 * turn; what it claims less goes back. Asked twice the same, it changes nothing. Items whose quota is not open, or which do not tell
 * their quantity, get no answer.
 */
export const setClaims = async (tx: Tx, r: ClaimRequest): Promise<Record<string, QuotaFact>> => {
  const before = await claimsOf(tx, r.subject)
  if (r.wanted.length === 0 && before.length === 0) return {}
  const targets = new Map((await targetsOf(tx, r)).map((t) => [keyOf(t.period.id, t.itemNumber), t]))
  await reduceTo(tx, r, before, targets)
  const held = Map.groupBy(await claimsOf(tx, r.subject), (c) => keyOf(c.definitionId, c.itemNumber))
  for (const [key, t] of targets) {
    const more = t.quantity.minus((held.get(key) ?? []).reduce((sum, c) => sum.plus(standing(c)), new Decimal(0)))
    if (more.gt(0))
      await insertClaim(tx, {
        id: newId(r.at),
        definitionId: t.period.id,
        subject: r.subject,
        itemNumber: t.itemNumber,
        reference: r.reference,
        holder: r.holder,
        quantity: more.toFixed(),
        priority: priorityOf(r.claimedOn ?? r.acceptedOn),
        acceptedAt: r.at,
      })
    // The trader test service does not wait for the next day.
    if (more.gt(0) && r.sandbox) await enqueue(tx, 'trade:allocate-quotas', {}, { runAt: later(r.at, 60_000), jobKey: 'allocate-test-quotas' })
  }
  const after = await claimsOf(tx, r.subject)
  return Object.fromEntries([...targets.values()].map((t) => [String(t.itemNumber), factOf(t, after)]))
}

/** Everything that a subject claimed goes back. */
export const releaseClaims = async (tx: Tx, r: Pick<ClaimRequest, 'administration' | 'subject' | 'reference' | 'at'>): Promise<void> => {
  await setClaims(tx, { ...r, holder: '', wanted: [], acceptedOn: r.at.slice(0, 10) })
}
