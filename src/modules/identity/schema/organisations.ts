/** Organisations, and mandates between them. */
import { Type, type Static } from 'typebox'
import { closed, either, orNone, Id, Instant, LegalDate, OrganisationKind, MandateScope } from './common.ts'

export const Registration = Type.String({
  pattern: '^[A-Z]{2}[A-Z0-9]{1,15}$',
  description: 'registration number of an economic operator (EORI form)',
})
export const OrganisationStatus = either(['active', 'suspended', 'ended'])
const Contact = {
  street: Type.String({ maxLength: 120 }),
  city: Type.String({ maxLength: 64 }),
  postcode: Type.String({ maxLength: 17 }),
  email: Type.String({ maxLength: 200, pattern: '^$|^[^@\\s]+@[^@\\s]+$' }),
}
export const Organisation = Type.Object(
  {
    id: Id,
    registration: Registration,
    name: Type.String({ minLength: 1, maxLength: 128 }),
    kinds: Type.Array(OrganisationKind, { minItems: 1, maxItems: 5, uniqueItems: true }),
    ...Contact,
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
    status: OrganisationStatus,
    registeredAt: Instant,
  },
  closed,
)
export type Organisation = Static<typeof Organisation>
export const Register = Type.Object(
  {
    registration: Type.Optional(Registration),
    name: Organisation.properties.name,
    kinds: Organisation.properties.kinds,
    country: Organisation.properties.country,
    street: Type.Optional(Contact.street),
    city: Type.Optional(Contact.city),
    postcode: Type.Optional(Contact.postcode),
    email: Type.Optional(Contact.email),
  },
  closed,
)
export type Register = Static<typeof Register>
export const ChangeOrganisation = Type.Object({ name: Organisation.properties.name, kinds: Organisation.properties.kinds, ...Contact }, closed)
export type ChangeOrganisation = Static<typeof ChangeOrganisation>
export const ChangeContact = Type.Object(Contact, closed)
export type ChangeContact = Static<typeof ChangeContact>
export const OrganisationFound = Type.Object(
  {
    id: Id,
    registration: Registration,
    name: Type.String(),
    kinds: Type.Array(OrganisationKind),
    city: Type.String(),
    country: Type.String(),
    status: OrganisationStatus,
  },
  closed,
)
export type OrganisationFound = Static<typeof OrganisationFound>

export const GiveMandate = Type.Object(
  { to: Registration, scope: MandateScope, validFrom: Type.Optional(LegalDate), validTo: Type.Optional(LegalDate) },
  closed,
)
export type GiveMandate = Static<typeof GiveMandate>
export const Mandate = Type.Object(
  {
    id: Id,
    fromOrganisation: Id,
    toOrganisation: Id,
    scope: MandateScope,
    validFrom: LegalDate,
    validTo: orNone(LegalDate),
    givenAt: Instant,
    endedAt: orNone(Instant),
  },
  closed,
)
export type Mandate = Static<typeof Mandate>
const Side = Type.Object({ id: Id, name: Type.String(), registration: Type.String() }, closed)
export const MandateRow = Type.Object(
  {
    id: Id,
    direction: either(['given', 'received']),
    from: Side,
    to: Side,
    scope: MandateScope,
    validFrom: LegalDate,
    validTo: orNone(LegalDate),
    status: either(['coming', 'in-force', 'over']),
    givenAt: Instant,
    endedAt: orNone(Instant),
  },
  closed,
)
export type MandateRow = Static<typeof MandateRow>
