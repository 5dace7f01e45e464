/** After a decision the next case opens: the first of the queue as it was last looked at. */
import type { DeclarationRow } from '#schema/clearance'
import { get } from '../../app/api.ts'
import { recall } from '../../ui/table/list-memory.ts'

const passedOn = new Set(['status', 'lane', 'regime', 'office', 'waitsFor', 'assigned', 'overdue', 'request', 'q', 'from', 'to', 'sort'])

/** Address of the queue as it was left in this tab. */
export const queueAddress = (): string => recall('work')?.address ?? '/work'

const filtersOf = (search: string): Record<string, string> =>
  Object.fromEntries([...new URLSearchParams(search)].filter(([name]) => passedOn.has(name)))

/** The MRN of the case that comes next in the remembered queue, or null when it is empty. */
export const nextCase = async (after: string): Promise<string | null> => {
  const found = await get<{ rows: DeclarationRow[] }>('/api/work', { ...filtersOf(queueAddress().split('?')[1] ?? ''), size: 2 })
  return found.rows.find((row) => row.mrn !== after)?.mrn ?? null
}
