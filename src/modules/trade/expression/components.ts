/**
 * Components as TARIC keeps them in its data: expression id, amount, currency, unit and qualifier apart. Used by importers and by the
 * command line. Pure.
 */
import { isDecimal } from '#kernel/decimal.ts'
import type { Component, Expression, MeursingSymbol } from '../schema/expression.ts'
import { isUnit, rowOf, splitUnit } from './units.ts'

export type TaricComponent = {
  /** 01 first · 04 19 20 plus · 02 36 minus · 15 MIN · 17 35 MAX · 12 14 21 25 27 29 Meursing · 37 nil · 99 unit alone */
  duty_expression_id: string
  op: string
  amount: number | null
  currency: string | null
  unit: string | null
  qualifier: string | null
  kind: 'ad_valorem' | 'specific' | 'symbolic'
}

/** TARIC never uses one id twice in a measure: the second plus is 19, the third 20. */
const ids = { first: ['01'], '+': ['04', '19', '20'], '-': ['02', '36'], MIN: ['15'], MAX: ['17', '35'] } as const

const meursingIds = { AC: '12', ACR: '14', SD: '21', SDR: '25', FD: '27', FDR: '29' } as const
type ReferenceSymbol = keyof typeof meursingIds
const referenceSymbols: Readonly<Record<MeursingSymbol, ReferenceSymbol>> = {
  EA: 'AC',
  EAR: 'ACR',
  ADSZ: 'SD',
  ADSZR: 'SDR',
  ADFM: 'FD',
  ADFMR: 'FDR',
  AC: 'AC',
  ACR: 'ACR',
  SD: 'SD',
  SDR: 'SDR',
  FD: 'FD',
  FDR: 'FDR',
}

const symbolic = (duty_expression_id: string, op: string): TaricComponent => ({
  duty_expression_id,
  op,
  amount: null,
  currency: null,
  unit: null,
  qualifier: null,
  kind: 'symbolic',
})

const toTaric = (c: Component, id: string): TaricComponent => {
  // Neither has a place in that form.
  if (c.kind === 'rule' || c.kind === 'text') return symbolic('', c.kind)
  if (c.kind === 'nil') return symbolic('37', 'nil')
  if (c.kind === 'unit') return { ...symbolic('99', 'unit_only'), ...splitUnit(c.unit!) }
  if (c.kind === 'meursing') return symbolic(meursingIds[referenceSymbols[c.symbol!]], `+${referenceSymbols[c.symbol!]}`)
  const amount = Number(c.value)
  if (c.kind === 'percent') return { ...symbolic(id, c.op), amount, kind: 'ad_valorem' }
  if (c.kind === 'retail') return { ...symbolic(id, c.op), amount, unit: 'RET', kind: 'specific' }
  return { ...symbolic(id, c.op), amount, currency: c.currency!, ...(c.unit && splitUnit(c.unit)), kind: 'specific' }
}

/** What was read, in the form of TARIC's data. Amounts become numbers, which is what that form has. */
export const taricComponents = (expression: Expression): TaricComponent[] => {
  const used = new Map<Component['op'], number>()
  return expression.map((c) => {
    const before = used.get(c.op) ?? 0
    if (c.kind !== 'meursing') used.set(c.op, before + 1)
    return toTaric(c, ids[c.op][Math.min(before, ids[c.op].length - 1)]!)
  })
}

const opsById: Readonly<Record<string, Component['op']>> = {
  '01': 'first',
  '04': '+',
  '19': '+',
  '20': '+',
  '02': '-',
  '36': '-',
  '15': 'MIN',
  '17': 'MAX',
  '35': 'MAX',
}
const symbolsById: Readonly<Record<string, MeursingSymbol>> = { '12': 'EA', '14': 'EAR', '21': 'ADSZ', '25': 'ADSZR', '27': 'ADFM', '29': 'ADFMR' }

export type GivenComponent = {
  id: string
  amount?: string | null | undefined
  currency?: string | null | undefined
  /** with its qualifier or without */ unit?: string | null | undefined
  qualifier?: string | null | undefined
}

/** Without currency and unit an amount is a percentage; `RET` makes it one of the retail price. */
const given = (c: GivenComponent, op: Component['op']): Component | undefined => {
  const unit = c.unit ? c.unit + (c.qualifier ?? '') : undefined
  if (c.amount === undefined || c.amount === null || !isDecimal(c.amount)) return undefined
  if (unit === 'RET') return { op, kind: 'retail', value: c.amount }
  if (!c.currency) return unit ? undefined : { op, kind: 'percent', value: c.amount }
  if (unit && !isUnit(unit)) return undefined
  return /^[A-Z]{3}$/.test(c.currency) ? { op, kind: 'specific', value: c.amount, currency: c.currency, ...(unit && { unit }) } : undefined
}

/** From TARIC's data into an expression; undefined for the first component that is none. */
export const expressionOf = (components: readonly GivenComponent[]): Expression | undefined => {
  const expression: Component[] = []
  for (const [i, c] of components.entries()) {
    const symbol = rowOf(symbolsById, c.id)
    const op = i === 0 ? 'first' : symbol ? '+' : rowOf(opsById, c.id)
    const unit = c.unit ? c.unit + (c.qualifier ?? '') : undefined
    const read: Component | undefined =
      symbol && op
        ? { op, kind: 'meursing', symbol }
        : c.id === '37'
          ? { op: 'first', kind: 'nil' }
          : c.id === '99'
            ? unit && isUnit(unit)
              ? { op: 'first', kind: 'unit', unit }
              : undefined
            : op && given(c, op)
    if (!read) return undefined
    expression.push(read)
  }
  return expression.length > 0 ? expression : undefined
}
