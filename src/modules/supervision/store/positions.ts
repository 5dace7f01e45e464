/** SQL of what devices report: frames as they came, records once each, and the newest of every device. COPY in batches. */
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Reader, Tx } from '#platform/database.ts'
import { recordOf, type Stored, storedText } from '../record-text.ts'
import type { SealRecord } from '../schema/record.ts'

export type Frame = { receivedAt: string; protocol: string; peer: string; bytes: Uint8Array }
/** `deviceId` is the registry's; `record.deviceId` is what the device calls itself; `content` is the record's, as text. */
export type PositionRow = {
  deviceId: string
  hash: string
  eventAt: string
  receivedAt: string
  clockSuspect: boolean
  record: SealRecord
  content: string
}
/** Rows and frames as lines of COPY: written before the transaction begins, so that the database works on one batch while the next is being prepared. */
export type Lines = { positions: string; frames: string }

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
/** Text as a field of COPY; numbers, instants and codes need no such care. */
const text = (v: string): string => (/[\\\t\n\r]/.test(v) ? v.replace(/[\\\t\n\r]/g, (c) => escapes[c]!) : v)
const number = (v: number | null): number | string => v ?? '\\N'
/** The client infers the type of an array from its first entry, which goes wrong with booleans. */
const truth = (v: boolean | null | undefined): string | null => (v === null || v === undefined ? null : String(v))

const copy = async (tx: Tx, statement: string, lines: string): Promise<void> => {
  const stream = await tx.unsafe(statement).writable()
  if (!stream.write(lines)) await once(stream, 'drain')
  stream.end()
  await finished(stream)
}

const columns =
  'event_at, device_id, hash, received_at, kind, origin, clock_suspect, valid, lat, lon, speed_kph, course_deg, battery_pct, alarms, record'
/** One record as a line of COPY, in the order of `columns`. */
const positionLine = ({ deviceId, hash, eventAt, receivedAt, clockSuspect, record: r, content }: PositionRow): string =>
  `${eventAt}\t${text(deviceId)}\t${hash}\t${receivedAt}\t${r.kind}\t${r.origin}\t${clockSuspect}\t${r.valid}\t${number(r.lat)}\t${number(r.lon)}\t` +
  `${number(r.speedKph)}\t${number(r.courseDeg)}\t${number(r.batteryPct)}\t${r.alarms.join(' ')}\t${text(storedText(r, content))}\n`

const hexOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string => Buffer.from(buffer, byteOffset, byteLength).toString('hex')
const frameLine = (f: Frame): string => `${f.receivedAt}\t${text(f.protocol)}\t${text(f.peer)}\t\\\\x${hexOf(f.bytes)}\n`

export const linesOf = (rows: readonly PositionRow[], frames: readonly Frame[]): Lines => ({
  positions: rows.map(positionLine).join(''),
  frames: frames.map(frameLine).join(''),
})

/** Keeps frames as they came. */
export const keepFrames = async (tx: Tx, { frames }: Lines): Promise<void> => {
  if (frames !== '') await copy(tx, 'copy supervision.raw_frame (received_at, protocol, peer, bytes) from stdin', frames)
}

const staged = async (tx: Tx, lines: string): Promise<number> => {
  await tx`create temporary table if not exists arriving (like supervision.position) on commit delete rows`
  await copy(tx, `copy arriving (${columns}) from stdin`, lines)
  const { count } = await tx.unsafe(`insert into supervision.position (${columns}) select ${columns} from arriving on conflict do nothing`)
  return count
}

/**
 * Keeps each record once, however often it comes; answers how many were new. Repeats are rare, so rows are copied straight to their
 * place, and by way of a table of arrivals only when that meets a row that is there.
 */
export const keepPositions = async (tx: Tx, rows: number, { positions }: Lines): Promise<number> => {
  if (rows === 0) return 0
  try {
    await tx.savepoint((inner) => copy(inner as Tx, `copy supervision.position (${columns}) from stdin`, positions))
    return rows
  } catch (fault) {
    if ((fault as { code?: string }).code !== '23505') throw fault
    return staged(tx, positions)
  }
}

/** The newest of every device by event time; a replay of old records changes the time of contact only. */
export const keepNewest = async (tx: Tx, rows: readonly PositionRow[]): Promise<void> => {
  const newest = new Map<string, PositionRow>()
  for (const row of rows) {
    const before = newest.get(row.deviceId)
    if (!row.clockSuspect && (!before || before.eventAt <= row.eventAt)) newest.set(row.deviceId, row)
  }
  const all = [...newest.values()]
  if (all.length === 0) return
  const pick = <T>(of: (row: PositionRow) => T): T[] => all.map(of)
  await tx`
    insert into supervision.device_now as n (device_id, event_at, received_at, lat, lon, speed_kph, course_deg, battery_pct, locked)
    select * from unnest(${pick((r) => r.deviceId)}::text[], ${pick((r) => r.eventAt)}::timestamptz[], ${pick((r) => r.receivedAt)}::timestamptz[],
      ${pick((r) => (r.record.valid ? r.record.lat : null))}::float8[], ${pick((r) => (r.record.valid ? r.record.lon : null))}::float8[],
      ${pick((r) => r.record.speedKph)}::real[], ${pick((r) => r.record.courseDeg)}::real[], ${pick((r) => r.record.batteryPct)}::real[],
      ${pick((r) => truth(r.record.sealState?.locked))}::text[]::boolean[]) as x(device_id, event_at, received_at, lat, lon, speed_kph, course_deg, battery_pct, locked)
    order by 1
    on conflict (device_id) do update set received_at = greatest(n.received_at, excluded.received_at),
      lat = case when excluded.event_at >= n.event_at then coalesce(excluded.lat, n.lat) else n.lat end,
      lon = case when excluded.event_at >= n.event_at then coalesce(excluded.lon, n.lon) else n.lon end,
      speed_kph = case when excluded.event_at >= n.event_at then excluded.speed_kph else n.speed_kph end,
      course_deg = case when excluded.event_at >= n.event_at then excluded.course_deg else n.course_deg end,
      battery_pct = case when excluded.event_at >= n.event_at then coalesce(excluded.battery_pct, n.battery_pct) else n.battery_pct end,
      locked = case when excluded.event_at >= n.event_at then coalesce(excluded.locked, n.locked) else n.locked end,
      event_at = greatest(n.event_at, excluded.event_at)`
}

export type StoredRecord = { deviceId: string; hash: string; receivedAt: string; record: SealRecord }
type Found = Omit<StoredRecord, 'record'> & { record: Stored }
const whole = (found: Found): StoredRecord => ({ ...found, record: recordOf(found.record) })

/** Records of some devices from an instant to another, by event time. Those of unset clocks count by receipt. */
export const readRecords = async (db: Reader, devices: readonly string[], from: string, to: string): Promise<StoredRecord[]> => {
  const rows = await db<Found[]>`select device_id as "deviceId", hash, received_at as "receivedAt", record from supervision.position
    where device_id = any(${[...devices]}::text[]) and event_at >= ${from} and event_at <= ${to} order by event_at, kind, hash limit 200000`
  return rows.map(whole)
}

/** The newest position that a device has told since an instant, and for a time since then as its clock tells it, in whole seconds; null when there is none. */
export const newestReport = async (db: Reader, deviceId: string, after: string): Promise<StoredRecord | null> => {
  const [row] = await db<Found[]>`select device_id as "deviceId", hash, received_at as "receivedAt", record from supervision.position
    where device_id = ${deviceId} and event_at >= date_trunc('second', ${after}::timestamptz) and received_at > ${after} and kind = 'position' and not clock_suspect order by event_at desc, hash limit 1`
  return row ? whole(row) : null
}

/** Makes room for the months around an instant. */
export const ensureMonths = async (db: Reader, now: string): Promise<void> => {
  const year = Number(now.slice(0, 4))
  const month = Number(now.slice(5, 7)) - 1
  for (let k = -2; k <= 2; k++) await db`select supervision.ensure_month(${new Date(Date.UTC(year, month + k, 1)).toISOString().slice(0, 10)}::date)`
}
