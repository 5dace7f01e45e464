/** Functions that look at the neighbours of a pixel. All work on attenuation (−ln T), so that an edge counts alike in thin and dense matter. */
import type { Enhancement } from './look.ts'

/** How much of the picture stays under its edges, and how strongly edges show. */
export const edgeGround = 0.25
export const edgeGain = 0.75

/** Taps of super enhance: a square of 5 × 5, this many pixels apart. */
export const superStep = 2
/** Contrast that is striven for, what stands for noise, the strongest gain, and how far the local mean is drawn to the middle. */
export const superTarget = 0.45
export const superNoise = 0.06
export const superMost = 5
export const superFlatten = 0.75

type Plane = { plane: Float32Array; width: number; height: number }

/** The pixel at a place, or the nearest at the border. */
const reader =
  ({ plane, width, height }: Plane) =>
  (x: number, y: number): number =>
    plane[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!

/** Edges (Sobel) over a faint picture. */
const edgeAt = (a: (x: number, y: number) => number, x: number, y: number): number => {
  const dx = a(x + 1, y - 1) + 2 * a(x + 1, y) + a(x + 1, y + 1) - a(x - 1, y - 1) - 2 * a(x - 1, y) - a(x - 1, y + 1)
  const dy = a(x - 1, y + 1) + 2 * a(x, y + 1) + a(x + 1, y + 1) - a(x - 1, y - 1) - 2 * a(x, y - 1) - a(x + 1, y - 1)
  return edgeGround * a(x, y) + edgeGain * Math.sqrt(dx * dx + dy * dy)
}

/** Local contrast made equal everywhere: what is hidden in dense and in thin matter alike comes out. */
const superAt = (a: (x: number, y: number) => number, x: number, y: number): number => {
  let sum = 0
  let squares = 0
  for (let j = -2; j <= 2; j += 1)
    for (let i = -2; i <= 2; i += 1) {
      const value = a(x + i * superStep, y + j * superStep)
      sum += value
      squares += value * value
    }
  const mean = sum / 25
  const deviation = Math.sqrt(Math.max(0, squares / 25 - mean * mean))
  const gain = Math.min(superMost, Math.max(1, superTarget / (deviation + superNoise)))
  // Without contrast there is only noise to raise.
  const worth = Math.min(1, deviation / superNoise)
  return superFlatten * mean + (1 + (gain - 1) * worth) * (a(x, y) - mean)
}

/** The attenuations to paint instead of those of `plane`; a new plane unless nothing is to be done. */
export const enhance = (how: Enhancement, source: Plane): Float32Array => {
  if (how === 'none') return source.plane
  const a = reader(source)
  const at = how === 'edge' ? edgeAt : superAt
  const out = new Float32Array(source.plane.length)
  for (let y = 0; y < source.height; y += 1) for (let x = 0; x < source.width; x += 1) out[y * source.width + x] = at(a, x, y)
  return out
}
