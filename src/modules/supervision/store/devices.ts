/** SQL of the registry of devices. */
import type { Reader, Tx } from '#platform/database.ts'
import { containing, type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { ChangeDevice, DeviceRow, RegisterDevice, StockRow } from '../schema/device.ts'

export const insertDevice = async (tx: Tx, d: RegisterDevice, at: string): Promise<void> => {
  await tx`insert into supervision.device_model (vendor, model, protocol, updated_at) values (${d.vendor}, ${d.model}, ${d.protocol}, ${at}) on conflict do nothing`
  await tx`insert into supervision.device (id, protocol, vendor, model, role, imei, sim, state, office, liable, firmware, owner, registered_at, updated_at)
    values (${d.id}, ${d.protocol}, ${d.vendor}, ${d.model}, ${d.role}, ${d.imei}, ${d.sim}, 'inStock', ${d.office}, ${d.liable}, ${d.firmware ?? null}, ${d.owner ?? null}, ${at}, ${at})`
  const names = [...new Set([d.id, ...(d.imei ? [d.imei] : []), ...d.aliases])]
  await tx`insert into supervision.alias (alias, device_id) select a, ${d.id} from unnest(${names}::text[]) as a`
}

export const updateDevice = async (tx: Tx, id: string, c: ChangeDevice, at: string): Promise<boolean> =>
  (
    await tx`update supervision.device set state = ${c.state}, office = ${c.office}, liable = ${c.liable}, password_changed = ${c.passwordChanged}, updated_at = ${at}
      where id = ${id} returning id`
  ).length > 0

export const setDeviceState = async (tx: Tx, id: string, state: 'armed' | 'issued', at: string): Promise<void> => {
  await tx`update supervision.device set state = ${state}, updated_at = ${at} where id = ${id}`
}

/** What a device has confirmed of how often it reports. */
export const confirmSettings = async (tx: Tx, id: string, c: { intervalS?: number; wakeMin?: number; tracking?: boolean }): Promise<void> => {
  await tx`update supervision.device set interval_s = coalesce(${c.intervalS ?? null}, interval_s), wake_min = coalesce(${c.wakeMin ?? null}, wake_min),
    tracking = coalesce(${c.tracking === undefined ? null : String(c.tracking)}::text::boolean, tracking) where id = ${id}`
}

/** How many records a device says that it still keeps for us. */
export const confirmUnsent = async (tx: Tx, id: string, count: number, at: string): Promise<void> => {
  await tx`update supervision.device set unsent_count = ${count}, unsent_at = ${at} where id = ${id}`
}

/** The device itself has confirmed that the password of its maker is gone. */
export const setPasswordChanged = async (tx: Tx, id: string, at: string): Promise<void> => {
  await tx`update supervision.device set password_changed = true, updated_at = ${at} where id = ${id}`
}

/** What a device told last of its backlog. */
export const unsentOf = async (db: Reader, id: string): Promise<{ count: number; at: string } | null> =>
  (
    await db<
      { count: number; at: string }[]
    >`select unsent_count as count, unsent_at as at from supervision.device where id = ${id} and unsent_at is not null`
  )[0] ?? null

/** A device as the gateway needs it. */
export type Registered = { id: string; role: 'seal' | 'truck'; protocol: string; imei: string | null; state: string; passwordChanged: boolean }

/** Devices by any number under which they report. */
export const findByAlias = async (db: Reader, aliases: readonly string[]): Promise<Map<string, Registered>> => {
  const rows = await db<(Registered & { alias: string })[]>`
    select a.alias, d.id, d.role, d.protocol, d.imei, d.state, d.password_changed as "passwordChanged"
    from supervision.alias a join supervision.device d on d.id = a.device_id where a.alias = any(${[...aliases]}::text[])`
  return new Map(rows.map(({ alias, ...d }) => [alias, d]))
}

const from = (db: Reader) => db`supervision.device d join supervision.device_model m using (vendor, model, protocol)
  left join supervision.device_now n on n.device_id = d.id`
const columns = (db: Reader) => db`d.id, d.protocol, d.vendor, d.model, d.role, d.state, d.office, d.liable, d.password_changed as "passwordChanged",
  d.firmware, d.owner, m.certified_at is not null as certified, n.received_at as "lastContactAt", n.event_at as "eventAt", n.lat, n.lon, n.speed_kph as "speedKph", n.battery_pct as "batteryPct", n.locked`

export const findDevice = async (db: Reader, id: string): Promise<DeviceRow | null> =>
  (await db<DeviceRow[]>`select ${columns(db)} from ${from(db)} where d.id = ${id}`)[0] ?? null

const sortable = { id: 'd.id', vendor: 'd.vendor', state: 'd.state', office: 'd.office', lastContactAt: 'n.received_at', batteryPct: 'n.battery_pct' }
export const sortableDevices = Object.keys(sortable)

/** Devices of some offices ('*' = all). */
export const listDevices = async (
  db: Reader,
  offices: readonly string[] | '*',
  q: ListQuery & { q?: string; state?: string; office?: string; role?: string },
): Promise<{ rows: DeviceRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const where = db`where (${offices === '*'} or d.office = any(${offices === '*' ? [] : [...offices]}::text[]))
    and (${q.state ?? null}::text is null or d.state = ${q.state ?? null})
    and (${q.office ?? null}::text is null or d.office = ${q.office ?? null}) and (${q.role ?? null}::text is null or d.role = ${q.role ?? null})
    and (${q.q ?? null}::text is null or lower(d.id || ' ' || d.vendor || ' ' || d.model) like ${containing(q.q ?? '')})`
  const rows = await db<DeviceRow[]>`select ${columns(db)} from ${from(db)} ${where}
    ${orderBy(db, q.sort, sortable, 'id', 'd.id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from supervision.device d ${where}`
  return { rows, total: count!.total }
}

/** Seals of some offices ('*' = all) by office and state. */
export const countStock = async (db: Reader, offices: readonly string[] | '*'): Promise<StockRow[]> => {
  const counts = await db<{ office: string; state: string; count: number }[]>`
    select office, state, count(*)::int as count from supervision.device
    where role = 'seal' and (${offices === '*'} or office = any(${offices === '*' ? [] : [...offices]}::text[])) group by office, state order by office, state`
  return [...Map.groupBy(counts, (c) => c.office)].map(([office, own]) => ({
    office,
    total: own.reduce((sum, c) => sum + c.count, 0),
    states: Object.fromEntries(own.map((c) => [c.state, c.count])),
  }))
}
