/** People and the roles they hold. */
import { Type, type Static } from 'typebox'
import { Password, closed, either, orNone, Id, OfficeCode, Instant, LegalDate, Language, Role } from './common.ts'

export const RoleAssignment = Type.Object(
  { id: Id, role: Role, office: orNone(OfficeCode), validFrom: LegalDate, validTo: orNone(LegalDate) },
  closed,
)
export type RoleAssignment = Static<typeof RoleAssignment>

export const PersonStatus = either(['invited', 'active', 'ended'])
export const Person = Type.Object(
  {
    id: Id,
    name: Type.String(),
    email: Type.String(),
    organisationId: orNone(Id),
    homeOffice: orNone(OfficeCode),
    language: Language,
    status: PersonStatus,
    joinedAt: Instant,
    endedAt: orNone(Instant),
    roles: Type.Array(RoleAssignment),
  },
  closed,
)
export type Person = Static<typeof Person>

const GrantFields = { role: Role, office: Type.Optional(OfficeCode), validFrom: Type.Optional(LegalDate), validTo: Type.Optional(LegalDate) }
export const Grant = Type.Object(GrantFields, closed)
export type Grant = Static<typeof Grant>

export const Invite = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 120 }),
    email: Type.String({ minLength: 3, maxLength: 200, pattern: '^[^@\\s]+@[^@\\s]+$' }),
    organisationId: Type.Optional(Id),
    homeOffice: Type.Optional(OfficeCode),
    language: Type.Optional(Language),
    roles: Type.Array(Grant, { minItems: 1, maxItems: 20 }),
  },
  closed,
)
export type Invite = Static<typeof Invite>
export const Invited = Type.Object(
  { id: Id, link: orNone(Type.String({ description: 'address for the invited person; shown only once' })), endsAt: Instant },
  closed,
)
export const AcceptInvitation = Type.Object({ token: Type.String({ minLength: 43, maxLength: 43 }), password: Password }, closed)

const Reason = Type.String({ minLength: 1, maxLength: 500 })
export const WithReason = Type.Object({ reason: Reason }, closed)
export const MaybeReason = Type.Object({ reason: Type.Optional(Reason) }, closed)
export const HomeOffice = Type.Object({ office: orNone(OfficeCode) }, closed)
export const RoleParams = Type.Object({ id: Id, assignment: Id }, closed)

export const PersonRow = Type.Object(
  {
    id: Id,
    name: Type.String(),
    email: Type.String(),
    status: PersonStatus,
    organisation: orNone(Type.String()),
    homeOffice: orNone(OfficeCode),
    roles: Type.Array(Type.Object({ role: Role, office: orNone(OfficeCode) }, closed)),
    totp: Type.Boolean(),
    lastSeenAt: orNone(Instant),
    joinedAt: Instant,
  },
  closed,
)
export type PersonRow = Static<typeof PersonRow>
export const PersonView = Type.Object(
  {
    ...Person.properties,
    organisation: orNone(Type.Object({ id: Id, name: Type.String(), registration: Type.String() }, closed)),
    totp: Type.Boolean(),
    sessions: Type.Integer({ description: 'open now' }),
    keys: Type.Integer({ description: 'API keys in force' }),
    invitedUntil: orNone(Instant),
  },
  closed,
)
export type PersonView = Static<typeof PersonView>
