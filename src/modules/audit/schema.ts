/** Shapes of the audit: what was decided by whom, whether the journal is whole. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const Instant = Type.String({ description: 'instant, ISO 8601 in UTC' })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256' })

export const SubjectRef = Type.Object({ kind: text(40), id: text(100) }, closed)
export const SeqParams = Type.Object({ seq: Type.Integer({ minimum: 1 }) }, closed)

export const EntryRow = Type.Object(
  {
    seq: Type.Integer(),
    at: Instant,
    subjectKind: Type.String(),
    subjectId: Type.String(),
    version: Type.Integer({ description: 'place in the subject’s chain' }),
    command: Type.String(),
    personId: Type.String(),
    person: Type.String(),
    roles: Type.Array(Type.String()),
    organisationId: Type.Union([Type.String(), Type.Null()]),
    office: Type.Union([Type.String(), Type.Null()]),
    channel: Type.String(),
    reason: Type.Union([Type.String(), Type.Null()]),
    events: Type.Array(Type.String()),
  },
  closed,
)
export type EntryRow = Static<typeof EntryRow>

export const EntryView = Type.Object(
  {
    ...EntryRow.properties,
    sessionId: Type.Union([Type.String(), Type.Null()]),
    commandKey: Type.Union([Type.String(), Type.Null()]),
    body: Type.Object({ payload: Type.Unknown(), facts: Type.Unknown(), events: Type.Array(Type.Unknown()) }, closed),
    reply: Type.Unknown(),
    hash: Hash,
    previousHash: Hash,
    anchor: Type.Union([Type.Integer({ description: 'number of the anchor that covers it' }), Type.Null()]),
  },
  closed,
)
export type EntryView = Static<typeof EntryView>

/** One data element that changed; `path` is a JSON pointer into the subject's state; absent = was or is not there. */
export const Change = Type.Object({ path: Type.String(), old: Type.Optional(Type.Unknown()), new: Type.Optional(Type.Unknown()) }, closed)
export type Change = Static<typeof Change>

export const HistoryEntry = Type.Object({ ...EntryRow.properties, changes: Type.Array(Change) }, closed)
export type HistoryEntry = Static<typeof HistoryEntry>

/**
 * A place where the journal is not as it was written. `what` says what differs:
 * content = some column covered by the hash; hash, previous_hash, at, seq, written_by = that very column; content-or-hash = one of both (nothing
 * follows that could tell); link = a sound entry that does not continue the one before; missing = entries are gone before this version; duplicate = a version twice;
 * anchor-… = of an anchor: its own hash, its link, its range, its number; anchor-entries = the entries of its range are not those that were anchored;
 * witness = an anchor that was kept elsewhere is not here.
 */
export const breaks = [
  'content',
  'hash',
  'previous_hash',
  'content-or-hash',
  'at',
  'seq',
  'written_by',
  'link',
  'missing',
  'duplicate',
  'anchor-hash',
  'anchor-link',
  'anchor-range',
  'anchor-missing',
  'anchor-entries',
  'witness',
] as const
export const Broken = Type.Object(
  {
    what: Type.Unsafe<(typeof breaks)[number]>(Type.Union(breaks.map((b) => Type.Literal(b)))),
    subject: Type.Optional(SubjectRef),
    version: Type.Optional(Type.Integer()),
    anchor: Type.Optional(Type.Integer()),
    expected: Type.String(),
    found: Type.String(),
  },
  closed,
)
export type Broken = Static<typeof Broken>

export const Verification = Type.Object(
  {
    ok: Type.Boolean(),
    subjects: Type.Integer(),
    entries: Type.Integer(),
    anchors: Type.Integer(),
    unanchored: Type.Integer({ description: 'entries younger than the last anchor: their chains are proved, their number is not yet' }),
    broken: Type.Array(Broken, { description: 'in order of subjects and versions, then anchors; the first hundred' }),
    brokenCount: Type.Integer(),
    ms: Type.Integer(),
  },
  closed,
)
export type Verification = Static<typeof Verification>

export const AnchorRow = Type.Object(
  { number: Type.Integer(), at: Instant, entries: Type.Integer(), root: Hash, previousHash: Hash, hash: Hash },
  closed,
)
export type AnchorRow = Static<typeof AnchorRow>

/** An anchor kept outside the database (a log, a notary, a newspaper): proves that no later anchor was cut off or rewritten. */
export const Witness = Type.Object({ number: Type.Integer({ minimum: 1 }), hash: Hash })
export type Witness = Static<typeof Witness>
