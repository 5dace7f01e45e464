/**
 * Duty expressions as TARIC and the UK tariff print them, into components.
 *   expr := term (op term)* ; op := + | - | MIN | MAX
 *   term := number % | number % / Retail Price | number CUR [[/] unit] | EA … FDR | unit
 * A rule for a national tax begins with `=` (rule.ts). What is not of this form becomes one `text` component, which sends the line to an officer. Never throws.
 */
import { meursingSymbols, type Component, type Expression, type MeursingSymbol } from '../schema/expression.ts'
import { readRule } from './rule.ts'
import { isUnit, readUnit } from './units.ts'

type Op = Component['op']
type Term = Omit<Component, 'op'>

const operators = /(\+|\bMIN\b|\bMAX\b|-(?=\s*[0-9£€$]))/i
const numeral = '([0-9]{1,3}(?:[ ,][0-9]{3})+(?:\\.[0-9]{1,20})?|[0-9]{1,12}(?:[.,][0-9]{1,20})?)'
const percentTerm = new RegExp(`^${numeral} ?%$`)
const retailTerm = new RegExp(`^${numeral} ?% ?(?:/|of)? ?(?:retail price|RET)$`, 'i')
const amountTerm = new RegExp(`^(?:([£€$]) ?${numeral}|${numeral} ?([A-Z]{3}|[£€$]))(?: ?(?:/|per|(?=for each )) ?(.+)| ([A-Z]{3} ?[A-Z]?))?$`)
const signs: Readonly<Record<string, string>> = { '£': 'GBP', '€': 'EUR', $: 'USD' }

/** `1,234.50` and `1 234` are grouped, `3,5` has a decimal comma; `1,234` may mean either, and is not read. */
const readNumber = (text: string): string | undefined => {
  if (/^[1-9][0-9]{0,2},[0-9]{3}$/.test(text)) return undefined
  if (/^0,[0-9]+$/.test(text) || /^[0-9]+,[0-9]{1,2}$/.test(text)) return text.replace(',', '.')
  return /^[0-9]{1,3}(?:[ ,][0-9]{3})+/.test(text) ? text.replace(/[ ,]/g, '') : text.replace(',', '.')
}

const isSymbol = (text: string): text is MeursingSymbol => (meursingSymbols as readonly string[]).includes(text)

/** Three letters are a currency unless they are something else here: an operator, a unit, a Meursing component. */
const isCurrency = (code: string): boolean => code === 'EUR' || !(/^M(?:IN|AX)$/.test(code) || isUnit(code) || isSymbol(code))

const amount = (text: string): Term | undefined => {
  const found = amountTerm.exec(text)
  if (!found) return undefined
  const [, sign, afterSign, before, currency, slashed, bare] = found
  // TARIC's own notices leave the slash out: `176.800 EUR DTN G`.
  const per = slashed ?? bare
  const value = readNumber(afterSign ?? before!)
  const money = sign ?? currency!
  const unit = per === undefined ? null : readUnit(per)
  if (value === undefined || unit === undefined || !isCurrency(money)) return undefined
  return { kind: 'specific', value, currency: signs[money] ?? money, ...(unit && { unit }) }
}

const percent = (text: string, pattern: RegExp, kind: 'percent' | 'retail'): Term | undefined => {
  const found = pattern.exec(text)
  const value = found && readNumber(found[1]!)
  return value ? { kind, value } : undefined
}

/** Terms that may stand beside others. */
const term = (text: string, op: Op): Term | undefined => {
  if (isSymbol(text)) return op === '-' ? undefined : { kind: 'meursing', symbol: text }
  return percent(text, percentTerm, 'percent') ?? percent(text, retailTerm, 'retail') ?? amount(text)
}

/** Terms that are the whole of an expression. */
const wholeTerm = (text: string): Term | undefined => {
  if (/^free$/i.test(text)) return { kind: 'percent', value: '0' }
  if (/^nihil$/i.test(text)) return { kind: 'nil' }
  const unit = readUnit(text)
  return unit === undefined ? undefined : { kind: 'unit', unit }
}

/** Blanks, dashes and superscripts in one form. */
const tidy = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()

const longest = 500
const terms = (parts: readonly string[]): Expression | undefined => {
  const components: Component[] = []
  for (let i = 0; i < parts.length; i += 2) {
    const op = (i === 0 ? 'first' : parts[i - 1]!.toUpperCase()) as Op
    const text = parts[i]!.trim()
    // A piece of an expression begins with its operator.
    if (i === 0 && text === '' && parts.length > 1) continue
    const found = term(text, op)
    if (!found) return undefined
    components.push({ op, ...found })
  }
  return components
}

/** A national tax: a rule behind an equals sign. */
const rule = (text: string): Expression | undefined => {
  const read = readRule(text)
  if (!read.ok) return undefined
  const { currency } = read.rule
  return [{ op: 'first', kind: 'rule', text: text.replace(/^\s*=/, '').trim(), ...(currency && { currency }) }]
}

/**
 * Reads an expression; undefined when it is none. With `fragment` also a piece of one, which begins with its operator (`+ 1.00%`).
 */
export const readTaric = (text: string, fragment = false): Expression | undefined => {
  if (/^\s*=/.test(text)) return rule(text)
  const tidied = tidy(text)
  if (tidied === '' || tidied.length > longest) return undefined
  const parts = tidied.split(operators)
  if (parts.length > 40 || (!fragment && parts.length > 1 && parts[0]!.trim() === '')) return undefined
  const whole = parts.length === 1 ? wholeTerm(tidied) : undefined
  return whole ? [{ op: 'first', ...whole }] : terms(parts)
}

/** Reads an expression. Text of another form is kept as it is, for an officer to read. */
export const parseExpression = (text: string): Expression => readTaric(text) ?? [{ op: 'first', kind: 'text', text: text.trim().slice(0, longest) }]
