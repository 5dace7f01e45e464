/**
 * Series and types of measures (TARIC; UK tariff data manual). A series says what a measure does to goods; of a series with
 * combination `one` a single measure is used, of the others all that apply.
 */
export const measureSeries = {
  A: { name: 'prohibition', combination: 'all' },
  B: { name: 'controls and documents', combination: 'all' },
  C: { name: 'applicable duty', combination: 'one' },
  D: { name: 'anti-dumping and countervailing duty', combination: 'all' },
  E: { name: 'agricultural component', combination: 'all' },
  F: { name: 'additional duty on sugar and flour', combination: 'all' },
  J: { name: 'additional and safeguard duty', combination: 'all' },
  M: { name: 'unit and standard import prices', combination: 'one' },
  N: { name: 'surveillance', combination: 'all' },
  O: { name: 'supplementary unit', combination: 'one' },
  P: { name: 'VAT', combination: 'one' },
  Q: { name: 'excise', combination: 'all' },
  S: { name: 'supplementary amount', combination: 'all' },
} as const
export type Series = keyof typeof measureSeries
export const seriesLetters = Object.keys(measureSeries) as Series[]

const type = <S extends Series>(series: S, name: string) => ({ series, name })

/** Types that the calculation and the screens know by name; a measure of another type states its series itself. */
export const measureTypes = {
  '103': type('C', 'third country duty'),
  '105': type('C', 'third country duty, end use'),
  '106': type('C', 'customs union duty'),
  '112': type('C', 'suspension'),
  '115': type('C', 'suspension, end use'),
  '117': type('C', 'suspension for vessels and platforms'),
  '119': type('C', 'suspension for airworthy goods'),
  '141': type('C', 'preferential suspension'),
  '142': type('C', 'preference'),
  '145': type('C', 'preference, end use'),
  '122': type('C', 'non-preferential quota'),
  '123': type('C', 'non-preferential quota, end use'),
  '143': type('C', 'preferential quota'),
  '146': type('C', 'preferential quota, end use'),
  '147': type('C', 'customs union quota'),
  '109': type('O', 'supplementary unit'),
  '110': type('O', 'supplementary unit, import'),
  '111': type('O', 'supplementary unit, export'),
  '277': type('A', 'import prohibition'),
  '278': type('A', 'export prohibition'),
  '481': type('B', 'declaration of goods under restriction'),
  '305': type('P', 'VAT'),
  VTS: type('P', 'VAT, standard rate'),
  VTZ: type('P', 'VAT, zero rate'),
  VTA: type('P', 'VAT, reduced rate'),
  VTE: type('P', 'VAT, exempt'),
  '306': type('Q', 'excise'),
  '410': type('B', 'veterinary control'),
  '464': type('B', 'authorised use'),
  '465': type('B', 'restriction on release for free circulation'),
  '473': type('B', 'export licence'),
  '475': type('B', 'import licence'),
  '710': type('B', 'import control of protected species'),
  '717': type('B', 'import control of chemicals'),
  '722': type('B', 'control of feed and food'),
  '724': type('B', 'control of fluorinated gases'),
  '745': type('B', 'fishery document'),
  '750': type('B', 'control of organic produce'),
  '755': type('B', 'control of waste'),
  '760': type('B', 'control of plant health'),
  '442': type('N', 'surveillance'),
  '488': type('M', 'unit price'),
  '490': type('M', 'standard import value'),
  '551': type('D', 'provisional anti-dumping duty'),
  '552': type('D', 'definitive anti-dumping duty'),
  '553': type('D', 'provisional countervailing duty'),
  '554': type('D', 'definitive countervailing duty'),
  '651': type('S', 'supplementary amount'),
  '652': type('J', 'additional duty on the import price'),
  '672': type('F', 'amount of the sugar component'),
  '673': type('F', 'amount of the flour component'),
  '674': type('E', 'amount of the agricultural component'),
  '695': type('J', 'additional duty'),
  '696': type('J', 'safeguard duty'),
} as const
export type MeasureType = keyof typeof measureTypes

const isKnown = (code: string): code is MeasureType => Object.hasOwn(measureTypes, code)

/** The series of a measure: its own, else that of its type; undefined for a type that nobody knows. */
export const seriesOf = (m: { type: string; series?: string }): Series | undefined =>
  (m.series as Series | undefined) ?? (isKnown(m.type) ? measureTypes[m.type].series : undefined)

/** Types whose measures hold the amounts of Meursing codes: kind of component by type. */
export const meursingTypes: Readonly<Record<string, 'sugar' | 'flour' | 'agricultural'>> = { '672': 'sugar', '673': 'flour', '674': 'agricultural' }

/** What a condition's action does: the measure applies, it does not, or the declaration stops (TARIC action codes). */
export const actionOf = (action: string): 'applies' | 'excluded' | 'stops' =>
  action === '08' ? 'stops' : ['04', '05', '06', '07', '09', '10', '16', '30'].includes(action) ? 'excluded' : 'applies'
