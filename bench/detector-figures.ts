/** Figures of a detector over screened items: rates at a frozen threshold, ranking, boxes, with their intervals. */
import { areaUnderCurve, averagePrecision, wilson } from '../src/modules/risk/learning/metrics.ts'
import { overlap } from '../src/modules/inspection/detect/decode.ts'
import type { Box } from '../src/modules/inspection/image/raster.ts'
import { seeded } from '../src/kernel/random.ts'

/** One screened picture: what was there, what was said. */
export type Screened = {
  group: string
  positive: boolean
  score: number
  alarm: boolean
  boxes: { class: string; box: Box }[]
  found: { class: string; confidence: number; box: Box }[]
}

const claimedFalseAlarmRate = 0.0467
const draws = 2000
// A mean of average precisions costs a hundred times an area.
const precisionDraws = 500
const round = (v: number): number => Math.round(v * 1e4) / 1e4
const bounds = (found: number, n: number): [number, number] => wilson(found, n).map(round) as [number, number]

/** 95 % interval of a figure, drawn over groups: pictures of one scene are no independent evidence. Draws that have no such figure do not count. */
const groupInterval = (items: readonly Screened[], times: number, figure: (drawn: readonly Screened[]) => number | null): [number, number] => {
  const groups = [...Map.groupBy(items, (i) => i.group).values()]
  const random = seeded(1, 'bench detector')
  const figures: number[] = []
  for (let d = 0; d < times; d++) {
    const value = figure(groups.flatMap(() => groups[random.below(groups.length)]!))
    if (value !== null && !Number.isNaN(value)) figures.push(value)
  }
  figures.sort((a, b) => a - b)
  return [figures[Math.floor(figures.length * 0.025)]!, figures[Math.floor(figures.length * 0.975)]!].map(round) as [number, number]
}

const areaOf = (items: readonly Screened[]): number =>
  areaUnderCurve(
    items.map((i) => i.score),
    items.map((i) => Number(i.positive)),
  )

type Rule = 'iou' | 'centre'

const fits = (found: Box, wanted: Box, rule: Rule): boolean => {
  if (rule === 'iou') return overlap(found, wanted) >= 0.5
  const [x, y] = [found[0] + found[2] / 2, found[1] + found[3] / 2]
  return x >= wanted[0] && x <= wanted[0] + wanted[2] && y >= wanted[1] && y <= wanted[1] + wanted[3]
}

/** Found boxes of a class, each right or wrong; a wanted box is found once, by the surest. Never found ones lower the recall. */
const precisionOf = (items: readonly Screened[], name: string, rule: Rule): number => {
  const rows: { confidence: number; right: boolean }[] = []
  let wanted = 0
  for (const item of items) {
    const free = item.boxes.filter((b) => b.class === name).map((b) => b.box)
    wanted += free.length
    for (const f of item.found.filter((b) => b.class === name).toSorted((a, b) => b.confidence - a.confidence)) {
      const at = free.findIndex((b) => fits(f.box, b, rule))
      if (at >= 0) free.splice(at, 1)
      rows.push({ confidence: f.confidence, right: at >= 0 })
    }
  }
  const found = rows.filter((r) => r.right).length
  const area = averagePrecision(
    rows.map((r) => r.confidence),
    rows.map((r) => Number(r.right)),
  )
  return found === 0 || wanted === 0 ? 0 : (area * found) / wanted
}

const meanOverClasses = (items: readonly Screened[], rule: Rule): number | null => {
  const classes = [...new Set(items.flatMap((i) => i.boxes.map((b) => b.class)))]
  return classes.length === 0 ? null : round(classes.reduce((t, c) => t + precisionOf(items, c, rule), 0) / classes.length)
}

/** Share of pictures with a box whose surest finding of any class lies on one. */
const pointedAt = (items: readonly Screened[], rule: Rule): number | null => {
  const boxed = items.filter((i) => i.boxes.length > 0)
  const hit = boxed.filter(({ found, boxes }) => {
    const best = found.toSorted((a, b) => b.confidence - a.confidence)[0]
    return best && boxes.some((b) => fits(best.box, b.box, rule))
  })
  return boxed.length === 0 ? null : round(hit.length / boxed.length)
}

/** Detection rate where at most the claimed share of these negatives would alarm. */
const rateAtClaimedFar = (items: readonly Screened[]): number | null => {
  const negatives = items
    .filter((i) => !i.positive)
    .map((i) => i.score)
    .toSorted((a, b) => b - a)
  const positives = items.filter((i) => i.positive)
  const line = negatives[Math.floor(negatives.length * claimedFalseAlarmRate)]
  return line === undefined || positives.length === 0 ? null : round(positives.filter((i) => i.score > line).length / positives.length)
}

/** Everything that is told of one column. Shares of nothing are null. */
export const figuresOf = (items: readonly Screened[]) => {
  const positives = items.filter((i) => i.positive)
  const negatives = items.filter((i) => !i.positive)
  const hits = positives.filter((i) => i.alarm).length
  const alarms = negatives.filter((i) => i.alarm).length
  const right = hits + negatives.length - alarms
  const share = (a: number, n: number): number | null => (n === 0 ? null : round(a / n))
  const both = positives.length > 0 && negatives.length > 0
  return {
    n: items.length,
    positives: positives.length,
    negatives: negatives.length,
    groups: new Set(items.map((i) => i.group)).size,
    truePositiveRate: share(hits, positives.length),
    falseAlarmRate: share(alarms, negatives.length),
    accuracy: round(right / items.length),
    auc: both ? round(areaOf(items)) : null,
    truePositiveRateAtClaimedFar: rateAtClaimedFar(items),
    map50: meanOverClasses(items, 'iou'),
    mapCentre: meanOverClasses(items, 'centre'),
    topOnBox: { iou: pointedAt(items, 'iou'), centre: pointedAt(items, 'centre') },
    intervals: {
      truePositiveRate: bounds(hits, positives.length),
      falseAlarmRate: bounds(alarms, negatives.length),
      accuracy: bounds(right, items.length),
      ...(both && { auc: groupInterval(items, draws, areaOf) }),
      map50: groupInterval(items, precisionDraws, (drawn) => meanOverClasses(drawn, 'iou')),
    },
  }
}
