/**
 * How many packages stand in a picture: pieces that hang together, cut along straight lines where walls or gaps of packages stand edge-on in
 * the beam. What stands behind something else is not seen: the number is that of the faces. Pure.
 */
import type { Box } from '../image/raster.ts'

/** Attenuation (−ln T) of every pixel, 0 where there is air. */
export type Shadow = { width: number; height: number; attenuation: Float32Array }

/**
 * `leastSidePx`: a shorter side is no package. `walls`: are walls of cardboard seen, as dark lines between equal neighbours; a coarse picture shows only the
 * gaps between packages, as light ones. `contrast`: by how much a line differs from both of its sides, in attenuation.
 */
export type Cutting = { leastSidePx: number; walls: boolean; contrast: number }

/** `least`: pieces parted by air or by walls. `most`: parted wherever a straight gap runs through, which goods within one carton leave too. */
export type Units = { boxes: Box[]; least: number; most: number }

type Piece = { label: number; area: number; left: number; top: number; right: number; bottom: number }
type Labelled = { labels: Int32Array; pieces: Piece[] }

/** Pieces of touching pixels (eight neighbours), each with a label of its own, from 1. */
const labelled = (mask: Uint8Array, width: number, height: number): Labelled => {
  const labels = new Int32Array(mask.length)
  const pieces: Piece[] = []
  const waiting: number[] = []
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || labels[start]) continue
    const piece: Piece = { label: pieces.length + 1, area: 0, left: width, top: height, right: -1, bottom: -1 }
    pieces.push(piece)
    labels[start] = piece.label
    waiting.push(start)
    while (waiting.length > 0) {
      const at = waiting.pop()!
      const [x, y] = [at % width, Math.floor(at / width)]
      piece.area++
      piece.left = Math.min(piece.left, x)
      piece.right = Math.max(piece.right, x)
      piece.top = Math.min(piece.top, y)
      piece.bottom = Math.max(piece.bottom, y)
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx
          if (!mask[next] || labels[next]) continue
          labels[next] = piece.label
          waiting.push(next)
        }
    }
  }
  return { labels, pieces }
}

/** Slopes of a line against the axis, in pixels a pixel: packages are seldom set down quite straight. */
const slopes = [0, -0.01, 0.01, -0.02, 0.02, -0.035, 0.035, -0.05, 0.05]
/** From here to there its surroundings are looked at on either side of a line, in pixels: two walls that touch are some pixels wide. */
const [nearPx, reachPx] = [2, 6]
/** Share of a line's length, as far as something stands on both sides, that must show the seam. */
const leastShare = 0.9
/** At both of its ends a seam runs into the walls across, where nothing stands out, so many pixels. */
const endPx = 2
/** A wall weakens the beam as much from one end to the other, within this share. */
const evenness = 0.35
const leastEven = 0.75

type Axis = 'x' | 'y'
type Cut = { axis: Axis; at: number; slope: number; share: number }

/** Where along the axis a seam may be for each pixel: 1 where the pixel is darker (or, for gaps, lighter) than both of its sides. */
const seamsAlong = ({ width, height, attenuation }: Shadow, axis: Axis, { contrast }: Cutting, gaps: boolean): Uint8Array => {
  const out = new Uint8Array(attenuation.length)
  const [step, across] = axis === 'x' ? [1, width] : [width, height]
  const other = axis === 'x' ? height : width
  const otherStep = axis === 'x' ? width : 1
  // Along the seam the mean of three pixels, against noise.
  const at = (i: number): number => (attenuation[i]! + attenuation[i - otherStep]! + attenuation[i + otherStep]!) / 3
  for (let o = 1; o < other - 1; o++)
    for (let a = reachPx; a < across - reachPx; a++) {
      const i = a * step + o * otherStep
      if (attenuation[i] === 0 && !gaps) continue
      const here = at(i)
      let [before, after] = gaps ? [0, 0] : [Infinity, Infinity]
      for (let r = nearPx; r <= reachPx; r++) {
        before = gaps ? Math.max(before, at(i - r * step)) : Math.min(before, at(i - r * step))
        after = gaps ? Math.max(after, at(i + r * step)) : Math.min(after, at(i + r * step))
      }
      const by = gaps ? Math.min(before, after) - here : here - Math.max(before, after)
      if (by > Math.max(contrast, (gaps ? 0.1 : 0.3) * here)) out[i] = 1
    }
  return out
}

/** The best straight line through a piece; undefined where none shows a seam along all of its length. */
const bestCut = (
  labels: Int32Array,
  { width, height, attenuation }: Shadow,
  piece: Piece,
  axis: Axis,
  seams: readonly Uint8Array[],
  { leastSidePx }: Cutting,
): Cut | undefined => {
  const [from, to, begin, end] =
    axis === 'x' ? [piece.left, piece.right, piece.top, piece.bottom] : [piece.top, piece.bottom, piece.left, piece.right]
  const [step, otherStep, most] = axis === 'x' ? [1, width, width] : [width, 1, height]
  const middle = (begin + end) / 2
  let best: Cut | undefined
  for (const slope of slopes)
    for (let at = from + leastSidePx; at <= to - leastSidePx; at++) {
      let contact = 0
      const seen: number[] = []
      for (let o = begin; o <= end; o++) {
        const a = Math.round(at + slope * (o - middle))
        if (a < reachPx + 1 || a >= most - reachPx - 1) continue
        const i = a * step + o * otherStep
        if (labels[i - (reachPx + 1) * step] !== piece.label || labels[i + (reachPx + 1) * step] !== piece.label) continue
        contact++
        if (seams.some((one) => one[i] || one[i - step] || one[i + step]))
          seen.push(Math.max(attenuation[i]!, attenuation[i - step]!, attenuation[i + step]!))
      }
      if (contact < leastSidePx / 2 || seen.length < leastShare * (contact - 2 * endPx)) continue
      const middleOf = seen.toSorted((a, b) => a - b)[Math.floor(seen.length / 2)]!
      const share = seen.filter((one) => Math.abs(one - middleOf) <= evenness * middleOf).length / (contact - 2 * endPx)
      if (share >= leastEven && share > (best?.share ?? 0)) best = { axis, at, slope, share }
    }
  return best
}

/** Takes the pixels of a line out of its piece. */
const erase = (mask: Uint8Array, labels: Int32Array, { width, height }: Shadow, piece: Piece, { axis, at, slope }: Cut): void => {
  const [begin, end] = axis === 'x' ? [piece.top, piece.bottom] : [piece.left, piece.right]
  const [step, otherStep, most] = axis === 'x' ? [1, width, width] : [width, 1, height]
  for (let o = begin; o <= end; o++)
    for (let d = -1; d <= 1; d++) {
      const a = Math.round(at + slope * (o - (begin + end) / 2)) + d
      if (a < 0 || a >= most) continue
      const i = a * step + o * otherStep
      if (labels[i] === piece.label) mask[i] = 0
    }
}

/** Cuts until no piece has a seam through it. */
const cutAll = (shadow: Shadow, cutting: Cutting, kinds: readonly boolean[]): Box[] => {
  const { width, height, attenuation } = shadow
  const mask = Uint8Array.from(attenuation, (a) => (a > 0 ? 1 : 0))
  const seams = { x: kinds.map((gaps) => seamsAlong(shadow, 'x', cutting, gaps)), y: kinds.map((gaps) => seamsAlong(shadow, 'y', cutting, gaps)) }
  for (;;) {
    const { labels, pieces } = labelled(mask, width, height)
    const large = pieces.filter(
      ({ area, left, right, top, bottom }) =>
        Math.min(right - left, bottom - top) >= 0.8 * cutting.leastSidePx && area >= 0.6 * cutting.leastSidePx ** 2,
    )
    let cuts = 0
    for (const piece of large) {
      const found = (['x', 'y'] as const).flatMap((axis) => bestCut(labels, shadow, piece, axis, seams[axis], cutting) ?? [])
      const cut = found.toSorted((a, b) => b.share - a.share)[0]
      if (!cut) continue
      erase(mask, labels, shadow, piece, cut)
      cuts++
    }
    if (cuts === 0)
      return large
        .toSorted((a, b) => a.top - b.top || a.left - b.left)
        .map(({ left, top, right, bottom }): Box => [left, top, right - left + 1, bottom - top + 1])
  }
}

/** Counts. The boxes are those of `least` where walls are seen, else those of the gaps. */
export const countUnits = (shadow: Shadow, cutting: Cutting): Units => {
  const boxes = cutAll(shadow, cutting, cutting.walls ? [false] : [true])
  const most = cutting.walls ? cutAll(shadow, cutting, [false, true]).length : boxes.length
  return { boxes, least: boxes.length, most: Math.max(boxes.length, most) }
}
