/**
 * Figures of readers and detectors. The unit is one screened item, never a frame or a box. A figure belongs to one column (real, TIP,
 * simulated), and no function here adds across columns. Proportions carry their Wilson 95 % interval. Pure.
 */
import type { Column } from '../schema/subject.ts'
import { quantile } from './normal.ts'

/** One item, screened once: what is in it, what was said of it, how sure, how long it took. */
export type Trial = {
  itemId: string
  column: Column
  threat: boolean
  alarm: boolean
  /** higher = more like a threat; comparable within one reader or detector only */
  rating: number
  ms: number
  at: string
}

export type Rate = { value: number; low: number; high: number; count: number; n: number }
export type Figures = {
  column: Column
  n: number
  /** TP / (TP + FN), also called TPR or P_D */
  detection: Rate | null
  /** FP / (FP + TN), also called FAR or P_FA */
  falseAlarm: Rate | null
  accuracy: Rate
  /** (detection + 1 − false alarms) / 2 */
  balanced: number | null
  auc: number | null
  /** sensitivity and criterion of signal detection, with the log-linear correction (Hautus 1995) */
  dPrime: number | null
  criterion: number | null
  medianMs: number
}

const z95 = quantile(0.975)

/** Wilson's score interval of a proportion at 95 %; null without a case. */
export const wilson = (count: number, n: number): Rate | null => {
  if (n === 0) return null
  const p = count / n
  const z2 = z95 * z95
  const centre = p + z2 / (2 * n)
  const half = z95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))
  const scale = 1 + z2 / n
  return { value: p, low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale), count, n }
}

/** Newcombe's interval (method 10) of the difference of two independent proportions, a − b. */
export const difference = (a: Rate, b: Rate): { value: number; low: number; high: number } => {
  const value = a.value - b.value
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  }
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((x, y) => x - y)
  const half = sorted.length >> 1
  return sorted.length === 0 ? Number.NaN : sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Area under the ROC curve: how often a threat is rated above a clear item, ties counting half (Mann–Whitney). */
export const auc = (trials: readonly Pick<Trial, 'threat' | 'rating'>[]): number | null => {
  const sorted = trials.toSorted((x, y) => x.rating - y.rating)
  const threats = trials.filter((t) => t.threat).length
  const clears = trials.length - threats
  if (threats === 0 || clears === 0) return null
  let rankSum = 0
  for (let from = 0; from < sorted.length;) {
    let to = from
    while (to < sorted.length && sorted[to]!.rating === sorted[from]!.rating) to += 1
    const rank = (from + 1 + to) / 2
    for (let i = from; i < to; i += 1) if (sorted[i]!.threat) rankSum += rank
    from = to
  }
  return (rankSum - (threats * (threats + 1)) / 2) / (threats * clears)
}

/** d′ = z(H) − z(F), c = −½(z(H) + z(F)) with H = (hits + ½)/(threats + 1), F likewise. */
export const sensitivity = (hits: number, threats: number, falseAlarms: number, clears: number): { dPrime: number; criterion: number } => {
  const h = quantile((hits + 0.5) / (threats + 1))
  const f = quantile((falseAlarms + 0.5) / (clears + 1))
  return { dPrime: h - f, criterion: -(h + f) / 2 }
}

/** All figures of trials of one column. Throws when another column is among them; null without a trial. */
export const measure = (column: Column, trials: readonly Trial[]): Figures | null => {
  const other = trials.find((t) => t.column !== column)
  if (other) throw new RangeError(`a trial of column ${other.column} among those of column ${column}`)
  const threats = trials.filter((t) => t.threat)
  const clears = trials.filter((t) => !t.threat)
  const hits = threats.filter((t) => t.alarm).length
  const falseAlarms = clears.filter((t) => t.alarm).length
  const accuracy = wilson(hits + clears.length - falseAlarms, trials.length)
  if (!accuracy) return null
  const detection = wilson(hits, threats.length)
  const falseAlarm = wilson(falseAlarms, clears.length)
  const both = detection && falseAlarm
  const signal = both && sensitivity(hits, threats.length, falseAlarms, clears.length)
  return {
    column,
    n: trials.length,
    detection,
    falseAlarm,
    accuracy,
    balanced: both && (detection.value + 1 - falseAlarm.value) / 2,
    auc: auc(trials),
    dPrime: signal && signal.dPrime,
    criterion: signal && signal.criterion,
    medianMs: median(trials.map((t) => t.ms)),
  }
}

/** The items that every one of these readers has seen: who is compared is compared on the same ones. The first trial of each counts. */
export const onSameItems = <K extends string, T extends Trial>(
  readers: Readonly<Record<K, readonly T[]>>,
): { items: number; trials: Record<K, T[]> } => {
  const names = Object.keys(readers) as K[]
  const seen = names.map((name) => new Set(readers[name].map((t) => t.itemId)))
  const shared = new Set([...(seen[0] ?? [])].filter((id) => seen.every((s) => s.has(id))))
  const trials = Object.fromEntries(names.map((name) => [name, readers[name].filter((t) => shared.has(t.itemId))])) as Record<K, T[]>
  return { items: shared.size, trials }
}

/** How detection of late compares with detection before, on threats in the order in which they came. */
export const trend = (trials: readonly Trial[]): { direction: 'better' | 'worse' | 'steady'; difference: ReturnType<typeof difference> } | null => {
  const threats = trials.filter((t) => t.threat).toSorted((x, y) => (x.at < y.at ? -1 : 1))
  const half = threats.length >> 1
  const rateOf = (part: readonly Trial[]): Rate | null => wilson(part.filter((t) => t.alarm).length, part.length)
  const [before, late] = [rateOf(threats.slice(0, half)), rateOf(threats.slice(half))]
  if (!before || !late) return null
  const d = difference(late, before)
  return { direction: d.low > 0 ? 'better' : d.high < 0 ? 'worse' : 'steady', difference: d }
}

/** A refresher is due when even with luck the standard may not be met: the interval's lower end lies under it. Few trials say nothing. */
export const refresherDue = (detection: Rate | null, standard: number, fewest = 20): boolean =>
  detection !== null && detection.n >= fewest && detection.low < standard
