/** One period of a quota as a subject: what may happen to it, how events change it, and the status that follows. Pure. */
import { Decimal, decimal } from '#kernel/decimal.ts'
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error } from '#kernel/issue.ts'
import type { LegalDate } from '#kernel/time.ts'
import { allocateAll, type DayShares, type Waiting } from './allocate.ts'
import type { QuotaAction, QuotaEvent, QuotaState, QuotaStatus } from './schema.ts'

/** The least quantity that can be told out. */
const unitOf = (s: Pick<QuotaState, 'precision'>): Decimal => new Decimal(10).pow(-s.precision)
const wholeOf = (s: Pick<QuotaState, 'volume' | 'transferred'>): Decimal => decimal(s.volume).plus(decimal(s.transferred))

export const isExhausted = (s: QuotaState): boolean => decimal(s.balance).lt(unitOf(s))

/** From the definition's threshold on, or from the opening where the definition says so (UCC-IA Art. 53). */
export const isCritical = (s: QuotaState): boolean => {
  const whole = wholeOf(s)
  const used = whole.minus(decimal(s.balance))
  return s.criticalFromStart || isExhausted(s) || used.times(100).gte(whole.times(decimal(s.criticalPercent)))
}

/**
 * Several things may be true at once; the one with the stronger effect on a trader is the status: outside its period, then suspended
 * (not claimable), blocked (claimable, allocation waits), exhausted, critical, open.
 */
export const statusOf = (s: QuotaState, date: LegalDate): QuotaStatus => {
  if (date < s.validFrom) return 'not-open'
  if (date >= s.validTo) return 'closed'
  if (s.hold !== 'none') return s.hold
  if (isExhausted(s)) return 'exhausted'
  return isCritical(s) ? 'critical' : 'open'
}

const holds = { blocked: 'blocked', suspended: 'suspended', unblocked: 'none', resumed: 'none' } as const

/** The state after one event. */
export const evolve = (s: QuotaState, e: QuotaEvent): QuotaState => {
  const next = { ...s, version: s.version + 1, balance: decimal(s.balance).plus(decimal(e.quantity)).toFixed() }
  if (e.type === 'transferred' || e.type === 'received') return { ...next, transferred: decimal(s.transferred).plus(decimal(e.quantity)).toFixed() }
  return Object.hasOwn(holds, e.type) ? { ...next, hold: holds[e.type as keyof typeof holds] } : next
}

/** The thresholds that a change of the balance has crossed. */
const crossed = (before: QuotaState, after: QuotaState): QuotaEvent[] => {
  if (isExhausted(after)) return isExhausted(before) ? [] : [{ type: 'exhausted', quantity: '0' }]
  if (isExhausted(before)) return [{ type: 'reopened', quantity: '0' }]
  return isCritical(after) && !isCritical(before) ? [{ type: 'critical', quantity: '0' }] : []
}

const withThresholds = (s: QuotaState, event: QuotaEvent): QuotaEvent[] => [event, ...crossed(s, evolve(s, event))]

/** Serves waiting claims. A quota on hold serves nobody: its claims wait. */
export const allocate = (s: QuotaState, claims: readonly Waiting[]): { events: QuotaEvent[]; days: DayShares[] } => {
  if (s.hold !== 'none') return { events: [], days: [] }
  const days = allocateAll(s.balance, s.precision, claims)
  const events: QuotaEvent[] = []
  let state = s
  for (const day of days) {
    const now = withThresholds(state, { type: 'allocated', quantity: decimal(day.allocated).neg().toFixed(), reference: day.day })
    events.push(...now)
    state = now.reduce(evolve, state)
  }
  return { events, days }
}

/** What was allocated and is not used after all goes back (UCC-IA Art. 54). */
export const giveBack = (s: QuotaState, quantity: string, reference: string): QuotaEvent[] =>
  withThresholds(s, { type: 'returned', quantity, reference })

const possible: Readonly<Record<QuotaAction, readonly QuotaState['hold'][]>> = {
  block: ['none'],
  suspend: ['none', 'blocked'],
  unblock: ['blocked'],
  resume: ['suspended'],
  transfer: ['none', 'blocked', 'suspended'],
}
const becomes = { block: 'blocked', unblock: 'unblocked', suspend: 'suspended', resume: 'resumed' } as const

export type Change = { action: QuotaAction; quantity?: string; reason: string }
type Both = { from: QuotaEvent[]; to: QuotaEvent[] }

/** Holding a quota, letting it go on, or moving a quantity to another period or quota of the same unit. */
export const change = (s: QuotaState, to: QuotaState | null, c: Change): Decision<never> | ({ ok: true } & Both) => {
  if (!possible[c.action].includes(s.hold)) return refused(error('trade.quota_not_possible_now', '/action', { action: c.action, hold: s.hold }))
  if (c.action !== 'transfer') return { ok: true, from: [{ type: becomes[c.action], quantity: '0', reason: c.reason }], to: [] }
  if (!to || to.id === s.id) return refused(error('trade.quota_target_missing', '/toDefinitionId'))
  if (to.unit !== s.unit) return refused(error('trade.quota_units_differ', '/toDefinitionId', { from: s.unit, to: to.unit }))
  const quantity = decimal(c.quantity ?? '0')
  if (quantity.lte(0)) return refused(error('trade.quota_quantity_missing', '/quantity'))
  if (quantity.gt(decimal(s.balance))) return refused(error('trade.quota_balance_short', '/quantity', { balance: s.balance, unit: s.unit }))
  return {
    ok: true,
    from: withThresholds(s, {
      type: 'transferred',
      quantity: quantity.neg().toFixed(),
      reference: `${to.orderNumber} ${to.validFrom}`,
      reason: c.reason,
    }),
    to: withThresholds(to, { type: 'received', quantity: quantity.toFixed(), reference: `${s.orderNumber} ${s.validFrom}`, reason: c.reason }),
  }
}

export type Opening = Pick<QuotaState, 'volume' | 'validFrom' | 'validTo' | 'criticalPercent'>

/** Is the period of a new definition one? */
export const checkOpening = (o: Opening): Decision<never> => {
  const issues = [
    ...(o.validTo > o.validFrom ? [] : [error('trade.quota_period', '/validTo')]),
    ...(decimal(o.volume).gt(0) ? [] : [error('trade.quota_quantity_missing', '/volume')]),
    ...(decimal(o.criticalPercent).lte(100) ? [] : [error('trade.quota_percent', '/criticalPercent')]),
  ]
  return issues.length > 0 ? refused(...issues) : decided([])
}
