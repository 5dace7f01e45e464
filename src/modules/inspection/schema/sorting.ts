/** Sorting: trays on a belt, where they are sent, tags on suspect bags, and alarms of exit gates. Instants are ISO 8601 in UTC. */
import { Type, type Static, type TSchema } from 'typebox'
import { CaseStatus, outcomes } from './case.ts'
import { Subject } from './subject.ts'

const closed = { additionalProperties: false } as const
const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const instant = Type.String()

/** Where a belt can send a tray. `contraband` leads to the examination bench. */
export const lines = ['clear', 'contraband', 'not-matched'] as const
export const Line = Type.Enum(lines)
export type Line = (typeof lines)[number]

export const TrayRow = Type.Object(
  {
    office: Type.String(),
    id: Type.String(),
    subject: Subject,
    movement: orNull(Type.String()),
    announcedAt: instant,
    /** where the belt says it went */
    line: orNull(Line),
    passedAt: orNull(instant),
    caseId: orNull(Type.String()),
    status: orNull(CaseStatus),
    outcome: orNull(Type.Enum(outcomes)),
    /** where it was sent, and whether the belt has said that it will go there */
    command: orNull(Type.Object({ line: Line, state: Type.Enum(['waiting', 'acknowledged', 'timed-out']), tries: Type.Integer() }, closed)),
    tag: orNull(Type.Object({ number: Type.String(), open: Type.Boolean() }, closed)),
  },
  { ...closed, title: 'Tray' },
)
export type TrayRow = Static<typeof TrayRow>

export const Tag = Type.Object(
  {
    number: Type.String(),
    caseId: Type.String(),
    office: Type.String(),
    subject: Subject,
    movement: orNull(Type.String()),
    owner: orNull(Type.String({ description: 'reference of the traveller or consignee' })),
    boundAt: instant,
    closedAt: orNull(instant),
    closedBy: orNull(Type.String()),
  },
  { ...closed, title: 'Tag' },
)
export type Tag = Static<typeof Tag>

export const GateAlarm = Type.Object(
  {
    id: Type.String(),
    tag: Type.String(),
    caseId: Type.String(),
    office: Type.String(),
    gate: Type.String(),
    subject: Subject,
    movement: orNull(Type.String()),
    readAt: instant,
    learntAt: instant,
    acknowledgedBy: orNull(Type.String()),
    acknowledgedAt: orNull(instant),
    remarks: orNull(Type.String()),
  },
  { ...closed, title: 'GateAlarm' },
)
export type GateAlarm = Static<typeof GateAlarm>

export const GateRead = Type.Object(
  {
    office: Type.String({ minLength: 1, maxLength: 20 }),
    gate: Type.String({ pattern: '^[0-9A-Za-z._-]{1,40}$' }),
    tag: Type.String({ pattern: '^[0-9A-Za-z]{1,20}$' }),
  },
  { ...closed, title: 'GateRead' },
)
