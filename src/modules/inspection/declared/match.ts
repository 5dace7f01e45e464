/**
 * Declared goods against what the picture shows. Each chapter of the Harmonized System has an expectation, from a table or learned from cleared
 * consignments; every measured value is held against its limits, and what lies outside is told with value, limits and place.
 * A match decides nothing: it is evidence for the decision on a case.
 */
import type { Box } from '../image/raster.ts'
import { classes, type Block, type Measured } from './measure.ts'
import type { Expectation, Limits, Metric } from '../schema/expectation.ts'

export type Level = 'green' | 'amber' | 'red'

/** What the declaration says. Mass in kilograms with packing, as weighed or declared; null when nothing is declared. */
export type Declared = { chapter: string; grossMassKg: number | null }

export type Evidence = {
  metric: Metric | 'massRatio'
  level: Level
  value: number
  unit: '1' | 'g/cm²' | 'units'
  limits: Limits
  region: Box
}

/** `expectation` null: nobody knows what goods of this chapter look like, and that alone is no suspicion: amber. */
export type Match = {
  level: Level
  chapter: string
  expectation: { source: Expectation['source']; n: number } | null
  evidence: Evidence[]
}

/** How far outside its limits a value may lie and still be amber, in its unit, or (`relative`) as a share of the limit. */
const slack: Readonly<Record<Metric | 'massRatio', { by: number; relative?: true; unit: Evidence['unit'] }>> = {
  organicShare: { by: 0.12, unit: '1' },
  inorganicShare: { by: 0.12, unit: '1' },
  metalShare: { by: 0.12, unit: '1' },
  unevenness: { by: 0.3, unit: '1' },
  strangerShare: { by: 0.04, unit: '1' },
  unitCount: { by: 1, relative: true, unit: 'units' },
  fillHeight: { by: 0.4, unit: '1' },
  gPerCm2: { by: 0.5, relative: true, unit: 'g/cm²' },
  massRatio: { by: 0.3, unit: '1' },
}

export const unitOf = (metric: Metric | 'massRatio'): Evidence['unit'] => slack[metric].unit

/** Within the limits green, a little outside amber, further red. */
export const judge = (metric: Metric | 'massRatio', value: number, [least, most]: Limits): Level => {
  const outside = Math.max(least - value, value - most)
  if (outside <= 0) return 'green'
  const { by, relative } = slack[metric]
  return outside <= (relative ? by * (value > most ? most : least) : by) ? 'amber' : 'red'
}

/** The box about the largest group of touching blocks that fit; undefined when none does. */
const groupOf = ({ blocks, blockPx }: Measured, fits: (block: Block) => boolean): Box | undefined => {
  const left = new Map(blocks.filter(fits).map((block) => [`${block.x},${block.y}`, block]))
  let best: Block[] = []
  while (left.size > 0) {
    const group: Block[] = []
    const waiting = [left.keys().next().value!]
    while (waiting.length > 0) {
      const block = left.get(waiting.pop()!)
      if (!block) continue
      left.delete(`${block.x},${block.y}`)
      group.push(block)
      for (const dx of [-blockPx, 0, blockPx]) for (const dy of [-blockPx, 0, blockPx]) waiting.push(`${block.x + dx},${block.y + dy}`)
    }
    if (group.length > best.length) best = group
  }
  if (best.length === 0) return undefined
  const [x, y] = [Math.min(...best.map((block) => block.x)), Math.min(...best.map((block) => block.y))]
  return [x, y, Math.max(...best.map((block) => block.x)) - x + blockPx, Math.max(...best.map((block) => block.y)) - y + blockPx]
}

/** Where to look: the blocks that make a value too high; the whole load where it is too low, or where no block stands out. */
const regionOf = (measured: Measured, metric: Metric | 'massRatio', value: number, limits: Limits): Box => {
  if (value <= limits[1]) return measured.region
  const material = classes.find((name) => `${name}Share` === metric)
  const fits = (block: Block): boolean =>
    material ? block.shares[material] > 0.5 : metric === 'strangerShare' ? block.stranger : block.gPerCm2 > 1.5 * measured.gPerCm2
  return groupOf(measured, fits) ?? measured.region
}

/** Measured over declared mass. Where much is opaque the measured mass is a lower bound, and only too much can be told. */
export const massLimits = (opaqueShare: number): Limits => (opaqueShare > 0.1 ? [0, 1.35] : [0.7, 1.35])

/** From this share of the goods' area on, what is opaque may be anything: shares of materials then raise a question and prove nothing. */
const mostlyOpaque = 0.3

/** Holds a picture against a declaration. `expectation` undefined: the chapter is unknown. */
export const matchDeclared = (declared: Declared, measured: Measured, expectation: Expectation | undefined): Match => {
  const softened = (metric: Metric | 'massRatio', level: Level): Level =>
    level === 'red' && measured.opaqueShare > mostlyOpaque && metric.endsWith('Share') ? 'amber' : level
  const told = (metric: Metric | 'massRatio', value: number, limits: Limits): Evidence => ({
    metric,
    level: softened(metric, judge(metric, value, limits)),
    value,
    unit: slack[metric].unit,
    limits,
    region: regionOf(measured, metric, value, limits),
  })
  const evidence = Object.entries(expectation?.limits ?? {}).map(([metric, limits]) => told(metric as Metric, measured[metric as Metric], limits))
  if (declared.grossMassKg !== null && declared.grossMassKg > 0)
    evidence.push(told('massRatio', measured.massKg / declared.grossMassKg, massLimits(measured.opaqueShare)))
  const has = (level: Level): boolean => evidence.some((one) => one.level === level)
  const level = has('red') ? 'red' : has('amber') || !expectation ? 'amber' : 'green'
  return { level, chapter: declared.chapter, expectation: expectation ? { source: expectation.source, n: expectation.n } : null, evidence }
}

/** Fewer cleared consignments than this say nothing about the next. */
export const fewestSamples = 6

const learnedMetrics: readonly Metric[] = [
  'organicShare',
  'inorganicShare',
  'metalShare',
  'unevenness',
  'strangerShare',
  'unitCount',
  'fillHeight',
  'gPerCm2',
]

/** The least room left on each side of what was seen, in the metric's unit. */
const room: Readonly<Partial<Record<Metric, number>>> = { unevenness: 0.04, strangerShare: 0.01, unitCount: 1, fillHeight: 0.15, gPerCm2: 0.3 }

/** What cleared consignments of a chapter have looked like: for each metric the range seen, widened by a fifth. Undefined when too few. */
export const learnExpectation = (samples: readonly Readonly<Partial<Record<Metric, number>>>[]): Expectation | undefined => {
  if (samples.length < fewestSamples) return undefined
  const limits: Partial<Record<Metric, Limits>> = {}
  for (const metric of learnedMetrics) {
    const values = samples.flatMap((sample) => sample[metric] ?? []).sort((a, b) => a - b)
    // Not everything was measured of every picture.
    if (values.length < fewestSamples) continue
    const [least, most] = [values[0]!, values.at(-1)!]
    const wider = Math.max(room[metric] ?? 0.03, 0.2 * (most - least))
    limits[metric] = [Math.max(0, least - wider), most + wider]
  }
  return { source: 'learned', n: samples.length, limits }
}
