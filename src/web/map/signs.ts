/**
 * Marks and names of the map, drawn on canvas when the map first asks for them: there is no glyph server. A name of an image says all:
 * `seal:4:s` standing seal of rank 4 · `seal:0:m` moving · `cluster:3:120` · `label:14:Port Marrin` · `office`, `checkpoint`, `stop`, `end`.
 */
import type { Palette } from './palette.ts'

export type Sign = { image: ImageData; pixelRatio: number }

const ratio = 2
const font = (size: number, weight = 600): string => `${weight} ${size}px 'Inter Variable', 'Noto Sans Arabic', 'Noto Sans SC', system-ui, sans-serif`

type Draw = (c: CanvasRenderingContext2D, width: number, height: number) => void

const drawn = (width: number, height: number, draw: Draw): Sign | null => {
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(width) * ratio
  canvas.height = Math.ceil(height) * ratio
  const context = canvas.getContext('2d')
  if (!context) return null
  context.scale(ratio, ratio)
  draw(context, Math.ceil(width), Math.ceil(height))
  return { image: context.getImageData(0, 0, canvas.width, canvas.height), pixelRatio: ratio }
}

/** A shape of its own for each rank, about the middle of a square of this size: arrow or dot, diamond, triangle, square. */
const shape = (c: CanvasRenderingContext2D, rank: number, moving: boolean, size: number): void => {
  const [m, r] = [size / 2, size * 0.36]
  c.beginPath()
  if (rank === 4) c.rect(m - r * 0.9, m - r * 0.9, r * 1.8, r * 1.8)
  else if (rank === 3)
    polygon(c, [
      [m, m - r * 1.1],
      [m + r * 1.1, m + r * 0.85],
      [m - r * 1.1, m + r * 0.85],
    ])
  else if (rank === 2)
    polygon(c, [
      [m, m - r * 1.15],
      [m + r * 1.15, m],
      [m, m + r * 1.15],
      [m - r * 1.15, m],
    ])
  else if (moving)
    polygon(c, [
      [m, m - r],
      [m + r * 0.75, m + r * 0.9],
      [m, m + r * 0.45],
      [m - r * 0.75, m + r * 0.9],
    ])
  else c.arc(m, m, r * 0.62, 0, 2 * Math.PI)
}
const polygon = (c: CanvasRenderingContext2D, points: readonly (readonly [number, number])[]): void => {
  points.forEach(([x, y], n) => (n === 0 ? c.moveTo(x, y) : c.lineTo(x, y)))
  c.closePath()
}

const seal = (p: Palette, rank: number, moving: boolean): Sign | null => {
  const size = rank >= 3 ? 30 : 24
  return drawn(size, size, (c) => {
    shape(c, rank, moving, size)
    c.lineJoin = 'round'
    c.strokeStyle = p.halo
    c.lineWidth = 4
    c.stroke()
    c.fillStyle = p.ranks[rank]!
    c.fill()
    if (rank < 3) return
    // The gravest carry a mark too, which is read without their colour.
    c.fillStyle = p.onRank
    c.font = font(14, 800)
    c.textAlign = 'center'
    c.textBaseline = 'middle'
    c.fillText('!', size / 2, size / 2 + (rank === 3 ? 2 : 1))
  })
}

const cluster = (p: Palette, rank: number, count: string): Sign | null => {
  const size = 30 + Math.min(4, count.length) * 4
  return drawn(size, size, (c) => {
    const m = size / 2
    c.beginPath()
    if (rank >= 3) c.roundRect(2, 2, size - 4, size - 4, 5)
    else c.arc(m, m, m - 2, 0, 2 * Math.PI)
    c.fillStyle = rank === 0 ? p.own : p.ranks[rank]!
    c.fill()
    c.lineWidth = 2
    c.strokeStyle = rank === 0 ? p.ranks[0]! : p.halo
    c.stroke()
    c.fillStyle = rank === 0 ? p.place : p.onRank
    c.font = font(13, 700)
    c.textAlign = 'center'
    c.textBaseline = 'middle'
    c.fillText(count, m, m + 0.5)
  })
}

const label = (p: Palette, size: number, text: string): Sign | null => {
  const measure = document.createElement('canvas').getContext('2d')
  if (!measure) return null
  measure.font = font(size)
  const width = measure.measureText(text).width + 8
  return drawn(width, size + 8, (c, w, h) => {
    c.font = font(size)
    c.textAlign = 'center'
    c.textBaseline = 'middle'
    c.lineJoin = 'round'
    c.lineWidth = 4
    c.strokeStyle = p.halo
    c.strokeText(text, w / 2, h / 2)
    c.fillStyle = size > 13 ? p.place : p.name
    c.fillText(text, w / 2, h / 2)
  })
}

const place = (p: Palette, kind: string): Sign | null =>
  drawn(18, 18, (c) => {
    c.beginPath()
    if (kind === 'office') c.rect(4, 4, 10, 10)
    else if (kind === 'checkpoint')
      polygon(c, [
        [9, 2.5],
        [15.5, 9],
        [9, 15.5],
        [2.5, 9],
      ])
    else c.arc(9, 9, 4, 0, 2 * Math.PI)
    c.lineWidth = 2
    c.fillStyle = kind === 'office' ? p.place : p.sea
    c.strokeStyle = kind === 'office' ? p.halo : p.place
    c.fill()
    c.stroke()
  })

/** The image of a name; null for a name that means nothing. */
export const signOf = (name: string, palette: Palette): Sign | null => {
  const [kind, first = '', ...rest] = name.split(':')
  const text = rest.join(':')
  if (kind === 'seal') return seal(palette, Number(first), text === 'm')
  if (kind === 'cluster') return cluster(palette, Number(first), text)
  if (kind === 'label') return label(palette, Number(first), text)
  return kind === 'office' || kind === 'checkpoint' || kind === 'stop' ? place(palette, kind) : null
}
