/** Margins → probabilities, learned on rows that the trees never saw. Ranking stays with the margin: isotonic steps would make ties. */
import { probability } from './boost.ts'

export type Calibration =
  /** too few held rows to learn from: the margin's own probability */
  | { kind: 'none' }
  | { kind: 'platt'; slope: number; intercept: number }
  /** probability of a margin between two knots is interpolated; flat outside */
  | { kind: 'isotonic'; margins: Float64Array; probabilities: Float64Array }

/** Isotonic regression needs enough of both classes to not learn noise. */
const leastForIsotonic = 500
/** Two parameters need some of both classes too. */
const leastForPlatt = 20

/** Platt 1999 with the targets of Lin, Lin and Weng 2007; Newton's method on two parameters. */
export const fitPlatt = (margins: Float64Array, labels: Uint8Array): Calibration => {
  const positives = labels.reduce((t, y) => t + y, 0)
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (labels.length - positives + 2)]
  let [slope, intercept] = [1, 0]
  for (let round = 0; round < 50; round++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-9, 0, 1e-9]
    for (let i = 0; i < margins.length; i++) {
      const m = margins[i]!
      const p = probability(slope * m + intercept)
      const d = p - (labels[i] ? high : low)
      const w = p * (1 - p)
      ga += d * m
      gb += d
      haa += w * m * m
      hab += w * m
      hbb += w
    }
    const determinant = haa * hbb - hab * hab
    const [da, db] = [(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant]
    slope -= da
    intercept -= db
    if (Math.abs(da) + Math.abs(db) < 1e-10) break
  }
  return { kind: 'platt', slope: Math.max(slope, 1e-6), intercept }
}

type Block = { margin: number; sum: number; n: number }

/** Pool adjacent violators (Ayer et al. 1955). */
export const fitIsotonic = (margins: Float64Array, labels: Uint8Array): Calibration => {
  const order = Int32Array.from(margins, (_, i) => i).sort((a, b) => margins[a]! - margins[b]! || a - b)
  const blocks: Block[] = []
  for (const i of order) {
    let block: Block = { margin: margins[i]!, sum: labels[i]!, n: 1 }
    for (let before = blocks.at(-1); before && before.sum * block.n >= block.sum * before.n; before = blocks.at(-1)) {
      block = {
        margin: before.margin + ((block.margin - before.margin) * block.n) / (before.n + block.n),
        sum: before.sum + block.sum,
        n: before.n + block.n,
      }
      blocks.pop()
    }
    blocks.push(block)
  }
  return {
    kind: 'isotonic',
    margins: Float64Array.from(blocks, (b) => b.margin),
    // Half a row each way: no finite sample proves certainty.
    probabilities: Float64Array.from(blocks, (b) => Math.min(1 - 0.5 / b.n, Math.max(0.5 / b.n, b.sum / b.n))).sort(),
  }
}

export const fitCalibration = (margins: Float64Array, labels: Uint8Array): Calibration => {
  const positives = labels.reduce((t, y) => t + y, 0)
  const fewer = Math.min(positives, labels.length - positives)
  if (fewer < leastForPlatt) return { kind: 'none' }
  return fewer >= leastForIsotonic ? fitIsotonic(margins, labels) : fitPlatt(margins, labels)
}

export const calibrated = (calibration: Calibration, margin: number): number => {
  if (calibration.kind === 'none') return probability(margin)
  if (calibration.kind === 'platt') return probability(calibration.slope * margin + calibration.intercept)
  const { margins, probabilities } = calibration
  let [low, high] = [0, margins.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (margins[middle]! < margin) low = middle + 1
    else high = middle
  }
  if (low === 0) return probabilities[0]!
  if (low === margins.length) return probabilities.at(-1)!
  const share = (margin - margins[low - 1]!) / (margins[low]! - margins[low - 1]!)
  return probabilities[low - 1]! + share * (probabilities[low]! - probabilities[low - 1]!)
}

export type CalibrationError = { ece: number; brier: number; bins: { n: number; expected: number; observed: number }[] }

/** Expected calibration error over ten equal bins, and the Brier score. */
export const calibrationError = (probabilities: Float64Array, labels: Uint8Array): CalibrationError => {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, expected: 0, observed: 0 }))
  let brier = 0
  probabilities.forEach((p, i) => {
    const bin = bins[Math.min(9, Math.floor(p * 10))]!
    bin.n++
    bin.expected += p
    bin.observed += labels[i]!
    brier += (p - labels[i]!) ** 2
  })
  const n = Math.max(1, probabilities.length)
  const ece = bins.reduce((t, b) => t + Math.abs(b.expected - b.observed), 0) / n
  return { ece, brier: brier / n, bins: bins.map((b) => ({ n: b.n, expected: b.n ? b.expected / b.n : 0, observed: b.n ? b.observed / b.n : 0 })) }
}
