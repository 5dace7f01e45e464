/**
 * What a belt with a switch does with its trays: the behaviour that inspection counts on, as one state and its steps. The simulated belt runs
 * it, and a vendor's controller is held against it. Pure.
 *
 * A tray moves to the switch; when it gets there it goes where it was told, and to the bench when it was told nothing. A command is known by its
 * id: the second of the same id changes nothing, and none changes what has passed.
 */
import type { Line } from '../schema/sorting.ts'
import type { BeltItem } from './port.ts'

export type BeltTray = {
  id: string
  item: BeltItem
  bag: string
  movement: string | null
  owner: string | null
  atSwitchMs: number
  command: { id: string; line: Line } | null
}
export type BeltState = {
  running: boolean
  nowMs: number
  trays: readonly BeltTray[]
  passed: ReadonlyMap<string, { command: string | null; line: Line }>
}
export const stillBelt: BeltState = { running: true, nowMs: 0, trays: [], passed: new Map() }

export const unheard: Line = 'contraband'

/** Puts a bag on the belt; it reaches the switch `travelMs` of running time later. */
export const putTray = (belt: BeltState, tray: Omit<BeltTray, 'atSwitchMs' | 'command'>, travelMs: number): BeltState => {
  const passed = new Map(belt.passed)
  passed.delete(tray.id)
  return { ...belt, passed, trays: [...belt.trays.filter((t) => t.id !== tray.id), { ...tray, atSwitchMs: belt.nowMs + travelMs, command: null }] }
}

/** A command arrives. Acknowledged is what the tray does or has done, which may not be what was asked. */
export const command = (belt: BeltState, trayId: string, id: string, line: Line): { belt: BeltState; acknowledged: Line | null } => {
  const gone = belt.passed.get(trayId)
  if (gone) return { belt, acknowledged: gone.line }
  const tray = belt.trays.find((t) => t.id === trayId)
  if (!tray) return { belt, acknowledged: null }
  if (tray.command) return { belt, acknowledged: tray.command.line }
  return { belt: { ...belt, trays: belt.trays.map((t) => (t === tray ? { ...t, command: { id, line } } : t)) }, acknowledged: line }
}

/** Time goes by; while the belt stands nothing moves. */
export const run = (belt: BeltState, ms: number): { belt: BeltState; passes: { trayId: string; line: Line }[] } => {
  if (!belt.running) return { belt, passes: [] }
  const nowMs = belt.nowMs + ms
  const there = belt.trays.filter((t) => t.atSwitchMs <= nowMs).toSorted((a, b) => a.atSwitchMs - b.atSwitchMs)
  const passed = new Map(belt.passed)
  const passes = there.map((t) => {
    const line = t.command?.line ?? unheard
    passed.set(t.id, { command: t.command?.id ?? null, line })
    return { trayId: t.id, line }
  })
  return { belt: { ...belt, nowMs, trays: belt.trays.filter((t) => t.atSwitchMs > nowMs), passed }, passes }
}

/** The controller restarts: trays stay where they lie, what they were told is forgotten. */
export const restart = (belt: BeltState): BeltState => ({ ...belt, running: true, trays: belt.trays.map((t) => ({ ...t, command: null })) })
