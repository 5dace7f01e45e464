/**
 * The evidence file of a trip: everything that was recorded of it, with the hash that the trip's journal holds of it and the whole chain of that
 * journal, so that whoever has the file alone can prove that nothing in it was changed. Instants are ISO 8601 in UTC.
 */
import { Type, type Static } from 'typebox'
import { AlarmRow } from './alarm.ts'
import { Corridor } from './corridor.ts'
import { Incident } from './incident.ts'
import { SealRecord } from './record.ts'
import { Trip, TripOfOneSeal } from './trip.ts'

const closed = { additionalProperties: false } as const
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

export const EvidenceRecord = Type.Object(
  {
    deviceId: Type.String(),
    receivedAt: Type.String(),
    hash: Type.String({ description: '128 bits of SHA-256 over the content' }),
    record: SealRecord,
  },
  closed,
)
export type EvidenceRecord = Static<typeof EvidenceRecord>

/** `recordsRoot` is the Merkle tree hash (RFC 6962) over the records, each as canonical JSON of device, receipt and hash. */
export const EvidenceBody = Type.Object(
  {
    trip: Type.Union([Trip, TripOfOneSeal]),
    corridor: Corridor,
    records: Type.Array(EvidenceRecord),
    recordsRoot: sha256,
    alarms: Type.Array(AlarmRow),
    incidents: Type.Array(Incident),
  },
  closed,
)
export type EvidenceBody = Static<typeof EvidenceBody>

/** Texts as the journal holds them. */
const ChainRow = Type.Object(
  {
    subject_kind: Type.String(),
    subject_id: Type.String(),
    version: Type.Integer(),
    command: Type.String(),
    command_key: Type.Union([Type.String(), Type.Null()]),
    actor: Type.String(),
    body: Type.String(),
    reply: Type.Union([Type.String(), Type.Null()]),
    at: Type.String(),
    previous_hash: sha256,
    hash: sha256,
  },
  closed,
)

export const EvidenceFile = Type.Object(
  { format: Type.Literal('portcullis.trip-evidence/1'), body: EvidenceBody, sha256, journal: Type.Array(ChainRow) },
  { ...closed, title: 'TripEvidence' },
)
export type EvidenceFile = Static<typeof EvidenceFile>

/** One entry of a trip's journal with the hash that chains it to the one before. */
export const Signature = Type.Object(
  { version: Type.Integer(), command: Type.String(), by: Type.String(), at: Type.String(), hash: sha256 },
  { ...closed, title: 'TripSignature' },
)
export type Signature = Static<typeof Signature>

export const EvidenceIssued = Type.Object({ sha256, recordsRoot: sha256, records: Type.Integer() }, { ...closed, title: 'TripEvidenceIssued' })
export type EvidenceIssued = Static<typeof EvidenceIssued>
