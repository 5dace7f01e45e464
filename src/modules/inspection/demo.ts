/** The image room of the demo country: two belts at Halden Airport, its readers and how it weighs. */
import type { Tx } from '#platform/database.ts'
import { demoPerson } from '#modules/identity'
import { saveReader, saveSetting } from './centre/store/readers.ts'
import { standardSetting } from './centre/setting.ts'
import type { ReaderProfile } from './schema/figures.ts'
import type { Scanner } from './schema/scanner.ts'
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
