/** What the two files of the United States share: countries, programmes, codes, additional duties on China. Facts of law. */
import { error, type Issue } from '#kernel/issue.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { Area, Measure } from '../schema.ts'
import type { HsList, Imported, ImportOptions } from './types.ts'

/** HTS general note 3(b): countries whose goods are charged by column 2. */
export const column2 = 'COL2'
const founded = '2020-01-01'
const group = (administration: string, code: string, en: string, members: string): Area => ({
  administration,
  code,
  names: { en },
  members: members.split(' '),
  validFrom: founded,
})

export const usAreas = (administration: string): Area[] => [
  group(administration, column2, 'Column 2 countries (HTS general note 3(b))', 'BY CU KP RU'),
  group(administration, 'CBI', 'Caribbean Basin Economic Recovery Act', 'AG AW BB BS BZ CW DM GD GY HT JM KN LC MS TT VC VG'),
  group(administration, 'CAFT', 'Dominican Republic – Central America Free Trade Agreement', 'CR DO GT HN NI SV'),
  group(administration, 'USMC', 'United States–Mexico–Canada Agreement', 'CA MX'),
]

/** Programme of the file → area. */
export const programmes: Readonly<Record<string, string>> = {
  cbi: 'CBI',
  dr_cafta: 'CAFT',
  usmca: 'USMC',
  jordan: 'JO',
  singapore: 'SG',
  chile: 'CL',
  morocco: 'MA',
  australia: 'AU',
  bahrain: 'BH',
  oman: 'OM',
  peru: 'PE',
  korea: 'KR',
  colombia: 'CO',
  panama: 'PA',
  israel: 'IL',
}

/** Section 301 of the Trade Act of 1974, lists of 2018 and 2019: percent on top. */
const listRates: Readonly<Record<string, string>> = { '1': '25', '2': '25', '3': '25', '4a': '7.5' }
export const knownList = (list: string): boolean => Object.hasOwn(listRates, list)

export const section301 = (administration: string, code: string, list: string, validFrom: LegalDate): Imported => {
  const row: Measure = {
    id: `${administration}/${code}/s301`,
    administration,
    commodity: code,
    type: '695',
    taxType: 'A20',
    area: 'CN',
    expression: [{ op: 'first', kind: 'percent', value: listRates[list]! }],
    source: `Section 301, list ${list}`,
    validFrom,
  }
  return { what: 'measure', row }
}

/** `40150420` was `04015042`: the zero before it was lost, and one stood in behind. */
export const withZero = (code: string): string => `0${code.slice(0, -1)}`

const lostZero = (hs: HsList, code: string): boolean => code.endsWith('0') && hs.has(withZero(code).slice(0, 6))

/** The code to use, or why there is none. */
export const rightCode = (line: number, code: string, { hs, repair }: ImportOptions): string | Issue => {
  if (hs.has(code.slice(0, 6))) return code
  if (!lostZero(hs, code)) return error('trade.import_code_unknown', `/${line}/hts8`, { line, code })
  return repair ? withZero(code) : error('trade.import_zero_lost', `/${line}/hts8`, { line, code, meant: withZero(code) })
}

/**
 * A code that looks right by chance: it ends in 00, so its subheading is not divided, and yet the file divides that subheading; with its
 * zero back it would be right too (`21012000`, bellies of swine).
 */
export const rightByChance = (code: string, siblings: number, hs: HsList): boolean => code.endsWith('00') && siblings > 1 && lostZero(hs, code)

/** Lines that must stand above an eight-digit line, in our words. */
export const linesAbove = (administration: string, code: string, hs: HsList, validFrom: LegalDate): Extract<Imported, { what: 'commodity' }>[] =>
  [2, 4, 6].map((length) => {
    const own = code.slice(0, length)
    return {
      what: 'commodity',
      row: {
        administration,
        code: own,
        ...(length > 2 && { parent: own.slice(0, -2) }),
        names: { en: hs.name(own) ?? own },
        declarable: false,
        validFrom,
      },
      missingOnly: true,
    }
  })
