/** Profiles as they live in the store: what a version says, how far it has come, and the one table of what may happen next. */
import { Type, type Static } from 'typebox'
import { home } from '#schema/reference'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })
const instant = Type.String({ description: 'instant, ISO 8601 UTC' })
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const Lane = Type.Enum(['green', 'blue', 'yellow', 'red'])
export type Lane = 'green' | 'blue' | 'yellow' | 'red'

export const ControlKind = Type.Enum(['documentary', 'physical', 'both', 'none'])
export type ControlKind = 'documentary' | 'physical' | 'both' | 'none'

/** `internal`: its instruction stands in the case · `restricted`: only targeting reads it · `secret`: only its author, owner, the approver and auditors. */
export const Secrecy = Type.Enum(['internal', 'restricted', 'secret'])
export type Secrecy = 'internal' | 'restricted' | 'secret'

export const profileStatuses = ['draft', 'checked', 'back-tested', 'submitted', 'approved', 'active', 'suspended', 'expired', 'archived'] as const
export const ProfileStatus = Type.Enum([...profileStatuses])
export type ProfileStatus = (typeof profileStatuses)[number]

export const Person = Type.Object({ personId: text(60), name: text(200) }, closed)
export type Person = Static<typeof Person>

/** What an author writes. Name, office, lane, percentage, longest run, validity and instruction stand in the text itself. */
export const ProfileDraft = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Z0-9][A-Z0-9-]{1,39}$' }),
    administration: Type.String({ pattern: '^[A-Z]{2}$', default: home }),
    text: text(20_000, 1),
    control: ControlKind,
    blocking: Type.Boolean(),
    /** a prohibition, alert, sanction or missing licence: neither percentage nor capacity lets it go */
    mandatory: Type.Boolean(),
    secrecy: Secrecy,
    owner: Type.Optional(Person),
    note: Type.Optional(text(2000)),
  },
  closed,
)
export type ProfileDraft = Static<typeof ProfileDraft>

/** A version as it is kept: the draft, and what its text says of itself. Never changed. */
export const ProfileContent = Type.Object(
  {
    ...ProfileDraft.properties,
    owner: Person,
    name: text(200),
    office: nullable(text(20)),
    lane: Lane,
    percent: Type.Number(),
    maxRun: nullable(Type.Integer()),
    validFrom: day,
    validTo: nullable(day),
    instruction: text(2000),
    /** named lists that it asks */
    lists: Type.Array(text(60)),
  },
  closed,
)
export type ProfileContent = Static<typeof ProfileContent>

export const ProfileVersion = Type.Object(
  {
    code: text(40),
    number: Type.Integer(),
    hash: text(64),
    agency: text(20),
    status: ProfileStatus,
    content: ProfileContent,
    author: Person,
    createdAt: instant,
    checkedAt: nullable(instant),
    backtestId: nullable(text(60)),
    submittedAt: nullable(instant),
    approver: nullable(Person),
    approvedAt: nullable(instant),
    activatedAt: nullable(instant),
    /** an emergency profile ends here unless a second person ratifies it */
    emergencyUntil: nullable(instant),
    endedAt: nullable(instant),
    /** why it was sent back, suspended or archived */
    remark: nullable(text(2000)),
  },
  { ...closed, title: 'ProfileVersion' },
)
export type ProfileVersion = Static<typeof ProfileVersion>

/** One line of the list: the newest version of a code, and what its live version did in the last 30 days. */
export const ProfileRow = Type.Object(
  {
    code: text(40),
    name: text(200),
    number: Type.Integer(),
    liveNumber: nullable(Type.Integer()),
    status: ProfileStatus,
    lane: Lane,
    office: nullable(text(20)),
    agency: text(20),
    secrecy: Secrecy,
    mandatory: Type.Boolean(),
    percent: Type.Number(),
    validFrom: day,
    validTo: nullable(day),
    author: text(200),
    owner: text(200),
    emergencyUntil: nullable(instant),
    updatedAt: instant,
    hits30: Type.Integer(),
    selected30: Type.Integer(),
    examined30: Type.Integer(),
    found30: Type.Integer(),
  },
  { ...closed, title: 'ProfileRow' },
)
export type ProfileRow = Static<typeof ProfileRow>

export const Reasoned = Type.Object({ reason: text(2000) }, closed)

type Step = { permission: string; next: ProfileStatus; reason?: boolean; stepUp?: boolean }
const write = 'risk:profile:write'
const approve = 'risk:profile:approve'

export const profileCommands = [
  'check',
  'note-backtest',
  'submit',
  'approve',
  'send-back',
  'activate',
  'activate-emergency',
  'ratify',
  'suspend',
  'resume',
  'archive',
  'expire',
  'supersede',
] as const
export type ProfileCommandName = (typeof profileCommands)[number]

const archive: Step = { permission: write, next: 'archived', reason: true }
const emergency: Step = { permission: 'risk:profile:emergency', next: 'active', reason: true }
const system = (next: ProfileStatus): Step => ({ permission: 'system', next })
const ends = { expire: system('expired'), supersede: system('archived') }

/** status → command → who may, and where it leads. What is not listed cannot happen. Server guard, buttons and tests read it. */
export const profileTransitions: Readonly<Record<ProfileStatus, Readonly<Partial<Record<ProfileCommandName, Step>>>>> = {
  draft: { check: { permission: write, next: 'checked' }, archive },
  checked: { 'note-backtest': system('back-tested'), 'activate-emergency': emergency, archive },
  'back-tested': {
    submit: { permission: write, next: 'submitted' },
    'note-backtest': system('back-tested'),
    'activate-emergency': emergency,
    archive,
  },
  submitted: {
    approve: { permission: approve, next: 'approved' },
    'send-back': { permission: approve, next: 'draft', reason: true },
    archive,
  },
  approved: { activate: { permission: approve, next: 'active' }, archive },
  active: {
    ratify: { permission: approve, next: 'active' },
    suspend: { permission: approve, next: 'suspended', reason: true },
    ...ends,
  },
  suspended: { resume: { permission: approve, next: 'active' }, archive: { ...archive, permission: approve }, ...ends },
  expired: { archive },
  archived: {},
}

/** What this person may do with a version now: four eyes included, so that a button that would be refused is not offered. */
export const allowedOn = (
  v: Pick<ProfileVersion, 'status' | 'author' | 'emergencyUntil'>,
  permissions: ReadonlySet<string>,
  personId: string,
): ProfileCommandName[] =>
  profileCommands.filter((name) => {
    const step = profileTransitions[v.status][name]
    if (!step || !permissions.has(step.permission)) return false
    if ((name === 'approve' || name === 'ratify') && v.author.personId === personId) return false
    return name !== 'ratify' || v.emergencyUntil !== null
  })

export const CheckAsk = Type.Object({ text: text(20_000), currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })) }, closed)
/** Where something is wrong: offsets into the text (UTF-16 units), line and column from 1. */
export const CheckAnswer = Type.Object(
  {
    valid: Type.Boolean(),
    issues: Type.Array(
      Type.Object(
        {
          code: text(100),
          severity: Type.Enum(['error', 'warning', 'info']),
          path: text(300),
          params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
          at: nullable(Type.Integer()),
          line: nullable(Type.Integer()),
          column: nullable(Type.Integer()),
        },
        closed,
      ),
    ),
    /** what the text says, once it can be read */
    summary: nullable(
      Type.Object(
        {
          name: text(200),
          lane: Lane,
          office: nullable(text(20)),
          percent: Type.Number(),
          maxRun: nullable(Type.Integer()),
          validFrom: nullable(day),
          validTo: nullable(day),
          instruction: text(2000),
          hash: text(64),
          fields: Type.Array(text(100)),
          lists: Type.Array(text(60)),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'ProfileCheck' },
)
export type CheckAnswer = Static<typeof CheckAnswer>

/** What a text may use: for completion while somebody types. */
export const Vocabulary = Type.Object(
  {
    fields: Type.Array(
      Type.Object(
        { name: text(60), short: Type.Array(text(60)), scope: Type.Enum(['declaration', 'item']), type: text(20), about: text(200) },
        closed,
      ),
    ),
    keywords: Type.Array(Type.Object({ word: text(30), about: text(200) }, closed)),
    measures: Type.Array(Type.Object({ name: text(20), about: text(200) }, closed)),
    lists: Type.Array(Type.Object({ name: text(60), number: Type.Integer(), entries: Type.Integer(), about: text(500) }, closed)),
  },
  { ...closed, title: 'Vocabulary' },
)
export type Vocabulary = Static<typeof Vocabulary>

const Change = Type.Object({ field: text(40), before: Type.Unknown(), after: Type.Unknown() }, closed)
/** Two versions beside each other: attributes that differ, and the text by lines. */
export const VersionsDiff = Type.Object(
  {
    code: text(40),
    from: Type.Integer(),
    to: Type.Integer(),
    sameMeaning: Type.Boolean(),
    attributes: Type.Array(Change),
    lines: Type.Array(Type.Object({ kind: Type.Enum(['same', 'removed', 'added']), text: text(20_000) }, closed)),
  },
  { ...closed, title: 'VersionsDiff' },
)
export type VersionsDiff = Static<typeof VersionsDiff>
