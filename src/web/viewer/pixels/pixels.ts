/** An image in memory as it was measured: nothing scaled, nothing rounded. Rows from the top, no padding. */

/** Transmission at two energies; 65535 = nothing in the beam. */
export type DualPixels = { kind: 'dual'; width: number; height: number; low: Uint16Array; high: Uint16Array }
/** Transmission at one energy; or, `isDensity`, a slice of a volume, where 65535 is the densest. */
export type GreyPixels = { kind: 'grey'; width: number; height: number; isDensity: boolean; grey: Uint16Array }
/** Red, green and blue as somebody else coloured it: three bytes a pixel. */
export type ColourPixels = { kind: 'colour'; width: number; height: number; rgb: Uint8Array }
export type Pixels = DualPixels | GreyPixels | ColourPixels

/** How far the material of a pixel is known: from two energies, from the hue that a vendor gave it, or not at all. */
export type MaterialBasis = 'measured' | 'approximate' | 'none'

/** Greatest difference of the channels, of 255, that a compressed grey picture still has by chance. */
const greyNoise = 24

const hasHue = ({ rgb }: ColourPixels): boolean => {
  const step = 3 * Math.max(1, Math.floor(rgb.length / 3 / 20_000))
  let coloured = 0
  let seen = 0
  for (let at = 0; at < rgb.length; at += step) {
    seen += 1
    const [r, g, b] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!]
    if (Math.max(r, g, b) - Math.min(r, g, b) > greyNoise) coloured += 1
  }
  return coloured > seen / 500
}

/** `isTabled`: mass attenuation is known at the energies of the scan. */
export const materialBasis = (pixels: Pixels, isTabled: boolean): MaterialBasis => {
  if (pixels.kind === 'dual') return isTabled ? 'measured' : 'none'
  return pixels.kind === 'colour' && hasHue(pixels) ? 'approximate' : 'none'
}

/** −ln T of every count of 16 bits; a count of nought is taken as half a count. Without unit. */
const attenuations = Float32Array.from({ length: 65_536 }, (_, count) => -Math.log(Math.max(count, 0.5) / 65_535))

/** −ln(T): how much was held back; 0 = empty beam, ln 65535 × 2 = nothing came through. */
export const attenuationOf = (count: number): number => attenuations[count]!

/** The attenuation that stands for "black" in the plain look: 2 % comes through. */
export const opaqueAttenuation = 4

/** A slice holds densities, not what came through: the plain look paints them in a straight line from white to black. */
export const attenuationOfDensity = (value: number): number => (opaqueAttenuation * value) / 65_535

/** A coloured picture holds no measurement; its brightness is read as if the plain look had painted it. 0…4. */
export const attenuationOfColour = (r: number, g: number, b: number): number => opaqueAttenuation * (1 - (0.299 * r + 0.587 * g + 0.114 * b) / 255)

/**
 * What is shown of every pixel before colouring: −ln of the mean transmission of both energies, which follows the low one in thin matter and the
 * high one in dense.
 */
export const attenuationPlane = (pixels: Pixels): Float32Array => {
  const plane = new Float32Array(pixels.width * pixels.height)
  for (let at = 0; at < plane.length; at += 1) plane[at] = attenuationAt(pixels, at)
  return plane
}

/** As attenuationPlane, of one pixel by its place in the row-wise order. */
export const attenuationAt = (pixels: Pixels, at: number): number => {
  if (pixels.kind === 'grey') return pixels.isDensity ? attenuationOfDensity(pixels.grey[at]!) : attenuationOf(pixels.grey[at]!)
  if (pixels.kind === 'colour') return attenuationOfColour(pixels.rgb[at * 3]!, pixels.rgb[at * 3 + 1]!, pixels.rgb[at * 3 + 2]!)
  return -Math.log(Math.max(pixels.low[at]! + pixels.high[at]!, 1) / 131_070)
}

/** Attenuation of both energies about a pixel, the mean of 3 × 3: R of a single one is mostly noise. */
export const pairAt = ({ low, high, width, height }: DualPixels, at: number, out: { low: number; high: number }): void => {
  const [column, row] = [at % width, Math.floor(at / width)]
  out.low = 0
  out.high = 0
  for (let y = row - 1; y <= row + 1; y += 1)
    for (let x = column - 1; x <= column + 1; x += 1) {
      const near = Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))
      out.low += attenuationOf(low[near]!) / 9
      out.high += attenuationOf(high[near]!) / 9
    }
}
