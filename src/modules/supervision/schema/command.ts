/** Commands to a seal: what may be asked of it, and how far each has come. Instants are ISO 8601 in UTC. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const instant = Type.String()

export const commandStates = ['queued', 'sent', 'answered', 'refused', 'expired', 'withdrawn'] as const

/**
 * What people may ask of a seal beside opening it. What would erase its records, reset it or silence its alarms is not among them, and
 * no protocol here can say it.
 */
export const commandNames = [
  'interval',
  'tracking-mode',
  'query-unsent',
  'low-battery',
  'long-unlock',
  'alarm-switches',
  'cards-only-in-fence',
  'fence',
  'delete-fence',
  'restart',
  'enable-dynamic-password',
  'query-dynamic-password',
  'change-password',
] as const

export const GiveCommand = Type.Object(
  {
    name: Type.Enum(commandNames),
    params: Type.Record(Type.String({ maxLength: 40 }), Type.Union([Type.String({ maxLength: 2000 }), Type.Number(), Type.Boolean()])),
    /** the seal may sleep: for how long it is tried */
    minutes: Type.Integer({ minimum: 1, maximum: 10_080 }),
    tripId: orNull(Type.String()),
  },
  { ...closed, title: 'GiveSealCommand' },
)
export type GiveCommand = Static<typeof GiveCommand>

export const CommandRow = Type.Object(
  {
    id: Type.String(),
    deviceId: Type.String(),
    tripId: orNull(Type.String()),
    name: Type.String(),
    params: Type.Record(Type.String(), Type.Unknown()),
    state: Type.Enum(commandStates),
    askedBy: Type.String(),
    askedAt: instant,
    expiresAt: instant,
    attempts: Type.Integer(),
    sentAt: orNull(instant),
    answeredAt: orNull(instant),
    answer: orNull(Type.Record(Type.String(), Type.Unknown())),
  },
  { ...closed, title: 'SealCommand' },
)
export type CommandRow = Static<typeof CommandRow>

/** A password that was set at the seal by hand; it is kept encrypted and never shown again. */
export const KeepPassword = Type.Object({ password: Type.String({ pattern: '^[0-9]{6}$' }) }, { ...closed, title: 'KeepSealPassword' })
