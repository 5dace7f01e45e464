/** Reports grow old: plain positions are thinned, a day at a time; months whose time is over are dropped. Each step is journalled. */
import { accept, type Outcome } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { inTransaction, type Tx } from '#platform/database.ts'
import { record } from '#platform/journal.ts'
import type { Deps } from '#platform/module.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import type { Retention } from '../schema/retention.ts'
import { dropMonths, firstDayWithPositions, readRetention, saveRetention, thinDay } from '../store/retention.ts'

const dayMs = 86_400_000
/** Days thinned in one run: a night is short. */
const mostDays = 31
const system = actorOf(systemPrincipal('Supervision'))
const subject = { kind: 'retention', id: 'supervision' }

const dayOf = (at: string): string => at.slice(0, 10)
const daysBefore = (now: string, days: number): string => dayOf(later(now, -days * dayMs))

const journalled = (tx: Tx, command: string, payload: object, at: string): Promise<unknown> =>
  record(tx, subject, { command, actor: system, body: { payload, facts: {}, events: [] }, at })

export type Tidied = { thinnedDays: number; thinnedPositions: number; dropped: string[] }

/** One night's work; answers what it did. Interrupted, it goes on at the same day the next time. */
export const tidyReports = async ({ sql, clock }: Pick<Deps, 'sql' | 'clock'>): Promise<Tidied> => {
  const now = clock()
  const r = await readRetention(sql)
  const done: Tidied = { thinnedDays: 0, thinnedPositions: 0, dropped: [] }
  const until = daysBefore(now, r.thinAfterDays)
  for (let from = r.thinnedUntil; done.thinnedDays < mostDays;) {
    const day = await firstDayWithPositions(sql, from, until)
    if (day === null) break
    const positions = await inTransaction(sql, async (tx) => {
      const count = await thinDay(tx, day, r.thinToSeconds)
      await journalled(tx, 'positions.thin', { day, seconds: r.thinToSeconds, positions: count }, now)
      return count
    })
    done.thinnedDays++
    done.thinnedPositions += positions
    from = dayOf(later(`${day}T00:00:00.000Z`, dayMs))
  }
  for (const [table, days] of [
    ['raw_frame', r.framesDays],
    ['position', r.positionsDays],
  ] as const)
    done.dropped.push(
      ...(await inTransaction(sql, async (tx) => {
        const before = daysBefore(now, days)
        const months = await dropMonths(tx, table, before)
        if (months.length > 0) await journalled(tx, 'reports.drop', { before, months }, now)
        return months
      })),
    )
  return done
}

export const changeRetention = ({ sql }: Pick<Deps, 'sql'>, asking: Asking, retention: Retention): Promise<Outcome<Retention>> =>
  once(sql, { key: asking.key, actor: actorOf(asking.principal), name: 'retention.change', subject, at: asking.now }, async (tx) => {
    const before = await readRetention(tx)
    await saveRetention(tx, retention, asking.now)
    return accept({ body: { payload: retention, facts: { before }, events: [{ type: 'retention.changed', ...retention }] }, reply: retention })
  })
