/** After a decision the next case opens: the first of the queue as it was last looked at. */
import { get } from '../../app/api.ts'
import type { DeclarationRow } from '#schema/clearance'

const key = 'portcullis.queue'
const passedOn = new Set(['status', 'lane', 'regime', 'office', 'waitsFor', 'assigned', 'overdue', 'request', 'q', 'from', 'to', 'sort'])

/** Keeps the filters of the queue (the address's query) for this tab. */
export const rememberQueue = (search: string): void => sessionStorage.setItem(key, search)

/** Address of the queue as it was left. */
export const queueAddress = (): string => `/work${sessionStorage.getItem(key) ?? ''}`

const filtersOf = (search: string): Record<string, string> => Object.fromEntries([...new URLSearchParams(search)].filter(([name]) => passedOn.has(name)))

/** The MRN of the case that comes next in the remembered queue, or null when it is empty. */
export const nextCase = async (after: string): Promise<string | null> => {
  const found = await get<{ rows: DeclarationRow[] }>('/api/work', { ...filtersOf(sessionStorage.getItem(key) ?? ''), size: 2 })
  return found.rows.find((row) => row.mrn !== after)?.mrn ?? null
}
