/**
 * Which material a pixel is of. With two energies, R = ln T_low / ln T_high tells the effective atomic number almost whatever the thickness;
 * a table from step wedges (or, without one, the mass attenuation of six materials at the two energies, NIST) turns it into Z_eff. Lead looks like
 * iron there, and what lets nothing through has no R at all: opacity is decided first. Of a picture that a vendor coloured only the hue is
 * known; what is read from it is an approximation and must be called so.
 */

/** Z_eff below which matter is organic, and above which it is metal. */
export const organicBelow = 10
export const metalAbove = 18
/** Half the width, in Z_eff, of the soft edge between two classes. */
export const classEdge = 0.75

export type MaterialClass = 'organic' | 'inorganic' | 'metal'

/** One material of a calibration: R as it was measured at growing attenuations of the high energy. */
export type MaterialCurve = { zeff: number; points: readonly { attenuation: number; ratio: number }[] }

/** Z_eff on a grid of attenuation (rows, of the high energy) and R (columns), linear between. */
export type MaterialTable = { rows: number; columns: number; mostAttenuation: number; leastRatio: number; mostRatio: number; zeff: Float32Array }

const rows = 33
const columns = 96
const mostAttenuation = 8

const interpolate = (points: readonly (readonly [number, number])[], x: number): number => {
  const next = points.findIndex(([at]) => at >= x)
  if (next === 0) return points[0]![1]
  if (next < 0) return points.at(-1)![1]
  const [[x0, y0], [x1, y1]] = [points[next - 1]!, points[next]!]
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)
}

/** The table of a calibration of at least two materials; between their curves Z_eff is linear in R, outside it is that of the nearest. */
export const tableOf = (curves: readonly MaterialCurve[]): MaterialTable => {
  const ratios = curves.flatMap(({ points }) => points.map(({ ratio }) => ratio))
  const [leastRatio, mostRatio] = [Math.min(...ratios), Math.max(...ratios)]
  const zeff = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row += 1) {
    const attenuation = (row / (rows - 1)) * mostAttenuation
    const byRatio = curves
      .map((curve) => {
        const ratio = interpolate(
          curve.points.map((point) => [point.attenuation, point.ratio] as const),
          attenuation,
        )
        return [ratio, curve.zeff] as const
      })
      .toSorted(([a], [b]) => a - b)
    for (let column = 0; column < columns; column += 1)
      zeff[row * columns + column] = interpolate(byRatio, leastRatio + (column / (columns - 1)) * (mostRatio - leastRatio))
  }
  return { rows, columns, mostAttenuation, leastRatio, mostRatio, zeff }
}

/** Energies of the columns below, keV. */
const energies = [40, 60, 80, 100, 150] as const
/** Mass attenuation in cm²/g (NIST XCOM): polyethylene, sugar, water, aluminium, iron, copper. */
const materials = [
  { zeff: 5.4, cm2PerG: [0.228, 0.197, 0.182, 0.172, 0.153] },
  { zeff: 6.9, cm2PerG: [0.243, 0.193, 0.174, 0.163, 0.144] },
  { zeff: 7.4, cm2PerG: [0.268, 0.206, 0.184, 0.171, 0.151] },
  { zeff: 13, cm2PerG: [0.569, 0.278, 0.202, 0.17, 0.138] },
  { zeff: 26, cm2PerG: [3.63, 1.21, 0.595, 0.372, 0.196] },
  { zeff: 29, cm2PerG: [4.86, 1.59, 0.763, 0.458, 0.222] },
] as const

/** Between the energies of the table in a straight line of logarithms, as attenuation runs. */
const attenuationAtKeV = (cm2PerG: readonly number[], keV: number): number =>
  Math.exp(
    interpolate(
      energies.map((energy, n) => [Math.log(energy), Math.log(cm2PerG[n]!)] as const),
      Math.log(keV),
    ),
  )

/** What turns two attenuations into a material and a mass: for two energies, taken as single ones. */
export type Energies = readonly [lowKeV: number, highKeV: number]
/** Taken where a scan does not say its energies. */
export const plainEnergies: Energies = [40, 80]

/** Beyond these the table of mass attenuation says nothing, and photoelectric contrast fades. */
const isTabled = ([low, high]: Energies): boolean => low >= 40 && high <= 150 && low < high

/** The table of a pair of energies between 40 and 150 keV; of any other, null: the material then stays unknown. */
export const tableFor = (pair: Energies): MaterialTable | null =>
  isTabled(pair)
    ? tableOf(
        materials.map(({ zeff, cm2PerG }) => ({
          zeff,
          points: [{ attenuation: 0, ratio: attenuationAtKeV(cm2PerG, pair[0]) / attenuationAtKeV(cm2PerG, pair[1]) }],
        })),
      )
    : null

export const plainTable: MaterialTable = tableFor(plainEnergies)!

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

export const smoothstep = (from: number, to: number, value: number): number => {
  const x = clamp((value - from) / (to - from), 0, 1)
  return x * x * (3 - 2 * x)
}

/** Z_eff of a pixel by its attenuation at the high energy and its R. */
export const zeffOf = (table: MaterialTable, attenuation: number, ratio: number): number => {
  const y = clamp((attenuation / table.mostAttenuation) * (table.rows - 1), 0, table.rows - 1)
  const x = clamp(((ratio - table.leastRatio) / (table.mostRatio - table.leastRatio)) * (table.columns - 1), 0, table.columns - 1)
  const [y0, x0] = [Math.min(Math.floor(y), table.rows - 2), Math.min(Math.floor(x), table.columns - 2)]
  const cell = (dy: number, dx: number): number => table.zeff[(y0 + dy) * table.columns + x0 + dx]!
  const upper = cell(0, 0) + (x - x0) * (cell(0, 1) - cell(0, 0))
  const lower = cell(1, 0) + (x - x0) * (cell(1, 1) - cell(1, 0))
  return upper + (y - y0) * (lower - upper)
}

/** Attenuations of the high energy between which R comes out of the noise, and of the low one between which its last counts are gone. */
export const trustRises = [0.02, 0.1] as const
export const trustFalls = [8, 10] as const

/** 0…1: how far R of a pixel can be relied on. */
export const trustOf = (low: number, high: number): number =>
  smoothstep(trustRises[0], trustRises[1], high) * (1 - smoothstep(trustFalls[0], trustFalls[1], low))

/** R of two attenuations; an empty beam has none, which trustOf says. */
export const ratioOf = (low: number, high: number): number => low / Math.max(high, 1e-4)

/** Hue in degrees → Z_eff, as vendors colour: orange, green, blue. Browns and reds are organic too. */
export const hueZeff: readonly (readonly [hue: number, zeff: number])[] = [
  [0, 7],
  [45, 7],
  [70, 10],
  [120, 13],
  [165, 18],
  [205, 24],
  [260, 30],
  [300, 30],
  [330, 7],
  [360, 7],
]
/** Differences of the channels, of 255, between which a hue becomes one. */
export const hueRises = [16, 56] as const

export const hueOf = (r: number, g: number, b: number): number => {
  const most = Math.max(r, g, b)
  const span = most - Math.min(r, g, b)
  if (span === 0) return 0
  const sixth = most === r ? (g - b) / span : most === g ? 2 + (b - r) / span : 4 + (r - g) / span
  return (sixth < 0 ? sixth + 6 : sixth) * 60
}
/** Approximate: Z_eff by the hue that somebody gave the pixel. */
export const zeffOfColour = (r: number, g: number, b: number): number => interpolate(hueZeff, hueOf(r, g, b))
export const trustOfColour = (r: number, g: number, b: number): number => smoothstep(hueRises[0], hueRises[1], Math.max(r, g, b) - Math.min(r, g, b))

/** 0…1: how much of a class a Z_eff is; the three add to 1. */
export const membership = (of: MaterialClass, zeff: number): number => {
  const overOrganic = smoothstep(organicBelow - classEdge, organicBelow + classEdge, zeff)
  const overMetal = smoothstep(metalAbove - classEdge, metalAbove + classEdge, zeff)
  return of === 'organic' ? 1 - overOrganic : of === 'metal' ? overMetal : overOrganic - overMetal
}

/** The class that a Z_eff belongs to. */
export const classOf = (zeff: number): MaterialClass => (zeff < organicBelow ? 'organic' : zeff <= metalAbove ? 'inorganic' : 'metal')

/** Mass in the beam, g/cm², of a material of this Z_eff by its attenuation at an energy of the table. */
export const arealDensity = (zeff: number, attenuation: number, keV: number): number =>
  attenuation /
  interpolate(
    materials.map((one) => [one.zeff, attenuationAtKeV(one.cm2PerG, keV)] as const),
    zeff,
  )
