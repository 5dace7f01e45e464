/** Blurs of a plane of numbers. Beyond the edge the edge's own values go on. */

/** Gaussian blur by two passes; kernel cut at three σ. */
export const gaussian = (plane: Float32Array, width: number, height: number, sigmaPx: number): Float32Array => {
  const reach = Math.max(1, Math.ceil(3 * sigmaPx))
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigmaPx * sigmaPx)))
  const total = kernel.reduce((sum, weight) => sum + weight, 0)
  for (let i = 0; i < kernel.length; i++) kernel[i] = kernel[i]! / total
  const across = new Float32Array(plane.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let k = -reach; k <= reach; k++) sum += kernel[k + reach]! * plane[y * width + Math.min(width - 1, Math.max(0, x + k))]!
      across[y * width + x] = sum
    }
  const out = new Float32Array(plane.length)
  for (let k = -reach; k <= reach; k++) {
    const weight = kernel[k + reach]!
    for (let y = 0; y < height; y++) {
      const [from, to] = [Math.min(height - 1, Math.max(0, y + k)) * width, y * width]
      for (let x = 0; x < width; x++) out[to + x] = out[to + x]! + weight * across[from + x]!
    }
  }
  return out
}

/** Running mean over 2 r + 1 numbers of a line, in one pass. */
const runningMean = (plane: Float32Array, out: Float32Array, start: number, step: number, length: number, r: number): void => {
  const at = (i: number): number => plane[start + Math.min(length - 1, Math.max(0, i)) * step]!
  let sum = 0
  for (let i = -r; i <= r; i++) sum += at(i)
  for (let i = 0; i < length; i++) {
    out[start + i * step] = sum / (2 * r + 1)
    sum += at(i + r + 1) - at(i - r)
  }
}

/** Mean over squares of 2 r + 1 pixels, `passes` times: three are nearly a Gaussian, at a cost that does not grow with r. */
export const boxBlur = (plane: Float32Array, width: number, height: number, radiusPx: number, passes = 1): Float32Array => {
  const [a, b] = [Float32Array.from(plane), new Float32Array(plane.length)]
  for (let pass = 0; pass < passes; pass++) {
    for (let y = 0; y < height; y++) runningMean(a, b, y * width, 1, width, radiusPx)
    for (let x = 0; x < width; x++) runningMean(b, a, x, width, height, radiusPx)
  }
  return a
}
