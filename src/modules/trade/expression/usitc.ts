/**
 * Rates of the tariff of the United States as the USITC writes them (`13.5 cents/kg + 6.3% + 1.9 cents/article`), into components and into
 * its structured form: a rate type, and the parts that are multiplied by the value and by the two quantities of the line (HTS annual
 * data, "rate type code"). Pure; never throws.
 *   0 free · 1 s·q1 · 2 s·q2 · 3 s·q1 + o·q2 · 4 s·q1 + a·v · 5 s·q2 + a·v · 6 s·q1 + o·q2 + a·v · 7 a·v · 9 other text ·
 *   K sugar by degrees of polarisation · T, X a quantity of content that the line does not report
 */
import { Decimal, decimal } from '#kernel/decimal.ts'
import type { Component, Expression } from '../schema/expression.ts'

export type RateType = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '9' | 'K' | 'T' | 'X'

export const formulas: Readonly<Record<RateType, string>> = {
  '0': 'free',
  '1': 'specific*q1',
  '2': 'specific*q2',
  '3': 'specific*q1+other*q2',
  '4': 'specific*q1+adval*value',
  '5': 'specific*q2+adval*value',
  '6': 'specific*q1+other*q2+adval*value',
  '7': 'adval*value',
  '9': 'see_text',
  K: 'formula_sugar_degrees',
  T: 'see_text_content',
  X: 'see_text_content',
}

export type UsRate = {
  type: RateType
  /** fraction of the value: 0.063 */ adValorem: string
  /** dollars; null where the text must be read by a person */ specific: string | null
  other: string | null
  quantity1: string | null
  quantity2: string | null
  /** undefined where nobody could read the text */
  expression?: Expression
}

/** What a unit of the text is called among the quantity codes of a line, and in an expression. */
const units: Readonly<Record<string, readonly [code: string, unit: string]>> = {
  kg: ['KG', 'KGM'],
  liter: ['L', 'LTR'],
  'pf.liter': ['PFL', 'PFL'],
  'pr.': ['PRS', 'NPR'],
  'doz.': ['DOZ', 'DZN'],
  article: ['NO', 'NAR'],
  each: ['NO', 'NAR'],
  'no.': ['NO', 'NAR'],
  head: ['NO', 'NAR'],
  bbl: ['BBL', 'BLL'],
  cleankg: ['CYK', 'CYK'],
  t: ['T', 'TNE'],
  m2: ['M2', 'MTK'],
  m3: ['M3', 'MTQ'],
  m: ['M', 'MTR'],
  g: ['GM', 'GRM'],
  gross: ['GRS', 'GRO'],
  'doz.prs.': ['DPR', 'DPR'],
  thousand: ['THS', 'MIL'],
  hundred: ['HUN', 'CEN'],
}

/** Words behind a unit that say how it is weighed, of which duty is taken all the same. */
const howWeighed =
  /^(?:on drained weight|on contents and container|on (?:the )?entire contents of container|,? ?including weight of container|of immediate containers|on ethyl alcohol content)$/
const ofContent = /^(?:on|of) ([a-z][a-z ]{1,40}?) content$/

type Amount = { code: string; unit: string; usd: Decimal; content?: string }

const each = /^(?:\$ ?([0-9]{1,9}(?:\.[0-9]{1,10})?)|([0-9]{1,9}(?:\.[0-9]{1,10})?) ?(?:cents?|¢)) ?(?:\/ ?|(?=each))(.+)$/

const amountOf = (text: string): Amount | undefined => {
  const found = each.exec(text)
  if (!found) return undefined
  const [, dollars, cents, rest] = found
  const usd = dollars === undefined ? decimal(cents!).div(100) : decimal(dollars)
  // The longest unit that the rest begins with: `pf. liter on …` before `p`.
  const names = Object.keys(units).toSorted((a, b) => b.length - a.length)
  for (const name of names) {
    const pattern = new RegExp(
      `^${[...name]
        .map((c) => (c === '.' ? '\\.? ?' : c))
        .join('')
        .replace('cleankg', 'clean kg')}(?![a-z0-9])`,
    )
    const hit = pattern.exec(rest!)
    if (!hit) continue
    const how = rest!.slice(hit[0].length).trim()
    const [code, unit] = units[name]!
    if (how === '' || howWeighed.test(how)) return { code, unit, usd }
    if (how === 'of total sugars') return { code: 'KTS', unit: 'KTS', usd, content: 'total sugars' }
    const content = ofContent.exec(how)?.[1]
    return content ? { code: 'CKG', unit: 'CKG', usd, content } : undefined
  }
  return undefined
}

/** `6.3%`, `33 1/3%`, `4.9% on the entire set`. */
const percentOf = (text: string): Decimal | undefined => {
  const found = /^([0-9]{1,5}(?:\.[0-9]{1,10})?)(?: ([1-9])\/([2-9]))? ?%(?: on the entire set| ad val\.?)?$/.exec(text)
  if (!found) return undefined
  return found[2]
    ? decimal(found[1]!)
        .plus(decimal(found[2]).div(decimal(found[3]!)))
        .toDecimalPlaces(20)
    : decimal(found[1]!)
}

const degrees =
  /^([0-9.]{1,12}) ?cents ?\/ ?kg less ([0-9.]{1,12}) ?cents ?\/ ?kg for each degree under 100(?: degrees)?(?: \(and fractions of a degree in proportion\))?(?: but not less than| \(min) ([0-9.]{1,12})(?: ?cents ?\/ ?kg)?\)?$/

const usd = (op: Component['op'], value: Decimal, unit: string, content?: string): Component => ({
  op,
  kind: 'specific',
  value: value.toFixed(),
  currency: 'USD',
  unit,
  ...(content && { content }),
})

/** Rate for sugar of 100 degrees, less so much for each degree below, and a floor. */
const sugar = (text: string): Expression | undefined => {
  const found = degrees.exec(text)?.slice(1)
  if (!found || found.some((n) => !/^[0-9]+(?:\.[0-9]+)?$/.test(n))) return undefined
  const [full, step, floor] = found.map((n) => decimal(n).div(100))
  return [usd('first', full!, 'KGM'), usd('-', step!, 'KDG'), usd('MIN', floor!, 'KGM')]
}

type Read = { free?: true; amounts: Amount[]; percent?: Decimal }

const readTerms = (text: string): Read | undefined => {
  if (/^free(?:, under bond)?$/.test(text)) return { free: true, amounts: [] }
  const read: Read = { amounts: [] }
  for (const part of text.split('+').map((p) => p.trim())) {
    const percent = percentOf(part)
    const amount = percent ? undefined : amountOf(part)
    if ((!percent && !amount) || (percent && read.percent)) return undefined
    if (percent) read.percent = percent
    else read.amounts.push(amount!)
  }
  return read
}

type Line = { quantity1?: string | null; quantity2?: string | null }
type Codes = { quantity1: string | null; quantity2: string | null }

/** Which of the two quantities of the line an amount is multiplied by: the one that its unit names, else the first. */
const placeOf = (a: Amount, { quantity1, quantity2 }: Codes): 1 | 2 => (a.code !== quantity1 && a.code === quantity2 ? 2 : 1)

/** The quantity that an amount needs is none of the line's. */
const lacksContent = ({ amounts, percent }: Read, { quantity1, quantity2 }: Codes): RateType | undefined => {
  const missing = amounts.filter((a) => a.content && a.code !== quantity1 && a.code !== quantity2)
  if (missing.some((a) => a.unit === 'CKG')) return 'T'
  // Sugar with a percentage beside it is taken of the line's kilograms by the USITC itself.
  return missing.length > 0 && !percent ? 'X' : undefined
}

const expressionOf = ({ free, amounts, percent }: Read): Expression => {
  if (free) return [{ op: 'first', kind: 'percent', value: '0' }]
  const parts = [
    ...amounts.map((a) => usd('+', a.usd, a.unit, a.content)),
    ...(percent ? [{ op: '+' as const, kind: 'percent' as const, value: percent.toFixed() }] : []),
  ]
  return parts.map((p, i) => (i === 0 ? { ...p, op: 'first' as const } : p))
}

const one = { '1': { plain: '1', compound: '4' }, '2': { plain: '2', compound: '5' } } as const

const structured = (read: Read, codes: Codes): Pick<UsRate, 'type' | 'specific' | 'other'> => {
  const [first, second] = read.amounts
  if (!first) return { type: read.free ? '0' : '7', specific: '0', other: '0' }
  if (!second) return { type: one[placeOf(first, codes)][read.percent ? 'compound' : 'plain'], specific: first.usd.toFixed(), other: '0' }
  const swapped = placeOf(first, codes) === 2
  const [q1, q2] = swapped ? [second, first] : [first, second]
  return { type: read.percent ? '6' : '3', specific: q1.usd.toFixed(), other: q2.usd.toFixed() }
}

/** Codes of the line as given; where nobody gave any, those that the text itself names. */
const codesOf = (line: Line, amounts: readonly Amount[]): Codes => {
  if (line.quantity1 !== undefined || line.quantity2 !== undefined) return { quantity1: line.quantity1 ?? null, quantity2: line.quantity2 ?? null }
  const [first, second] = amounts.filter((a) => !a.content).map((a) => a.code)
  return { quantity1: first ?? null, quantity2: second ?? null }
}

/** Reads a rate together with the quantity codes of its line (`KG`, `L`, `PFL`, `NO`, `DOZ`, `CKG`, `KTS` …). */
export const readUsitc = (text: string, line: Line = {}): UsRate => {
  const tidied = text.normalize('NFKC').replaceAll('¢', ' cents').replace(/\s+/g, ' ').trim().toLowerCase()
  const refused = { adValorem: '0', specific: null, other: null }
  const bySugar = tidied.length > 500 ? undefined : sugar(tidied)
  if (bySugar) return { type: 'K', ...refused, ...codesOf(line, [{ code: 'KG', unit: 'KGM', usd: new Decimal(0) }]), expression: bySugar }
  const read = tidied.length > 500 ? undefined : readTerms(tidied)
  const codes = codesOf(line, read?.amounts ?? [])
  if (!read || read.amounts.length > 3) return { type: '9', ...refused, ...codes }
  const lacking = lacksContent(read, codes)
  if (lacking) return { type: lacking, ...refused, ...codes, expression: expressionOf(read) }
  if (read.amounts.length > 2) return { type: '9', ...refused, ...codes }
  return { ...structured(read, codes), adValorem: (read.percent ?? new Decimal(0)).div(100).toFixed(), ...codes, expression: expressionOf(read) }
}
