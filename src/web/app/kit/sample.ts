// Invented data for the page of the kit.
import type { Money } from '#kernel/money.ts'
import type { Query } from '../api.ts'
import type { LaneName } from '../../ui/Badge.tsx'
import type { Page } from '../../ui/table/types.ts'

export type SampleRow = {
  mrn: string
  importer: string
  lane: LaneName
  value: Money
  grossMassKg: string
  since: string
  dueAt: string | null
  status: 'lodged' | 'underControl' | 'paymentDue' | 'released'
  office: string
}

const importers = [
  'Meridian Household',
  'Sunfold Citrus Growers’ Cooperative of the Southern Lowlands and Islands',
  'Castellane Vins et Spiritueux',
  'Cobalt Cycles',
  '海德堡机械贸易有限公司',
  'شركة النخيل للتجارة والاستيراد',
  'Northlight Apparel',
]
const lanes: LaneName[] = ['red', 'yellow', 'green', 'blue']
const states = ['lodged', 'underControl', 'paymentDue', 'released'] as const
export const now = Date.now()
export const before = (hours: number): string => new Date(now - hours * 3_600_000).toISOString()

const letters = 'ABCDEFGHJKLMNPRSTUVW'
export const rows: SampleRow[] = Array.from({ length: 137 }, (_, at) => ({
  mrn: `26XV${String(7_301_994 * (at + 3))
    .padStart(9, '0')
    .slice(0, 9)}${letters[at % 20]}${letters[(at * 7) % 20]}I${letters[(at * 3) % 20]}${at % 10}`,
  importer: importers[at % importers.length]!,
  lane: lanes[(at * 5) % 4]!,
  value: { minor: 1_234_50 * (at + 1) * ((at % 7) + 1), currency: at % 9 === 0 ? 'EUR' : 'VRC' },
  grossMassKg: `${(at + 1) * 137}.${at % 10}00`,
  since: before((at % 13) * 3 + 0.4),
  dueAt: at % 5 === 4 ? null : before((at % 13) * 3 - 12),
  status: states[at % 4]!,
  office: at % 3 === 0 ? 'Port Marrin' : 'Halden Airport',
}))

const sortKeys: Record<string, (row: SampleRow) => string | number> = {
  mrn: (row) => row.mrn,
  importer: (row) => row.importer,
  lane: (row) => row.lane,
  value: (row) => row.value.minor,
  gross: (row) => Number(row.grossMassKg),
  waits: (row) => row.since,
}

/** Pages, sorts and filters as the server would. */
export const loadSample = async (query: Query): Promise<Page<SampleRow>> => {
  const page = Number(query['page'] ?? 1)
  const size = Number(query['size'] ?? 50)
  const sort = String(query['sort'] ?? '')
  const text = String(query['q'] ?? '').toLowerCase()
  const wanted = String(query['lane'] ?? '')
    .split(',')
    .filter(Boolean)
  const key = sortKeys[sort.replace('-', '')]
  const found = rows.filter((row) => `${row.mrn} ${row.importer}`.toLowerCase().includes(text) && (wanted.length === 0 || wanted.includes(row.lane)))
  const sorted = key ? found.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (sort.startsWith('-') ? -1 : 1)) : found
  return { rows: sorted.slice((page - 1) * size, page * size), total: sorted.length, page, size }
}

export const countries = [
  { code: 'CN', name: 'China' },
  { code: 'FR', name: 'France' },
  { code: 'IN', name: 'India' },
  { code: 'MA', name: 'Morocco' },
  { code: 'SN', name: 'Senegal' },
  { code: 'TH', name: 'Thailand' },
  { code: 'XV', name: 'Verania' },
]
