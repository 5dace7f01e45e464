/**
 * From a network's maps to objects (CenterNet, Zhou et al. 2019): local maxima of the heat, boxes from size and offset at their cell,
 * the weaker of two that overlap dropped. Boxes are in pixels of the network's input. Pure.
 */
import type { Box } from '../image/raster.ts'

/** Maps of one picture: `heat` [C,h,w], `size` [2,h,w] in input pixels, `offset` [2,h,w] in cells. */
export type Maps = { width: number; height: number; classes: number; heat: Float32Array; size: Float32Array; offset: Float32Array }

export type Peak = { label: number; confidence: number; box: Box }

/** Highest heat anywhere; 0 for no class at all. */
export const highest = ({ heat }: Maps): number => {
  let best = 0
  for (let i = 0; i < heat.length; i++) if (heat[i]! > best) best = heat[i]!
  return Math.min(1, best)
}

/** Mean of a picture's maps and those of its mirror image, which are turned back: a cell's centre lies as far from the right as it lay from the left. */
export const withMirror = (maps: Maps, mirrored: Maps): Maps => {
  const { width, height, classes } = maps
  const mean = (a: Float32Array, b: Float32Array, channels: number, turn: (v: number, channel: number) => number): Float32Array => {
    const out = new Float32Array(a.length)
    for (let row = 0; row < channels * height; row++) {
      const at = row * width
      const channel = Math.floor(row / height)
      for (let x = 0; x < width; x++) out[at + x] = (a[at + x]! + turn(b[at + width - 1 - x]!, channel)) / 2
    }
    return out
  }
  const same = (v: number): number => v
  return {
    width,
    height,
    classes,
    heat: mean(maps.heat, mirrored.heat, classes, same),
    size: mean(maps.size, mirrored.size, 2, same),
    offset: mean(maps.offset, mirrored.offset, 2, (v, channel) => (channel === 0 ? 1 - v : v)),
  }
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
