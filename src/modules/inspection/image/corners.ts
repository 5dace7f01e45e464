/** A picture that was turned has black corners which no goods made: they are taken for open air. Pure. */
import type { Raster } from './raster.ts'

// as dark as a fill; JPEG spreads a black edge a little
const darkest = 24

const grey = ({ data }: Raster, pixel: number): number =>
  Math.round((data[pixel * 3]! * 299 + data[pixel * 3 + 1]! * 587 + data[pixel * 3 + 2]! * 114) / 1000)

/** Pixels of black that hang together with a corner of the picture, side by side. */
const blackCorners = (luma: Uint8Array, width: number, height: number): Uint8Array => {
  const filled = new Uint8Array(luma.length)
  const waiting = [0, width - 1, (height - 1) * width, height * width - 1]
  while (waiting.length > 0) {
    const at = waiting.pop()!
    if (filled[at] || luma[at]! >= darkest) continue
    filled[at] = 1
    const x = at % width
    if (x > 0) waiting.push(at - 1)
    if (x < width - 1) waiting.push(at + 1)
    if (at >= width) waiting.push(at - width)
    if (at < luma.length - width) waiting.push(at + width)
  }
  return filled
}

/** The picture in grey (Rec. 601 luma), its black corners white; as the network for cartons was trained. */
export const greyWithoutCorners = (picture: Raster): Raster => {
  const { width, height } = picture
  const luma = Uint8Array.from({ length: width * height }, (_, i) => grey(picture, i))
  const filled = blackCorners(luma, width, height)
  const data = new Uint8Array(width * height * 3)
  for (let i = 0, p = 0; i < luma.length; i++, p += 3) data[p] = data[p + 1] = data[p + 2] = filled[i] ? 255 : luma[i]!
  return { width, height, data }
}

/** The picture on a larger white canvas whose sides are multiples of `multiple`; nothing moves. */
export const padTo = (picture: Raster, multiple: number): Raster => {
  const up = (side: number): number => Math.ceil(side / multiple) * multiple
  const [width, height] = [up(picture.width), up(picture.height)]
  if (width === picture.width && height === picture.height) return picture
  const data = new Uint8Array(width * height * 3).fill(255)
  for (let y = 0; y < picture.height; y++) data.set(picture.data.subarray(y * picture.width * 3, (y + 1) * picture.width * 3), y * width * 3)
  return { width, height, data }
}
