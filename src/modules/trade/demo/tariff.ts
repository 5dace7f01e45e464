/** Reads data/trade/tariff.txt (its head says how a line is built) into nomenclature and measures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { everywhereCode } from '../areas.ts'
import { parseExpression } from '../expression.ts'
import type { Commodity, Measure, Term } from '../schema.ts'
import { shippedHs } from './hs.ts'
import { makers, meursingRows, vatRates, type Made } from './makers.ts'

const data = join(import.meta.dirname, '../../../../data/trade')
const file = join(data, 'tariff.txt')
const termsFile = join(data, 'terms.txt')
export const founded = '2020-01-01'
const home = 'XV'
const test = 'GB'

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
      ...(codesOf(l).length > 0 && administration === home && { footnotes: codesOf(l) }),
      validFrom: founded,
    }
  }
  return [
    ...[...lines, ...bareHeadings(lines)].map((l) => toCommodity(home, l)),
    ...lines.filter((l) => l.code.length === 2).map((l) => toCommodity(test, l)),
  ]
}

const made = (code: string, id: string, m: Made, footnotes: readonly string[] = []): Measure => ({
  id: `${home}/${code}/${id}`,
  administration: home,
  commodity: code,
  ...m,
  ...(footnotes.length > 0 && { footnotes: [...footnotes] }),
  source: 'Customs Tariff Act, schedule 1',
  validFrom: founded,
})

/** `note` hangs a footnote on the line; ` !CODE` behind a value hangs one on its measure. */
const measuresOfLine = (line: Line): Measure[] =>
  line.charges.flatMap(([key, text], place) => {
    if (key === 'note') return []
    const maker = makers[key]
    if (!maker) throw new Error(`tariff.txt: ${line.code} says ${key}=, which nobody knows`)
    const [value = '', ...notes] = text.split(' !')
    const all = [maker(value.trim(), line.code)].flat()
    return all.map((m, i) => made(line.code, `${key}${place}${i > 0 ? `.${i}` : ''}`, m, notes))
  })

const codesOf = (line: Line): string[] => line.charges.flatMap(([key, value]) => (key === 'note' ? value.split(',') : []))

/** Lines of data/trade/terms.txt: kind, code, what it means; a Meursing code has its amounts behind that. */
const termLines = (): (readonly [kind: string, code: string, text: string, amounts?: string])[] =>
  readFileSync(termsFile, 'utf8')
    .split('\n')
    .filter((l) => l.trim() !== '' && !l.startsWith('#'))
    .map((l) => l.split('\t') as [string, string, string, string?])

export const demoTerms = (): Term[] =>
  termLines().map(([kind, code, text]) => ({
    administration: home,
    kind: kind as Term['kind'],
    code,
    names: { en: text },
    validFrom: founded,
  }))

const meursingMeasures = (): Measure[] =>
  termLines().flatMap(([, code, , amounts]) =>
    amounts
      ? meursingRows(code, amounts).map((m, i) => ({
          ...made('', `meursing/${code}${i > 0 ? `.${i}` : ''}`, m),
          id: `${home}/meursing/${code}.${i}`,
        }))
      : [],
  )

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
  ...meursingMeasures(),
  vat(home, 'standard', vatRates.standard),
  ...testMeasures(lines),
  vat(test, 'standard', '20'),
  vat(test, 'reduced', '5', 'VATR'),
  vat(test, 'zero', '0', 'VATZ'),
]
