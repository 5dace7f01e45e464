/**
 * One look of a detector at a picture: what is shown to the network, and what its answer says of the picture. The network itself
 * comes in as a function, so that everything here is pure.
 */
import { greyWithoutCorners, padTo } from '../image/corners.ts'
import { letterbox, type Placing, toPicture } from '../image/crop.ts'
import { segment } from '../image/segment.ts'
import type { Box, Raster } from '../image/raster.ts'
import type { Bag, Detection } from '../schema/finding.ts'
import type { ModelCard } from '../schema/model-card.ts'
import { decode, highest, type Maps, withSecond } from './decode.ts'
import { unfamiliarityOf } from './familiarity.ts'
import { sterner, type ThresholdSet, tooSmallIssue, unfamiliarIssue, verdictOf } from './verdict.ts'
import type { Issue } from '#kernel/issue.ts'

/** What is shown to the network of one item, and where that lies in the picture. */
export type View = { picture: Raster; placing: Placing }

/** What the network answers for one view: its maps, those of a second view where it was looked at once more, and the embedding where the card has one. */
export type Answer = { maps: Maps; again: Maps | null; embedding: Float32Array | null }

const wholeOf = ({ width, height }: Raster): Box => [0, 0, width, height]

/** Bags of a belt frame, each on a white square; a picture that is no frame with bags on it is one item. */
const squares = (picture: Raster, side: number): View[] => {
  const { ground, bags } = segment(picture)
  return bags.map(({ box }) => letterbox(picture, box, ground, side))
}

/** The whole picture in its own pixels, so that nothing small is lost. */
const native = (picture: Raster, multiple: number): View[] => [
  { picture: padTo(greyWithoutCorners(picture), multiple), placing: { box: wholeOf(picture), scale: 1, padX: 0, padY: 0 } },
]

/** What of a picture is shown to the network. An empty belt shows nothing. */
export const viewsOf = (picture: Raster, { input }: ModelCard): View[] =>
  input.fit === 'square' ? squares(picture, input.side) : native(picture, input.multiple)

const rounded = (box: Box): Box => box.map((v) => Math.round(v * 10) / 10) as Box
const share = (v: number): number => Math.round(v * 1e6) / 1e6

/** On fewer pixels than this nothing is seen, by a network or by anybody. */
const leastSidePx = 24
const isTooSmall = ([, , width, height]: Box): boolean => Math.min(width, height) < leastSidePx

/** Whether the first look leaves so much doubt that the picture is looked at once more. */
export const leavesDoubt = (maps: Maps, { second }: ModelCard): boolean => {
  const score = highest(maps)
  return second !== null && score >= second.from && score <= second.to
}

/** What an answer says of its item. Score: the highest heat, the mean of both looks where there are two (ADR 0011). */
export const bagOf = (placing: Placing, { maps, again, embedding }: Answer, card: ModelCard, thresholds: ThresholdSet): Bag => {
  const score = again ? (highest(maps) + highest(again)) / 2 : highest(maps)
  const peaks = decode(again && card.second ? withSecond(maps, again, card.second.view) : maps, { ...card.decode, stride: card.stride })
  const findings = peaks.map(({ label, confidence, box }): Detection => ({
    class: card.classes[label]!.name,
    confidence: share(confidence),
    box: rounded(toPicture(box, placing)),
  }))
  const distance = card.familiarity && embedding ? unfamiliarityOf(embedding, card.familiarity) : null
  const strange = distance !== null && !(distance <= card.familiarity!.threshold)
  const decision = verdictOf(score, thresholds)
  const mustBeRead = strange || isTooSmall(placing.box)
  return {
    box: rounded(placing.box),
    decision: mustBeRead ? sterner(decision, 'review') : decision,
    score: share(Number.isNaN(score) ? 1 : score),
    findings: findings.filter((f) => f.box[2] > 0 && f.box[3] > 0),
    unfamiliarity: distance !== null && Number.isFinite(distance) ? Number(distance.toPrecision(6)) : null,
  }
}

/** Why bags were not left to their score: unlike anything the network was trained on, or too small to show anything. */
export const doubtsOf = (bags: readonly Bag[], { familiarity }: ModelCard): Issue[] =>
  bags.flatMap(({ box, unfamiliarity }, i) => [
    ...(isTooSmall(box) ? [tooSmallIssue(i, box[2], box[3], leastSidePx)] : []),
    ...(familiarity && unfamiliarity !== null && unfamiliarity > familiarity.threshold
      ? [unfamiliarIssue(i, unfamiliarity, familiarity.threshold)]
      : []),
  ])
