/** Alarms as people see them: one episode of a trip, kind and subject. Instants are ISO 8601 in UTC. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const instant = Type.String()

export const AlarmRow = Type.Object(
  {
    id: Type.String(),
    tripId: Type.String(),
    reference: Type.String(),
    kind: Type.String(),
    subject: Type.String({
      description: 'device, sub-lock, fence, checkpoint or stop; two seals with a space between, where they part; trip for the whole',
    }),
    source: Type.Enum(['device', 'inferred']),
    severity: Type.Enum(['critical', 'high', 'medium', 'low', 'quality']),
    status: Type.Enum(['open', 'closed', 'retracted', 'superseded']),
    openedAt: Type.String({ description: 'when it happened' }),
    lastAt: instant,
    closedAt: orNull(instant),
    /** another seal has taken the place of the one that it is of */
    endedBy: Type.Optional(orNull(Type.Literal('seal-replaced'))),
    learntAt: Type.String({ description: 'when the system heard of it' }),
    count: Type.Integer(),
    worst: orNull(Type.Number()),
    lat: orNull(Type.Number()),
    lon: orNull(Type.Number()),
    notify: Type.Enum(['page', 'late', 'summary']),
    /** nobody acknowledged it in time */
    escalatedAt: orNull(Type.String()),
    acknowledgedBy: orNull(Type.String()),
    acknowledgedAt: orNull(instant),
    reasonCode: orNull(Type.String()),
    reasonText: orNull(Type.String()),
  },
  { ...closed, title: 'Alarm' },
)
export type AlarmRow = Static<typeof AlarmRow>

export const alarmReasons = ['true-alarm', 'false-alarm', 'test', 'known-cause', 'sent-help'] as const
export const AcknowledgeAlarm = Type.Object(
  { reasonCode: Type.Enum(alarmReasons), text: Type.String({ minLength: 1, maxLength: 2000 }) },
  { ...closed, title: 'AcknowledgeAlarm' },
)
export type AcknowledgeAlarm = Static<typeof AcknowledgeAlarm>
