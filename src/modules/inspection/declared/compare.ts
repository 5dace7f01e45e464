/**
 * A scan against what was declared of it, whatever kind of picture it is: measured by two energies, read approximately off painted colours,
 * or told to be beyond measuring. What cannot be measured is named, and proves nothing. Pure.
 */
import type { Energies } from '../image/pseudo-colour.ts'
import type { Scan } from '../image/scan.ts'
import { type Evidence, judge, matchDeclared } from '../match.ts'
import { classes } from '../measure.ts'
import type { DeclaredGoods, Match, MatchEvidence, MatchLevel, UnmeasuredReason } from '../schema/declared.ts'
import { type Expectation, metrics, type Metric } from '../schema/expectation.ts'
import { readColours } from './colours.ts'
import { chaptersOf, grossMassOf, mixed, ofOneKind } from './expected.ts'
import { lookAt } from './looking.ts'

/** Changes whenever the same picture and the same declaration may come out otherwise. */
const rules = 'match-1'

export type Shown = { scan: Scan; energies: Energies | undefined; mmPerPx: number | undefined }
export type ExpectationOf = (chapter: string) => Expectation | undefined
/** Kept beside a match, so that later expectations can be learned from it; null where nothing was truly measured. */
export type Kept = Readonly<Record<Metric, number>>
type Told = Pick<Match, 'level' | 'basis' | 'massKg' | 'evidence' | 'unmeasured'> & { measured: Kept | null }

const evidenceOf = (one: Evidence, by: number): MatchEvidence => {
  const [x, y, w, h] = one.region
  return { ...one, limits: [...one.limits], region: [x * by, y * by, w * by, h * by] }
}

const missing = (names: readonly (Metric | 'massRatio')[], because: UnmeasuredReason): Match['unmeasured'] =>
  names.map((metric) => ({ metric, because }))

/** Materials by their measured attenuation. */
const byEnergies = (shown: Shown & { scan: { kind: 'dual-energy' } }, goods: DeclaredGoods, expectation: Expectation | undefined): Told => {
  const { measured, by } = lookAt(shown.scan.dual, shown.energies, shown.mmPerPx)
  const declaredKg = grossMassOf(goods)
  const grossMassKg = shown.mmPerPx === undefined ? null : declaredKg
  const chapters = chaptersOf(goods)
  const { level, evidence } = matchDeclared({ chapter: chapters.join(), grossMassKg }, measured, expectation)
  return {
    level,
    basis: 'two-energies',
    massKg: shown.mmPerPx === undefined ? null : measured.massKg,
    evidence: evidence.map((one) => evidenceOf(one, by)),
    unmeasured: [
      ...(shown.mmPerPx === undefined ? missing(['massRatio'], 'no-scale') : declaredKg ? [] : missing(['massRatio'], 'no-mass-declared')),
      ...(chapters.length > 1 ? missing(ofOneKind, 'mixed-goods') : []),
    ],
    measured: Object.fromEntries(metrics.map((metric) => [metric, measured[metric]])) as Kept,
  }
}

/** So much of the picture must have a hue before its colours say anything. */
const enoughReadable = 0.4

/** Painted colours raise a question at most: they are somebody's drawing of a measurement. */
const atMostAmber = (level: MatchLevel): MatchLevel => (level === 'red' ? 'amber' : level)

const byColours = (scan: Scan & { kind: 'colour' }, expectation: Expectation | undefined): Told => {
  const { shares, readable, region, regions } = readColours(scan.raster)
  const isReadable = readable >= enoughReadable
  const evidence = classes.flatMap((name): MatchEvidence[] => {
    const limits = expectation?.limits[`${name}Share`]
    if (!limits || !isReadable) return []
    const value = shares[name]
    const level = atMostAmber(judge(`${name}Share`, value, limits))
    return [{ metric: `${name}Share`, level, value, unit: '1', limits: [...limits], region: value > limits[1] ? [...regions[name]] : [...region] }]
  })
  const shareNames = classes.map((name) => `${name}Share` as const)
  const told: readonly string[] = evidence.map(({ metric }) => metric)
  const rest = [...metrics, 'massRatio' as const].filter((metric) => !told.includes(metric))
  return {
    level: evidence.length === 0 || evidence.some(({ level }) => level === 'amber') ? 'amber' : 'green',
    basis: isReadable ? 'colours' : 'nothing',
    massKg: null,
    evidence,
    unmeasured: missing(expectation && isReadable ? rest.filter((metric) => !shareNames.some((name) => name === metric)) : rest, 'painted-colours'),
    measured: null,
  }
}

const notAtAll = (because: UnmeasuredReason): Told => ({
  level: 'amber',
  basis: 'nothing',
  massKg: null,
  evidence: [],
  unmeasured: missing([...metrics, 'massRatio'], because),
  measured: null,
})

const told = (shown: Shown, goods: DeclaredGoods, expectation: Expectation | undefined): Told => {
  const { scan } = shown
  switch (scan.kind) {
    case 'dual-energy':
      return byEnergies({ ...shown, scan }, goods, expectation)
    case 'colour':
      return byColours(scan, expectation)
    case 'grey':
      return notAtAll('one-energy')
    case 'volume':
      return notAtAll('volume')
  }
}

/** Holds a scan against a declaration. `expectationOf` answers undefined for a chapter that nobody knows, which alone is amber. */
export const compare = (shown: Shown, goods: DeclaredGoods, expectationOf: ExpectationOf): { match: Match; measured: Kept | null } => {
  const known = chaptersOf(goods).map((chapter) => ({ chapter, expectation: expectationOf(chapter) }))
  const { measured, ...said } = told(shown, goods, mixed(known.map(({ expectation }) => expectation)))
  const match: Match = {
    ...said,
    chapters: known.map(({ chapter, expectation }) => ({ chapter, source: expectation?.source ?? null, n: expectation?.n ?? 0 })),
    declared: { reference: goods.reference, version: goods.version, grossMassKg: grossMassOf(goods) },
    rules,
  }
  return { match, measured }
}
