/** What a second person must agree to besides profiles: lists, rates and capacity, which model decides. */
import { Type, type Static } from 'typebox'
import { Person } from './profile.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })
const share = Type.Number({ minimum: 0, maximum: 1 })

const listName = Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' })
export const ListContent = Type.Object({ name: listName, about: text(500), entries: Type.Array(text(100, 1), { maxItems: 10_000 }) }, closed)

/** Rates and capacity of an administration (office '') or of one office. Shares are of registered declarations; minutes are an inspector's. */
export const Setting = Type.Object(
  {
    administration: Type.String({ pattern: '^[A-Z]{2}$' }),
    office: text(20),
    minimumRandomRate: share,
    /** share of the expected rate that is drawn by chance, so that what nobody suspects is learnt too */
    explorationShare: share,
    expectedRate: Type.Object({ red: share, yellow: share, blue: share }, closed),
    /** an office's inspector minutes a day; null is no limit */
    capacityMinutes: nullable(Type.Integer({ minimum: 0 })),
    documentaryMinutes: Type.Integer({ minimum: 1, maximum: 10_000 }),
    physicalMinutes: Type.Integer({ minimum: 1, maximum: 10_000 }),
    /** what a trusted trader's rates are multiplied by; never below a quarter */
    trustedFactor: Type.Number({ minimum: 0.25, maximum: 1 }),
  },
  { ...closed, title: 'RiskSetting' },
)
export type Setting = Static<typeof Setting>
export const SettingRow = Type.Object({ ...Setting.properties, version: Type.Integer() }, { ...closed, title: 'RiskSettingRow' })
export type SettingRow = Static<typeof SettingRow>

export const ModelPlacement = Type.Object(
  { hash: Type.String({ pattern: '^[0-9a-f]{64}$' }), as: Type.Enum(['champion', 'challenger', 'retired']) },
  closed,
)

export const ProposalAsk = Type.Union([
  Type.Object({ kind: Type.Literal('list'), reason: text(2000, 1), content: ListContent }, closed),
  Type.Object({ kind: Type.Literal('setting'), reason: text(2000, 1), content: Setting }, closed),
  Type.Object({ kind: Type.Literal('model'), reason: text(2000, 1), content: ModelPlacement }, closed),
])
export type ProposalAsk = Static<typeof ProposalAsk>

export const proposalStatuses = ['submitted', 'approved', 'rejected', 'withdrawn'] as const
export const RiskProposal = Type.Object(
  {
    id: text(60),
    kind: Type.Enum(['list', 'setting', 'model']),
    subject: text(100),
    agency: text(20),
    content: Type.Unknown(),
    reason: text(2000),
    status: Type.Enum([...proposalStatuses]),
    author: Person,
    decidedBy: nullable(Person),
    remark: nullable(text(2000)),
    createdAt: text(40),
    decidedAt: nullable(text(40)),
  },
  { ...closed, title: 'RiskProposal' },
)
export type RiskProposal = Static<typeof RiskProposal>

export const ListRow = Type.Object(
  {
    name: text(60),
    number: Type.Integer(),
    about: text(500),
    agency: text(20),
    entries: Type.Integer(),
    author: text(200),
    approver: text(200),
    createdAt: text(40),
    /** codes of living profiles that ask it */
    usedBy: Type.Array(text(40)),
  },
  { ...closed, title: 'RiskList' },
)
export type ListRow = Static<typeof ListRow>
export const ListVersion = Type.Object(
  {
    ...ListRow.properties,
    values: Type.Array(text(100)),
    versions: Type.Array(
      Type.Object({ number: Type.Integer(), entries: Type.Integer(), author: text(200), approver: text(200), createdAt: text(40) }, closed),
    ),
  },
  { ...closed, title: 'RiskListVersion' },
)
export type ListVersion = Static<typeof ListVersion>
