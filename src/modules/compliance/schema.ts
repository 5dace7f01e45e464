/** Authorised economic operators: whose standing the law rewards with fewer controls, and how it is given and taken away. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })
const LegalDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const Registration = Type.String({ pattern: '^[A-Z]{2}[A-Z0-9]{1,15}$' })

/** UCC Art. 38(2): customs simplifications, security and safety, both (Delegated Regulation (EU) 2015/2446 Annex A, codes AEOC, AEOS, AEOF). */
export const authorisationKinds = ['AEOC', 'AEOS', 'AEOF'] as const
export type AuthorisationKind = (typeof authorisationKinds)[number]
export const authorisationStatuses = ['proposed', 'refused', 'granted', 'suspended', 'revoked'] as const
export type AuthorisationStatus = (typeof authorisationStatuses)[number]

const Person = Type.Object({ personId: text(60), name: text(200) }, closed)
export type Person = Static<typeof Person>
const changes = ['grant', 'resume', 'revoke'] as const
export type Change = (typeof changes)[number]

export const Authorisation = Type.Object(
  {
    id: text(60),
    kind: Type.Enum([...authorisationKinds]),
    holder: Registration,
    status: Type.Enum([...authorisationStatuses]),
    validFrom: LegalDate,
    /** last day; null where it has no end (UCC Art. 22(5)) */ validTo: nullable(LegalDate),
    /** a change that a second person must agree to */
    waiting: nullable(Type.Object({ change: Type.Enum([...changes]), by: Person, at: text(40), reason: text(2000) }, closed)),
    /** what was decided, oldest first */
    history: Type.Array(Type.Object({ event: text(40), at: text(40), by: text(200), reason: text(2000) }, closed)),
  },
  { ...closed, title: 'Authorisation' },
)
export type Authorisation = Static<typeof Authorisation>

/** As it is listed: with the holder's name, where the register still has it. */
export const AuthorisationRow = Type.Object(
  { ...Authorisation.properties, holderName: nullable(text(200)) },
  { ...closed, title: 'AuthorisationRow' },
)
export type AuthorisationRow = Static<typeof AuthorisationRow>

export const ProposeAuthorisation = Type.Object(
  {
    kind: Authorisation.properties.kind,
    holder: Registration,
    validFrom: LegalDate,
    validTo: Type.Optional(LegalDate),
    reason: text(2000, 1),
  },
  { ...closed, title: 'ProposeAuthorisation' },
)
export type ProposeAuthorisation = Static<typeof ProposeAuthorisation>

export type AuthorisationCommandName = 'approve' | 'reject' | 'suspend' | 'ask-resume' | 'ask-revoke'
type Step = { permission: string; /** asks for a second person first */ waits?: Change }
const [propose, approve] = ['compliance:authorisation:propose', 'compliance:authorisation:approve']
const decides = { approve: { permission: approve }, reject: { permission: approve } } as const
/**
 * status → command → who may. Approving and rejecting need something that waits, and another person than asked for it. Suspending is of one
 * person, because it protects at once (UCC Delegated Regulation Art. 16); it takes nothing away for good.
 */
export const authorisationTransitions: Readonly<Record<AuthorisationStatus, Readonly<Partial<Record<AuthorisationCommandName, Step>>>>> = {
  proposed: decides,
  granted: { ...decides, suspend: { permission: propose }, 'ask-revoke': { permission: propose, waits: 'revoke' } },
  suspended: {
    ...decides,
    'ask-resume': { permission: propose, waits: 'resume' },
    'ask-revoke': { permission: propose, waits: 'revoke' },
  },
  refused: {},
  revoked: {},
}
