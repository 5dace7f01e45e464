/** The life of a declaration: its state and the parts of it. What may happen next stands in `transitions.ts`. */
import { Type, type Static } from 'typebox'
import { Assessment, Settlement } from '#schema/duty'
import { licenceProblems, QuotaFact } from '#schema/trade'
import { AdditionalInformation, AmendmentChange, DeclarationDocument } from './document.ts'

const closed = { additionalProperties: false } as const
const optional = Type.Optional
const text = (max = 2000) => Type.String({ maxLength: max })
const instant = Type.String({ description: 'instant, ISO 8601 UTC' })
const literals = <T extends string>(...values: T[]) => Type.Enum(values)

export const Status = literals(
  'lodged',
  'rejected',
  'accepted',
  'under-control',
  'payment-due',
  'released',
  'cleared',
  'exited',
  'invalidated',
  'seized',
)
export type Status =
  | 'lodged'
  | 'rejected'
  | 'accepted'
  | 'under-control'
  | 'payment-due'
  | 'released'
  | 'cleared'
  | 'exited'
  | 'invalidated'
  | 'seized'
export const Lane = literals('green', 'yellow', 'red', 'blue')
export type Lane = 'green' | 'yellow' | 'red' | 'blue'
export const Regime = literals('import', 'export', 'transit')
export type Regime = 'import' | 'export' | 'transit'

export const IssueShape = Type.Object(
  {
    code: text(100),
    severity: literals('error', 'warning', 'info'),
    path: text(300),
    params: optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
  },
  closed,
)

export const Reason = Type.Object(
  { code: text(100), params: optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))) },
  closed,
)
export type Reason = Static<typeof Reason>

export const LaneDecision = Type.Object({ lane: Lane, reasons: Type.Array(Reason), by: text(40), at: instant }, closed)
export type LaneDecision = Static<typeof LaneDecision>

export const Finding = Type.Object(
  { itemNumber: optional(Type.Integer()), path: optional(text(300)), declared: optional(text(500)), found: text(2000) },
  closed,
)
export type Finding = Static<typeof Finding>

/** A control of documents or goods. `discrepant` blocks the release until an accepted amendment, a two-person release, or a seizure. */
export const Control = Type.Object(
  {
    id: text(60),
    kind: literals('documentary', 'physical'),
    blocking: Type.Boolean(),
    status: literals('open', 'conform', 'discrepant', 'resolved', 'waived'),
    openedAt: instant,
    dueAt: optional(instant),
    reasons: Type.Array(Reason),
    result: optional(Type.Object({ by: text(200), byId: text(60), at: instant, remarks: text(), findings: Type.Array(Finding) }, closed)),
  },
  closed,
)
export type Control = Static<typeof Control>

/** What a release waits for and another module or agency fulfils by command. Forgetting it leaves the goods where they are. */
export const Requirement = Type.Object(
  {
    id: text(60),
    kind: literals('permit', 'image', 'seal', 'agency', 'licence'),
    reference: text(100),
    status: literals('unfulfilled', 'fulfilled', 'refused'),
    by: optional(text(200)),
    at: optional(instant),
    reason: optional(text()),
  },
  closed,
)
export type Requirement = Static<typeof Requirement>

/** Changes that the trade side has not been told yet; DMSRES carries them all, once, just before clearance. */
export const Unreported = Type.Object(
  {
    amendments: Type.Array(AmendmentChange),
    information: Type.Array(AdditionalInformation),
    changes: Type.Array(Type.Object({ path: text(300), old: optional(Type.Unknown()), new: optional(Type.Unknown()) }, closed)),
    delta: optional(DeclarationDocument),
  },
  closed,
)
export type Unreported = Static<typeof Unreported>

export const PendingRequest = Type.Object(
  {
    kind: literals('amendment', 'invalidation'),
    lrn: text(35),
    reason: text(),
    requestedAt: instant,
    by: text(200),
    byId: text(60),
    document: optional(DeclarationDocument),
    unreported: optional(Unreported),
    approval: optional(Type.Object({ by: text(200), byId: text(60), at: instant }, closed)),
  },
  closed,
)
export type PendingRequest = Static<typeof PendingRequest>

export const Submitter = Type.Object(
  { personId: text(60), name: text(200), organisationId: Type.Union([text(60), Type.Null()]), registration: Type.Union([text(35), Type.Null()]) },
  closed,
)
export type Submitter = Static<typeof Submitter>

/** How a transit ended: its goods were presented at destination, or they were not and the guarantor has been called (UCC Art. 215, 98). */
export const TransitEnd = Type.Object(
  { outcome: literals('discharged', 'called'), at: instant, office: text(17), by: text(200), reason: text() },
  closed,
)
export type TransitEnd = Static<typeof TransitEnd>

export const DeclarationState = Type.Object(
  {
    id: text(60),
    mrn: Type.String({ maxLength: 18 }),
    lrn: text(35),
    administration: Type.String({ maxLength: 8 }),
    regime: Regime,
    additionalType: Type.String({ maxLength: 1 }),
    prelodged: Type.Boolean(),
    declarant: text(35),
    /** whose goods these are: importer or exporter by name, as far as a name is known */
    trader: text(200),
    submitter: Submitter,
    /** organisations that may read it and are told of it: submitter, declarant, importer or exporter where registered */
    parties: Type.Array(text(35)),
    office: Type.String({ maxLength: 17 }),
    /** version of the declaration, raised by arrival and amendment; starts at 1 */
    version: Type.Integer(),
    document: DeclarationDocument,
    lodgedAt: instant,
    arrived: Type.Boolean(),
    arrivedAt: optional(instant),
    acceptedAt: optional(instant),
    rejectedAt: optional(instant),
    releasedAt: optional(instant),
    clearedAt: optional(instant),
    exitedAt: optional(instant),
    invalidatedAt: optional(instant),
    seizedAt: optional(instant),
    issues: Type.Array(IssueShape),
    assessment: optional(Assessment),
    assessedVersion: optional(Type.Integer()),
    lane: optional(LaneDecision),
    controls: Type.Array(Control),
    requirements: Type.Array(Requirement),
    /** tariff quotas claimed, by item number; `allocations` counts the days that told out shares of them */
    quotas: optional(Type.Object({ claims: Type.Record(Type.String(), QuotaFact), allocations: Type.Integer() }, closed)),
    /** licences that its lines have written off, or could not */
    licences: optional(
      Type.Array(
        Type.Object(
          { itemNumber: Type.Integer(), documentCode: text(10), number: text(70), problems: Type.Array(Type.Enum([...licenceProblems])) },
          closed,
        ),
      ),
    ),
    settlement: optional(Settlement),
    /** version whose duty is covered by payment, deferment or guarantee */
    coveredVersion: optional(Type.Integer()),
    demandedAt: optional(instant),
    request: optional(PendingRequest),
    proposal: optional(Type.Object({ by: text(200), byId: text(60), at: instant, reason: text() }, closed)),
    unreported: optional(Unreported),
    assignedTo: optional(Type.Object({ personId: text(60), name: text(200) }, closed)),
    transitEnd: optional(TransitEnd),
    movements: Type.Array(Type.Object({ code: text(8), at: instant, location: optional(text(64)), reference: optional(text(70)) }, closed)),
  },
  { ...closed, title: 'DeclarationState' },
)
export type DeclarationState = Static<typeof DeclarationState>
