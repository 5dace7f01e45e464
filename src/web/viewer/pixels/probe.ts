/** What stands at a place of an image, averaged over a square about it: the noise of single pixels would jump about. */
import {
  arealDensity,
  classOf,
  ratioOf,
  trustOf,
  trustOfColour,
  zeffOf,
  zeffOfColour,
  type Energies,
  type MaterialClass,
  type MaterialTable,
} from './material.ts'
import { attenuationOfColour, attenuationOfDensity, type Pixels } from './pixels.ts'

export type Probe = {
  x: number
  y: number
  /** edge of the square that was averaged, pixels */ size: number
  /** −ln T of what is shown: the high energy where there are two */ attenuation: number
  /** shares of the beam that came through; null where nothing was measured */ transmission: { low: number | null; high: number } | null
  ratio: number | null
  zeff: number | null
  material: MaterialClass | null
  /** read from a vendor's hue, not measured */ isApproximate: boolean
  /** g/cm² in the beam; null unless measured */ arealDensityGCm2: number | null
}

/** Below this a material is not named. */
const leastTrust = 0.5

/** The energies of a scan with the table made of them; no table where they are beyond it. */
export type Physics = { energies: Energies; table: MaterialTable | null }

type Mean = (read: (at: number) => number) => number

/** The mean of whatever is read over the part of the square that lies on the image. */
const meanOver = ({ width, height }: Pixels, x: number, y: number, radius: number): Mean => {
  const [left, right] = [Math.max(0, x - radius), Math.min(width - 1, x + radius)]
  const [top, bottom] = [Math.max(0, y - radius), Math.min(height - 1, y + radius)]
  return (read) => {
    let sum = 0
    for (let row = top; row <= bottom; row += 1) for (let column = left; column <= right; column += 1) sum += read(row * width + column)
    return sum / ((right - left + 1) * (bottom - top + 1))
  }
}

const attenuation = (transmission: number): number => -Math.log(Math.max(transmission, 0.5 / 65_535))

/** Null outside the image. `radius` in pixels: 0 is the pixel alone, 2 a square of five. */
export const probe = (pixels: Pixels, physics: Physics, point: { x: number; y: number }, radius = 2): Probe | null => {
  const [x, y] = [Math.floor(point.x), Math.floor(point.y)]
  if (x < 0 || y < 0 || x >= pixels.width || y >= pixels.height) return null
  const mean = meanOver(pixels, x, y, radius)
  const place = { x, y, size: radius * 2 + 1 }
  const unknown = { ratio: null, zeff: null, material: null, isApproximate: false, arealDensityGCm2: null }
  if (pixels.kind === 'grey' && pixels.isDensity)
    return { ...place, ...unknown, attenuation: attenuationOfDensity(mean((at) => pixels.grey[at]!)), transmission: null }
  if (pixels.kind === 'grey') {
    const high = mean((at) => pixels.grey[at]!) / 65_535
    return { ...place, ...unknown, attenuation: attenuation(high), transmission: { low: null, high } }
  }
  if (pixels.kind === 'colour') {
    const [r, g, b] = [0, 1, 2].map((channel) => mean((at) => pixels.rgb[at * 3 + channel]!)) as [number, number, number]
    const zeff = zeffOfColour(r, g, b)
    const isKnown = trustOfColour(r, g, b) >= leastTrust
    const material = isKnown ? classOf(zeff) : null
    return { ...place, ...unknown, attenuation: attenuationOfColour(r, g, b), transmission: null, material, isApproximate: true }
  }
  const low = mean((at) => pixels.low[at]!) / 65_535
  const high = mean((at) => pixels.high[at]!) / 65_535
  const [aLow, aHigh] = [attenuation(low), attenuation(high)]
  const found = { ...place, ...unknown, attenuation: aHigh, transmission: { low, high } }
  if (!physics.table || trustOf(aLow, aHigh) < leastTrust) return found
  const ratio = ratioOf(aLow, aHigh)
  const zeff = zeffOf(physics.table, aHigh, ratio)
  return { ...found, ratio, zeff, material: classOf(zeff), arealDensityGCm2: arealDensity(zeff, aHigh, physics.energies[1]) }
}
