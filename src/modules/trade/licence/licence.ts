/** What a licence covers and how it is used up. Pure. */
import { Decimal, decimal } from '#kernel/decimal.ts'
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error } from '#kernel/issue.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { ChangeLicence, IssueLicence, Licence, LicenceEvent, LicenceProblem } from './schema.ts'

/** What one goods item wants to write off. `quantity` is in the licence's unit; null when the item does not tell it. */
export type Use = {
  /** registrations that may use it for the declaration: importer, exporter, declarant */ parties: readonly string[]
  commodity: string
  origin?: string
  date: LegalDate
  quantity: string | null
  valueMinor: number | null
  /** DE 8/1 of the item */ orderNumber?: string
}

const withTolerance = (limit: Decimal, l: Licence): Decimal => limit.times(decimal(l.tolerancePercent).div(100).plus(1))

/** What may still be written off, tolerance included; null = no limit of that kind. */
export const leftOf = (l: Licence): { quantity: Decimal | null; valueMinor: Decimal | null } => ({
  quantity: l.quantity === null ? null : withTolerance(decimal(l.quantity), l).minus(decimal(l.used)),
  valueMinor: l.valueMinor === null ? null : withTolerance(new Decimal(l.valueMinor), l).floor().minus(l.usedValueMinor),
})

const isShort = (l: Licence, use: Use): boolean => {
  const left = leftOf(l)
  const quantity = left.quantity !== null && use.quantity !== null && decimal(use.quantity).gt(left.quantity)
  const value = left.valueMinor !== null && use.valueMinor !== null && left.valueMinor.lt(use.valueMinor)
  return quantity || value
}

/** Every reason why the licence does not cover the item. */
export const problemsOf = (l: Licence, use: Use): LicenceProblem[] => {
  const problems: [boolean, LicenceProblem][] = [
    [!use.parties.includes(l.holder), 'holder'],
    [!l.commodities.some((c) => use.commodity.startsWith(c)), 'commodity'],
    [l.origins.length > 0 && !l.origins.includes(use.origin ?? ''), 'origin'],
    [use.date < l.validFrom || use.date >= l.validTo, 'date'],
    [l.status !== 'active', 'status'],
    [l.orderNumber !== null && use.orderNumber !== undefined && use.orderNumber !== l.orderNumber, 'quota'],
    [(l.quantity !== null && use.quantity === null) || (l.valueMinor !== null && use.valueMinor === null), 'quantity_missing'],
    [isShort(l, use), 'short'],
  ]
  return problems.flatMap(([is, problem]) => (is ? [problem] : []))
}

/** The state after one event. */
export const evolve = (l: Licence | null, e: LicenceEvent): Licence => {
  if (e.type === 'licence.issued') return e.licence
  const next = { ...l!, version: l!.version + 1 }
  const sign = e.type === 'licence.written-off' ? 1 : -1
  if (e.type === 'licence.written-off' || e.type === 'licence.returned')
    return {
      ...next,
      used: decimal(next.used).plus(decimal(e.quantity).times(sign)).toFixed(),
      usedValueMinor: next.usedValueMinor + sign * e.valueMinor,
    }
  return { ...next, status: e.type === 'licence.resumed' ? 'active' : e.type === 'licence.suspended' ? 'suspended' : 'revoked' }
}

export const issue = (command: IssueLicence, facts: { id: string; administration: string }): Decision<LicenceEvent> => {
  const issues = [
    ...(command.validTo > command.validFrom ? [] : [error('trade.licence_period', '/validTo')]),
    ...(command.quantity === undefined && command.valueMinor === undefined ? [error('trade.licence_limit_missing', '/quantity')] : []),
    ...(command.quantity !== undefined && command.unit === undefined ? [error('trade.licence_unit_missing', '/unit')] : []),
    ...(command.valueMinor !== undefined && command.currency === undefined ? [error('trade.licence_currency_missing', '/currency')] : []),
  ]
  if (issues.length > 0) return refused(...issues)
  const licence: Licence = {
    id: facts.id,
    administration: facts.administration,
    documentCode: command.documentCode,
    number: command.number,
    holder: command.holder,
    commodities: command.commodities,
    origins: command.origins,
    orderNumber: command.orderNumber ?? null,
    unit: command.quantity === undefined ? null : command.unit!,
    quantity: command.quantity ?? null,
    currency: command.valueMinor === undefined ? null : command.currency!,
    valueMinor: command.valueMinor ?? null,
    tolerancePercent: command.tolerancePercent,
    validFrom: command.validFrom,
    validTo: command.validTo,
    office: command.office,
    status: 'active',
    used: '0',
    usedValueMinor: 0,
    version: 1,
  }
  return decided([{ type: 'licence.issued', licence }])
}

const from = { suspend: ['active'], resume: ['suspended'], revoke: ['active', 'suspended'] } as const
const becomes = { suspend: 'licence.suspended', resume: 'licence.resumed', revoke: 'licence.revoked' } as const

export const changeStatus = (l: Licence, { action, reason }: ChangeLicence): Decision<LicenceEvent> =>
  (from[action] as readonly string[]).includes(l.status)
    ? decided([{ type: becomes[action], reason }])
    : refused(error('trade.licence_not_possible_now', '/action', { action, status: l.status }))
