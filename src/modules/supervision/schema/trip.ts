/**
 * The life of a supervised trip: its state, the events that made it, and the one table that says what may happen next. Instants are
 * ISO 8601 in UTC.
 */
import { Type, type Static } from 'typebox'
import { Circle } from './corridor.ts'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z$', maxLength: 30 })
const person = Type.Object({ personId: Type.String(), name: Type.String() }, closed)

export const tripStatuses = ['planned', 'armed', 'inTransit', 'arrived', 'disarmed', 'discharged', 'cancelled', 'incident'] as const
export const TripStatus = Type.Enum(tripStatuses)
export type TripStatus = (typeof tripStatuses)[number]

/** What is bound together before departure. */
export const TripPlan = Type.Object(
  {
    reference: Type.String({ minLength: 1, maxLength: 40, description: 'MRN of the transit declaration' }),
    guarantee: Type.Union([text(40), Type.Null()]),
    /** registration number of whoever carries the goods and answers for the journey */
    carrier: Type.Optional(text(40)),
    vehicle: text(40),
    trailer: Type.Optional(text(40)),
    driver: text(200),
    containers: Type.Array(text(20), { maxItems: 20 }),
    office: text(20),
    destinationOffice: text(20),
    corridorId: text(60),
    sealId: text(40),
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
export const TripClosure = Type.Object({ kind: text(40), subject: text(60), at: instant, by: person, reason: text(2000) }, closed)

export const Trip = Type.Object(
  {
    ...TripPlan.properties,
    id: Type.String(),
    status: TripStatus,
    /** where an incident began, and where a resumed trip goes on */
    interrupted: Type.Union([TripStatus, Type.Null()]),
    armedAt: Type.Union([instant, Type.Null()]),
    deadlineAt: Type.Union([instant, Type.Null()]),
    arrivedAt: Type.Union([instant, Type.Null()]),
    disarmedAt: Type.Union([instant, Type.Null()]),
    scans: Type.Array(Type.Object({ checkpointId: text(60), at: instant, by: person }, closed)),
    handOvers: Type.Array(Type.Object({ to: person, office: text(20), at: instant, sealLocked: Type.Boolean() }, closed)),
    authorisations: Type.Array(Authorisation),
    closures: Type.Array(TripClosure),
    outcome: Type.Union([text(2000), Type.Null()]),
  },
  { ...closed, title: 'Trip' },
)
export type Trip = Static<typeof Trip>

export const tripCommands = [
  'arm',
  'depart',
  'pass-checkpoint',
  'hand-over',
  'arrive',
  'authorise',
  'disarm',
  'discharge',
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

const underway = (status: TripStatus): Partial<Record<TripCommandName, Transition>> => ({
  'report-incident': officer(watch, 'incident'),
  'close-alarm': officer('supervision:alarm:close', status),
})

/** What may happen next, by state and command: server guard and screens read it. */
export const tripTransitions: Readonly<Record<TripStatus, Partial<Record<TripCommandName, Transition>>>> = {
  planned: { arm: officer(seal, 'armed'), cancel: officer('supervision:trip:plan', 'cancelled') },
  armed: {
    ...underway('armed'),
    depart: { permission: watch, by: 'system', next: ['inTransit'] },
    'hand-over': officer(seal, 'armed'),
    authorise: { ...officer('supervision:seal:authorise', 'armed'), stepUp: true },
    arrive: officer(seal, 'arrived'),
  },
  inTransit: {
    ...underway('inTransit'),
    'pass-checkpoint': officer(seal, 'inTransit'),
    'hand-over': officer(seal, 'inTransit'),
    authorise: { ...officer('supervision:seal:authorise', 'inTransit'), stepUp: true },
    arrive: officer(seal, 'arrived'),
  },
  arrived: {
    ...underway('arrived'),
    authorise: { ...officer('supervision:seal:authorise', 'arrived'), stepUp: true },
    disarm: officer(seal, 'disarmed'),
  },
  disarmed: { ...underway('disarmed'), discharge: officer('supervision:trip:discharge', 'discharged') },
  incident: {
    'close-alarm': officer('supervision:alarm:close', 'incident'),
    'resolve-incident': officer('supervision:trip:discharge', 'armed', 'inTransit', 'arrived', 'disarmed', 'discharged'),
  },
  discharged: {},
  cancelled: {},
}
