/**
 * Packages that were declared against packages that are seen. A count is never exact: packages touch, and one hides another; it is told as a band,
 * and what is declared beyond it is a question. Only what is grossly different is red: less than half, or more than twice, and by three at least.
 * That rule and the least sizes are judgement; `bench match` says how well the count holds on simulated packages. Pure.
 */
import type { Box } from '../image/raster.ts'
import { type DeclaredGoods, type MatchEvidence, mostUnits, type UnmeasuredReason } from '../schema/declared.ts'
import type { Limits } from '../schema/expectation.ts'
import type { Units } from './units.ts'

/** Bulk and unpacked goods have no packages to count (UN/ECE Recommendation 21). */
const uncounted: ReadonlySet<string> = new Set(['VG', 'VL', 'VO', 'VQ', 'VR', 'VS', 'VY', 'NE', 'NF', 'NG', 'NA'])

/** The least side of a package by its kind, in millimetres; any other is a carton, a box or a parcel. */
const leastSides: Readonly<Record<string, number>> = { PX: 600, PT: 600, PB: 600, DR: 300, BA: 300, BG: 200, SA: 200, BL: 300 }
const leastOfParcels = 60
const leastOfCargo = 150

export type Asked = { count: number; leastSideMm: number }

/** How many packages were declared and how small they may be, or why they cannot be counted. */
export const askedPackages = ({ lines }: DeclaredGoods, isCargo: boolean): Asked | UnmeasuredReason => {
  const count = lines.reduce<number | null>((sum, { packages }) => (sum === null || packages === null ? null : sum + packages), 0)
  const kinds = new Set(lines.map(({ packageKind }) => packageKind ?? ''))
  if ([...kinds].some((kind) => uncounted.has(kind))) return 'uncounted-kind'
  if (count === null || count === 0) return 'no-packages-declared'
  const sides = [...kinds].map((kind) => leastSides[kind] ?? (isCargo ? leastOfCargo : leastOfParcels))
  return { count, leastSideMm: Math.min(...sides) }
}

/** A count of few is taken as it is; of more, one in six may be wrong, one at least. */
const doubt = (count: number): number => (count <= 3 ? 0 : Math.max(1, Math.round(count / 6)))

/** How deep a container is, and how flat a package is against its face, at the flattest. */
const containerDepthMm = 2350
const flattest = 0.5

/** How many may stand behind each other: one on a belt; in a container as many as its width takes. */
const mostBehind = (boxes: readonly Box[], mmPerPx: number, isCargo: boolean): number => {
  if (!isCargo || boxes.length === 0) return 1
  const shorter = boxes.map(([, , width, height]) => Math.min(width, height)).toSorted((a, b) => a - b)[Math.floor(boxes.length / 2)]!
  return Math.max(1, Math.floor(containerDepthMm / (flattest * shorter * mmPerPx)))
}

/** The number of packages, as far as the picture tells it. `mmPerPx` is of the units' boxes. */
export const bandOf = ({ boxes, least, most }: Units, mmPerPx: number, isCargo: boolean): Limits => [
  Math.max(Math.min(1, least), least - doubt(least)),
  (most + doubt(most)) * mostBehind(boxes, mmPerPx, isCargo),
]

/** Outside the band amber; red when less than half of the least or more than twice the most was declared, and by three at least. */
export const judgePackages = (declared: number, [least, most]: Limits): MatchEvidence['level'] => {
  if (declared >= least && declared <= most) return 'green'
  const isGross = declared < least / 2 ? least - declared >= 3 : declared > 2 * most && declared - most >= 3
  return isGross ? 'red' : 'amber'
}

const hull = (boxes: readonly Box[]): Box => {
  const [left, top] = [Math.min(...boxes.map(([x]) => x)), Math.min(...boxes.map(([, y]) => y))]
  return [left, top, Math.max(...boxes.map(([x, , w]) => x + w)) - left, Math.max(...boxes.map(([, y, , h]) => y + h)) - top]
}

/** The evidence, with all packages seen as its place. A picture in which no package is seen says nothing of their number. */
export const packageEvidence = (count: number, units: Units, mmPerPx: number, isCargo: boolean): MatchEvidence | null => {
  if (units.boxes.length === 0) return null
  const band = bandOf(units, mmPerPx, isCargo)
  return {
    metric: 'packages',
    level: judgePackages(count, band),
    value: units.least,
    band,
    unit: 'units',
    limits: [count, count],
    region: hull(units.boxes),
  }
}

export const drawnUnits = ({ boxes }: Units): Box[] => boxes.slice(0, mostUnits)
