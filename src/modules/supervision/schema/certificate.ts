/** Certificates of conformance: the captured frames of a device model, read and answered as its vendor says. Instants are ISO 8601 in UTC. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

/** One captured frame: what its records must say (fields not named may be anything) and the bytes that must go back, as hex. */
export const Capture = Type.Object(
  {
    protocol: text(20),
    name: text(120),
    encoding: Type.Enum(['hex', 'text']),
    frame: text(8000),
    records: Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: 200 }),
    replies: Type.Array(Type.String({ pattern: '^([0-9a-f]{2})*$', maxLength: 4000 }), { maxItems: 200 }),
  },
  { ...closed, title: 'SealCapture' },
)
export type Capture = Static<typeof Capture>

/** What a run looks at: each capture read and acknowledged, then the stream of all in pieces, merged, broken, repeated, shuffled, as a backlog. */
export const conformanceChecks = ['decode', 'acknowledge', 'pieces', 'merged', 'corrupt', 'recovery', 'duplicates', 'shuffled', 'backlog'] as const

export const ConformanceCheck = Type.Object(
  {
    id: Type.Enum(conformanceChecks),
    /** the capture, where the check is of one */
    capture: orNull(Type.String()),
    passed: Type.Boolean(),
    /** cases looked at */
    cases: Type.Integer(),
    /** the first difference, as field, found and expected */
    difference: orNull(Type.String()),
    milliseconds: Type.Number(),
  },
  closed,
)
export type ConformanceCheck = Static<typeof ConformanceCheck>

export const Certificate = Type.Object(
  {
    id: Type.String(),
    vendor: Type.String(),
    model: Type.String(),
    protocol: Type.String(),
    runAt: Type.String(),
    runBy: Type.String(),
    captureSha256: Type.String({ description: 'SHA-256 of the captures as canonical JSON' }),
    captures: Type.Integer(),
    passed: Type.Boolean(),
    checks: Type.Array(ConformanceCheck),
  },
  { ...closed, title: 'ConformanceCertificate' },
)
export type Certificate = Static<typeof Certificate>

export const DeviceModelRow = Type.Object(
  {
    vendor: Type.String(),
    model: Type.String(),
    protocol: Type.String(),
    title: Type.String({ description: 'what the protocol is' }),
    certifiedAt: orNull(Type.String()),
    devices: Type.Integer(),
  },
  { ...closed, title: 'DeviceModel' },
)
export type DeviceModelRow = Static<typeof DeviceModelRow>
