/** Fewer, larger pixels of a measurement. Pure. */
import type { DualEnergy } from './scan.ts'

/** Means of squares of `by` pixels; what is left over at the right and lower edge is dropped. Means of transmissions, as a coarser detector sees them. */
export const coarser = ({ width, height, low, high }: DualEnergy, by: number): DualEnergy => {
  const [w, h] = [Math.floor(width / by), Math.floor(height / by)]
  const mean = (plane: Uint16Array): Uint16Array => {
    const out = new Uint16Array(w * h)
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        let sum = 0
        for (let dy = 0; dy < by; dy++) for (let dx = 0; dx < by; dx++) sum += plane[(y * by + dy) * width + x * by + dx]!
        out[y * w + x] = Math.round(sum / (by * by))
      }
    return out
  }
  return { width: w, height: h, low: mean(low), high: mean(high) }
}
