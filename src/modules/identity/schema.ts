/** Every shape of identity, once: validator, static type and documentation. */
import { Type, type Static } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'
import { roleNames, type RoleName } from './roles.ts'

export { isRegistration, registrationCheck, registrationFor } from './registration.ts'

const closed = { additionalProperties: false } as const
const either = <T extends string>(values: readonly T[], description?: string) => Type.Unsafe<T>(Type.Union(values.map((v) => Type.Literal(v)), description ? { description } : {}))
const orNone = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const Id = Type.String({ pattern: uuidPattern })
export const IdParams = Type.Object({ id: Id }, closed)
export const OfficeCode = Type.String({ pattern: '^[A-Z]{2}[A-Z0-9]{6}$', description: 'customs office code: ISO 3166-1 country and six characters' })
const Instant = Type.String({ description: 'instant, ISO 8601 in UTC' })
const LegalDate = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', description: 'legal date' })
export const Language = either(['en', 'fr', 'es', 'zh', 'ar'], 'language of the screens')
export const Role = either<RoleName>(roleNames, 'role')

export const organisationKinds = ['trader', 'broker', 'carrier', 'customs', 'agency'] as const
export const OrganisationKind = either(organisationKinds, 'trader = importer or exporter')
export type OrganisationKind = (typeof organisationKinds)[number]

export const mandateScopes = ['import', 'export', 'all'] as const
export const MandateScope = either(mandateScopes, 'what the mandate covers')
export type MandateScope = (typeof mandateScopes)[number]

// ── session ────────────────────────────────────────────────────────────────────────────────────────────────────────────
const Password = Type.String({ minLength: 1, maxLength: 256 })
const Code = Type.String({ minLength: 6, maxLength: 32, description: 'six digits of the generator, or a recovery code' })

export const SignIn = Type.Object({ email: Type.String({ minLength: 3, maxLength: 200 }), password: Password, totp: Type.Optional(Code) }, closed)
export type SignIn = Static<typeof SignIn>

export const StepUp = Type.Object({ password: Type.Optional(Password), totp: Type.Optional(Code) }, closed)
export const DemoSignIn = Type.Object({ personId: Id }, closed)
export const DemoSignInRow = Type.Object(
  {
    personId: Id, name: Type.String(), role: Role, organisation: Type.String(), office: orNone(OfficeCode),
    line: Type.String({ description: 'what this person does today, in English' }), lineKey: Type.String({ description: 'i18n key of the same' }),
  },
  closed,
)

export const Office = Type.Object({ code: OfficeCode, name: Type.String() }, closed)
export const Represented = Type.Object({ organisationId: Id, name: Type.String(), registration: Type.String(), scope: MandateScope }, closed)

/** Who is signed in, and what they may do: everything the shell of the web application needs. */
export const SessionView = Type.Object(
  {
    sessionId: Id,
    person: Type.Object({ id: Id, name: Type.String(), email: Type.String() }, closed),
    organisation: orNone(Type.Object({ id: Id, name: Type.String(), registrationId: Type.String(), kind: OrganisationKind, kinds: Type.Array(OrganisationKind), status: Type.String() }, closed)),
    roles: Type.Array(Role),
    permissions: Type.Array(Type.String()),
    office: orNone(Office),
    offices: Type.Union([Type.Literal('*'), Type.Array(Office)], { description: "'*' = the whole country" }),
    represents: Type.Array(Represented, { description: 'the own organisation first, then those whose mandate is in force' }),
    steppedUpUntil: orNone(Instant),
    totp: Type.Boolean({ description: 'has a one-time password generator' }),
    language: Language,
    endsAt: Instant,
    demo: Type.Boolean(),
  },
  closed,
)
export type SessionView = Static<typeof SessionView>

export const ChangePassword = Type.Object({ current: Password, next: Password }, closed)
export const TotpCode = Type.Object({ code: Code }, closed)
export const TotpEnrolment = Type.Object({ secret: Type.String(), uri: Type.String(), qrSvg: Type.String() }, closed)
export const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String(), { description: 'each works once; shown only now' }) }, closed)
export const ChooseOffice = Type.Object({ office: OfficeCode }, closed)
export const Preferences = Type.Object({ language: Language }, closed)
export const DeviceRow = Type.Object({ id: Id, userAgent: Type.String(), startedAt: Instant, lastSeenAt: Instant, endsAt: Instant, current: Type.Boolean() }, closed)

// ── API keys ───────────────────────────────────────────────────────────────────────────────────────────────────────────
export const MakeKey = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 80 }), scopes: Type.Array(Type.String({ maxLength: 80 }), { minItems: 1, maxItems: 60, uniqueItems: true, description: 'permissions, none beyond the maker’s own' }), days: Type.Integer({ minimum: 1, maximum: 365 }) },
  closed,
)
export const KeyRow = Type.Object({ id: Id, name: Type.String(), scopes: Type.Array(Type.String()), madeAt: Instant, endsAt: Instant, lastUsedAt: orNone(Instant), endedAt: orNone(Instant) }, closed)
export type KeyRow = Static<typeof KeyRow>
export const KeyMade = Type.Object({ id: Id, secret: orNone(Type.String({ description: 'shown only once; null when the same request is repeated' })) }, closed)

// ── people ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const RoleAssignment = Type.Object({ id: Id, role: Role, office: orNone(OfficeCode), validFrom: LegalDate, validTo: orNone(LegalDate) }, closed)
export type RoleAssignment = Static<typeof RoleAssignment>

export const PersonStatus = either(['invited', 'active', 'ended'])
export const Person = Type.Object(
  {
    id: Id, name: Type.String(), email: Type.String(), organisationId: orNone(Id), homeOffice: orNone(OfficeCode), language: Language,
    status: PersonStatus, joinedAt: Instant, endedAt: orNone(Instant), roles: Type.Array(RoleAssignment),
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
    organisationId: Type.Optional(Id), homeOffice: Type.Optional(OfficeCode), language: Type.Optional(Language),
    roles: Type.Array(Grant, { minItems: 1, maxItems: 20 }),
  },
  closed,
)
export type Invite = Static<typeof Invite>
export const Invited = Type.Object({ id: Id, link: orNone(Type.String({ description: 'address for the invited person; shown only once' })), endsAt: Instant }, closed)
export const AcceptInvitation = Type.Object({ token: Type.String({ minLength: 43, maxLength: 43 }), password: Password }, closed)

const Reason = Type.String({ minLength: 1, maxLength: 500 })
export const WithReason = Type.Object({ reason: Reason }, closed)
export const MaybeReason = Type.Object({ reason: Type.Optional(Reason) }, closed)
export const HomeOffice = Type.Object({ office: orNone(OfficeCode) }, closed)
export const RoleParams = Type.Object({ id: Id, assignment: Id }, closed)

export const PersonRow = Type.Object(
  {
    id: Id, name: Type.String(), email: Type.String(), status: PersonStatus, organisation: orNone(Type.String()), homeOffice: orNone(OfficeCode),
    roles: Type.Array(Type.Object({ role: Role, office: orNone(OfficeCode) }, closed)), totp: Type.Boolean(), lastSeenAt: orNone(Instant), joinedAt: Instant,
  },
  closed,
)
export type PersonRow = Static<typeof PersonRow>
export const PersonView = Type.Object(
  {
    ...Person.properties, organisation: orNone(Type.Object({ id: Id, name: Type.String(), registration: Type.String() }, closed)), totp: Type.Boolean(),
    sessions: Type.Integer({ description: 'open now' }), keys: Type.Integer({ description: 'API keys in force' }), invitedUntil: orNone(Instant),
  },
  closed,
)
export type PersonView = Static<typeof PersonView>

// ── organisations ──────────────────────────────────────────────────────────────────────────────────────────────────────
export const Registration = Type.String({ pattern: '^[A-Z]{2}[A-Z0-9]{1,15}$', description: 'registration number of an economic operator (EORI form)' })
export const OrganisationStatus = either(['active', 'suspended', 'ended'])
const Contact = {
  street: Type.String({ maxLength: 120 }), city: Type.String({ maxLength: 64 }), postcode: Type.String({ maxLength: 17 }), email: Type.String({ maxLength: 200, pattern: '^$|^[^@\\s]+@[^@\\s]+$' }),
}
export const Organisation = Type.Object(
  {
    id: Id, registration: Registration, name: Type.String({ minLength: 1, maxLength: 128 }), kinds: Type.Array(OrganisationKind, { minItems: 1, maxItems: 5, uniqueItems: true }),
    ...Contact, country: Type.String({ pattern: '^[A-Z]{2}$' }), status: OrganisationStatus, registeredAt: Instant,
  },
  closed,
)
export type Organisation = Static<typeof Organisation>
export const Register = Type.Object(
  {
    registration: Type.Optional(Registration), name: Organisation.properties.name, kinds: Organisation.properties.kinds, country: Organisation.properties.country,
    street: Type.Optional(Contact.street), city: Type.Optional(Contact.city), postcode: Type.Optional(Contact.postcode), email: Type.Optional(Contact.email),
  },
  closed,
)
export type Register = Static<typeof Register>
export const ChangeOrganisation = Type.Object({ name: Organisation.properties.name, kinds: Organisation.properties.kinds, ...Contact }, closed)
export type ChangeOrganisation = Static<typeof ChangeOrganisation>
export const ChangeContact = Type.Object(Contact, closed)
export type ChangeContact = Static<typeof ChangeContact>
export const OrganisationFound = Type.Object({ id: Id, registration: Registration, name: Type.String(), kinds: Type.Array(OrganisationKind), city: Type.String(), country: Type.String(), status: OrganisationStatus }, closed)
export type OrganisationFound = Static<typeof OrganisationFound>

// ── mandates ───────────────────────────────────────────────────────────────────────────────────────────────────────────
export const GiveMandate = Type.Object({ to: Registration, scope: MandateScope, validFrom: Type.Optional(LegalDate), validTo: Type.Optional(LegalDate) }, closed)
export type GiveMandate = Static<typeof GiveMandate>
export const Mandate = Type.Object(
  { id: Id, fromOrganisation: Id, toOrganisation: Id, scope: MandateScope, validFrom: LegalDate, validTo: orNone(LegalDate), givenAt: Instant, endedAt: orNone(Instant) },
  closed,
)
export type Mandate = Static<typeof Mandate>
const Side = Type.Object({ id: Id, name: Type.String(), registration: Type.String() }, closed)
export const MandateRow = Type.Object(
  {
    id: Id, direction: either(['given', 'received']), from: Side, to: Side, scope: MandateScope, validFrom: LegalDate, validTo: orNone(LegalDate),
    status: either(['coming', 'in-force', 'over']), givenAt: Instant, endedAt: orNone(Instant),
  },
  closed,
)
export type MandateRow = Static<typeof MandateRow>
