/**
 * Declared goods against simulated pictures of cartons: how often the true chapter is matched green, and a chapter of other goods, or contraband
 * among the true ones, is not. By the table that ships and by limits learned from other seeds. And packages declared against packages counted, of
 * cartons apart, stacked, mixed, and on pallets in a container, whose number is known. Everything here is simulated, and says so.
 */
import { bandOf, judgePackages } from '../src/modules/inspection/declared/packages.ts'
import { lookAt, unitsOf } from '../src/modules/inspection/declared/looking.ts'
import { learnExpectation, type Level, matchDeclared } from '../src/modules/inspection/declared/match.ts'
import { parcelLooking } from '../src/modules/inspection/declared/field.ts'
import { measure, type Measured } from '../src/modules/inspection/declared/measure.ts'
import { beams } from '../src/modules/inspection/physics/beam.ts'
import { expose } from '../src/modules/inspection/physics/detector.ts'
import { project } from '../src/modules/inspection/physics/projection.ts'
import { carton } from '../src/modules/inspection/physics/scenes/carton.ts'
import { container } from '../src/modules/inspection/physics/scenes/container.ts'
import { type Layout, layouts, packages } from '../src/modules/inspection/physics/scenes/packages.ts'
import { type ThreatKind, threats } from '../src/modules/inspection/physics/scenes/threats.ts'
import { wares } from '../src/modules/inspection/physics/scenes/wares.ts'
import { calibrate } from '../src/modules/inspection/physics/wedge.ts'
import type { Expectation } from '../src/modules/inspection/schema/expectation.ts'
import { shippedExpectations } from '../src/modules/inspection/service/expectations.ts'

const calibration = calibrate(beams.belt)
const mmPerPx = 2
/** Seeds of pictures to learn from and to test on lie far apart. */
const testFrom = 7000
const learnedFrom = 8

type Consignment = { chapter: string; grossMassKg: number; measured: Measured }

const consignment = (seed: number, chapter: string, threat?: ThreatKind): Consignment => {
  const { scene } = carton({ seed, chapter, threat })
  const projection = project({ ...scene, field: { widthPx: 240, heightPx: 200, mmPerPx } }, beams.belt)
  const measured = measure(expose(projection, beams.belt, seed), calibration, parcelLooking(mmPerPx))
  // Declared is the mass of carton and goods; of contraband nobody says a word.
  const honest = projection.truth.filter((thing) => !thing.threat).reduce((sum, thing) => sum + thing.massG, 0)
  return { chapter, grossMassKg: honest / 1000, measured }
}

type Tally = Record<Level, number> & { n: number }
const tally = (levels: readonly Level[]): Tally => ({
  n: levels.length,
  green: levels.filter((level) => level === 'green').length,
  amber: levels.filter((level) => level === 'amber').length,
  red: levels.filter((level) => level === 'red').length,
})

const chapters = [...new Set(wares.map((ware) => ware.chapter))]
const kinds = Object.keys(threats) as ThreatKind[]

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

type Counted = { truth: number; seen: number; inBand: boolean; level: Level; levelOfThird: Level }

const countedOf = (truth: number, looked: ReturnType<typeof lookAt>, leastSideMm: number, isCargo: boolean): Counted => {
  const units = unitsOf(looked, looked.mmPerPx!, leastSideMm)
  // Whether others hide behind those seen is no question here: in these containers none do.
  const band = bandOf(units, looked.mmPerPx!, false)
  const inBand = truth >= band[0] && truth <= band[1]
  const told = bandOf(units, looked.mmPerPx!, isCargo)
  return { truth, seen: units.least, inBand, level: judgePackages(truth, told), levelOfThird: judgePackages(Math.round(truth / 3), told) }
}

const onBelt = (seed: number, layout: Layout): Counted => {
  const { scene, count } = packages(seed, layout)
  return countedOf(count, lookAt(expose(project(scene, beams.belt), beams.belt, seed), undefined, 2), 60, false)
}

const inContainer = (seed: number): Counted => {
  const { things } = container({ seed }).scene
  // Rays half a centimetre apart: gaps between cartons lie between wider ones.
  const projection = project({ things, field: { widthPx: 2560, heightPx: 640, mmPerPx: 5 } }, beams.cargo)
  const dual = expose(projection, beams.cargo, seed, { scatter: 0.0005, scatterRadiusPx: 40, blurPx: 0.55, electronicPhotons: 6 })
  // Cartons are the prisms of a load; all else of it are the boards of pallets.
  const cartons = things[1]!.bodies.filter(({ shape }) => shape.kind === 'prism').length
  return countedOf(cartons, lookAt(dual, [1000, 3000], 5), 150, true)
}

const share = (of: readonly Counted[], holds: (one: Counted) => boolean): number => Math.round((100 * of.filter(holds).length) / of.length) / 100

const summary = (all: readonly Counted[]): Record<string, number> => {
  const errors = all.map(({ truth, seen }) => Math.abs(seen - truth) / truth)
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
  const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length)
  return {
    n: all.length,
    exact: share(all, ({ truth, seen }) => truth === seen),
    inBand: share(all, ({ inBand }) => inBand),
    meanRelativeError: Math.round(mean * 1000) / 1000,
    spreadOfError: Math.round(spread * 1000) / 1000,
    trueNumberRed: share(all, ({ level }) => level === 'red'),
    thirdDeclaredNotGreen: share(all, ({ levelOfThird }) => levelOfThird !== 'green'),
  }
}

/** Of each layout, for every time asked for. None of these seeds was looked at when the count was drawn up. */
const packageSeeds = 25

const packageFigures = (count: number): Record<string, unknown> => ({
  ...Object.fromEntries(layouts.map((layout) => [layout, summary(times(count * packageSeeds, (i) => onBelt(testFrom + i, layout)))])),
  container: summary(times(count * packageSeeds, (i) => inContainer(testFrom + i))),
})

export const bench = async (flags: { times?: string }): Promise<Record<string, unknown>> => {
  const count = Number(flags.times ?? '4')
  const begun = performance.now()
  const clean = chapters.flatMap((chapter, c) => times(count, (i) => consignment(testFrom + c * 100 + i, chapter)))
  const hidden = chapters.flatMap((chapter, c) =>
    times(Math.ceil(count / 2), (i) => consignment(testFrom * 9 + c * 100 + i, chapter, kinds[(c + i) % kinds.length])),
  )
  const learned = new Map<string, Expectation | undefined>(
    chapters.map((chapter, c) => [chapter, learnExpectation(times(learnedFrom, (i) => consignment(c * 20 + i, chapter).measured))]),
  )
  const ms = (performance.now() - begun) / (clean.length + hidden.length + chapters.length * learnedFrom)
  const by = (expectations: ReadonlyMap<string, Expectation | undefined>) => {
    const level = (of: Consignment, chapter: string): Level => {
      const declared = { chapter, grossMassKg: of.grossMassKg }
      return matchDeclared(declared, of.measured, expectations.get(chapter)).level
    }
    const swapped = clean.flatMap((one) => chapters.filter((chapter) => chapter !== one.chapter).map((chapter) => level(one, chapter)))
    return {
      declaredIsContent: tally(clean.map((one) => level(one, one.chapter))),
      declaredIsAnotherChapter: tally(swapped),
      contrabandAmongDeclared: tally(hidden.map((one) => level(one, one.chapter))),
    }
  }
  return {
    bench: 'match',
    column: 'simulated',
    chapters: chapters.length,
    learnedFromPerChapter: learnedFrom,
    table: by(shippedExpectations()),
    learned: by(learned),
    packages: packageFigures(count),
    msPerPicture: Math.round(ms),
  }
}
