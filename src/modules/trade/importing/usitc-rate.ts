/**
 * A rate of the US tariff from its figures: `specific` s and `other` o in dollars, `ad_val` a as a fraction, by type code (spec of the
 * USITC data). Figures and text must say the same; what they do not, and what has no formula, stays a text for an officer. Pure.
 */
import { Decimal } from '#kernel/decimal.ts'
import type { Component, Expression } from '../schema.ts'

export type RateFields = { text: string; type: string; adValorem?: number; specific?: number; other?: number; unit1?: string; unit2?: string }
export type Rate = { expression: Expression; remark?: 'differs' | 'text' }

/** Units of quantity of the HTS → UN/ECE Rec. 20. A code without one stands for itself. */
const units: Readonly<Record<string, string>> = {
  KG: 'KGM',
  GM: 'GRM',
  G: 'GRM',
  T: 'TNE',
  L: 'LTR',
  NO: 'NAR',
  PCS: 'NAR',
  PRS: 'NPR',
  DOZ: 'DZN',
  GRO: 'GRO',
  M: 'MTR',
  M2: 'MTK',
  M3: 'MTQ',
  BBL: 'BLL',
  CAR: 'CTM',
  PFL: 'PFL',
  CKG: 'CKG',
  CYK: 'CYK',
  KTS: 'KTS',
  DPR: 'DPR',
  HUN: 'CEN',
  THS: 'MIL',
}
export const unitOf = (code: string | undefined): string | undefined => (code && code !== 'X' ? (units[code] ?? code) : undefined)

/** Some lines are charged per kilogram and counted in grams: the text then names the unit. */
const unitOfText = (text: string, counted: string | undefined): string | undefined => (counted === 'GRM' && /\/\s*kg\b/i.test(text) ? 'KGM' : counted)

const percentOf = (text: string, fraction: number): string => {
  const third = /(\d+)\s+(\d)\/(\d)\s*%/.exec(text)
  if (third) {
    const exact = new Decimal(third[1]!).plus(new Decimal(third[2]!).div(third[3]!))
    if (exact.minus(new Decimal(fraction).times(100)).abs().lt('0.1')) return exact.toDecimalPlaces(20).toFixed()
  }
  return new Decimal(fraction).times(100).toFixed()
}

type Part = { kind: 'percent'; value: number } | { kind: 'specific'; value: number; unit: string | undefined }

/** No figure of a rate is as large as the 9999.99 that stands where nothing can be computed. */
const notComputable = 9000

const partsOf = (f: RateFields): Part[] | undefined => {
  const s = (unit: string | undefined): Part => ({ kind: 'specific', value: f.specific ?? 0, unit })
  const o = (unit: string | undefined): Part => ({ kind: 'specific', value: f.other ?? 0, unit })
  const a: Part = { kind: 'percent', value: f.adValorem ?? 0 }
  const [q1, q2] = [unitOfText(f.text, unitOf(f.unit1)), unitOfText(f.text, unitOf(f.unit2))]
  const byType: Readonly<Record<string, Part[]>> = {
    '0': [{ kind: 'percent', value: 0 }],
    '1': [s(q1)],
    '2': [s(q2)],
    '3': [s(q1), o(q2)],
    '4': [s(q1), a],
    '5': [s(q2), a],
    '6': [s(q1), o(q2), a],
    '7': [a],
  }
  const parts = byType[f.type]
  const usable = parts?.every((p) => p.value < notComputable && p.value >= 0 && (p.kind === 'percent' || p.unit !== undefined))
  return usable ? parts : undefined
}

/** Does the text name a percentage exactly where the figures have one, and the same? */
const agrees = (text: string, parts: readonly Part[]): boolean => {
  const told = /(\d+(?:\.\d+)?)\s*%/.exec(text)
  const figure = parts.find((p) => p.kind === 'percent')?.value ?? 0
  if (!told) return figure === 0
  return /\d\s+\d\/\d\s*%/.test(text) || new Decimal(told[1]!).minus(new Decimal(figure).times(100)).abs().lte('0.011')
}

export const usitcRate = (f: RateFields): Rate => {
  const asText: Expression = [{ op: 'first', kind: 'text', text: f.text.slice(0, 500) }]
  const parts = partsOf(f)
  if (!parts) return { expression: asText, remark: 'text' }
  if (f.type !== '0' && !agrees(f.text, parts)) return { expression: asText, remark: 'differs' }
  return {
    expression: parts.map((p, i): Component => {
      const op = i === 0 ? 'first' : '+'
      if (p.kind === 'percent') return { op, kind: 'percent', value: percentOf(f.text, p.value) }
      return { op, kind: 'specific', value: new Decimal(p.value).toFixed(), currency: 'USD', unit: p.unit! }
    }),
  }
}
