/** Places and lines of the picture of states, out of the transition table. Pure. */
import { transitions, type Status } from '#schema/clearance'

export type State = Status | 'none'
export type Edge = { from: State; to: State; commands: string[] }
export type Place = { state: State; column: number; row: number }

/** Columns in the order of a quiet life; what ends otherwise stands below. */
const columns: readonly (readonly State[])[] = [
  ['none'],
  ['lodged', 'rejected'],
  ['accepted', 'under-control', 'seized'],
  ['payment-due', 'invalidated'],
  ['released'],
  ['cleared'],
  ['exited'],
]

export const places: readonly Place[] = columns.flatMap((states, column) => states.map((state, row) => ({ state, column, row })))

/** Every pair of states between which some command leads, with those commands; staying put is left out. */
export const edges: readonly Edge[] = (() => {
  const found = new Map<string, Edge>()
  for (const [from, commands] of Object.entries(transitions) as [State, Record<string, { next: readonly Status[] }>][]) {
    for (const [command, { next }] of Object.entries(commands)) {
      for (const to of next) {
        if (to === from) continue
        const edge = found.get(`${from} ${to}`) ?? { from, to, commands: [] }
        edge.commands.push(command)
        found.set(`${from} ${to}`, edge)
      }
    }
  }
  return [...found.values()]
})()

const anywhere: ReadonlySet<string> = new Set(['request-amendment', 'request-invalidation', 'decide-request', 'answer-requirement', 'lower-lane'])
/** A line that belongs to a quiet life: some command leads there that is not possible almost everywhere. */
export const isQuiet = ({ commands }: Edge): boolean => commands.some((command) => !anywhere.has(command))
