/** Incident cases of trips: what happened, the evidence, who was sent, what it cost whom, how it ended. Instants are ISO 8601 in UTC. */
import { Type, type Static } from 'typebox'
import { LonLat } from './corridor.ts'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const instant = Type.String()
const person = Type.Object({ personId: Type.String(), name: Type.String() }, closed)
const money = Type.Object({ minor: Type.Integer({ minimum: 1 }), currency: Type.String({ pattern: '^[A-Z]{3}$' }) }, closed)

export const dispatchStates = ['dispatched', 'accepted', 'onScene', 'closed'] as const

export const incidentOutcomes = ['recovered', 'false-alarm', 'seized', 'loss'] as const
export type IncidentOutcome = (typeof incidentOutcomes)[number]
export const unitKinds = ['patrol', 'escort', 'police', 'recovery'] as const

export const Dispatch = Type.Object(
  {
    unitId: Type.String(),
    unitName: Type.String(),
    /** by road, as the corridor goes */
    roadM: Type.Integer(),
    etaMin: Type.Integer(),
    state: Type.Enum(dispatchStates),
    at: instant,
    by: person,
    acceptedAt: orNull(instant),
    onSceneAt: orNull(instant),
    closedAt: orNull(instant),
  },
  closed,
)
export type Dispatch = Static<typeof Dispatch>

export const Evidence = Type.Object(
  {
    id: Type.String(),
    at: instant,
    by: person,
    text: Type.String(),
    /** stored by its content */
    file: orNull(Type.Object({ name: Type.String(), mediaType: Type.String(), bytes: Type.Integer(), sha256: Type.String() }, closed)),
  },
  closed,
)
export type Evidence = Static<typeof Evidence>

export const Penalty = Type.Object(
  { at: instant, by: person, law: text(200), grounds: text(2000), amount: money, weight: Type.Integer({ minimum: 1, maximum: 10 }) },
  closed,
)

export const Incident = Type.Object(
  {
    id: Type.String(),
    number: Type.String(),
    tripId: Type.String(),
    reference: Type.String(),
    office: Type.String(),
    destinationOffice: Type.String(),
    carrier: orNull(Type.String()),
    status: Type.Enum(['open', 'closed']),
    severity: Type.Enum(['critical', 'high', 'medium', 'low']),
    openedAt: instant,
    openedBy: person,
    summary: Type.String(),
    place: orNull(LonLat),
    alarms: Type.Array(Type.Object({ id: Type.String(), kind: Type.String(), openedAt: instant }, closed)),
    /** what must have happened by then, or the case goes one level up */
    dueAt: orNull(instant),
    level: Type.Integer(),
    dispatches: Type.Array(Dispatch),
    evidence: Type.Array(Evidence),
    penalties: Type.Array(Penalty),
    escalations: Type.Array(Type.Object({ at: instant, level: Type.Integer() }, closed)),
    outcome: orNull(Type.Object({ decision: Type.Enum(incidentOutcomes), text: Type.String(), at: instant, by: person }, closed)),
  },
  { ...closed, title: 'Incident' },
)
export type Incident = Static<typeof Incident>

export const OpenIncident = Type.Object({ tripId: Type.String(), summary: text(2000) }, { ...closed, title: 'OpenIncident' })
export const AddNote = Type.Object({ text: text(4000) }, closed)
/** `content` is the file as base64, 8 MB at most. */
export const AddFile = Type.Object(
  {
    text: Type.String({ maxLength: 2000 }),
    name: text(200),
    mediaType: text(100),
    content: Type.String({ minLength: 4, maxLength: 11_200_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
  },
  { ...closed, title: 'AddIncidentFile' },
)
export const SendUnit = Type.Object({ unitId: text(40) }, closed)
export const UnitProgress = Type.Object({ unitId: text(40), state: Type.Enum(['accepted', 'onScene', 'closed']) }, closed)
export const AddPenalty = Type.Object(
  { law: text(200), grounds: text(2000), amount: money, weight: Type.Integer({ minimum: 1, maximum: 10 }) },
  { ...closed, title: 'AddPenalty' },
)
export const CloseIncident = Type.Object({ decision: Type.Enum(incidentOutcomes), text: text(2000) }, { ...closed, title: 'CloseIncident' })

export const Unit = Type.Object(
  {
    id: Type.String({ pattern: '^[0-9A-Za-z-]{2,40}$' }),
    name: text(200),
    office: text(20),
    kind: Type.Enum(unitKinds),
    phone: text(40),
    onDuty: Type.Boolean(),
    deviceId: orNull(text(40)),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    lon: Type.Number({ minimum: -180, maximum: 180 }),
  },
  { ...closed, title: 'ResponseUnit' },
)
export type Unit = Static<typeof Unit>

/** A unit where it is now and what it does: the open case it was sent to, if any. */
export const UnitNow = Type.Object(
  {
    ...Unit.properties,
    positionAt: instant,
    busy: Type.Boolean(),
    assignment: orNull(
      Type.Object(
        { incidentId: Type.String(), number: Type.String(), state: Type.Enum(dispatchStates), at: instant, etaMin: Type.Integer() },
        closed,
      ),
    ),
  },
  { ...closed, title: 'ResponseUnitNow' },
)
export type UnitNow = Static<typeof UnitNow>

/** A unit with its way to where something happened. */
export const NearUnit = Type.Object(
  { ...Unit.properties, positionAt: instant, busy: Type.Boolean(), roadM: Type.Integer(), etaMin: Type.Integer() },
  { ...closed, title: 'NearUnit' },
)
export type NearUnit = Static<typeof NearUnit>

/** What is known against a carrier from before. */
export const Offence = Type.Object(
  { reference: Type.String(), kind: Type.String(), weight: Type.Integer(), amount: orNull(money), at: instant },
  { ...closed, title: 'Offence' },
)
