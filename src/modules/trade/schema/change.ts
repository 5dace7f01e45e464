/** Changes of the tariff, the proposals that carry them, and what they would do. */
import { Type, type Static } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'
import { AdministrationCode, LegalDate } from '#schema/reference'
import { closed, optional, text } from './common.ts'
import { Measure } from './measure.ts'
import { Area, Commodity, Term } from './nomenclature.ts'

export const changedThings = ['commodity', 'measure', 'area', 'term'] as const
export const ChangedThing = Type.Enum([...changedThings])
export type ChangedThing = Static<typeof ChangedThing>

/** How a record is named: a measure by its id, a line `XV/8528@2020-01-01`, an area `/3030@…` (`US/CBI@…` of one administration), a term `XV/footnote/TN001@…`. */
const key = text(80)

/**
 * `put` states a record whole: new, or in place of what is known under the same key (a correction, also backwards in time). `end` gives a
 * record its last day: `validTo` is the first day without it. `remove` says that a record should never have been.
 */
export const Change = Type.Union([
  Type.Object({ op: Type.Literal('put'), what: Type.Literal('measure'), row: Measure }, closed),
  Type.Object({ op: Type.Literal('put'), what: Type.Literal('commodity'), row: Commodity }, closed),
  Type.Object({ op: Type.Literal('put'), what: Type.Literal('area'), row: Area }, closed),
  Type.Object({ op: Type.Literal('put'), what: Type.Literal('term'), row: Term }, closed),
  Type.Object({ op: Type.Literal('end'), what: ChangedThing, key, validTo: LegalDate }, closed),
  Type.Object({ op: Type.Literal('remove'), what: ChangedThing, key }, closed),
])
export type Change = Static<typeof Change>

export const proposalStatuses = ['draft', 'proposed', 'activated', 'withdrawn'] as const
const Person = Type.Object({ personId: text(40), name: text(200) }, closed)
export type ProposalPerson = Static<typeof Person>

export const Proposal = Type.Object(
  {
    id: Type.String({ pattern: uuidPattern }),
    administration: AdministrationCode,
    kind: Type.Enum(['officer', 'import', 'reversal']),
    status: Type.Enum([...proposalStatuses]),
    title: text(200),
    reason: text(2000),
    effectiveFrom: LegalDate,
    /** everybody who has worked on it: none of them may activate it */
    authors: Type.Array(Person),
    changeCount: Type.Integer(),
    createdAt: text(30),
    proposedAt: optional(text(30)),
    decidedAt: optional(text(30)),
    decidedBy: optional(Person),
    /** why it was sent back or withdrawn */
    remark: optional(text(2000)),
    /** version of the tariff that its activation made */
    version: optional(Type.Integer()),
    /** the activated proposal that this one takes back */
    reverses: optional(text(40)),
    /** hash over its changes when they were too many for the journal */
    changesHash: optional(text(64)),
  },
  { ...closed, title: 'TariffProposal' },
)
export type Proposal = Static<typeof Proposal>

export const Difference = Type.Object(
  {
    what: ChangedThing,
    key,
    kind: Type.Enum(['added', 'changed', 'ended', 'removed', 'unchanged', 'orphaned']),
    commodity: optional(text(10)),
    /** names of fields that differ */
    fields: Type.Array(text(40)),
    before: optional(Type.Unknown()),
    after: optional(Type.Unknown()),
    /** number of the change in its proposal */
    number: optional(Type.Integer()),
  },
  { ...closed, title: 'TariffDifference' },
)
export type Difference = Static<typeof Difference>

const Counts = Type.Object(
  {
    added: Type.Integer(),
    changed: Type.Integer(),
    ended: Type.Integer(),
    removed: Type.Integer(),
    unchanged: Type.Integer(),
    orphaned: Type.Integer(),
  },
  closed,
)
export type DifferenceCounts = Static<typeof Counts>
export const DifferenceCounts = Counts

const Sum = Type.Object(
  {
    /** declarations whose duty comes out otherwise */
    declarations: Type.Integer(),
    /** all duty and tax of these declarations, in minor units of the own currency */
    beforeMinor: Type.Integer(),
    afterMinor: Type.Integer(),
    byCommodity: Type.Array(
      Type.Object({ code: text(10), declarations: Type.Integer(), beforeMinor: Type.Integer(), afterMinor: Type.Integer() }, closed),
    ),
    byTaxType: Type.Array(Type.Object({ type: text(3), beforeMinor: Type.Integer(), afterMinor: Type.Integer() }, closed)),
    /** duty that can no longer be computed, or can be for the first time: lines for an officer before and after */
    manualBefore: Type.Integer(),
    manualAfter: Type.Integer(),
  },
  closed,
)
export type EffectSum = Static<typeof Sum>

/**
 * `forecast`: the imports of the last twelve months as if they came again in the twelve months from the first day of the change.
 * `retroactive`: the same imports at their own dates, where the change reaches back to them: their results change.
 */
export const Effect = Type.Object(
  {
    status: Type.Enum(['none', 'waiting', 'running', 'done']),
    requestedAt: optional(text(30)),
    examined: Type.Integer(),
    total: Type.Integer(),
    currency: optional(text(3)),
    from: optional(LegalDate),
    to: optional(LegalDate),
    forecast: optional(Sum),
    retroactive: optional(Sum),
  },
  { ...closed, title: 'TariffEffect' },
)
export type Effect = Static<typeof Effect>

export const EffectDeclaration = Type.Object(
  { view: text(12), mrn: text(18), lawDate: LegalDate, beforeMinor: Type.Integer(), afterMinor: Type.Integer(), currency: text(3) },
  closed,
)
export type EffectDeclaration = Static<typeof EffectDeclaration>

// ── commands ───────────────────────────────────────────────────────────────────────────────────────────────────────────
export const NewProposal = Type.Object(
  {
    administration: optional(AdministrationCode),
    title: Type.String({ minLength: 3, maxLength: 200 }),
    reason: Type.String({ minLength: 3, maxLength: 2000 }),
    effectiveFrom: LegalDate,
  },
  closed,
)
export const EditChanges = Type.Object(
  {
    put: optional(Type.Array(Change, { maxItems: 2000 })),
    drop: optional(Type.Array(Type.Integer(), { maxItems: 2000, description: 'numbers of changes to leave out' })),
  },
  closed,
)
export type EditChanges = Static<typeof EditChanges>
export const WithRemark = Type.Object({ remark: Type.String({ minLength: 3, maxLength: 2000 }) }, closed)
