/**
 * What can be measured of goods in a dual-energy picture, before anybody asks what they should be: materials by mass, evenness, strangers
 * among equals, repeated units, fill height, mass.
 */
import type { Box } from '../image/raster.ts'
import type { DualEnergy } from '../image/scan.ts'
import { type Field, fieldOf, type Looking } from './field.ts'
import type { Calibration } from '../physics/wedge.ts'

export const classes = ['organic', 'inorganic', 'metal'] as const
export type MaterialClass = (typeof classes)[number]

/** A square of pixels: its mean areal density, atomic number, shares of mass by class, and how much of it is covered by goods. */
export type Block = { x: number; y: number; gPerCm2: number; z: number; shares: Record<MaterialClass, number>; covered: number; stranger: boolean }

/** Shares are of mass, 0 to 1; `opaqueShare` is of the area that goods cover. `unevenness`: spread of the blocks' areal density over its mean. `units`: repeats seen, along both axes. */
export type Measured = {
  organicShare: number
  inorganicShare: number
  metalShare: number
  unevenness: number
  strangerShare: number
  unitCount: number
  fillHeight: number
  gPerCm2: number
  massKg: number
  opaqueShare: number
  region: Box
  blocks: Block[]
  blockPx: number
}

const classOf = (z: number): MaterialClass => (z < 10 ? 'organic' : z <= 18 ? 'inorganic' : 'metal')

const blockPx = 12

const blockAt = ({ width, gPerCm2, z }: Field, x0: number, y0: number): Block => {
  const mass = { organic: 0, inorganic: 0, metal: 0 }
  let [total, weightedZ, covered] = [0, 0, 0]
  for (let y = y0; y < y0 + blockPx; y++)
    for (let x = x0; x < x0 + blockPx; x++) {
      const density = gPerCm2[y * width + x]!
      if (density === 0) continue
      covered++
      total += density
      weightedZ += density * z[y * width + x]!
      mass[classOf(z[y * width + x]!)] += density
    }
  const share = (of: number): number => (total > 0 ? of / total : 0)
  const shares = { organic: share(mass.organic), inorganic: share(mass.inorganic), metal: share(mass.metal) }
  const pixels = blockPx * blockPx
  return { x: x0, y: y0, gPerCm2: total / pixels, z: share(weightedZ), shares, covered: covered / pixels, stranger: false }
}

const median = (values: readonly number[]): number => (values.length === 0 ? 0 : values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!)

/** Spread that one stray value does not move: 1.4826 × median absolute deviation. */
const spread = (values: readonly number[], middle: number): number => 1.4826 * median(values.map((value) => Math.abs(value - middle)))

/** Marks the blocks that differ from the rest, in areal density or in atomic number, by more than six times what the rest differ. */
const markStrangers = (blocks: readonly Block[]): void => {
  const full = blocks.filter((block) => block.covered > 0.9)
  const deviates = (of: (block: Block) => number, floor: number): ((block: Block) => boolean) => {
    const middle = median(full.map(of))
    const width = Math.max(floor * middle, spread(full.map(of), middle))
    return (block) => of(block) - middle > 6 * width
  }
  const [heavier, higher] = [deviates((block) => block.gPerCm2, 0.05), deviates((block) => block.z, 0.05)]
  for (const block of full) block.stranger = heavier(block) || higher(block)
}

/** Whole repeats of a profile, by the first maximum of its autocorrelation; 1 when nothing repeats. */
const repeats = (profile: readonly number[]): number => {
  const mean = profile.reduce((sum, value) => sum + value, 0) / profile.length
  const centred = profile.map((value) => value - mean)
  const power = centred.reduce((sum, value) => sum + value * value, 0)
  if (power === 0) return 1
  const at = (lag: number): number => {
    let sum = 0
    for (let i = 0; i + lag < centred.length; i++) sum += centred[i]! * centred[i + lag]!
    return (sum / power) * (centred.length / (centred.length - lag))
  }
  const most = Math.floor(profile.length / 2)
  const course = Array.from({ length: most + 1 }, (_, lag) => at(lag))
  for (let lag = 4; lag < most; lag++)
    if (course[lag]! > 0.3 && course[lag]! >= course[lag - 1]! && course[lag]! >= course[lag + 1]!) return Math.round(profile.length / lag)
  return 1
}

const unitsIn = ({ width, gPerCm2, region: [left, top, w, h] }: Field): number => {
  const columns = Array.from({ length: w }, () => 0)
  const rows = Array.from({ length: h }, () => 0)
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const density = gPerCm2[(top + y) * width + left + x]!
      columns[x]! += density
      rows[y]! += density
    }
  return w < 16 || h < 16 ? 1 : repeats(columns) * repeats(rows)
}

/** Share of the frame's height that goods reach, as the median over the columns that hold any. */
const fillOf = ({ width, gPerCm2, region: [left, top, w, h] }: Field, frameHeight: number): number => {
  const heights: number[] = []
  for (let x = left; x < left + w; x++)
    for (let y = top; y < top + h; y++)
      if (gPerCm2[y * width + x]! > 0) {
        heights.push(top + h - y)
        break
      }
  return median(heights) / Math.max(1, frameHeight)
}

export const measure = (dual: DualEnergy, calibration: Calibration, looking: Looking): Measured =>
  measureField(fieldOf(dual, calibration, looking), looking)

export const measureField = (field: Field, looking: Looking): Measured => {
  const [left, top, width, height] = field.region
  const blocks: Block[] = []
  for (let y = top; y + blockPx <= top + height; y += blockPx)
    for (let x = left; x + blockPx <= left + width; x += blockPx) blocks.push(blockAt(field, x, y))
  markStrangers(blocks)
  const full = blocks.filter((block) => block.covered > 0.9)
  const mean = full.reduce((sum, block) => sum + block.gPerCm2, 0) / Math.max(1, full.length)
  const variance = full.reduce((sum, block) => sum + (block.gPerCm2 - mean) ** 2, 0) / Math.max(1, full.length)
  const total = blocks.reduce((sum, block) => sum + block.gPerCm2, 0)
  const share = (of: MaterialClass): number => (total > 0 ? blocks.reduce((sum, block) => sum + block.gPerCm2 * block.shares[of], 0) / total : 0)
  const grams = field.gPerCm2.reduce((sum, density) => sum + density, 0) * (looking.mmPerPx / 10) ** 2
  return {
    organicShare: share('organic'),
    inorganicShare: share('inorganic'),
    metalShare: share('metal'),
    unevenness: mean > 0 ? Math.sqrt(variance) / mean : 0,
    strangerShare: full.length > 0 ? full.filter((block) => block.stranger).length / full.length : 0,
    unitCount: unitsIn(field),
    fillHeight: fillOf(field, looking.frame?.[3] ?? height),
    gPerCm2: mean,
    massKg: grams / 1000,
    opaqueShare: field.opaqueShare,
    region: field.region,
    blocks,
    blockPx,
  }
}
