/** SQL of the seals on a trip as they stand now. */
import type { Reader } from '#platform/database.ts'
import { later } from '#kernel/time.ts'
import type { DeviceRow, SealNow } from '../schema/device.ts'
import type { SealRecord } from '../schema/record.ts'
import type { Trip } from '../schema/trip.ts'
import { findDevice } from './devices.ts'

const hourMs = 3_600_000
/** Reports that told of sub-locks and are looked at: ten sub-locks that report by turns, some times over. */
const mostReports = 100

type Told = { at: string; subLocks: SealRecord['subLocks'] }

/** Each sub-lock of a seal as the newest report that names it tells. */
const subLocksNow = async (db: Reader, sealId: string, from: string): Promise<SealNow['subLocks']> => {
  const told = await db<Told[]>`select event_at as at, record -> 'subLocks' as "subLocks" from supervision.position
    where device_id = ${sealId} and event_at >= ${from} and not clock_suspect and record -> 'subLocks' is not null order by event_at desc, hash limit ${mostReports}`
  const newest = new Map<string, SealNow['subLocks'][number]>()
  for (const { at, subLocks } of told)
    for (const { id, locked, batteryPct, events } of subLocks) {
      const says = (what: RegExp): boolean => events.some((e) => what.test(e))
      if (!newest.has(id)) newest.set(id, { id, locked, batteryPct, cut: says(/cut/i), lost: says(/lost/i), toldAt: at })
    }
  return [...newest.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** The seals of a trip in its order. */
export const sealsNow = async (db: Reader, trip: Trip): Promise<SealNow[]> => {
  const seals: SealNow[] = []
  for (const { sealId, place } of trip.seals) {
    const device: DeviceRow | null = await findDevice(db, sealId)
    if (!device) continue
    const subLocks = trip.armedAt ? await subLocksNow(db, sealId, later(trip.armedAt, -hourMs)) : []
    seals.push({ ...device, place: place ?? null, subLocks })
  }
  return seals
}

/**
 * Whether a seal is locked by the newest record since an instant that says so, and for a time since then as its clock tells it, in whole seconds.
 * Some makes tell it with their positions, others only when the lock is worked.
 */
export const lockedSince = async (db: Reader, sealId: string, after: string): Promise<boolean | null> => {
  const [told] = await db<{ locked: boolean }[]>`select (record -> 'sealState' ->> 'locked')::boolean as locked from supervision.position
    where device_id = ${sealId} and event_at >= date_trunc('second', ${after}::timestamptz) and received_at > ${after} and not clock_suspect
      and record -> 'sealState' ->> 'locked' is not null order by event_at desc, hash limit 1`
  return told?.locked ?? null
}
