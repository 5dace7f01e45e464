/** Do marks lie on what they claim to mark. Pure. */
import { error, type Issue } from '#kernel/issue.ts'
import type { Mark } from '../schema/mark.ts'

/** An image that may be marked in a case: its own, and the other views taken with it. Sizes in pixels; slices of a volume lie along all three. */
export type Canvas = { id: string; widthPx: number; heightPx: number; slices: number }

/** A slice stands under its image: `image/plane/number`. */
const imageOf = (mark: Mark): string => mark.imageId.split('/')[0]!

const liesIn = (mark: Mark, { widthPx, heightPx, slices }: Canvas): boolean => {
  const isSlice = mark.imageId.includes('/')
  const [width, height] = isSlice ? [Math.max(widthPx, heightPx), Math.max(heightPx, slices)] : [widthPx, heightPx]
  return [mark.from, mark.to].every(({ x, y }) => x <= width && y <= height)
}

/** Every mark that lies on no image of the case, or beyond its edge; and identifiers that come twice. */
export const strayMarks = (marks: readonly Mark[], canvases: readonly Canvas[]): Issue[] =>
  marks.flatMap((mark, n) => {
    const canvas = canvases.find(({ id }) => id === imageOf(mark))
    const isTwice = marks.findIndex(({ id }) => id === mark.id) !== n
    return canvas && liesIn(mark, canvas) && !isTwice ? [] : [error('inspection.mark_outside', `/marks/${n}`, { kind: mark.kind })]
  })
