/**
 * Units of duty expressions: TARIC (Commission code lists "measurement unit" and "measurement unit qualifier"), UK excise, UN/ECE
 * Recommendation 20, and what the tariff of the United States counts by. A unit is a code of three characters, with a qualifier of one
 * that names another quantity: `DTN` hundred kilograms, `DTNE` hundred kilograms of drained weight. Pure.
 */

type Unit = { /** unit that it is so many of */ base: string; factor: string; /** as tariffs print it */ print: string; says: readonly string[] }

const unit = (base: string, factor: string, print: string, ...says: string[]): Unit => ({ base, factor, print, says })
const alone = (code: string, print: string, ...says: string[]): Unit => unit(code, '1', print, ...says)

const units: Readonly<Record<string, Unit>> = {
  KGM: unit('KGM', '1', 'kg', 'kgs', 'kilogram', 'kilograms', 'kg/net'),
  DTN: unit('KGM', '100', '100 kg', '100 kg/net'),
  TNE: unit('KGM', '1000', '1000 kg', 't', 'tonne', 'tonnes', '1000 kg/net'),
  GRM: unit('KGM', '0.001', 'g', 'gram', 'grams'),
  CTM: alone('CTM', 'c/k', 'carat', 'carats'),
  CCT: alone('CCT', 'ct/l', 'ct'),
  GRT: alone('GRT', 'GT'),
  GFI: alone('GFI', 'gi F/S'),
  DAP: alone('DAP', '10000 kg/polar'),
  DHS: alone('DHS', 'kg DHS'),
  KAC: alone('KAC', 'kg acesulfame K', 'kg net acesulfame K'),
  KCC: alone('KCC', 'kg C5H14ClNO'),
  KCL: alone('KCL', 'tonne KCl'),
  KMA: alone('KMA', 'kg methylamines', 'kg met.am.'),
  KNI: alone('KNI', 'kg N'),
  KNS: alone('KNS', 'kg H2O2'),
  KPH: alone('KPH', 'kg KOH'),
  KPO: alone('KPO', 'kg K2O'),
  KPP: alone('KPP', 'kg P2O5'),
  KSD: alone('KSD', 'kg 90% sdt'),
  KSH: alone('KSH', 'kg NaOH'),
  KUR: alone('KUR', 'kg U'),
  KTC: alone('KTC', 'KTC'),
  LTR: unit('LTR', '1', 'l', 'litre', 'litres', 'liter', 'liters'),
  HLT: unit('LTR', '100', 'hl', '100 l', '100 litres', 'hectolitre'),
  KLT: unit('LTR', '1000', '1000 l', '1000 litres'),
  MTQ: unit('LTR', '1000', 'm3'),
  LPA: alone('LPA', 'l alc. 100%', 'l pure alcohol', 'litre of pure alcohol', 'l pure 100%'),
  ASV: alone('ASV', '% vol'),
  BRX: alone('BRX', '% sucrose'),
  SPQ: alone('SPQ', 'for each litre of pure alcohol, multiplied by the SPR discount'),
  SPR: alone('SPR', 'SPR discount'),
  NAR: unit('NAR', '1', 'p/st', 'item', 'items', 'piece', 'pieces', 'p', 'article', 'articles', 'each'),
  NIU: unit('NAR', '1', 'number of international units'),
  CEN: unit('NAR', '100', '100 p/st', '100 items', '100 pieces'),
  MIL: unit('NAR', '1000', '1000 p/st', '1000 items', '1000 pieces', '1000 p'),
  DZN: unit('NAR', '12', 'dozen', 'doz'),
  GRO: unit('NAR', '144', 'gross'),
  NCL: alone('NCL', 'ce/el', 'cell', 'cells'),
  NPR: unit('NPR', '1', 'pa', 'pair', 'pairs', 'pr', 'prs'),
  CPR: unit('NPR', '100', '100 pa', '100 pairs'),
  MPR: unit('NPR', '1000', '1000 pa', '1000 pairs'),
  MTR: unit('MTR', '1', 'm', 'metre', 'metres'),
  HMT: unit('MTR', '100', '100 m'),
  KMT: unit('MTR', '1000', 'km', 'kilometre'),
  MTK: alone('MTK', 'm2', 'sq m', 'square metre'),
  KWH: unit('KWH', '1', 'kWh'),
  MWH: unit('KWH', '1000', '1000 kWh', 'MWh'),
  TJO: alone('TJO', 'TJ'),
  WAT: alone('WAT', 'Watt', 'watts'),
  EUR: alone('EUR', 'EUR'),
  RET: alone('RET', 'Retail Price'),
  BLL: alone('BLL', 'bbl', 'barrel'),
  // United States: proof litre (litre of half alcohol by volume), clean kilogram of wool, kilogram of content, of total sugars
  PFL: alone('PFL', 'pf. liter', 'pf. litre', 'proof liter'),
  CYK: alone('CYK', 'clean kg'),
  CKG: alone('CKG', 'kg of content'),
  KTS: alone('KTS', 'kg of total sugars'),
  // ours: a kilogram for every degree of polarisation below 100 (United States, raw sugar)
  KDG: alone('KDG', 'kg and degree under 100'),
}

/** Qualifiers: the words that name them behind a unit. The first is what we print, behind its own separator. */
const qualifiers: Readonly<Record<string, readonly string[]>> = {
  A: [' / tot alc', 'tot/alc', 'total alc.', 'total alcohol'],
  B: ['/flask', 'per flask'],
  C: [' / 1 000'],
  E: ['/net eda', 'net drained wt', 'drained net weight', 'drained weight', 'drained'],
  F: [' common wheat', 'of common wheat'],
  G: ['/br', 'gross', 'gross weight'],
  I: ['/biodiesel'],
  J: ['/fuel content'],
  K: ['/bioethanol'],
  L: [' live weight'],
  M: ['/net mas', 'net dry', 'dry matter'],
  P: ['/lactic matter'],
  R: [' std qual', 'standard quality'],
  S: [' raw sugar'],
  T: ['/dry lactic matter'],
  X: ['/hl'],
  Z: ['/net/%sacchar.', '% sacchar.', 'net/%saccha.', '% saccha.', '% sucrose'],
}

/** Where a unit with its qualifier is printed in its own way. */
const ownPrints: Readonly<Record<string, string>> = {
  KGMA: 'kg/tot/alc',
  KGMG: 'GKG',
  KGMS: 'kg/raw sugar',
  LTRA: 'L total alc.',
  MTQC: '1000 m3',
  NARB: 'b/f',
  NARC: 'item / 1 000',
  TNEZ: '1000 kg/net/%saccha.',
}

/** Small producer relief by how its quantity was asked for. */
const spellings: Readonly<Record<string, string>> = { SPQLPA: 'SPQ', SPQLTR: 'SPQ' }

/** A row of a table, never what every object has (`toString`). */
export const rowOf = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined)

/** Spacing, thousands' commas, points, slashes, superscripts and case tell nothing. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.,/]/g, '')

const joined: ReadonlyMap<string, string> = new Map(
  Object.entries(units)
    .flatMap(([code, u]) => {
      const bare = [u.print, ...u.says].map((say): [string, string] => [plain(say), code])
      const qualified = Object.entries(qualifiers).flatMap(([q, words]) =>
        [u.print, ...u.says].flatMap((say) => words.map((word): [string, string] => [plain(say + word), code + q])),
      )
      return [...qualified, ...bare]
    })
    .concat(Object.entries(ownPrints).map(([code, print]) => [plain(print), code])),
)

/** Whether a code is one of a unit, alone or with a qualifier: `DTN`, `DTNE`. */
export const isUnit = (code: string): boolean =>
  Object.hasOwn(units, code) || (code.length === 4 && Object.hasOwn(units, code.slice(0, 3)) && Object.hasOwn(qualifiers, code[3]!))

/** The code of a unit as tariffs print it (`100 kg/net eda` → `DTNE`) or of itself; undefined when nobody knows it. */
export const readUnit = (text: string): string | undefined => {
  const code = text.replace(/[\s/#]/g, '')
  return isUnit(code) ? code : (rowOf(spellings, code) ?? joined.get(plain(text)))
}

/** As tariffs print it: `DTNE` → `100 kg/net eda`; a code that nobody knows stands for itself. */
export const printUnit = (code: string): string => {
  const known = rowOf(ownPrints, code) ?? rowOf(units, code)?.print
  if (known !== undefined) return known
  const base = rowOf(units, code.slice(0, 3))
  const words = rowOf(qualifiers, code.slice(3))
  return base && words ? base.print + words[0]! : code
}

/** Unit and qualifier apart, as TARIC keeps them. */
export const splitUnit = (code: string): { unit: string; qualifier: string | null } => ({ unit: code.slice(0, 3), qualifier: code.slice(3) || null })

/** In which base unit, and how many of it: `DTN` → 100 `KGM`, `TNEE` → 1000 `KGME`. A code that nobody knows is its own base. */
export const measureOf = (code: string): { base: string; factor: string } => {
  const { unit: plainCode, qualifier } = splitUnit(code)
  const known = rowOf(units, plainCode)
  if (!known) return { base: code, factor: '1' }
  // "1 000" is a number, not another quantity.
  if (qualifier === 'C') return { base: known.base, factor: `${known.factor}000` }
  return { base: known.base + (qualifier ?? ''), factor: known.factor }
}

/**
 * Units that multiply two quantities: `ASVX` hectolitres × alcoholic strength, `DTNZ` hundred kilograms × per cent of sucrose, `KDG`
 * kilograms × degrees of polarisation under 100.
 */
export const factorsOf = (code: string): readonly [quantity: string, each: string] | undefined => {
  if (code === 'ASVX') return ['HLT', 'ASV']
  if (code === 'KDG') return ['KGM', 'DEG']
  return code.length === 4 && code.endsWith('Z') ? [code.slice(0, 3), 'BRX'] : undefined
}

/** Every unit with every qualifier, for tests and lists. */
export const allUnits: readonly string[] = Object.keys(units)
