/** The table of machine and teams over the same items. Readings of people and invented ones never stand in one table. Pure. */
import type { Board } from '../schema/figures.ts'
import type { Column } from '../schema/subject.ts'
import { measure, onSameItems, type Trial } from './figures.ts'

/** One item judged once, and by whom. `source`: where it was imported from, null for a reading made here. */
export type Judged = Trial & {
  reader: string
  readerName: string
  team: 'ai' | 'senior' | 'intermediate' | 'trainee'
  simulatedReader: boolean
  /** kind of threat or harmless thing, null where none is known */
  category: string | null
  assisted: boolean
  source: string | null
}

/** Below either a team's row is withheld: it would be the figures of single people, or of chance. */
export const fewest = { readers: 3, items: 30 } as const

const teams = ['senior', 'intermediate'] as const
const rows = ['ai', ...teams] as const
type Readers = Board['readers']

const firstOfEachItem = (trials: readonly Judged[]): Judged[] => {
  const byItem = new Map<string, Judged>()
  for (const t of trials) if (!byItem.has(t.itemId)) byItem.set(t.itemId, t)
  return [...byItem.values()]
}

/** Of each kind of threat, how many there were and how many each row found: a detector knows some kinds and was never shown others. */
const kindsOf = (
  trials: Readonly<Record<(typeof rows)[number], readonly Judged[]>>,
  isTold: (team: (typeof rows)[number]) => boolean,
): Board['kinds'] => {
  const threats = trials.ai.filter((t) => t.threat && t.category !== null)
  const found = (team: (typeof rows)[number], category: string | null): number | null =>
    isTold(team) ? trials[team].filter((t) => t.threat && t.category === category && t.alarm).length : null
  return [...new Set(threats.map((t) => t.category!))].toSorted().map((category) => ({
    category,
    threats: threats.filter((t) => t.category === category).length,
    found: { ai: found('ai', category), senior: found('senior', category), intermediate: found('intermediate', category) },
  }))
}

const tableOf = (column: Column, alone: readonly Judged[], readers: Readers, areNamesShown: boolean): Omit<Board, 'hasOther'> => {
  const counted = alone.filter((t) => t.team === 'ai' || t.simulatedReader === (readers === 'invented'))
  const of = (team: (typeof rows)[number]): Judged[] => firstOfEachItem(counted.filter((t) => t.team === team))
  const { items, trials } = onSameItems({ ai: of('ai'), senior: of('senior'), intermediate: of('intermediate') })
  const told = rows.map((team) => {
    const kept = trials[team]
    const people = new Map(kept.map((t) => [t.reader, t]))
    const tooFew = items < fewest.items ? ('items' as const) : people.size < fewest.readers ? ('readers' as const) : null
    const withheld = team === 'ai' || items === 0 ? null : tooFew
    return {
      team,
      readers: people.size,
      imported: [...people.values()].filter((t) => t.source !== null).length,
      names: areNamesShown || team === 'ai' ? [...people.values()].map((t) => t.readerName).toSorted() : [],
      withheld,
      figures: withheld === null ? measure(column, kept) : null,
    }
  })
  const isTold = (team: (typeof rows)[number]): boolean => told.some((row) => row.team === team && row.figures !== null)
  return {
    column,
    readers,
    items,
    threats: trials.ai.filter((t) => t.threat).length,
    fewest,
    rows: told,
    kinds: kindsOf(trials, isTold),
  }
}

/**
 * Trials of one column, oldest first, as a table. A team's judgement of an item is that of whoever of it came first; readings in which the
 * boxes of the machine could be seen do not count, because they would compare it with itself. Unless asked for one kind of readers, people are
 * shown, and invented ones only where people fill no row and invented readings are there. `areNamesShown`: are the people of a team named;
 * models are.
 */
export const boardOf = (column: Column, trials: readonly Judged[], asked: Readers | null, areNamesShown: boolean): Board => {
  const alone = trials.filter((t) => !t.assisted)
  const has = (isInvented: boolean): boolean => alone.some((t) => t.simulatedReader === isInvented && teams.some((team) => team === t.team))
  const [hasPeople, hasInvented] = [has(false), has(true)]
  const people = tableOf(column, alone, 'people', areNamesShown)
  const isFilled = people.rows.some((row) => row.team !== 'ai' && row.figures !== null)
  const readers = asked ?? (hasInvented && !isFilled ? 'invented' : 'people')
  return readers === 'people' ? { ...people, hasOther: hasInvented } : { ...tableOf(column, alone, 'invented', areNamesShown), hasOther: hasPeople }
}
