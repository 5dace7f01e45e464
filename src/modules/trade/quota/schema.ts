/** Tariff quotas: a limited quantity of goods at a lower duty, by order number, period, claim and event. Quantities are decimal numerals. */
import { Type, type Static } from 'typebox'
import { decimalPattern } from '#kernel/decimal.ts'
import { uuidPattern } from '#kernel/ids.ts'
import type { LegalDate as Day } from '#kernel/time.ts'
import { LegalDate, Names } from '#schema/reference'

const closed = { additionalProperties: false } as const
const optional = Type.Optional
const text = (max = 200) => Type.String({ maxLength: max })
const numeral = Type.String({ pattern: decimalPattern, maxLength: 50 })
const instant = Type.String({ description: 'instant, ISO 8601 UTC' })
const Id = Type.String({ pattern: uuidPattern })
const OrderNumber = Type.String({ pattern: '^[0-9]{6}$', description: 'DE 8/1' })

export const quotaStatuses = ['not-open', 'open', 'critical', 'exhausted', 'blocked', 'suspended', 'closed'] as const
export type QuotaStatus = (typeof quotaStatuses)[number]
export const quotaEventTypes = [
  'opened',
  'allocated',
  'critical',
  'exhausted',
  'reopened',
  'blocked',
  'unblocked',
  'suspended',
  'resumed',
  'transferred',
  'received',
  'returned',
] as const
export type QuotaEventType = (typeof quotaEventTypes)[number]

/** One period of a quota as its row has it; the fold of its events. */
export type QuotaState = {
  id: string
  administration: string
  orderNumber: string
  validFrom: Day
  /** the first day after the period */ validTo: Day
  volume: string
  /** net of what other periods or quotas gave and got */ transferred: string
  unit: string
  /** digits behind the point to which shares are told out */ precision: number
  /** percent used from which a claim needs security */ criticalPercent: string
  criticalFromStart: boolean
  balance: string
  hold: 'none' | 'blocked' | 'suspended'
  version: number
}

/** What happened; `quantity` is signed from the side of the balance. */
export type QuotaEvent = {
  type: QuotaEventType
  quantity: string
  /** a claim's MRN, the day allocated over, or the other period of a transfer */ reference?: string
  reason?: string
}

/** A claim of one goods item as the decision on a declaration uses it. `allocated` is null until the day's allocation. */
export const QuotaFact = Type.Object(
  {
    orderNumber: text(6),
    unit: text(12),
    quantity: numeral,
    allocated: Type.Union([numeral, Type.Null()]),
    /** the difference to the full duty is to be secured before release */
    critical: Type.Boolean(),
  },
  { ...closed, title: 'QuotaFact' },
)
export type QuotaFact = Static<typeof QuotaFact>

const Period = {
  id: Id,
  validFrom: LegalDate,
  validTo: LegalDate,
  volume: numeral,
  transferred: numeral,
  unit: text(12),
  precision: Type.Integer(),
  criticalPercent: numeral,
  balance: numeral,
  /** asked for and not yet allocated */ waiting: numeral,
  status: Type.Enum([...quotaStatuses]),
}
export const QuotaRow = Type.Object(
  {
    administration: text(8),
    orderNumber: OrderNumber,
    kind: Type.Enum(['first-come', 'licensed']),
    name: text(500),
    commodities: Type.Array(text(10)),
    origins: Type.Array(text(4)),
    legalBase: text(200),
    period: Type.Union([Type.Object(Period, closed), Type.Null()]),
    /** changes that wait for a second person */ proposals: Type.Integer(),
  },
  { ...closed, title: 'Quota' },
)
export type QuotaRow = Static<typeof QuotaRow>

export const QuotaEventView = Type.Object(
  {
    definitionId: Id,
    version: Type.Integer(),
    type: Type.Enum([...quotaEventTypes]),
    quantity: numeral,
    balance: numeral,
    reference: Type.Union([text(100), Type.Null()]),
    reason: Type.Union([text(2000), Type.Null()]),
    by: text(200),
    at: instant,
  },
  closed,
)
export type QuotaEventView = Static<typeof QuotaEventView>
export const QuotaClaimView = Type.Object(
  {
    id: Id,
    reference: text(70),
    itemNumber: Type.Integer(),
    holder: text(35),
    quantity: numeral,
    allocated: Type.Union([numeral, Type.Null()]),
    returned: numeral,
    status: Type.Enum(['pending', 'allocated', 'returned']),
    priority: LegalDate,
    acceptedAt: instant,
  },
  closed,
)
export type QuotaClaimView = Static<typeof QuotaClaimView>
export const quotaActions = ['block', 'unblock', 'suspend', 'resume', 'transfer'] as const
export type QuotaAction = (typeof quotaActions)[number]
export const QuotaProposal = Type.Object(
  {
    id: Id,
    definitionId: Id,
    action: Type.Enum([...quotaActions]),
    quantity: Type.Union([numeral, Type.Null()]),
    toDefinitionId: Type.Union([Id, Type.Null()]),
    reason: text(2000),
    by: text(200),
    byId: text(60),
    at: instant,
    status: Type.Enum(['open', 'approved', 'refused']),
    decidedBy: Type.Union([text(200), Type.Null()]),
    decidedAt: Type.Union([instant, Type.Null()]),
  },
  closed,
)
export type QuotaProposal = Static<typeof QuotaProposal>
export const QuotaView = Type.Object(
  {
    quota: QuotaRow,
    periods: Type.Array(Type.Object(Period, closed)),
    events: Type.Array(QuotaEventView),
    claims: Type.Array(QuotaClaimView),
    proposals: Type.Array(QuotaProposal),
  },
  { ...closed, title: 'QuotaView' },
)
export type QuotaView = Static<typeof QuotaView>

export const QuotaQuery = Type.Object(
  { administration: optional(text(8)), date: optional(LegalDate), language: optional(Type.Enum(['en', 'fr', 'es', 'zh', 'ar'])) },
  closed,
)
export const QuotaParams = Type.Object({ order: OrderNumber }, closed)
export const BalanceQuery = Type.Object(
  { administration: optional(text(8)), asOf: optional(Type.String({ maxLength: 40, description: 'instant, ISO 8601; now when absent' })) },
  closed,
)
export const QuotaBalance = Type.Object(
  { orderNumber: OrderNumber, asOf: instant, unit: text(12), volume: numeral, balance: numeral, validFrom: LegalDate, validTo: LegalDate },
  closed,
)
export type QuotaBalance = Static<typeof QuotaBalance>
export const ProposeQuotaChange = Type.Object(
  {
    definitionId: Id,
    action: Type.Enum([...quotaActions]),
    quantity: optional(Type.String({ pattern: '^[0-9]{1,17}(\\.[0-9]{1,6})?$' })),
    toDefinitionId: optional(Id),
    reason: Type.String({ minLength: 1, maxLength: 2000 }),
  },
  closed,
)
export type ProposeQuotaChange = Static<typeof ProposeQuotaChange>
export const OpenQuota = Type.Object(
  {
    administration: optional(text(8)),
    orderNumber: OrderNumber,
    names: Names,
    commodities: Type.Array(Type.String({ pattern: '^[0-9]{2,10}$' }), { minItems: 1, maxItems: 200 }),
    origins: Type.Array(text(4), { maxItems: 300 }),
    legalBase: Type.String({ minLength: 1, maxLength: 200 }),
    validFrom: LegalDate,
    validTo: LegalDate,
    volume: Type.String({ pattern: '^[0-9]{1,17}(\\.[0-9]{1,6})?$' }),
    unit: Type.String({ minLength: 1, maxLength: 12 }),
    precision: Type.Integer({ minimum: 0, maximum: 6 }),
    criticalPercent: Type.String({ pattern: '^[0-9]{1,3}(\\.[0-9]{1,2})?$' }),
    criticalFromStart: Type.Boolean(),
  },
  closed,
)
export type OpenQuota = Static<typeof OpenQuota>
export const ProposalParams = Type.Object({ id: Id }, closed)
export const DecideProposal = Type.Object({ approve: Type.Boolean() }, closed)
