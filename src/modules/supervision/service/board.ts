/**
 * The board of all seals that maps are drawn from. One copy a process, read from the database at most once a second however many look at
 * it; each look gets only what has changed since its last one.
 */
import { instantOf, later } from '#kernel/time.ts'
import type { Sql } from '#platform/database.ts'
import { officeAllowed, type Principal } from '#platform/permissions.ts'
import type { LiveSeal, LiveSeals } from '../schema/live.ts'
import { type BoardRow, readBoard } from '../store/board.ts'

/** Reads reach back this far, because what is received first may be committed last. */
const overlapMs = 5000
const restMs = 1000
/** Now and then everything is read, so that what no instant tells of is not shown for ever. */
const wholeEveryMs = 300_000

type Entry = { seal: LiveSeal | null; said: string; version: number }
export type Board = { look: (principal: Principal, since: string | undefined) => Promise<LiveSeals> }

const maySee = (p: Principal, seal: LiveSeal): boolean =>
  officeAllowed(p, seal.office) || (seal.trip !== null && (officeAllowed(p, seal.trip.office) || officeAllowed(p, seal.trip.destinationOffice)))

export const createBoard = ({ sql, clock }: { sql: Sql; clock: () => string }): Board => {
  // A cursor of another process, or of before a restart, is answered with everything.
  const epoch = crypto.randomUUID().slice(0, 8)
  const entries = new Map<string, Entry>()
  let [version, readMs, wholeMs] = [0, 0, 0]
  let reading: Promise<void> | null = null

  const take = ({ isAside, ...seal }: BoardRow): void => {
    const shown = seal.state === 'retired' || isAside ? null : seal
    const said = JSON.stringify(shown)
    if (entries.get(seal.id)?.said !== said) entries.set(seal.id, { seal: shown, said, version })
  }
  const read = async (): Promise<void> => {
    const nowMs = Date.parse(clock())
    const whole = nowMs - wholeMs > wholeEveryMs
    const rows = await readBoard(sql, whole ? null : later(instantOf(readMs), -overlapMs))
    version++
    for (const row of rows) take(row)
    if (whole) wholeMs = nowMs
    readMs = nowMs
  }
  const fresh = async (): Promise<void> => {
    if (Date.parse(clock()) - readMs < restMs) return
    reading ??= read().finally(() => (reading = null))
    await reading
  }
  return {
    look: async (principal, since) => {
      await fresh()
      const [of, at] = (since ?? '').split('-')
      const whole = of !== epoch || !/^\d+$/.test(at ?? '')
      const from = whole ? -1 : Number(at)
      const changed = [...entries].filter(([, e]) => e.version > from)
      const seals = changed.flatMap(([, { seal }]) => (seal && maySee(principal, seal) ? [seal] : []))
      const shown = new Set(seals.map((s) => s.id))
      const gone = whole ? [] : changed.flatMap(([id]) => (shown.has(id) ? [] : [id]))
      return { cursor: `${epoch}-${version}`, whole, at: clock(), seals, gone }
    },
  }
}
