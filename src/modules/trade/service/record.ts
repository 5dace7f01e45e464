/** Writes the changes of an activated proposal into what is known of the tariff. */
import type { Tx } from '#platform/database.ts'
import { indexOf, type Row } from '../change/difference.ts'
import type { Area, Change, ChangedThing, Commodity, Measure, Term } from '../schema.ts'
import { loadRows } from '../store/load.ts'
import {
  forgetAreas,
  forgetCommodities,
  forgetMeasures,
  forgetTerms,
  recordAreas,
  recordCommodities,
  recordMeasures,
  recordTerms,
} from '../store/record.ts'

/** Known from `at` on; each record carries the batch that brought it about. What a change ends keeps all else that is known of it. */
export const recordChanges = async (tx: Tx, changes: readonly Change[], at: string, batch: string): Promise<void> => {
  const index = indexOf(await loadRows(tx))
  const of = <T extends Row>(what: ChangedThing): T[] =>
    changes.flatMap((c): Row[] => {
      if (c.what !== what || c.op === 'remove') return []
      if (c.op === 'put') return [c.row]
      const before = index(c.what, c.key)
      return before ? [{ ...before, validTo: c.validTo }] : []
    }) as T[]
  const gone = <T extends Row>(what: ChangedThing): T[] =>
    changes.flatMap((c): Row[] => (c.what === what && c.op === 'remove' ? [index(c.what, c.key)].filter((r) => r !== undefined) : [])) as T[]
  await recordAreas(tx, of<Area>('area'), at)
  await recordTerms(tx, of<Term>('term'), at)
  await recordCommodities(tx, of<Commodity>('commodity'), at, batch)
  await recordMeasures(tx, of<Measure>('measure'), at, batch)
  await forgetAreas(tx, gone<Area>('area'), at)
  await forgetTerms(tx, gone<Term>('term'), at)
  await forgetCommodities(tx, gone<Commodity>('commodity'), at)
  await forgetMeasures(
    tx,
    gone<Measure>('measure').map((m) => m.id),
    at,
  )
}
