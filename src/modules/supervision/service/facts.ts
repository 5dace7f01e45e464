/** The facts that a command on a trip is decided on, read in its transaction. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { later } from '#kernel/time.ts'
import { type Asking } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import { officersAt } from '#modules/identity'
import { segmentsOf } from '../geometry/segments.ts'
import type { DeviceRow } from '../schema/device.ts'
import type { Trip } from '../schema/trip.ts'
import { unsentAskedAt } from '../store/commands.ts'
import { findDevice, unsentOf } from '../store/devices.ts'
import { countCritical, lastSeen } from '../store/episodes.ts'
import { newestReport } from '../store/positions.ts'
import { lockedSince } from '../store/seals.ts'
import { findCorridor, isSealInUse } from '../store/trips.ts'
import type { Named, SealFacts, SealReport, TripCommand, TripFacts } from '../trip/types.ts'
import { unlocksOf } from './commands.ts'
import type { SupervisionDeps } from './deps.ts'

const placeOf = ({ lat, lon }: { lat: number | null; lon: number | null }) => (lat === null || lon === null ? null : { lat, lon })

const reportOf = async (tx: Tx, deviceId: string, after: string): Promise<SealReport | null> => {
  const found = await newestReport(tx, deviceId, after)
  if (!found) return null
  const { record: r, receivedAt } = found
  return {
    eventAt: r.eventTime ?? receivedAt,
    receivedAt,
    place: r.valid && r.fixSource === 'gnss' ? placeOf(r) : null,
    batteryPct: r.batteryPct,
    locked: r.sealState?.locked ?? (await lockedSince(tx, deviceId, after)),
    ropeInserted: r.sealState?.ropeInserted ?? null,
    backCover: r.sealState?.backCover ?? null,
  }
}

const sealFacts = async (tx: Tx, trip: Trip, device: DeviceRow): Promise<SealFacts> => ({
  sealId: device.id,
  state: device.state,
  passwordChanged: device.passwordChanged,
  certified: device.certified,
  now: device.eventAt === null ? null : { eventAt: device.eventAt, place: placeOf(device), batteryPct: device.batteryPct, locked: device.locked },
  report: trip.arming ? await reportOf(tx, device.id, trip.arming.at) : null,
  unsent: await unsentOf(tx, device.id),
  unsentAskedAt: await unsentAskedAt(tx, device.id),
  unlocks: await unlocksOf(tx, device),
})

const allSealFacts = async (tx: Tx, trip: Trip): Promise<SealFacts[]> => {
  const facts: SealFacts[] = []
  for (const { sealId } of trip.seals) {
    const device = await findDevice(tx, sealId)
    if (!device) throw new Error(`seal ${sealId} of a trip does not exist`)
    facts.push(await sealFacts(tx, trip, device))
  }
  return facts
}

/** A report that is older says nothing of how the seal hangs on the goods now. */
const freshMs = 600_000

const replacementFacts = async (tx: Tx, sealId: string, now: string): Promise<TripFacts['replacement']> => {
  const device = await findDevice(tx, sealId)
  if (device?.role !== 'seal') return null
  const { state, passwordChanged, certified } = device
  return { sealId, state, passwordChanged, certified, report: await reportOf(tx, sealId, later(now, -freshMs)), inUse: await isSealInUse(tx, sealId) }
}

/** Whom a command names, if anybody: may that person do, at that office, what the command makes of them? */
const namedBy = async (tx: Tx, trip: Trip, command: TripCommand, now: string): Promise<Named> => {
  const asked =
    command.name === 'hand-over'
      ? { person: command.to, offices: [command.office], permission: 'supervision:seal:work' }
      : command.name === 'replace-seal'
        ? { person: command.second, offices: [trip.office, trip.destinationOffice], permission: 'supervision:seal:work' }
        : command.name === 'authorise' && command.second
          ? { person: command.second, offices: [trip.office, trip.destinationOffice], permission: 'supervision:seal:authorise' }
          : null
  if (!asked) return null
  const found = (await officersAt(tx, asked.offices, now.slice(0, 10), asked.permission)).find((p) => p.personId === asked.person.personId)
  return { name: found?.name ?? asked.person.name, allowed: found !== undefined }
}

export const factsFor = async (
  tx: Tx,
  { officeName }: Pick<SupervisionDeps, 'officeName'>,
  trip: Trip,
  command: TripCommand,
  { principal, now }: Asking,
): Promise<TripFacts> => {
  const corridor = await findCorridor(tx, trip.corridorId)
  return {
    at: now,
    by: {
      personId: principal.personId,
      name: principal.name,
      permissions: principal.permissions,
      steppedUp: principal.steppedUpUntil !== null && principal.steppedUpUntil > now,
      office: principal.homeOffice,
    },
    corridor: corridor!,
    corridorLengthM: segmentsOf(corridor!.line).lengthM,
    seals: await allSealFacts(tx, trip),
    replacement: command.name === 'replace-seal' ? await replacementFacts(tx, command.sealId, now) : null,
    alarms: await countCritical(tx, trip.id),
    alarmSeenAt: command.name === 'close-alarm' ? await lastSeen(tx, trip.id, command) : null,
    named: await namedBy(tx, trip, command, now),
    officeKnown: command.name !== 'hand-over' || !officeName || officeName(command.office) !== undefined,
    newId: uuidv7(Date.parse(now), randomBytes(10)),
  }
}

/** What the journal keeps of the facts: a corridor is told by its name. */
export const journalled = ({ corridor, by, ...rest }: TripFacts) => ({
  ...rest,
  corridor: corridor.id,
  by: { ...by, permissions: [...by.permissions].filter((p) => p.startsWith('supervision:')) },
})
