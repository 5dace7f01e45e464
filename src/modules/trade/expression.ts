/**
 * Duty expressions as TARIC and the UK tariff print them, into components and back.
 *   expr := term (op term)* ; op := + | - | MIN | MAX ; term := number % | number CUR / unit | number CUR (a sum for the item)
 * What is not of this form becomes one `text` component, which sends the line to an officer.
 */
import type { Component, Expression } from './schema.ts'

/** Printed units → TARIC unit codes. Codes stand for themselves. */
const unitsByText: Record<string, string> = {
  '100 kg': 'DTN',
  kg: 'KGM',
  '1000 kg': 'TNE',
  tonne: 'TNE',
  t: 'TNE',
  hl: 'HLT',
  l: 'LTR',
  litre: 'LTR',
  item: 'NAR',
  items: 'NAR',
  piece: 'NAR',
  p: 'NAR',
  '1000 items': 'MIL',
  '1000 p/st': 'MIL',
  'p/st': 'NAR',
  '100 items': 'CEN',
  '100 p/st': 'CEN',
  pair: 'NPR',
  pairs: 'NPR',
  pa: 'NPR',
  m: 'MTR',
  m2: 'MTK',
  m3: 'MTQ',
  g: 'GRM',
  '% vol hl': 'ASVX',
  '% vol/hl': 'ASVX',
  '% vol / hl': 'ASVX',
  lpa: 'LPA',
  'l alc. 100%': 'LPA',
  'l pure alcohol': 'LPA',
  mwh: 'MWH',
  tj: 'TJO',
  'ce/el': 'NCL',
  ct: 'CCT',
}

const unitOf = (text: string): string | undefined => {
  const plain = text.trim().replace(/\s+/g, ' ')
  const known = unitsByText[plain.toLowerCase()] ?? unitsByText[plain.toLowerCase().replace(/^1,000 /, '1000 ')]
  return known ?? (/^[A-Z]{3}[A-Z]?$/.test(plain.replace('#', '')) ? plain.replace('#', '') : undefined)
}

const number = '([0-9]+(?:[.,][0-9]+)?)'
const percentTerm = new RegExp(`^${number}\\s*%$`)
const specificTerm = new RegExp(`^${number}\\s*([A-Z]{3})\\s*(?:/\\s*(.+))?$`)
const plain = (numeral: string): string => numeral.replace(',', '.')

const term = (text: string, op: Component['op']): Component | undefined => {
  if (/^free$/i.test(text)) return { op, kind: 'percent', value: '0' }
  const percent = percentTerm.exec(text)
  if (percent) return { op, kind: 'percent', value: plain(percent[1]!) }
  const specific = specificTerm.exec(text)
  if (!specific) return undefined
  const unit = specific[3] === undefined ? null : unitOf(specific[3])
  return unit === undefined ? undefined : { op, kind: 'specific', value: plain(specific[1]!), currency: specific[2]!, ...(unit && { unit }) }
}

/** Reads an expression. Text of another form is kept as it is, for an officer to read. */
export const parseExpression = (text: string): Expression => {
  const parts = text.trim().split(/\s*(?:\b(MIN|MAX)\b|([+]|(?<=[%\w])\s*-\s*(?=[0-9])))\s*/)
  // split keeps both groups of the separator: [term, word, sign, term, word, sign, …]
  const components: Component[] = []
  for (let i = 0; i < parts.length; i += 3) {
    const op = i === 0 ? 'first' : ((parts[i - 2] ?? parts[i - 1]!.trim()) as Component['op'])
    const component = term((parts[i] ?? '').trim(), op)
    if (!component) return [{ op: 'first', kind: 'text', text: text.trim().slice(0, 500) }]
    components.push(component)
  }
  return components
}

const printTerm = (c: Component): string => {
  if (c.kind === 'text') return c.text ?? ''
  return c.kind === 'percent' ? `${c.value} %` : `${c.value} ${c.currency}${c.unit ? ` / ${c.unit}` : ''}`
}

/** The expression as people read it: `10 % + 5.00 VRC / DTN MAX 20 %`. */
export const printExpression = (expression: Expression): string =>
  expression.map((c) => (c.op === 'first' ? printTerm(c) : `${c.op} ${printTerm(c)}`)).join(' ')

/** The percentage, when the expression is nothing but one. */
export const plainPercent = (expression: Expression | undefined): string | undefined => {
  const [only, more] = expression ?? []
  return only && !more && only.kind === 'percent' ? only.value : undefined
}
