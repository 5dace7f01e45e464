/**
 * The image room of the demo country: two belts at Halden Airport, its readers and how it weighs; and what generated readers made of the
 * practice images. Generated readers are marked as such wherever a figure of theirs is shown.
 */
import { seeded } from '#kernel/random.ts'
import { later } from '#kernel/time.ts'
import { inTransaction, type Sql, type Tx } from '#platform/database.ts'
import { demoPerson } from '#modules/identity'
import { saveReader, saveSetting } from './centre/store/readers.ts'
import { insertTrials, listTipItems, type NewTrial } from './centre/store/trials.ts'
import { standardSetting } from './centre/setting.ts'
import type { ReaderProfile } from './schema/figures.ts'
import type { Scanner } from './schema/scanner.ts'
import { newId } from './service/ids.ts'
import { saveScanner } from './store/scanners.ts'

const office = 'XV000201'

const scanners: readonly Scanner[] = [
  {
    id: 'halden-belt-1',
    name: 'Arrivals belt 1',
    office,
    vendor: 'Simulated',
    model: 'Dual energy 40/80',
    item: 'bag',
    adapter: 'files',
    mmPerPx: null,
    active: true,
  },
  {
    id: 'halden-belt-2',
    name: 'Arrivals belt 2',
    office,
    vendor: 'Simulated',
    model: 'Dual energy 40/80',
    item: 'bag',
    adapter: 'files',
    mmPerPx: null,
    active: true,
  },
]

const reader = (key: string, team: ReaderProfile['team'], simulated: boolean): ReaderProfile => {
  const { id, name } = demoPerson(key)
  return { personId: id, name, team, items: ['bag', 'carton', 'cargo'], simulated }
}
/** Who reads at Halden. The simulator reads for the second and the third; the first and the supervisor are left to whoever tries the demo. */
const readers = (): ReaderProfile[] => [
  reader('analyst-air', 'senior', false),
  reader('image-supervisor', 'senior', false),
  reader('analyst-second', 'senior', true),
  reader('analyst-third', 'intermediate', true),
]

export const loadDemoInspection = async (tx: Tx, { at }: { at: string }): Promise<void> => {
  for (const scanner of scanners) await saveScanner(tx, scanner, at)
  for (const profile of readers()) await saveReader(tx, profile, at)
  await saveSetting(tx, office, { ...standardSetting, autoClear: true, autoClearBelow: 0.5, answerWithinS: 240, leaseS: 120 }, at)
}

/** How a generated reader sees: signal detection with equal variances, and time per image spread log-normally around a median. */
const generated = {
  'analyst-second': { dPrime: 3.2, criterion: 0, medianMs: 31_000, spread: 0.35 },
  'analyst-third': { dPrime: 1.9, criterion: -0.1, medianMs: 40_000, spread: 0.45 },
} as const

/** Two independent normal numbers of two uniform ones (Box and Muller). */
const normals = (u: number, v: number): [number, number] => {
  const r = Math.sqrt(-2 * Math.log(1 - u))
  return [r * Math.cos(2 * Math.PI * v), r * Math.sin(2 * Math.PI * v)]
}

/** What the generated readers said of every picture of the library that they have not judged yet. Says how many trials were written. */
export const loadDemoPractice = async (sql: Sql, { at }: { at: string }): Promise<number> => {
  const items = await listTipItems(sql)
  const trials = readers().flatMap((profile): NewTrial[] => {
    const key = Object.keys(generated).find((name) => demoPerson(name).id === profile.personId) as keyof typeof generated | undefined
    if (!key) return []
    const { dPrime, criterion, medianMs, spread } = generated[key]
    return items.map((item, n) => {
      const chance = seeded(n, `${key}/${item.category}/${item.difficulty}`)
      const [evidence, pace] = normals(chance.next(), chance.next())
      // The evidence of a threat lies d′ above that of a clear picture; the reader alarms above the criterion, half-way plus its bias.
      const felt = evidence + (item.threat ? dPrime : 0) - (dPrime / 2 + criterion)
      const sure = Math.min(5, 1 + Math.floor(Math.abs(felt) * 2))
      return {
        id: newId(at),
        reader: profile.personId,
        readerName: profile.name,
        team: profile.team,
        simulatedReader: true,
        column: item.column,
        itemId: item.imageId,
        category: item.category,
        threat: item.threat,
        alarm: felt > 0,
        rating: felt > 0 ? sure : -sure,
        assisted: false,
        ms: Math.round(medianMs * Math.exp(spread * pace)),
        caseId: null,
        at: later(at, -(items.length - n) * 60_000),
      }
    })
  })
  await inTransaction(sql, (tx) => insertTrials(tx, trials))
  return trials.length
}
