/**
 * Threat image projection: a threat that is not there, laid into a picture of a real bag so that it looks as if it were. X-rays multiply, so
 * the threat is kept as what it lets through, channel by channel: two for measured planes, three for pictures in pseudo-colour.
 */
import { type Random, seeded } from '#kernel/random.ts'
import type { Box, Raster } from './image/raster.ts'
import type { DualEnergy } from './image/scan.ts'
import { beams } from './physics/beam.ts'
import { transmissions } from './physics/detector.ts'
import { gaussian } from './physics/filter.ts'
import { normals } from './physics/noise.ts'
import { project } from './physics/projection.ts'
import { type ThreatKind, threats } from './physics/scenes/threats.ts'

/** What a threat lets through (0 to 1), a plane a channel, and where it is: 1 within its mask, 0 outside. */
export type Cutout = { cls: string; width: number; height: number; mask: Float32Array; passes: readonly Float32Array[] }

/** `k`: thickness factor, 0.6 to 1.3; `feather`: how softly the mask ends, 1 to 2 pixels. Left upper corner of the cut-out in the host. */
export type Projection = { x: number; y: number; k: number; feather: number; seed: number }

/** What a projected picture's record must say: where it is, what it is, and that it is not real. */
export type TipTruth = { isTip: true; cls: string; box: Box; k: number }

/** A threat of the simulator by itself, at a scanner's millimetres a pixel. */
export const simulatedCutout = (kind: ThreatKind, seed: number, mmPerPx: number): Cutout => {
  const { bodies, size } = threats[kind](seeded(seed, 'cutout'))
  const side = Math.ceil((1.1 * Math.hypot(size[0], size[1])) / mmPerPx)
  const made = project({ field: { widthPx: side, heightPx: side, mmPerPx }, things: [{ cls: kind, threat: true, bodies }] }, beams.belt)
  const { low, high } = transmissions(made, beams.belt)
  const [x, y, width, height] = made.truth[0]!.box
  const crop = (plane: Float32Array): Float32Array =>
    Float32Array.from({ length: width * height }, (_, i) => plane[(y + Math.floor(i / width)) * side + x + (i % width)]!)
  const passes = [crop(low), crop(high)]
  return { cls: kind, width, height, mask: passes[0]!.map((value) => (value < 0.985 ? 1 : 0)), passes }
}

/** Darker than its surroundings by more than this share belongs to the thing that is cut out. */
const foreground = 0.94

/**
 * Cuts a thing out of a picture in pseudo-colour: each channel relative to the ground around its box, which is the median of a frame a few
 * pixels wide. `box` is [x, y, width, height].
 */
export const cutColour = (picture: Raster, box: Box, cls: string): Cutout => {
  const [left, top, width, height] = box.map(Math.round) as unknown as Box
  const at = (x: number, y: number, c: number): number =>
    picture.data[(Math.min(picture.height - 1, Math.max(0, y)) * picture.width + Math.min(picture.width - 1, Math.max(0, x))) * 3 + c]!
  const grounds = [0, 1, 2].map((c) => {
    const frame: number[] = []
    for (let x = left - 3; x < left + width + 3; x++) frame.push(at(x, top - 3, c), at(x, top + height + 2, c))
    for (let y = top - 3; y < top + height + 3; y++) frame.push(at(left - 3, y, c), at(left + width + 2, y, c))
    return Math.max(1, frame.sort((a, b) => a - b)[Math.floor(frame.length / 2)]!)
  })
  const passes = grounds.map((ground, c) =>
    Float32Array.from({ length: width * height }, (_, i) =>
      Math.min(1, Math.max(0.02, at(left + (i % width), top + Math.floor(i / width), c) / ground)),
    ),
  )
  const mask = Float32Array.from({ length: width * height }, (_, i) => (Math.min(...passes.map((plane) => plane[i]!)) < foreground ? 1 : 0))
  return { cls, width, height, mask, passes }
}

/** Between four pixels in straight lines; outside, `beyond`. */
const sample = (plane: Float32Array, width: number, height: number, x: number, y: number, beyond: number): number => {
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const at = (px: number, py: number): number => (px < 0 || py < 0 || px >= width || py >= height ? beyond : plane[py * width + px]!)
  const [u, v] = [x - x0, y - y0]
  return (at(x0, y0) * (1 - u) + at(x0 + 1, y0) * u) * (1 - v) + (at(x0, y0 + 1) * (1 - u) + at(x0 + 1, y0 + 1) * u) * v
}

/** The cut-out turned by an angle in radians, mirrored and scaled (0.8 to 1.25). */
export const turnedCutout = (cutout: Cutout, { angle, mirror, scale }: { angle: number; mirror: boolean; scale: number }): Cutout => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [w, h] = [cutout.width * scale, cutout.height * scale]
  const width = Math.ceil(Math.abs(w * cos) + Math.abs(h * sin)) + 2
  const height = Math.ceil(Math.abs(w * sin) + Math.abs(h * cos)) + 2
  const resampled = (plane: Float32Array, beyond: number): Float32Array =>
    Float32Array.from({ length: width * height }, (_, i) => {
      const [dx, dy] = [(i % width) - (width - 1) / 2, Math.floor(i / width) - (height - 1) / 2]
      const [u, v] = [(dx * cos + dy * sin) / scale, (dy * cos - dx * sin) / scale]
      return sample(plane, cutout.width, cutout.height, (mirror ? -u : u) + (cutout.width - 1) / 2, v + (cutout.height - 1) / 2, beyond)
    })
  return { cls: cutout.cls, width, height, mask: resampled(cutout.mask, 0), passes: cutout.passes.map((plane) => resampled(plane, 1)) }
}

/** A place where the whole threat lies on the bag: `bag` is 1 where the host's bag is. Undefined when none of some hundred tries fits. */
export const placeWithin = (
  bag: Uint8Array,
  host: { width: number; height: number },
  cutout: Cutout,
  random: Random,
): { x: number; y: number } | undefined => {
  if (cutout.width > host.width || cutout.height > host.height) return undefined
  for (let tries = 0; tries < 200; tries++) {
    const [x, y] = [random.below(host.width - cutout.width + 1), random.below(host.height - cutout.height + 1)]
    let outside = 0
    for (let i = 0; i < cutout.mask.length && outside === 0; i++)
      if (cutout.mask[i]! > 0.5 && bag[(y + Math.floor(i / cutout.width)) * host.width + x + (i % cutout.width)] !== 1) outside++
    if (outside === 0) return { x, y }
  }
  return undefined
}

/** How much each pixel of the host keeps, channel by channel: 1 + m·(passes^k − 1), m the feathered mask; with the box of the mask. */
const weights = ({ mask, passes, width, height }: Cutout, { x, y, k, feather }: Projection): { keeps: Float32Array[]; box: Box } => {
  const soft = feather > 0 ? gaussian(mask, width, height, feather / 2) : mask
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let i = 0; i < mask.length; i++)
    if (mask[i]! > 0.5) {
      left = Math.min(left, i % width)
      right = Math.max(right, i % width)
      top = Math.min(top, Math.floor(i / width))
      bottom = Math.max(bottom, Math.floor(i / width))
    }
  const keeps = passes.map((plane) => plane.map((value, i) => 1 + soft[i]! * (Math.max(1e-4, value) ** k - 1)))
  return { keeps, box: [x + left, y + top, right - left + 1, bottom - top + 1] }
}

const eachPixel = (
  host: { width: number; height: number },
  cutout: Cutout,
  { x, y }: Projection,
  visit: (host: number, cut: number) => void,
): void => {
  for (let row = 0; row < cutout.height; row++)
    for (let column = 0; column < cutout.width; column++) {
      const [px, py] = [x + column, y + row]
      if (px >= 0 && py >= 0 && px < host.width && py < host.height) visit(py * host.width + px, row * cutout.width + column)
    }
}

const median = (values: number[]): number => (values.length === 0 ? 0 : values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!)
/** Median absolute value of normal numbers in units of σ; of differences of two, √2 more. */
const medianOfDifferences = 0.6745 * Math.SQRT2

/** Photons behind nothing, from the grain of a plane: half-transparent neighbours differ by √(2 T / N). At most a million. */
const photonsOf = (plane: Uint16Array): number => {
  const grain: number[] = []
  for (let i = 0; i + 1 < plane.length; i += 7) {
    const [a, b] = [plane[i]! / 65_535, plane[i + 1]! / 65_535]
    if (a > 0.15 && a < 0.9) grain.push(Math.abs(a - b) / Math.sqrt(a))
  }
  const sigma = median(grain) / medianOfDifferences
  return sigma > 0.001 ? 1 / (sigma * sigma) : 1e6
}

/** Grain in a picture's grey levels, from the differences of neighbours that are not white. */
const grainOf = ({ data }: Raster): number => {
  const differences: number[] = []
  for (let i = 1; i + 3 < data.length; i += 21) if (data[i]! < 245) differences.push(Math.abs(data[i]! - data[i + 3]!))
  return median(differences) / medianOfDifferences
}

/**
 * Lays a threat into measured planes: T′ = T · passes^k. What now passes is fewer photons, so their grain is relatively coarser: the missing
 * part T′(1 − passes^k)/N is added, N read off the host. The host is not altered.
 */
export const projectDual = (host: DualEnergy, cutout: Cutout, how: Projection): { dual: DualEnergy; truth: TipTruth } => {
  const { keeps, box } = weights(cutout, how)
  const plane = (from: Uint16Array, keep: Float32Array, name: string): Uint16Array => {
    const [out, photons, normal] = [Uint16Array.from(from), photonsOf(from), normals(seeded(how.seed, `tip/${name}`))]
    eachPixel(host, cutout, how, (to, cut) => {
      const share = keep[cut]!
      if (share === 1) return
      const passed = (from[to]! / 65_535) * share
      const missing = Math.sqrt(Math.max(0, (passed * (1 - share)) / photons))
      out[to] = Math.min(65_535, Math.max(0, Math.round((passed + missing * normal()) * 65_535)))
    })
    return out
  }
  const dual = { width: host.width, height: host.height, low: plane(host.low, keeps[0]!, 'low'), high: plane(host.high, keeps[1]!, 'high') }
  return { dual, truth: { isTip: true, cls: cutout.cls, box, k: how.k } }
}

/**
 * Lays a threat into a picture in pseudo-colour: I′ = I · (1 + m·(r^k − 1)). Darkening shrinks the host's grain with the rest; what is lost of
 * it is added again. The caller re-encodes at the host's JPEG quality. The host is not altered.
 */
export const projectColour = (host: Raster, cutout: Cutout, how: Projection): { picture: Raster; truth: TipTruth } => {
  const { keeps, box } = weights(cutout, how)
  const [data, grain, normal] = [Uint8Array.from(host.data), grainOf(host), normals(seeded(how.seed, 'tip/colour'))]
  eachPixel(host, cutout, how, (to, cut) => {
    // Colour grain is mostly brightness: the channels share one draw.
    const draw = normal()
    for (let c = 0; c < 3; c++) {
      const share = keeps[c]![cut]!
      if (share === 1) continue
      const level = host.data[to * 3 + c]! * share + grain * Math.sqrt(Math.max(0, 1 - share * share)) * draw
      data[to * 3 + c] = Math.min(255, Math.max(0, Math.round(level)))
    }
  })
  return { picture: { width: host.width, height: host.height, data }, truth: { isTip: true, cls: cutout.cls, box, k: how.k } }
}
