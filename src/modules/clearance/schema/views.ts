/** What clearance shows: rows of lists and the whole case of one declaration. */
import { Type, type Static } from 'typebox'
import { DeclarationDocument } from './document.ts'
import { DeclarationState, IssueShape, Lane, Regime, Status } from './lifecycle.ts'
import { Notification } from './notification.ts'

const closed = { additionalProperties: false } as const
const optional = Type.Optional
const text = () => Type.String()
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const Money = Type.Object({ minor: Type.Integer(), currency: Type.String() }, closed)

export const WaitsFor = Type.Union([
  Type.Literal('nobody'),
  Type.Literal('trader'),
  Type.Literal('officer'),
  Type.Literal('examiner'),
  Type.Literal('agency'),
])
export type WaitsFor = Static<typeof WaitsFor>

export const DeclarationRow = Type.Object(
  {
    mrn: text(),
    lrn: text(),
    administration: text(),
    regime: Regime,
    additionalType: text(),
    office: text(),
    status: Status,
    lane: nullable(Lane),
    version: Type.Integer(),
    trader: text(),
    declarant: text(),
    items: Type.Integer(),
    value: nullable(Money),
    due: nullable(Money),
    lodgedAt: text(),
    acceptedAt: nullable(text()),
    releasedAt: nullable(text()),
    updatedAt: text(),
    waitsFor: WaitsFor,
    waitsSince: text(),
    dueAt: nullable(text()),
    assignedTo: nullable(text()),
    assignedName: nullable(text()),
  },
  { ...closed, title: 'DeclarationRow' },
)
export type DeclarationRow = Static<typeof DeclarationRow>

export const page = <T extends Parameters<typeof Type.Array>[0]>(row: T) =>
  Type.Object({ rows: Type.Array(row), total: Type.Integer(), page: Type.Integer(), size: Type.Integer() }, closed)

/** Paging, sorting (`-lodgedAt` = newest first) and export of a list; every filter stands in the address. */
export const listQuery = {
  page: optional(Type.Integer({ minimum: 1, maximum: 100000, default: 1 })),
  size: optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  sort: optional(Type.String({ pattern: '^-?[a-zA-Z]+$', maxLength: 40 })),
  format: optional(Type.Union([Type.Literal('json'), Type.Literal('csv')])),
}
export const DeclarationQuery = Type.Object(
  {
    ...listQuery,
    status: optional(Type.String({ maxLength: 200, description: 'one or several, separated by commas' })),
    lane: optional(Type.String({ maxLength: 40 })),
    regime: optional(Regime),
    office: optional(Type.String({ maxLength: 17 })),
    waitsFor: optional(Type.String({ maxLength: 60 })),
    assigned: optional(Type.String({ maxLength: 60, description: '`me`, `nobody` or a person' })),
    overdue: optional(Type.Boolean({ description: 'only what is past its deadline' })),
    request: optional(Type.Boolean({ description: 'only what the trade side asked to amend or invalidate, or a colleague to release' })),
    q: optional(Type.String({ maxLength: 100, description: 'MRN, LRN, trader, goods code, reference of the consignment (DUCR, MUCR)' })),
    from: optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    to: optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  },
  closed,
)
export type DeclarationQuery = Static<typeof DeclarationQuery>

/** One thing that happened, for the time line: text under `event` in i18n, filled with `params`. */
export const TimelineEntry = Type.Object(
  {
    at: text(),
    event: text(),
    by: text(),
    role: text(),
    version: Type.Integer(),
    command: text(),
    params: Type.Record(Type.String(), Type.Unknown()),
    notification: optional(text()),
  },
  closed,
)
export type TimelineEntry = Static<typeof TimelineEntry>

export const FieldChange = Type.Object(
  { path: text(), old: Type.Unknown(), new: Type.Unknown(), version: Type.Integer(), at: text(), by: text() },
  closed,
)
export type FieldChange = Static<typeof FieldChange>

/** The whole case: state, what may be done by the one who asks, whose turn it is. */
export const CaseView = Type.Object(
  {
    state: DeclarationState,
    status: Status,
    turn: Type.Object({ for: WaitsFor, since: text(), dueAt: nullable(text()) }, closed),
    holds: Type.Array(Type.Object({ code: text(), params: optional(Type.Record(Type.String(), Type.Unknown())) }, closed)),
    allowed: Type.Array(text()),
    stepUpFor: Type.Array(text()),
    officeName: text(),
    own: Type.Boolean(),
    /** registered operators of the declaration by name */
    names: Type.Record(Type.String(), text()),
  },
  { ...closed, title: 'Case' },
)
export type CaseView = Static<typeof CaseView>

export const CommandReply = Type.Object(
  { mrn: text(), lrn: text(), status: Status, lane: nullable(Lane), version: Type.Integer(), issues: Type.Array(IssueShape) },
  { ...closed, title: 'CommandReply' },
)
export type CommandReply = Static<typeof CommandReply>

export const InboxEntry = Type.Object(
  {
    number: Type.Integer(),
    mrn: text(),
    lrn: text(),
    functionCode: text(),
    messageId: text(),
    issuedAt: text(),
    acknowledgedAt: nullable(text()),
    notification: Notification,
  },
  closed,
)
export type InboxEntry = Static<typeof InboxEntry>

export const DraftView = Type.Object(
  {
    id: text(),
    title: text(),
    document: DeclarationDocument,
    revision: Type.Integer(),
    createdAt: text(),
    updatedAt: text(),
    lodgedMrn: nullable(text()),
  },
  { ...closed, title: 'Draft' },
)
export type DraftView = Static<typeof DraftView>
export const DraftRow = Type.Object(
  {
    id: text(),
    title: text(),
    lrn: nullable(text()),
    trader: nullable(text()),
    items: Type.Integer(),
    revision: Type.Integer(),
    createdAt: text(),
    updatedAt: text(),
  },
  closed,
)
export type DraftRow = Static<typeof DraftRow>

/** What the trade side sees first: counts by whose turn it is, and the oldest of each. */
export const Dashboard = Type.Object(
  {
    waiting: Type.Array(Type.Object({ waitsFor: WaitsFor, count: Type.Integer(), oldestSince: nullable(text()) }, closed)),
    byStatus: Type.Array(Type.Object({ status: Status, count: Type.Integer() }, closed)),
    actions: Type.Array(
      Type.Object(
        {
          mrn: text(),
          lrn: text(),
          trader: text(),
          status: Status,
          since: text(),
          action: text(),
          params: Type.Record(Type.String(), Type.Unknown()),
        },
        closed,
      ),
    ),
    unread: Type.Integer(),
    drafts: Type.Integer(),
    releasedToday: Type.Integer(),
  },
  { ...closed, title: 'Dashboard' },
)
export type Dashboard = Static<typeof Dashboard>

export const Workload = Type.Object(
  {
    lanes: Type.Array(
      Type.Object(
        { lane: nullable(Lane), waitsFor: WaitsFor, count: Type.Integer(), oldestSince: nullable(text()), overdue: Type.Integer() },
        closed,
      ),
    ),
    officers: Type.Array(Type.Object({ personId: text(), name: text(), count: Type.Integer() }, closed)),
    unassigned: Type.Integer(),
    mine: Type.Integer(),
  },
  { ...closed, title: 'Workload' },
)
export type Workload = Static<typeof Workload>

const Matched = Type.Enum(['mrn', 'lrn', 'trader', 'container', 'goods'])
export type FoundDeclaration = { mrn: string; lrn: string; trader: string; status: Status; lane: Lane | null; matched: Static<typeof Matched> }
/** One line of the search of the shell. */
export const SearchHit = Type.Object(
  {
    kind: Type.Literal('declaration'),
    id: text(),
    title: text(),
    subtitle: text(),
    href: text(),
    status: Status,
    lane: nullable(Lane),
    matched: Matched,
  },
  { ...closed, title: 'SearchHit' },
)
export type SearchHit = Static<typeof SearchHit>

/** A declaration's decisions taken again from their stored facts; `row` = the journal folds to the stored state. */
export const Replay = Type.Object(
  {
    mrn: text(),
    row: Type.Boolean(),
    decisions: Type.Array(
      Type.Object(
        { version: Type.Integer(), command: text(), at: text(), by: text(), alike: Type.Boolean(), differences: Type.Array(text()) },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Replay' },
)
export type Replay = Static<typeof Replay>
