/**
 * What the painted colours of a console tell of materials: approximately, because every maker paints by tables of his own and hides the
 * measurement behind them. Hue stands for the class (orange organic, green inorganic, blue metal), darkness for how much of it there is. Pure.
 */
import { findGround } from '../image/ground.ts'
import type { Box, Raster } from '../image/raster.ts'
import type { MaterialClass } from './measure.ts'

/**
 * Shares of attenuation by class, among what has a hue. `readable`: how much of all attenuation has one; black and grey say nothing.
 * `regions`: the box about all goods of the class.
 */
export type Painted = { shares: Record<MaterialClass, number>; readable: number; region: Box; regions: Record<MaterialClass, Box> }

/** Less than this share of the ground's light is missing: open air, with what JPEG adds to it. */
const airAbove = 0.93
const blackBelow = 0.08
/** Spread of the channels over the brightest of them, below which a colour is grey. */
const leastSaturation = 0.15

/** Degrees at which makers pass from orange to green, from green to blue, and where blue ends. */
const hueEdges = [65, 175, 270] as const

const classOf = (r: number, g: number, b: number): MaterialClass | null => {
  const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)]
  if (high < blackBelow || high - low < leastSaturation * high) return null
  const sector = high === r ? ((g - b) / (high - low) + 6) % 6 : high === g ? (b - r) / (high - low) + 2 : (r - g) / (high - low) + 4
  const degrees = sector * 60
  if (degrees < hueEdges[0] || degrees > 330) return 'organic'
  return degrees < hueEdges[1] ? 'inorganic' : degrees < hueEdges[2] ? 'metal' : null
}

type Extent = { left: number; top: number; right: number; bottom: number }
const nowhere = (): Extent => ({ left: Infinity, top: Infinity, right: -1, bottom: -1 })
const widen = (e: Extent, x: number, y: number): void => {
  e.left = Math.min(e.left, x)
  e.top = Math.min(e.top, y)
  e.right = Math.max(e.right, x)
  e.bottom = Math.max(e.bottom, y)
}
const boxOf = ({ left, top, right, bottom }: Extent): Box => (right < 0 ? [0, 0, 0, 0] : [left, top, right - left + 1, bottom - top + 1])

/** Reads every pixel of a picture; of large ones every n-th of every n-th row, so that about a quarter of a million are read. */
export const readColours = (picture: Raster): Painted => {
  const { width, height, data } = picture
  const ground = findGround(picture)
  const every = Math.max(1, Math.round(Math.sqrt((width * height) / 250_000)))
  const sums = { organic: 0, inorganic: 0, metal: 0 }
  const extents = { organic: nowhere(), inorganic: nowhere(), metal: nowhere() }
  const all = nowhere()
  let total = 0
  for (let y = 0; y < height; y += every)
    for (let x = 0; x < width; x += every) {
      const i = (y * width + x) * 3
      const [r, g, b] = [data[i]! / ground[0], data[i + 1]! / ground[1], data[i + 2]! / ground[2]]
      const light = (r + g + b) / 3
      if (light > airAbove) continue
      const weight = -Math.log(Math.max(0.01, light))
      total += weight
      widen(all, x, y)
      const found = classOf(r, g, b)
      if (!found) continue
      sums[found] += weight
      widen(extents[found], x, y)
    }
  const read = sums.organic + sums.inorganic + sums.metal
  const share = (of: number): number => (read > 0 ? of / read : 0)
  return {
    shares: { organic: share(sums.organic), inorganic: share(sums.inorganic), metal: share(sums.metal) },
    readable: total > 0 ? read / total : 0,
    region: boxOf(all),
    regions: { organic: boxOf(extents.organic), inorganic: boxOf(extents.inorganic), metal: boxOf(extents.metal) },
  }
}
