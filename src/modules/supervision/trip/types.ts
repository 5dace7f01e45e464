/** What a decision on a trip takes and gives: commands, the facts they are decided on, events. */
import type { Instant } from '#kernel/time.ts'
import type { Circle, Corridor, LonLat } from '../schema/corridor.ts'
import type { Trip, TripPlan, TripStatus } from '../schema/trip.ts'
import type { PlanOfOneSeal } from './earlier.ts'

type Person = { personId: string; name: string }
export type TripBy = Person & { permissions: ReadonlySet<string>; steppedUp: boolean; office: string | null }
export type UnlockMethod = 'static' | 'dynamic'

export type TripCommand =
  | { name: 'arm' | 'confirm-arming' | 'depart' | 'arrive' | 'disarm' | 'conclude' }
  | { name: 'pass-checkpoint'; checkpointId: string }
  | { name: 'hand-over'; to: Person; office: string; sealLocked: boolean }
  | { name: 'authorise'; from: Instant; to: Instant; area: Circle | null; second: Person | null }
  | { name: 'unlock'; method: UnlockMethod; sealId?: string }
  /** `replaces` may be left out where the trip has one seal */
  | { name: 'replace-seal'; sealId: string; replaces?: string; second: Person; reason: string }
  | { name: 'discharge' | 'cancel' | 'report-incident'; reason: string }
  | { name: 'resolve-incident'; next: TripStatus; reason: string }
  | { name: 'close-alarm'; kind: string; subject: string; reason: string }

/** One report of the seal with everything that arming asks of it. Null is unknown. */
export type SealReport = {
  eventAt: Instant
  receivedAt: Instant
  place: LonLat | null
  batteryPct: number | null
  locked: boolean | null
  ropeInserted: boolean | null
  backCover: 'open' | 'closed' | null
}

/** What is known of a seal of the trip when somebody decides. */
export type SealFacts = {
  sealId: string
  state: string
  passwordChanged: boolean
  /** its model holds a certificate of conformance */
  certified: boolean
  /** where it was and how it stood by its newest report, null when there was none */
  now: { eventAt: Instant; place: LonLat | null; batteryPct: number | null; locked: boolean | null } | null
  /** the newest report since arming was asked for; null before */
  report: SealReport | null
  /** how many records it still keeps for us, and when it said so; null where it never did */
  unsent: { count: number; at: Instant } | null
  /** when it was last asked for that number and has not answered */
  unsentAskedAt: Instant | null
  /** ways by which its lock can be opened from afar now */
  unlocks: readonly UnlockMethod[]
}
/** Whom a command names besides the one who gives it: known, and allowed what the command makes of them; null where it names nobody. */
export type Named = { name: string; allowed: boolean } | null

export type TripFacts = {
  at: Instant
  by: TripBy
  corridor: Corridor
  /** along the centreline, in metres */
  corridorLengthM: number
  /** in the order of the trip */
  seals: readonly SealFacts[]
  /** the seal that a command puts in the place of one of the trip; null where there is none of that number */
  replacement: (Pick<SealFacts, 'sealId' | 'state' | 'passwordChanged' | 'certified' | 'report'> & { /** on another trip */ inUse: boolean }) | null
  alarms: { openCritical: number; broken: number }
  /** the newest evidence of the alarm that a command closes, as its device dates it; null where it is none */
  alarmSeenAt: Instant | null
  named: Named
  /** false where the command names an office that there is not */
  officeKnown: boolean
  /** for what comes into being by the command */
  newId: string
}

type ArmingMissing = NonNullable<Trip['arming']>['missing']

export type TripEvent =
  | { type: 'trip.planned'; id: string; plan: TripPlan | PlanOfOneSeal; declared?: NonNullable<Trip['declared']> }
  | { type: 'trip.arming-asked'; at: Instant; by: Person }
  | { type: 'trip.arming-waits'; missing: ArmingMissing | string[] }
  | { type: 'trip.armed'; at: Instant; deadlineAt: Instant; unsent: number | null }
  | { type: 'trip.departed' | 'trip.arrived'; at: Instant }
  /** `opened`: the seals that have told it themselves */
  | { type: 'trip.disarmed'; at: Instant; proven: boolean; opened?: string[] }
  | { type: 'trip.checkpoint-passed'; scan: Trip['scans'][number] }
  | { type: 'trip.seal-replaced'; sealId: string; former: NonNullable<Trip['formerSeals']>[number] }
  | { type: 'trip.handed-over'; handOver: Trip['handOvers'][number] }
  | { type: 'trip.opening-authorised'; authorisation: Trip['authorisations'][number] }
  | { type: 'trip.unlock-asked'; unlock: Trip['unlocks'][number] }
  | { type: 'trip.discharged' | 'trip.cancelled' | 'trip.incident-reported'; at: Instant; reason: string }
  | { type: 'trip.incident-resolved'; at: Instant; next: TripStatus; reason: string }
  | { type: 'trip.alarm-closed'; closure: Trip['closures'][number] }
