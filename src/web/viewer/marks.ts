/** What somebody draws on an image: a distance, a frame, an arrow, a word, a probe that stays. Places are pixels of the image. Pure. */
import type { Point, Size } from './view.ts'

export const markKinds = ['distance', 'rectangle', 'arrow', 'text', 'probe'] as const
export type MarkKind = (typeof markKinds)[number]
export type Mark = {
  id: string
  kind: MarkKind
  /** of the image, or of the slice, on which it stands */ imageId: string
  from: Point
  to: Point
  text: string
}

/** Distance of pixel centres on the object, to the right and down; null where the scanner did not say. */
export type PitchMm = readonly [x: number, y: number] | null

/** A word and a probe need one place, all others two. */
export const isOnePoint = (kind: MarkKind): boolean => kind === 'text' || kind === 'probe'

export type Length = { px: number; mm: number | null }

export const lengthOf = ({ from, to }: Pick<Mark, 'from' | 'to'>, pitch: PitchMm): Length => {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  return { px: Math.hypot(dx, dy), mm: pitch && Math.hypot(dx * pitch[0], dy * pitch[1]) }
}

/** Width and height of a frame. */
export const edgesOf = ({ from, to }: Pick<Mark, 'from' | 'to'>, pitch: PitchMm): { width: Length; height: Length } => ({
  width: lengthOf({ from, to: { x: to.x, y: from.y } }, pitch),
  height: lengthOf({ from, to: { x: from.x, y: to.y } }, pitch),
})

/** A mark that was drawn beyond the edge ends at it. `size`: of what it stands on. */
export const withinEdges = (mark: Mark, { width, height }: Size): Mark => {
  const clamped = ({ x, y }: Point): Point => ({ x: Math.min(width, Math.max(0, x)), y: Math.min(height, Math.max(0, y)) })
  return { ...mark, from: clamped(mark.from), to: clamped(mark.to) }
}

/** A slip of the hand, not a mark. */
export const isTooSmall = (mark: Mark): boolean => !isOnePoint(mark.kind) && lengthOf(mark, null).px < 2
