/** Finding seals and vehicle units by number. */
import type { DeviceRow } from '#schema/supervision'
import { get } from '../../app/api.ts'
import type { CodeOption } from '../../ui/CodeField.tsx'

/** Devices of an office, or of all one's own, that may go on a trip, by number. */
export const searchDevices =
  (role: 'seal' | 'truck', office: string | undefined) =>
  async (text: string, signal: AbortSignal): Promise<readonly CodeOption[]> => {
    const query = { q: text.trim() || undefined, state: role === 'seal' ? 'issued' : undefined, role, office, size: 20 }
    const found = await get<{ rows: DeviceRow[] }>('/api/supervision/devices', query, { signal })
    return found.rows.map((d) => ({
      code: d.id,
      name: `${d.vendor} ${d.model}`,
      hint: d.batteryPct === null ? d.office : `${d.office}, ${Math.round(d.batteryPct)} %`,
    }))
  }
