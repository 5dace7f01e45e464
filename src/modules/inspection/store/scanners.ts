/** SQL of the register of scanners. */
import type { Reader, Tx } from '#platform/database.ts'
import type { Scanner } from '../schema/scanner.ts'

export const saveScanner = async (tx: Tx, s: Scanner, at: string): Promise<void> => {
  await tx`insert into inspection.scanner (id, name, office, vendor, model, item, adapter, mm_per_px, active, updated_at)
    values (${s.id}, ${s.name}, ${s.office}, ${s.vendor}, ${s.model}, ${s.item}, ${s.adapter}, ${s.mmPerPx}, ${s.active}, ${at})
    on conflict (id) do update set name = excluded.name, office = excluded.office, vendor = excluded.vendor, model = excluded.model, item = excluded.item,
      adapter = excluded.adapter, mm_per_px = excluded.mm_per_px, active = excluded.active, updated_at = excluded.updated_at`
}

export const listScanners = async (db: Reader): Promise<Scanner[]> => [
  ...(await db<
    Scanner[]
  >`select id, name, office, vendor, model, item, adapter, mm_per_px as "mmPerPx", active from inspection.scanner order by office, id limit 1000`),
]

export const findScanner = async (db: Reader, id: string): Promise<Scanner | null> =>
  (
    await db<
      Scanner[]
    >`select id, name, office, vendor, model, item, adapter, mm_per_px as "mmPerPx", active from inspection.scanner where id = ${id}`
  )[0] ?? null
