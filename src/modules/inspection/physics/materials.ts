/** What things are made of: composition by mass and density, from which attenuation at any energy and the effective atomic number follow. */
import { elementAttenuation, elements, type ElementSymbol } from './elements.ts'

type Composition = Partial<Record<ElementSymbol, number>>
/** `massFraction` sums to 1; `gPerCm3` is the density as packed or stacked, air between grains or threads included. */
export type Material = { name: string; gPerCm3: number; massFraction: Composition }

const symbols = Object.keys(elements) as ElementSymbol[]

const normalised = (parts: Composition): Composition => {
  const total = symbols.reduce((sum, symbol) => sum + (parts[symbol] ?? 0), 0)
  return Object.fromEntries(symbols.filter((symbol) => parts[symbol]).map((symbol) => [symbol, parts[symbol]! / total]))
}

/** A compound by its formula, such as C12H22O11. */
const compound = (name: string, gPerCm3: number, formula: string): Material => {
  const parts: Composition = {}
  for (const [, symbol, count] of formula.matchAll(/([A-Z][a-z]?)(\d*\.?\d*)/g)) {
    if (!Object.hasOwn(elements, symbol!)) throw new RangeError(`${formula}: ${symbol} has no table`)
    const known = symbol as ElementSymbol
    parts[known] = (parts[known] ?? 0) + Number(count === '' ? 1 : count) * elements[known].weight
  }
  return { name, gPerCm3, massFraction: normalised(parts) }
}

/** A mixture by shares of mass. */
const mixture = (name: string, gPerCm3: number, shares: readonly (readonly [Material, number])[]): Material => {
  const parts: Composition = {}
  for (const [material, share] of shares)
    for (const symbol of symbols) parts[symbol] = (parts[symbol] ?? 0) + share * (material.massFraction[symbol] ?? 0)
  return { name, gPerCm3, massFraction: normalised(parts) }
}

/** The same stuff, packed otherwise. */
const packed = (name: string, gPerCm3: number, of: Material): Material => ({ ...of, name, gPerCm3 })

const water = compound('water', 1, 'H2O')
const polyethylene = compound('polyethylene', 0.94, 'CH2')
const cellulose = compound('cellulose', 1.5, 'C6H10O5')
const polyester = compound('polyester', 1.38, 'C10H8O4')
const protein = compound('protein', 1.3, 'C100H159N26O32S0.7')
const copper = compound('copper', 8.96, 'Cu')
const iron = compound('iron', 7.87, 'Fe')
const aluminium = compound('aluminium', 2.7, 'Al')
const epoxy = compound('epoxy', 1.2, 'C21H24O4')
const glass = mixture('glass', 2.5, [
  [compound('silica', 2.2, 'SiO2'), 0.72],
  [compound('soda', 2.3, 'Na2O'), 0.14],
  [compound('lime', 3.3, 'CaO'), 0.1],
  [compound('magnesia', 3.6, 'MgO'), 0.04],
])
const sodiumChloride = compound('salt', 2.16, 'NaCl')

const table = {
  polyethylene,
  polypropylene: compound('polypropylene', 0.9, 'C3H6'),
  abs: compound('ABS', 1.05, 'C15H17N'),
  pvc: compound('PVC', 1.35, 'C2H3Cl'),
  nylon: compound('nylon', 1.14, 'C6H11NO'),
  rubber: mixture('rubber', 1.15, [
    [compound('isoprene', 0.92, 'C5H8'), 0.98],
    [compound('vulcanising agents', 3, 'ZnS2'), 0.02],
  ]),
  foam: compound('foam', 0.05, 'C3H8N2O'),
  textile: mixture('textile', 0.28, [
    [cellulose, 0.6],
    [polyester, 0.4],
  ]),
  denim: packed('denim', 0.42, cellulose),
  leather: mixture('leather', 0.9, [
    [protein, 0.82],
    [water, 0.14],
    [sodiumChloride, 0.04],
  ]),
  paper: packed('paper', 0.82, cellulose),
  cardboard: packed('cardboard', 0.14, cellulose),
  wood: packed('wood', 0.55, cellulose),
  water,
  shampoo: mixture('shampoo', 1.02, [
    [water, 0.84],
    [compound('surfactant', 1.05, 'C14H29NaO5S'), 0.14],
    [sodiumChloride, 0.02],
  ]),
  toothpaste: mixture('toothpaste', 1.35, [
    [water, 0.55],
    [compound('silica', 2.2, 'SiO2'), 0.25],
    [compound('sorbitol', 1.5, 'C6H14O6'), 0.2],
  ]),
  ethanol: compound('ethanol', 0.79, 'C2H6O'),
  oil: compound('oil', 0.92, 'C57H104O6'),
  sugar: compound('sugar', 1.59, 'C12H22O11'),
  granulatedSugar: compound('granulated sugar', 0.85, 'C12H22O11'),
  starch: packed('rice and flour', 0.8, cellulose),
  fruit: mixture('fruit', 0.95, [
    [water, 0.86],
    [compound('fructose', 1.69, 'C6H12O6'), 0.14],
  ]),
  meat: mixture('meat', 1.05, [
    [water, 0.7],
    [protein, 0.2],
    [compound('fat', 0.92, 'C57H104O6'), 0.1],
  ]),
  chocolate: mixture('chocolate', 1.3, [
    [compound('sugar', 1.59, 'C12H22O11'), 0.5],
    [compound('fat', 0.92, 'C57H104O6'), 0.35],
    [cellulose, 0.15],
  ]),
  salt: packed('salt', 1.2, sodiumChloride),
  glass,
  ceramic: mixture('ceramic', 2.3, [
    [compound('silica', 2.2, 'SiO2'), 0.65],
    [compound('alumina', 3.95, 'Al2O3'), 0.25],
    [compound('potash', 2.3, 'K2O'), 0.1],
  ]),
  stone: compound('stone', 2.6, 'CaCO3'),
  aluminium,
  iron,
  copper,
  brass: compound('brass', 8.5, 'Cu2Zn1'),
  lead: compound('lead', 11.35, 'Pb'),
  circuitBoard: mixture('circuit board', 2.1, [
    [glass, 0.48],
    [epoxy, 0.3],
    [copper, 0.22],
  ]),
  // Lithium, 4 % of a lithium iron phosphate cell, hardly attenuates and is left out.
  battery: mixture('battery cell', 2.3, [
    [compound('iron phosphate', 2.9, 'FePO4'), 0.42],
    [compound('graphite', 2.2, 'C'), 0.22],
    [compound('carbonate electrolyte', 1.2, 'C3H6O3'), 0.18],
    [copper, 0.1],
    [aluminium, 0.08],
  ]),
  ferrite: compound('ferrite', 4.9, 'Fe2O3'),
  fertiliser: compound('ammonium nitrate', 0.9, 'N2H4O3'),
  // explosive-like and drug-like organics by their published formulas
  rdx: mixture('plastic explosive', 1.6, [
    [compound('RDX', 1.8, 'C3H6N6O6'), 0.91],
    [compound('binder', 0.92, 'C4H8'), 0.09],
  ]),
  tnt: compound('TNT', 1.6, 'C7H5N3O6'),
  cocaine: compound('cocaine hydrochloride', 1.1, 'C17H22ClNO4'),
  heroin: compound('heroin hydrochloride', 1.05, 'C21H24ClNO5'),
  methamphetamine: compound('methamphetamine hydrochloride', 0.95, 'C10H16ClN'),
  cannabis: packed('cannabis', 0.45, cellulose),
  tobacco: mixture('tobacco', 0.3, [
    [cellulose, 0.85],
    [compound('ash', 2.5, 'K2CO3'), 0.08],
    [water, 0.07],
  ]),
  currencyPaper: packed('currency paper', 0.95, cellulose),
} as const satisfies Record<string, Material>

export type MaterialName = keyof typeof table
export const materials: Readonly<Record<MaterialName, Material>> = table

/** (μ/ρ) of a mixture is the mean of its elements by mass: cm²/g at an energy in keV. */
export const massAttenuation = (material: Material, keV: number): number =>
  symbols.reduce((sum, symbol) => {
    const share = material.massFraction[symbol]
    return share ? sum + share * elementAttenuation(symbol, keV) : sum
  }, 0)

/** The exponent of the photoelectric effect by which atomic numbers are averaged (Spiers 1946). */
export const zPower = 2.94

/** Effective atomic number: (Σ f Z^2.94)^(1/2.94), f the share of electrons. */
export const effectiveAtomicNumber = (material: Material): number => {
  let [electrons, weighted] = [0, 0]
  for (const symbol of symbols) {
    const { number, weight } = elements[symbol]
    const share = ((material.massFraction[symbol] ?? 0) * number) / weight
    electrons += share
    weighted += share * number ** zPower
  }
  return (weighted / electrons) ** (1 / zPower)
}
