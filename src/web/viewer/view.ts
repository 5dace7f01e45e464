/** Where one looks: which point of the image stands in the middle, how large, how turned. Pure; screen lengths are device pixels. */
export type Point = { x: number; y: number }
export type Size = { width: number; height: number }

export type View = {
  /** point of the image in the middle of the window */ centre: Point
  /** device pixels in a pixel of the image */ scale: number
  /** clockwise, degrees */ turn: number
  isFlippedX: boolean
  isFlippedY: boolean
}

/** Image → screen: x' = a·x + c·y + e, y' = b·x + d·y + f, as in SVG and CSS. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

const leastScale = 1 / 64
const mostScale = 64

/** Sines of quarter turns are exact, so that such pictures stay sharp. */
const direction = (turn: number): readonly [cosine: number, sine: number] => {
  const quarter = turn / 90
  if (Number.isInteger(quarter))
    return [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ][((quarter % 4) + 4) % 4] as [number, number]
  const angle = (turn * Math.PI) / 180
  return [Math.cos(angle), Math.sin(angle)]
}

/** In whole scales pixels meet the grid of the screen; else nearest sampling would make some wider than others. */
const snapped = (view: View, value: number): number =>
  view.scale >= 1 && Number.isInteger(view.scale) && view.turn % 90 === 0 ? Math.round(value) : value

export const matrixOf = (view: View, window: Size): Matrix => {
  const [cosine, sine] = direction(view.turn)
  const [sx, sy] = [view.isFlippedX ? -view.scale : view.scale, view.isFlippedY ? -view.scale : view.scale]
  const [a, b, c, d] = [cosine * sx, sine * sx, -sine * sy, cosine * sy]
  const e = window.width / 2 - a * view.centre.x - c * view.centre.y
  const f = window.height / 2 - b * view.centre.x - d * view.centre.y
  return [a, b, c, d, snapped(view, e), snapped(view, f)]
}

export const toScreen = ([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point => ({ x: a * x + c * y + e, y: b * x + d * y + f })

export const toImage = ([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point => {
  const determinant = a * d - b * c
  return { x: (d * (x - e) - c * (y - f)) / determinant, y: (a * (y - f) - b * (x - e)) / determinant }
}

/** The whole image, as large as it fits; small ones not beyond eight times. */
export const fitted = (image: Size, window: Size, view: Pick<View, 'turn' | 'isFlippedX' | 'isFlippedY'> = upright): View => {
  const [cosine, sine] = direction(view.turn).map(Math.abs) as [number, number]
  const width = image.width * cosine + image.height * sine
  const height = image.width * sine + image.height * cosine
  const scale = Math.min(8, window.width / width, window.height / height)
  return { ...view, centre: { x: image.width / 2, y: image.height / 2 }, scale: Math.max(leastScale, scale) }
}
const upright = { turn: 0, isFlippedX: false, isFlippedY: false } as const

/** Zooms so that what is under a point of the screen stays there. */
export const zoomedAt = (view: View, window: Size, at: Point, factor: number): View => {
  const scale = Math.min(mostScale, Math.max(leastScale, view.scale * factor))
  const under = toImage(matrixOf(view, window), at)
  const then = toScreen(matrixOf({ ...view, scale }, window), under)
  return pannedBy({ ...view, scale }, { x: at.x - then.x, y: at.y - then.y })
}

/** Moves the picture by device pixels. */
export const pannedBy = (view: View, by: Point): View => {
  const [a, b, c, d] = matrixOf(view, { width: 0, height: 0 })
  const moved = toImage([a, b, c, d, 0, 0], by)
  return { ...view, centre: { x: view.centre.x - moved.x, y: view.centre.y - moved.y } }
}

export const turnedBy = (view: View, degrees: number): View => ({ ...view, turn: (((view.turn + degrees) % 360) + 360) % 360 })

/** As one sees it: left and right (or top and bottom) change places, whichever way the image is turned. */
export const flipped = (view: View, way: 'across' | 'upright'): View => {
  const turn = (360 - view.turn) % 360
  return way === 'across' ? { ...view, turn, isFlippedX: !view.isFlippedX } : { ...view, turn, isFlippedY: !view.isFlippedY }
}

/** The same part of another image of the same thing: as far along and across, as large on the screen. */
export const alike = (view: View, from: Size, to: Size): View => ({
  ...view,
  centre: { x: (view.centre.x / from.width) * to.width, y: (view.centre.y / from.height) * to.height },
  scale: (view.scale * from.width) / to.width,
})
