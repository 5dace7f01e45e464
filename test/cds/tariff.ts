/**
 * Rates are settings of an administration, which the pack does not state: they are taken from its indicative notice (DMSTAX 67), so
 * that everything else – bases, stacking of VAT, rounding, relief, security, what is payable – is computed here and compared.
 */
import { Decimal, decimal } from '#kernel/decimal.ts'
import type { DeclarationDocument, Notification } from '#schema/clearance'
import type { TariffSettings } from '#schema/trade'
import type { Scenario } from './scenarios.ts'

type Row = TariffSettings['measures'][number]
type Line = NonNullable<Notification['taxLines']>[number]

/** Computed from other lines, not charged by the tariff: VAT on duties, and securities. */
const derived = /^(?:B05|IPR|T24|MDC|MDP|ACS|CSD|STA)$/

/** A rate that leads from the base to what was assessed; the notices print two decimals of it. */
const rateOf = (line: Line): string => {
  const rate = decimal(line.rate!)
  if (!line.base || decimal(line.base.amount).isZero()) return rate.toFixed()
  const gross = decimal(line.assessed?.amount ?? '0').plus(line.deduct?.amount ?? '0')
  const computed = decimal(line.base.amount).times(rate).div(100).toDecimalPlaces(2, Decimal.ROUND_DOWN)
  const nothing = gross.isZero() && !computed.isZero()
  return nothing || computed.eq(gross) ? rate.toFixed() : gross.div(line.base.amount).times(100).toFixed()
}

/** A specific duty shows its amount only: it becomes an amount per kilogram of this very item, rounded up so that it gives the amount again. */
const perKilogram = (line: Line, netMassKg: string | undefined): string | null => {
  const amount = decimal(line.assessed?.amount ?? '0').plus(line.deduct?.amount ?? '0')
  if (netMassKg === undefined || decimal(netMassKg).isZero()) return null
  return `${amount.div(netMassKg).toDecimalPlaces(12, Decimal.ROUND_UP).toFixed()} GBP / KGM`
}

const claimOf = (item: DeclarationDocument['items'][number]): string => item.taxes?.find((t) => t.preference)?.preference ?? '100'

const toRow = (document: DeclarationDocument, line: Line): Row[] => {
  const item = document.items.find((i) => i.itemNumber === line.itemNumber)
  if (!item?.hsCode || !line.type || derived.test(line.type)) return []
  const expression = line.rate === undefined ? perKilogram(line, item.netMassKg) : `${rateOf(line)}%`
  if (expression === null) return []
  return [
    {
      hsCode: item.hsCode,
      ...(item.taricCode && { taric: item.taricCode }),
      type: line.type,
      expression,
      ...(/^A[05]0$/.test(line.type) && { preference: line.regime === '100' ? '100' : claimOf(item) }),
    },
  ]
}

const firstNotice = (scenario: Scenario): Notification | undefined => scenario.told.find((t) => t.name === 'TAX' && t.status === '67')?.notification

const originalOf = (scenario: Scenario): DeclarationDocument | undefined =>
  scenario.inputs.flatMap((i) => (i.kind === 'original' ? [i.document] : []))[0]

/**
 * A quota of which the claim got a part: what was left of it is a setting as well, and follows from the final notice, where the goods
 * stand in two parts. `rest` is the line of what got nothing.
 */
export const partlyAllocated = (scenario: Scenario): { order: string; leftKg: string; restKg: string; rest: Line } | null => {
  const item = originalOf(scenario)?.items.find((i) => i.taxes?.some((t) => t.quotaOrder))
  const lines = scenario.told.findLast((t) => t.name === 'TAX' && t.status === '4')?.notification.taxLines
  const whole = firstNotice(scenario)?.taxLines?.find((l) => l.type === 'A00' && l.regime !== '100')?.base
  const got = lines?.find((l) => l.type === 'A00' && l.regime !== '100')?.base
  const rest = lines?.find((l) => l.type === 'A00' && l.regime === '100')
  if (!item?.netMassKg || !whole || !got || !rest) return null
  const left = decimal(item.netMassKg).times(got.amount).div(whole.amount)
  return {
    order: item.taxes!.find((t) => t.quotaOrder)!.quotaOrder!,
    leftKg: left.toFixed(),
    restKg: decimal(item.netMassKg).minus(left).toFixed(),
    rest: { ...rest, itemNumber: item.itemNumber },
  }
}

const rowsOf = (scenario: Scenario): Row[] => {
  const document = originalOf(scenario)
  const notice = firstNotice(scenario)
  const part = partlyAllocated(scenario)
  const ofRest = document && part ? toRow({ ...document, items: document.items.map((i) => ({ ...i, netMassKg: part.restKg })) }, part.rest) : []
  return document && notice ? [...(notice.taxLines ?? []).flatMap((line) => toRow(document, line)), ...ofRest] : []
}

/** Where the pack gives no notice it gives no rates: nothing is owed then, so that what is told does not hang on rates of our own. */
const nothingOwed = (scenario: Scenario): Row[] =>
  scenario.inputs
    .flatMap((i) => (i.kind === 'original' ? i.document.items : []))
    .flatMap((item): Row[] =>
      item.hsCode
        ? (['A00', 'B00'] as const).map((type): Row => ({
            hsCode: item.hsCode!.slice(0, 8),
            ...(item.taricCode && { taric: item.taricCode }),
            type,
            expression: '0%',
            ...(type === 'A00' && { preference: claimOf(item) }),
          }))
        : [],
    )

/** The tariff of one scenario. What others say of the same goods without preference comes along: a security may need it. */
export const tariffOf = (scenario: Scenario, all: readonly Scenario[]): TariffSettings => {
  const own = rowsOf(scenario)
  if (own.length === 0) return { measures: nothingOwed(scenario) }
  const claimed = new Set(own.filter((r) => r.preference && r.preference !== '100').map((r) => `${r.hsCode}${r.taric ?? ''}`))
  const full = all
    .filter((s) => s !== scenario && claimed.size > 0)
    .flatMap(rowsOf)
    .filter((r) => r.preference === '100' && claimed.has(`${r.hsCode}${r.taric ?? ''}`))
  const once = full.filter((r, i) => full.findIndex((o) => o.hsCode === r.hsCode && o.taric === r.taric && o.type === r.type) === i)
  return { measures: [...own, ...once] }
}
