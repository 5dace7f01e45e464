/** What was known of a record of the tariff, and when. */
import type { Reader } from '#platform/database.ts'
import type { Measure } from '../schema.ts'

export type KnownMeasure = { row: Measure; recordedFrom: string; recordedTo?: string; batch?: string }

/** Newest knowledge first. */
export const measureHistory = async (db: Reader, id: string): Promise<KnownMeasure[]> => {
  const rows = await db<
    {
      body: Omit<Measure, 'validFrom' | 'validTo'>
      valid_from: string
      valid_to: string | null
      recorded_from: string
      recorded_to: string | null
      batch: string | null
    }[]
  >`select body, valid_from, valid_to, recorded_from, recorded_to, batch from trade.measure where id = ${id} order by recorded_from desc`
  return rows.map((r) => ({
    row: { ...r.body, validFrom: r.valid_from, ...(r.valid_to && { validTo: r.valid_to }) },
    recordedFrom: r.recorded_from,
    ...(r.recorded_to && { recordedTo: r.recorded_to }),
    ...(r.batch && { batch: r.batch }),
  }))
}
