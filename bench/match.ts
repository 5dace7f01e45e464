/**
 * Declared goods against simulated pictures of cartons: how often the true chapter is matched green, and a chapter of other goods, or contraband
 * among the true ones, is not. By the table that ships and by limits learned from other seeds. Everything here is simulated, and says so.
 */
import { learnExpectation, type Level, matchDeclared } from '../src/modules/inspection/match.ts'
import { measure, type Measured, parcelLooking } from '../src/modules/inspection/measure.ts'
import { beams } from '../src/modules/inspection/physics/beam.ts'
import { expose } from '../src/modules/inspection/physics/detector.ts'
import { project } from '../src/modules/inspection/physics/projection.ts'
import { carton } from '../src/modules/inspection/physics/scenes/carton.ts'
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
    msPerPicture: Math.round(ms),
  }
}
