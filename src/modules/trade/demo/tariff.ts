/** Reads data/trade/tariff.txt (its head says how a line is built) into nomenclature and measures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { everywhereCode } from '../areas.ts'
import { parseExpression } from '../expression.ts'
import type { Commodity, Expression, Measure } from '../schema.ts'
import { shippedHs } from './hs.ts'

const file = join(import.meta.dirname, '../../../../data/trade/tariff.txt')
export const founded = '2020-01-01'
const home = 'XV'
const test = 'GB'

/** Rates of VAT: by commodity at home, by the declarant's choice in the trader test service. */
const vatRates = { standard: '18', R: '8', Z: '0' } as const

export type Line = { code: string; description: string; charges: readonly (readonly [key: string, value: string])[] }

/** A line that cannot be read stops with its number. */
export const readLines = (text: string = readFileSync(file, 'utf8')): Line[] =>
  text.split('\n').flatMap((line, at): Line[] => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const [code, description, charges = ''] = line.split('\t')
    if (!code || !/^([0-9]{2}|[0-9]{4}|[0-9]{8})$/.test(code) || !description)
      throw new Error(`tariff.txt, line ${at + 1}: expected a code, a tab and a description`)
    const pairs = charges
      .split(';')
      .filter((c) => c.trim() !== '')
      .map((c) => [c.slice(0, c.indexOf('=')).trim(), c.slice(c.indexOf('=') + 1).trim()] as const)
    return [{ code, description, charges: pairs }]
  })

const expressionOf = (text: string, line: Line): Expression => {
  const expression = parseExpression(text)
  if (expression.some((c) => c.kind === 'text')) throw new Error(`tariff.txt: ${line.code} has a rate that cannot be read: ${text}`)
  return expression
}

type Made = Omit<Measure, 'id' | 'administration' | 'commodity' | 'source' | 'validFrom'>
type Maker = (value: string, line: Line) => Made
const duty =
  (type: string, area: string, ...preferences: string[]): Maker =>
  (value, line) => ({ type, taxType: 'A00', area, preferences, expression: expressionOf(value, line) })
const split = (value: string): string[] => value.split(':')

/** What each key of a line means. */
const makers: Readonly<Record<string, Maker>> = {
  mfn: duty('103', everywhereCode, '100'),
  eur: duty('142', '3030', '300'),
  lev: duty('142', '3010', '300'),
  sou: duty('142', '3020', '300'),
  gsp: duty('142', '2005', '200'),
  susp: duty('112', everywhereCode, '110'),
  enduse: duty('115', everywhereCode, '115', '140'),
  quota: (value, line) => {
    const [orderNumber, rate] = split(value) as [string, string]
    return { ...duty('122', everywhereCode, '120')(rate, line), orderNumber }
  },
  add: (value, line) => {
    const [area, taxType, rate] = split(value) as [string, string, string]
    return { type: '552', taxType, area, expression: expressionOf(rate, line) }
  },
  excise: (value, line) => {
    const [taxType, rate] = split(value) as [string, string]
    return { type: '306', taxType, area: everywhereCode, basis: 'value-and-duty', expression: expressionOf(rate, line) }
  },
  levy: (value, line) => {
    const [taxType, rule] = split(value) as [string, string]
    return { type: '306', taxType, area: everywhereCode, expression: expressionOf(`= ${rule}`, line) }
  },
  unit: (value) => ({ type: '109', taxType: '', area: everywhereCode, supplementaryUnit: value }),
  vat: (value, line) => ({ type: '305', taxType: 'B00', area: everywhereCode, expression: expressionOf(`${vatRates[value as 'R' | 'Z']} %`, line) }),
  doc: (value) => ({ type: '410', taxType: '', area: everywhereCode, documents: value.split(',') }),
}

const parentOf = (code: string): string | undefined => (code.length === 8 ? code.slice(0, 4) : code.length === 4 ? code.slice(0, 2) : undefined)

/** Every heading of the Harmonized System stands in the tree, called by our own words, also where nothing was drawn up below it. */
const bareHeadings = (lines: readonly Line[]): Line[] => {
  const own = new Set(lines.map((l) => l.code))
  const hs = shippedHs()
  return hs.headings.filter((code) => !own.has(code)).map((code) => ({ code, description: hs.name(code) ?? code, charges: [] }))
}

export const demoCommodities = (lines: readonly Line[]): Commodity[] => {
  const toCommodity = (administration: string, l: Line): Commodity => {
    const parent = parentOf(l.code)
    return {
      administration,
      code: l.code,
      ...(parent && { parent }),
      names: { en: l.description },
      declarable: l.code.length === 8,
      validFrom: founded,
    }
  }
  return [
    ...[...lines, ...bareHeadings(lines)].map((l) => toCommodity(home, l)),
    ...lines.filter((l) => l.code.length === 2).map((l) => toCommodity(test, l)),
  ]
}

const measuresOfLine = (line: Line): Measure[] =>
  line.charges.map(([key, value], place) => {
    const maker = makers[key]
    if (!maker) throw new Error(`tariff.txt: ${line.code} says ${key}=, which nobody knows`)
    return {
      id: `XV/${line.code}/${key}${place}`,
      administration: home,
      commodity: line.code,
      ...maker(value, line),
      source: 'Customs Tariff Act, schedule 1',
      validFrom: founded,
    }
  })

const vat = (administration: string, id: string, rate: string, additionalCode?: string): Measure => ({
  id: `${administration}/vat/${id}`,
  administration,
  commodity: '',
  type: '305',
  taxType: 'B00',
  area: everywhereCode,
  ...(additionalCode && { additionalCode }),
  expression: parseExpression(`${rate} %`),
  source: administration === home ? 'VAT Act, section 12' : 'trader test service',
  validFrom: founded,
})

/** The trader test service charges the rates of our chapters, in pounds, without excise. */
const testMeasures = (lines: readonly Line[]): Measure[] =>
  lines
    .filter((l) => l.code.length === 2)
    .flatMap((l) => measuresOfLine({ ...l, charges: l.charges.filter(([key]) => key === 'mfn') }))
    .map((m) => ({
      ...m,
      id: m.id.replace('XV/', 'GB/'),
      administration: test,
      source: 'trader test service',
      expression: m.expression!.map((c) => (c.currency ? { ...c, currency: 'GBP' } : c)),
    }))

export const demoMeasures = (lines: readonly Line[]): Measure[] => [
  ...lines.flatMap(measuresOfLine),
  vat(home, 'standard', vatRates.standard),
  ...testMeasures(lines),
  vat(test, 'standard', '20'),
  vat(test, 'reduced', '5', 'VATR'),
  vat(test, 'zero', '0', 'VATZ'),
]
