/**
 * From a network's maps to objects (CenterNet, Zhou et al. 2019): local maxima of the heat, boxes from size and offset at their cell,
 * the weaker of two that overlap dropped. Boxes are in pixels of the network's input. Pure.
 */
import type { Box } from '../image/raster.ts'
import type { SecondView } from '../schema/model-card.ts'

/** Maps of one picture: `heat` [C,h,w], `size` [2,h,w] in input pixels, `offset` [2,h,w] in cells. */
export type Maps = { width: number; height: number; classes: number; heat: Float32Array; size: Float32Array; offset: Float32Array }

export type Peak = { label: number; confidence: number; box: Box }

/** Highest heat anywhere; 0 for no class at all. */
export const highest = ({ heat }: Maps): number => {
  let best = 0
  for (let i = 0; i < heat.length; i++) if (heat[i]! > best) best = heat[i]!
  return Math.min(1, best)
}

type Channel = { from: number; /** what is told from the left or from above is told from the right or from below there */ flipped?: boolean }
/** Where a second view has what belongs to a cell of the picture: the cell, and the channels of size (width, height) and offset (x, y). */
const seenIn: Record<SecondView, { cell: (x: number, y: number, width: number) => number; size: Channel[]; offset: Channel[] }> = {
  mirror: {
    cell: (x, y, width) => y * width + width - 1 - x,
    size: [{ from: 0 }, { from: 1 }],
    offset: [{ from: 0, flipped: true }, { from: 1 }],
  },
  // Turned by a quarter against the clock: what lies right lies above, and a height is a width.
  turn: {
    cell: (x, y, width) => (width - 1 - x) * width + y,
    size: [{ from: 1 }, { from: 0 }],
    offset: [{ from: 1, flipped: true }, { from: 0 }],
  },
}

/** Mean of a picture's maps and those of its second view, which are brought back to the picture's own places. */
export const withSecond = (maps: Maps, seen: Maps, view: SecondView): Maps => {
  const { width, height, classes } = maps
  const { cell, size, offset } = seenIn[view]
  const mean = (own: Float32Array, other: Float32Array, channels: readonly Channel[]): Float32Array => {
    const out = new Float32Array(own.length)
    for (const [channel, { from, flipped }] of channels.entries())
      for (let y = 0, i = channel * width * height; y < height; y++)
        for (let x = 0; x < width; x++, i++) {
          const value = other[from * width * height + cell(x, y, width)]!
          out[i] = (own[i]! + (flipped ? 1 - value : value)) / 2
        }
    return out
  }
  const heat = mean(
    maps.heat,
    seen.heat,
    Array.from({ length: classes }, (_, from) => ({ from })),
  )
  return { width, height, classes, heat, size: mean(maps.size, seen.size, size), offset: mean(maps.offset, seen.offset, offset) }
}

const isPeak = ({ heat, width, height }: Maps, channel: number, x: number, y: number): boolean => {
  const value = heat[channel + y * width + x]!
  for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
      const other = heat[channel + ny * width + nx]!
      // Of two equal neighbours the first in reading order stands.
      if (other > value || (other === value && (ny < y || (ny === y && nx < x)))) return false
    }
  return true
}

/** Shared area of two boxes over the area that either covers. */
export const overlap = (a: Box, b: Box): number => {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0])
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1])
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (a[2] * a[3] + b[2] * b[3] - shared)
}

export type DecodeOptions = { stride: number; most: number; least: number; nmsIou: number }

/** Objects of one picture, surest first: at most `most`, none below `least`, none that overlaps a surer one of any class by more than `nmsIou`. */
export const decode = (maps: Maps, { stride, most, least, nmsIou }: DecodeOptions): Peak[] => {
  const { width, height, classes, heat, size, offset } = maps
  const cells = width * height
  const found: Peak[] = []
  for (let label = 0; label < classes; label++) {
    const channel = label * cells
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const at = y * width + x
        const confidence = heat[channel + at]!
        if (!(confidence >= least) || !isPeak(maps, channel, x, y)) continue
        const w = Math.max(0, size[at]!)
        const h = Math.max(0, size[cells + at]!)
        const cx = (x + offset[at]!) * stride
        const cy = (y + offset[cells + at]!) * stride
        found.push({ label, confidence: Math.min(1, confidence), box: [cx - w / 2, cy - h / 2, w, h] })
      }
  }
  const kept: Peak[] = []
  for (const peak of found.toSorted((a, b) => b.confidence - a.confidence)) {
    if (kept.length === most) break
    if (kept.every((k) => overlap(k.box, peak.box) <= nmsIou)) kept.push(peak)
  }
  return kept
}
