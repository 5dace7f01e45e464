/**
 * How much a gram of an element weakens X-rays: mass attenuation coefficients without coherent-scatter correction, cm²/g, at seven photon
 * energies (Hubbell and Seltzer, NIST Standard Reference Database 126, rounded to four digits). Lead has its K edge at 88.0 keV as two points.
 */

type Element = { number: number; weight: number; keV: readonly number[]; cm2PerG: readonly number[] }

const grid = [40, 60, 80, 100, 150, 1000, 3000] as const
/** Just below and just above the K edge of lead. */
const leadGrid = [40, 60, 80, 88.0044, 88.0046, 100, 150, 1000, 3000] as const

const element = (number: number, weight: number, cm2PerG: readonly number[], keV: readonly number[] = grid): Element => ({
  number,
  weight,
  keV,
  cm2PerG,
})

export const elements = {
  H: element(1, 1.008, [0.3458, 0.326, 0.3091, 0.2944, 0.2651, 0.1263, 0.06921]),
  C: element(6, 12.011, [0.2076, 0.1753, 0.161, 0.1514, 0.1347, 0.06361, 0.03562]),
  N: element(7, 14.007, [0.2288, 0.1817, 0.1639, 0.1529, 0.1353, 0.06364, 0.03579]),
  O: element(8, 15.999, [0.2585, 0.1907, 0.1678, 0.1551, 0.1361, 0.06372, 0.03597]),
  Na: element(11, 22.99, [0.3967, 0.2268, 0.1796, 0.1585, 0.1335, 0.061, 0.03487]),
  Mg: element(12, 24.305, [0.488, 0.2573, 0.1951, 0.1686, 0.1394, 0.06296, 0.03613]),
  Al: element(13, 26.982, [0.5685, 0.2778, 0.2018, 0.1704, 0.1378, 0.06146, 0.03541]),
  Si: element(14, 28.085, [0.7012, 0.3207, 0.2228, 0.1835, 0.1448, 0.06361, 0.03678]),
  P: element(15, 30.974, [0.8096, 0.3494, 0.2324, 0.1865, 0.1432, 0.06182, 0.03592]),
  S: element(16, 32.06, [0.9878, 0.4053, 0.2585, 0.202, 0.1506, 0.06373, 0.03715]),
  Cl: element(17, 35.45, [1.117, 0.4395, 0.2696, 0.205, 0.148, 0.06131, 0.0359]),
  K: element(19, 39.098, [1.541, 0.5678, 0.3251, 0.2345, 0.1582, 0.06216, 0.03676]),
  Ca: element(20, 40.078, [1.83, 0.6578, 0.3656, 0.2571, 0.1674, 0.06375, 0.03783]),
  Fe: element(26, 55.845, [3.629, 1.205, 0.5952, 0.3717, 0.1964, 0.05995, 0.03621]),
  Ni: element(28, 58.693, [4.6, 1.512, 0.7306, 0.444, 0.2208, 0.0616, 0.03757]),
  Cu: element(29, 63.546, [4.862, 1.593, 0.763, 0.4584, 0.2217, 0.05901, 0.03599]),
  Zn: element(30, 65.38, [5.373, 1.76, 0.8364, 0.4973, 0.2341, 0.05937, 0.03642]),
  Pb: element(82, 207.2, [14.36, 5.021, 2.419, 1.91, 7.683, 5.549, 2.014, 0.07102, 0.04234], leadGrid),
} as const satisfies Record<string, Element>

export type ElementSymbol = keyof typeof elements

/** cm²/g of an element at an energy in keV, log-log between the points of its table. Throws a RangeError outside 40 keV to 3 MeV. */
export const elementAttenuation = (symbol: ElementSymbol, keV: number): number => {
  const { keV: energies, cm2PerG } = elements[symbol]
  const last = energies.length - 1
  if (!(keV >= energies[0]! && keV <= energies[last]!)) throw new RangeError(`attenuation is tabulated from 40 to 3000 keV, not at ${keV}`)
  let above = 1
  while (above < last && energies[above]! < keV) above++
  const [e0, e1, m0, m1] = [energies[above - 1]!, energies[above]!, cm2PerG[above - 1]!, cm2PerG[above]!]
  return m0 * Math.pow(m1 / m0, Math.log(keV / e0) / Math.log(e1 / e0))
}
