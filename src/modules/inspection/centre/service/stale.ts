/** Cases whose detector never answered: a person looks at them. */
import { later } from '#kernel/time.ts'
import { inTransaction } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { lockCase, staleCases } from '../store/cases.ts'
import { decideAlone } from './intake.ts'

/** Longer than any detector takes, and than its job is tried again a few times. */
const patienceMs = 120_000

export const giveUpOnDetector = async ({ sql, bus, clock }: Pick<Deps, 'sql' | 'bus' | 'clock'>): Promise<void> => {
  const at = clock()
  for (const id of await staleCases(sql, later(at, -patienceMs))) {
    const office = await inTransaction(sql, async (tx) => {
      const held = await lockCase(tx, id)
      if (held?.state.status !== 'awaiting-ai') return null
      const ai = {
        findingId: 'none',
        verdict: 'review' as const,
        score: 0,
        classes: [],
        card: 'none',
        thresholdSet: 'none',
        ms: patienceMs,
        familiar: true,
        failed: true,
        at,
      }
      return (await decideAlone(tx, held.state, { name: 'note-finding', ai }, at)).office
    })
    if (office) bus.announce({ topic: 'inspection', id, office, what: 'case' })
  }
}
