/** From scores to verdicts. A verdict is never milder for a missing or strange answer. Pure. */
import { warning, type Issue } from '#kernel/issue.ts'
import { type Bag, type Finding, type Verdict, verdicts } from '../schema/finding.ts'

export type ThresholdSet = { set: string; review: number; divert: number }

/** The verdict of a score; what is no number is looked at by a person. */
export const verdictOf = (score: number, { review, divert }: ThresholdSet): Verdict =>
  Number.isNaN(score) ? 'review' : score >= divert ? 'divert' : score >= review ? 'review' : 'clear'

export const sterner = (a: Verdict, b: Verdict): Verdict => verdicts[Math.max(verdicts.indexOf(a), verdicts.indexOf(b))]!

/** Of the unfamiliar: not cleared, whatever its score. */
export const unfamiliarIssue = (bag: number, distance: number, threshold: number): Issue =>
  warning('inspection.goods_unfamiliar', `/bags/${bag}`, { distance: Number(distance.toPrecision(4)), threshold: Number(threshold.toPrecision(4)) })

/** Of what has too few pixels to show anything: not cleared either. */
export const tooSmallIssue = (bag: number, width: number, height: number, least: number): Issue =>
  warning('inspection.bag_too_small', `/bags/${bag}`, { width: Math.round(width), height: Math.round(height), least })

/** The finding of an image: as stern as its sternest bag, as sure as its highest score. */
export const findingOf = (bags: Bag[], about: Pick<Finding, 'model' | 'thresholdSet' | 'ms' | 'issues'>): Finding => ({
  bags,
  decision: bags.map((b) => b.decision).reduce(sterner, 'clear'),
  score: Math.max(0, ...bags.map((b) => b.score)),
  ...about,
})

/** When no model could look, a person does: never `clear`. */
export const unread = (issues: Issue[], ms: number): Finding => ({
  bags: [],
  decision: 'review',
  score: 0,
  model: null,
  thresholdSet: null,
  ms,
  issues,
})
