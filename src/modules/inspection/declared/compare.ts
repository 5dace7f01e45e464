/**
 * A scan against what was declared of it, whatever kind of picture it is: measured by two energies, read approximately off painted colours,
 * or told to be beyond measuring. What cannot be measured is named, and proves nothing. Pure.
 */
import type { Energies } from '../image/pseudo-colour.ts'
import type { Scan } from '../image/scan.ts'
import type { Box } from '../image/raster.ts'
import { type Evidence, judge, massLimits, matchDeclared, unitOf } from './match.ts'
import { classes } from './measure.ts'
import type { Item } from '../schema/subject.ts'
import type { DeclaredGoods, Match, MatchEvidence, MatchLevel, UnmeasuredReason } from '../schema/declared.ts'
import { type Expectation, type Limits, metrics, type Metric } from '../schema/expectation.ts'
import { readColours } from './colours.ts'
import { chaptersOf, grossMassOf, mixed, ofOneKind } from './expected.ts'
import { type Looked, lookAt, lookOnce, unitsOf } from './looking.ts'
import { askedPackages, drawnUnits, judgePackages, packageEvidence } from './packages.ts'
import { type Box3, measureVolume, type VoxelSize } from './volumes.ts'

/** Changes whenever the same picture and the same declaration may come out otherwise. */
const rules = 'match-2'

/** `item`: what lies in the machine; of one energy nothing else says whether walls of steel stand before the goods. */
export type Shown = {
  scan: Scan
  energies: Energies | undefined
  mmPerPx: number | undefined
  item: Item
  /** distance of a volume's slices */ mmPerSlice?: number
  /** a volume's values are g/cm³ */ isDensity?: boolean
}
export type ExpectationOf = (chapter: string) => Expectation | undefined
/** Kept beside a match, so that later expectations can be learned from it; null where nothing was truly measured. */
export type Kept = Readonly<Partial<Record<Metric, number>>>
type Told = Pick<Match, 'level' | 'basis' | 'massKg' | 'massBandKg' | 'evidence' | 'units' | 'objects' | 'fillShare' | 'unmeasured'> & {
  measured: Kept | null
}

const evidenceOf = (one: Evidence, by: number): MatchEvidence => ({
  ...one,
  limits: [...one.limits],
  region: inPixelsOfImage(one.region, by),
})

const missing = (names: readonly MatchEvidence['metric'][], because: UnmeasuredReason): Match['unmeasured'] =>
  names.map((metric) => ({ metric, because }))

const inPixelsOfImage = <T extends readonly [number, number, number, number]>([x, y, w, h]: T, by: number): [number, number, number, number] => [
  x * by,
  y * by,
  w * by,
  h * by,
]

/** Packages declared against packages seen. */
const byPackages = (looked: Looked, goods: DeclaredGoods, isCargo: boolean): Pick<Told, 'evidence' | 'units' | 'unmeasured'> => {
  const asked = askedPackages(goods, isCargo)
  if (typeof asked === 'string') return { evidence: [], units: [], unmeasured: missing(['packages'], asked) }
  if (looked.mmPerPx === undefined) return { evidence: [], units: [], unmeasured: missing(['packages'], 'no-scale') }
  const units = unitsOf(looked, looked.mmPerPx, asked.leastSideMm)
  const found = packageEvidence(asked.count, units, looked.mmPerPx, isCargo)
  return {
    evidence: found ? [{ ...found, region: inPixelsOfImage(found.region, looked.by) }] : [],
    units: drawnUnits(units).map((box) => inPixelsOfImage(box, looked.by)),
    unmeasured: [],
  }
}

const gravest = (levels: readonly MatchLevel[]): MatchLevel => (levels.includes('red') ? 'red' : levels.includes('amber') ? 'amber' : 'green')

/** Materials by their measured attenuation. */
const byEnergies = (shown: Shown & { scan: { kind: 'dual-energy' } }, goods: DeclaredGoods, expectation: Expectation | undefined): Told => {
  const looked = lookAt(shown.scan.dual, shown.energies, shown.mmPerPx)
  const { measured, by } = looked
  const declaredKg = grossMassOf(goods)
  const grossMassKg = shown.mmPerPx === undefined ? null : declaredKg
  const chapters = chaptersOf(goods)
  const { level, evidence } = matchDeclared({ chapter: chapters.join(), grossMassKg }, measured, expectation)
  const packages = byPackages(looked, goods, shown.item === 'cargo')
  return {
    level: gravest([level, ...packages.evidence.map((one) => one.level)]),
    basis: 'two-energies',
    massKg: shown.mmPerPx === undefined ? null : measured.massKg,
    massBandKg: null,
    evidence: [...evidence.map((one) => evidenceOf(one, by)), ...packages.evidence],
    units: packages.units,
    objects: [],
    fillShare: null,
    unmeasured: [
      ...(shown.mmPerPx === undefined ? missing(['massRatio'], 'no-scale') : declaredKg ? [] : missing(['massRatio'], 'no-mass-declared')),
      ...(chapters.length > 1 ? missing(ofOneKind, 'mixed-goods') : []),
      ...packages.unmeasured,
    ],
    measured: Object.fromEntries(metrics.map((metric) => [metric, measured[metric]])) as Kept,
  }
}

/** What one energy tells as well as two: how goods are spread, not what they are. */
const spreadMetrics = ['unevenness', 'strangerShare', 'unitCount', 'fillHeight'] as const satisfies readonly Metric[]

/**
 * Mass against that declared, as a band: whatever the goods are, from polyethylene to iron, they weigh no more than its upper end. So too little is as sure as a
 * measurement at two energies makes it, and too much is a question, for what is heavier than iron weakens the beam more than by its mass.
 */
const massByOne = (band: Limits, declaredKg: number, opaqueShare: number, region: Box): MatchEvidence => {
  const ratios: Limits = [band[0] / declaredKg, band[1] / declaredKg]
  const limits = massLimits(opaqueShare)
  const isTooLittle = ratios[1] < limits[0]
  const level = isTooLittle ? judge('massRatio', ratios[1], limits) : atMostAmber(judge('massRatio', Math.max(limits[0], ratios[0]), limits))
  return { metric: 'massRatio', level, value: (ratios[0] + ratios[1]) / 2, band: ratios, unit: '1', limits: [...limits], region: [...region] }
}

/** Spread, mass within a band, and packages. Materials are unmeasured: nothing of them is red, and without its mass no load is green. */
const byOneEnergy = (shown: Shown & { scan: { kind: 'grey' } }, goods: DeclaredGoods, expectation: Expectation | undefined): Told => {
  const isCargo = shown.item === 'cargo'
  const looked = lookOnce(shown.scan.grey, shown.energies?.[1], shown.mmPerPx, isCargo)
  const { measured, by, massKg: band } = looked
  const declaredKg = grossMassOf(goods)
  const spread = spreadMetrics.flatMap((metric): MatchEvidence[] => {
    const limits = expectation?.limits[metric]
    if (!limits) return []
    const value = measured[metric]
    return [
      { metric, level: atMostAmber(judge(metric, value, limits)), value, unit: unitOf(metric), limits: [...limits], region: [...measured.region] },
    ]
  })
  const mass = band && declaredKg ? [massByOne(band, declaredKg, measured.opaqueShare, measured.region)] : []
  const packages = byPackages(looked, goods, isCargo)
  const levels = [...spread, ...mass, ...packages.evidence].map(({ level }) => level)
  const reason = shown.energies === undefined ? 'no-energy' : shown.mmPerPx === undefined ? 'no-scale' : 'no-mass-declared'
  return {
    level: gravest([...levels, ...(mass.length === 0 ? (['amber'] as const) : [])]),
    basis: 'one-energy',
    massKg: null,
    massBandKg: band && [...band],
    evidence: [...[...spread, ...mass].map((one) => ({ ...one, region: inPixelsOfImage(one.region, by) })), ...packages.evidence],
    units: packages.units,
    objects: [],
    fillShare: null,
    unmeasured: [
      ...missing(['organicShare', 'inorganicShare', 'metalShare', 'gPerCm2'], 'one-energy'),
      ...(mass.length === 0 ? missing(['massRatio'], reason) : []),
      ...(chaptersOf(goods).length > 1 ? missing(ofOneKind, 'mixed-goods') : []),
      ...packages.unmeasured,
    ],
    measured: Object.fromEntries(spreadMetrics.map((metric) => [metric, measured[metric]])) as Kept,
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
  const rest = [...metrics, 'massRatio' as const, 'packages' as const].filter((metric) => !told.includes(metric))
  return {
    level: evidence.length === 0 || evidence.some(({ level }) => level === 'amber') ? 'amber' : 'green',
    basis: isReadable ? 'colours' : 'nothing',
    massKg: null,
    massBandKg: null,
    evidence,
    units: [],
    objects: [],
    fillShare: null,
    unmeasured: missing(expectation && isReadable ? rest.filter((metric) => !shareNames.some((name) => name === metric)) : rest, 'painted-colours'),
    measured: null,
  }
}

const notAtAll = (because: UnmeasuredReason): Told => ({
  level: 'amber',
  basis: 'nothing',
  massKg: null,
  massBandKg: null,
  evidence: [],
  units: [],
  objects: [],
  fillShare: null,
  unmeasured: missing([...metrics, 'massRatio', 'packages'], because),
  measured: null,
})

/** Sizes of a volume that cannot be packages are their contents; packages of kinds that are counted are as small as those on a belt. */
const packagesIn = (bodies: readonly Box3[], { mmPerPx, mmPerSlice }: VoxelSize, leastSideMm: number): Box3[] =>
  bodies.filter(([, , , width, height, slices]) => {
    const [, middle, longest] = [width * mmPerPx, height * mmPerPx, slices * mmPerSlice].toSorted((a, b) => a - b)
    return middle! >= leastSideMm && longest! >= leastSideMm
  })

/** A place in a volume, as a rectangle of its slices and the slices it lies in. */
const placeOf = ([x, y, slice, width, height, slices]: Box3): Pick<MatchEvidence, 'region' | 'slices'> => ({
  region: [x, y, width, height],
  slices: [slice, slices],
})

/** Mass, objects and packages in space. What voxels of density are made of is not known: no material is red, and the load is green by its mass alone. */
const byVolume = (shown: Shown & { scan: { kind: 'volume' } }, goods: DeclaredGoods): Told => {
  const { scan, mmPerPx, mmPerSlice } = shown
  if (!shown.isDensity) return notAtAll('voxels-unexplained')
  if (mmPerPx === undefined || mmPerSlice === undefined) return notAtAll('no-scale')
  const size = { mmPerPx, mmPerSlice }
  const { massKg, hull, objects, bodies, fillShare } = measureVolume(scan.volume, size)
  const [declaredKg, asked] = [grossMassOf(goods), askedPackages(goods, shown.item === 'cargo')]
  const evidence: MatchEvidence[] = []
  if (declaredKg && hull) {
    const value = massKg / declaredKg
    const limits = massLimits(0)
    evidence.push({ metric: 'massRatio', level: judge('massRatio', value, limits), value, unit: '1', limits: [...limits], ...placeOf(hull) })
  }
  if (typeof asked !== 'string' && hull) {
    const seen = packagesIn(bodies, size, asked.leastSideMm).length
    // Nothing hides in a volume, but cartons that touch hang together: they may be more than are seen, and fewer they are not.
    const level = asked.count < seen ? judgePackages(asked.count, [seen, seen]) : 'green'
    evidence.push({ metric: 'packages', level, value: seen, unit: 'units', limits: [asked.count, asked.count], ...placeOf(hull) })
  }
  return {
    level: gravest([...evidence.map(({ level }) => level), ...(declaredKg && hull ? [] : (['amber'] as const))]),
    basis: 'volume',
    massKg,
    massBandKg: null,
    evidence,
    units: [],
    objects,
    fillShare,
    unmeasured: [
      ...missing(metrics, 'volume'),
      ...(declaredKg ? [] : missing(['massRatio'], 'no-mass-declared')),
      ...(typeof asked === 'string' ? missing(['packages'], asked) : []),
    ],
    measured: null,
  }
}

const told = (shown: Shown, goods: DeclaredGoods, expectation: Expectation | undefined): Told => {
  const { scan } = shown
  switch (scan.kind) {
    case 'dual-energy':
      return byEnergies({ ...shown, scan }, goods, expectation)
    case 'colour':
      return byColours(scan, expectation)
    case 'grey':
      return byOneEnergy({ ...shown, scan }, goods, expectation)
    case 'volume':
      return byVolume({ ...shown, scan }, goods)
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
