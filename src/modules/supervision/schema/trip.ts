/**
 * The life of a supervised trip: its state, the events that made it, and the one table that says what may happen next. Instants are
 * ISO 8601 in UTC.
 */
import { Type, type Static } from 'typebox'
import { AlarmRow } from './alarm.ts'
import { Circle, LonLat } from './corridor.ts'
import { DeclaredGoods, DeclaredTransit } from './transit.ts'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z$', maxLength: 30 })
const person = Type.Object({ personId: Type.String(), name: Type.String() }, closed)

export const tripStatuses = ['planned', 'armed', 'inTransit', 'arrived', 'disarmed', 'discharged', 'cancelled', 'seized', 'incident'] as const
export const TripStatus = Type.Enum(tripStatuses)
export type TripStatus = (typeof tripStatuses)[number]

const over: readonly TripStatus[] = ['discharged', 'cancelled', 'seized']
/** Armed and not yet at its end: what its devices report is judged. */
export const isWatched = (status: TripStatus): boolean => status !== 'planned' && !over.includes(status)

/** A master seal of a trip, of whatever make, with sub-locks of its own. */
const PlannedSeal = Type.Object(
  { sealId: text(40), place: Type.Optional(Type.String({ minLength: 1, maxLength: 80, description: 'where it sits: "MSKU 1234565, rear door"' })) },
  closed,
)
export const mostSeals = 6

/** What is bound together before departure. */
export const TripPlan = Type.Object(
  {
    reference: Type.String({ minLength: 1, maxLength: 40, description: 'MRN of the transit declaration' }),
    guarantee: Type.Union([text(70), Type.Null()], { description: 'reference of the guarantee in the ledger' }),
    guaranteeAmount: Type.Optional(Type.Object({ minor: Type.Integer({ minimum: 1 }), currency: Type.String({ pattern: '^[A-Z]{3}$' }) }, closed)),
    holder: Type.Optional(Type.String({ minLength: 1, maxLength: 40, description: 'registration of the holder of the transit procedure' })),
    /** registration number of whoever carries the goods and answers for the journey */
    carrier: Type.Optional(text(40)),
    vehicle: text(40),
    trailer: Type.Optional(text(40)),
    driver: text(200),
    containers: Type.Array(text(20), { maxItems: 20 }),
    office: text(20),
    destinationOffice: text(20),
    corridorId: text(60),
    seals: Type.Array(PlannedSeal, { minItems: 1, maxItems: mostSeals }),
    truckId: Type.Union([text(40), Type.Null()]),
    limitMin: Type.Integer({ minimum: 1, maximum: 43_200, description: 'time limit in minutes after arming' }),
  },
  { ...closed, title: 'TripPlan' },
)
export type TripPlan = Static<typeof TripPlan>

export const Authorisation = Type.Object(
  { from: instant, to: instant, area: Type.Union([Circle, Type.Null()]), by: person, second: Type.Union([person, Type.Null()]) },
  closed,
)
/** A command to open the lock from afar; `place` is where the seal was, as it had told last. */
export const Unlock = Type.Object(
  {
    commandId: Type.String(),
    /** the only one, where none is named */
    sealId: Type.Optional(text(40)),
    method: Type.Enum(['static', 'dynamic']),
    at: instant,
    until: instant,
    by: person,
    place: Type.Union([LonLat, Type.Null()]),
  },
  closed,
)
const TripSeal = Type.Object(
  {
    ...PlannedSeal.properties,
    /** since when it guards the goods, where it has taken another one's place under way */
    since: Type.Optional(instant),
    /** told when the trip was disarmed: the seal itself says that it was opened, within the leave for it */
    openingProven: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type TripSeal = Static<typeof TripSeal>

/** A seal that another one has replaced under way, with its last word. */
const FormerSeal = Type.Object(
  {
    ...PlannedSeal.properties,
    replacedBy: Type.Optional(text(40)),
    from: Type.Union([instant, Type.Null()]),
    until: instant,
    last: Type.Union([
      Type.Object(
        {
          eventAt: instant,
          place: Type.Union([LonLat, Type.Null()]),
          batteryPct: Type.Union([Type.Number(), Type.Null()]),
          locked: Type.Union([Type.Boolean(), Type.Null()]),
        },
        closed,
      ),
      Type.Null(),
    ]),
    by: person,
    second: person,
    reason: text(2000),
  },
  closed,
)
export const TripClosure = Type.Object({ kind: text(40), subject: text(60), at: instant, by: person, reason: text(2000) }, closed)

export const Trip = Type.Object(
  {
    ...TripPlan.properties,
    id: Type.String(),
    /** those that guard the goods, in the order in which they were planned; one that replaces another takes its place */
    seals: Type.Array(TripSeal, { minItems: 1, maxItems: mostSeals }),
    /** goods of a transit that was declared and released here; its guarantee is held since the release */
    declared: Type.Optional(Type.Object({ declarationId: Type.String(), kind: DeclaredTransit.properties.kind, goods: DeclaredGoods }, closed)),
    status: TripStatus,
    /** where an incident began, and where a resumed trip goes on */
    interrupted: Type.Union([TripStatus, Type.Null()]),
    /** somebody has asked for the seals to be armed; `missing` is what the reports since then have not shown yet, by seal, as codes of issues */
    arming: Type.Union([
      Type.Object({ at: instant, by: person, missing: Type.Array(Type.Object({ sealId: text(40), code: text(60) }, closed)) }, closed),
      Type.Null(),
    ]),
    armedAt: Type.Union([instant, Type.Null()]),
    deadlineAt: Type.Union([instant, Type.Null()]),
    arrivedAt: Type.Union([instant, Type.Null()]),
    disarmedAt: Type.Union([instant, Type.Null()]),
    /** each seal itself has told that it was opened, within the leave for it */
    openingProven: Type.Boolean(),
    scans: Type.Array(Type.Object({ checkpointId: text(60), at: instant, by: person }, closed)),
    handOvers: Type.Array(Type.Object({ to: person, office: text(20), at: instant, sealLocked: Type.Boolean() }, closed)),
    authorisations: Type.Array(Authorisation),
    unlocks: Type.Array(Unlock),
    /** oldest first; absent where the seals are those it began with */
    formerSeals: Type.Optional(Type.Array(FormerSeal)),
    closures: Type.Array(TripClosure),
    outcome: Type.Union([text(2000), Type.Null()]),
  },
  { ...closed, title: 'Trip' },
)
export type Trip = Static<typeof Trip>

const { seals: _seals, arming: _arming, ...beside } = Trip.properties
/** As journals and evidence files hold a trip from before it could have several seals. */
export const TripOfOneSeal = Type.Object(
  {
    ...beside,
    sealId: text(40),
    arming: Type.Union([Type.Object({ at: instant, by: person, missing: Type.Array(text(60)) }, closed), Type.Null()]),
  },
  closed,
)
export type TripOfOneSeal = Static<typeof TripOfOneSeal>

/** A trip in a list, with what its seals and its alarms say now. */
export const TripRow = Type.Object(
  {
    ...Trip.properties,
    openAlarms: Type.Integer(),
    worstAlarm: Type.Union([AlarmRow.properties.severity, Type.Null()]),
    sealIds: Type.String({ description: 'the seals on it, in one line' }),
    sealLocked: Type.Union([Type.Boolean(), Type.Null()], {
      description: 'false where one of its seals is open, true where all say that they are shut',
    }),
    batteryPct: Type.Union([Type.Number(), Type.Null()], { description: 'of the seal with the least charge' }),
    lastEventAt: Type.Union([instant, Type.Null()], { description: 'of the newest report of a seal on this trip' }),
  },
  { ...closed, title: 'TripRow' },
)
export type TripRow = Static<typeof TripRow>

/** A trip under way to an office, with when it may be expected there; null where it has not told its place. */
export const ArrivalRow = Type.Object(
  {
    ...TripRow.properties,
    remainingKm: Type.Union([Type.Number(), Type.Null()], { description: 'along the corridor from its newest place' }),
    expectedAt: Type.Union([instant, Type.Null()], { description: 'at the pace that it has kept since it was armed' }),
  },
  { ...closed, title: 'ArrivalRow' },
)
export type ArrivalRow = Static<typeof ArrivalRow>

export const tripCommands = [
  'arm',
  'confirm-arming',
  'depart',
  'pass-checkpoint',
  'hand-over',
  'replace-seal',
  'arrive',
  'authorise',
  'unlock',
  'disarm',
  'discharge',
  'conclude',
  'cancel',
  'report-incident',
  'resolve-incident',
  'close-alarm',
] as const
export type TripCommandName = (typeof tripCommands)[number]

type Transition = { permission: `${string}:${string}:${string}`; by: 'officer' | 'system'; next: readonly TripStatus[]; stepUp?: true }
const officer = (permission: Transition['permission'], ...next: TripStatus[]): Transition => ({ permission, by: 'officer', next })
const seal = 'supervision:seal:work'
const watch = 'supervision:trip:watch'

const system = (...next: TripStatus[]): Transition => ({ permission: watch, by: 'system', next })
const opening = (status: TripStatus): Partial<Record<TripCommandName, Transition>> => ({
  authorise: { ...officer('supervision:seal:authorise', status), stepUp: true },
  unlock: { ...officer('supervision:seal:authorise', status), stepUp: true },
})

const resealing = (status: TripStatus): Partial<Record<TripCommandName, Transition>> => ({
  'replace-seal': { ...officer(seal, status), stepUp: true },
})

const underway = (status: TripStatus): Partial<Record<TripCommandName, Transition>> => ({
  'report-incident': officer(watch, 'incident'),
  'close-alarm': officer('supervision:alarm:close', status),
})

/** What may happen next, by state and command: server guard and screens read it. */
export const tripTransitions: Readonly<Record<TripStatus, Partial<Record<TripCommandName, Transition>>>> = {
  planned: { arm: officer(seal, 'planned'), 'confirm-arming': system('planned', 'armed'), cancel: officer('supervision:trip:plan', 'cancelled') },
  armed: {
    ...underway('armed'),
    ...opening('armed'),
    ...resealing('armed'),
    depart: system('inTransit'),
    'hand-over': officer(seal, 'armed'),
    arrive: officer(seal, 'arrived'),
  },
  inTransit: {
    ...underway('inTransit'),
    ...opening('inTransit'),
    ...resealing('inTransit'),
    'pass-checkpoint': officer(seal, 'inTransit'),
    'hand-over': officer(seal, 'inTransit'),
    arrive: officer(seal, 'arrived'),
  },
  arrived: { ...underway('arrived'), ...opening('arrived'), disarm: officer(seal, 'disarmed') },
  disarmed: { ...underway('disarmed'), discharge: officer('supervision:trip:discharge', 'discharged'), conclude: system('discharged') },
  incident: {
    ...resealing('incident'),
    'close-alarm': officer('supervision:alarm:close', 'incident'),
    'resolve-incident': officer('supervision:trip:discharge', 'armed', 'inTransit', 'arrived', 'disarmed', 'discharged', 'seized'),
  },
  discharged: {},
  cancelled: {},
  seized: {},
}
