/** Sessions, proofs of who one is, API keys. */
import { Type, type Static } from 'typebox'
import { closed, orNone, Id, OfficeCode, Instant, Language, Password, Role, OrganisationKind, MandateScope } from './common.ts'

const Code = Type.String({ minLength: 6, maxLength: 32, description: 'six digits of the generator, or a recovery code' })

export const SignIn = Type.Object({ email: Type.String({ minLength: 3, maxLength: 200 }), password: Password, totp: Type.Optional(Code) }, closed)
export type SignIn = Static<typeof SignIn>

export const StepUp = Type.Object({ password: Type.Optional(Password), totp: Type.Optional(Code) }, closed)
export const DemoSignIn = Type.Object({ personId: Id }, closed)
export const DemoSignInRow = Type.Object(
  {
    personId: Id,
    name: Type.String(),
    role: Role,
    organisation: Type.String(),
    office: orNone(OfficeCode),
    line: Type.String({ description: 'what this person does today, in English' }),
    lineKey: Type.String({ description: 'i18n key of the same' }),
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
    organisation: orNone(
      Type.Object(
        {
          id: Id,
          name: Type.String(),
          registrationId: Type.String(),
          kind: OrganisationKind,
          kinds: Type.Array(OrganisationKind),
          status: Type.String(),
        },
        closed,
      ),
    ),
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
export const DeviceRow = Type.Object(
  { id: Id, userAgent: Type.String(), startedAt: Instant, lastSeenAt: Instant, endsAt: Instant, current: Type.Boolean() },
  closed,
)

export const MakeKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    scopes: Type.Array(Type.String({ maxLength: 80 }), {
      minItems: 1,
      maxItems: 60,
      uniqueItems: true,
      description: 'permissions, none beyond the maker’s own',
    }),
    days: Type.Integer({ minimum: 1, maximum: 365 }),
  },
  closed,
)
export const KeyRow = Type.Object(
  {
    id: Id,
    name: Type.String(),
    scopes: Type.Array(Type.String()),
    madeAt: Instant,
    endsAt: Instant,
    lastUsedAt: orNone(Instant),
    endedAt: orNone(Instant),
  },
  closed,
)
export type KeyRow = Static<typeof KeyRow>
export const KeyMade = Type.Object(
  { id: Id, secret: orNone(Type.String({ description: 'shown only once; null when the same request is repeated' })) },
  closed,
)
