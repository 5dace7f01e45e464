/** What the shapes of identity are built from. */
import { Type } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'
import { roleNames, type RoleName } from '../roles.ts'

export const closed = { additionalProperties: false } as const
export const either = <T extends string>(values: readonly T[], description?: string) =>
  Type.Unsafe<T>(
    Type.Union(
      values.map((v) => Type.Literal(v)),
      description ? { description } : {},
    ),
  )
export const orNone = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const Id = Type.String({ pattern: uuidPattern })
export const IdParams = Type.Object({ id: Id }, closed)
export const OfficeCode = Type.String({ pattern: '^[A-Z]{2}[A-Z0-9]{6}$', description: 'customs office code: ISO 3166-1 country and six characters' })
export const Instant = Type.String({ description: 'instant, ISO 8601 in UTC' })
export const LegalDate = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', description: 'legal date' })
/** What is typed as one; how good it must be is a rule. */
export const Password = Type.String({ minLength: 1, maxLength: 256 })
export const Language = either(['en', 'fr', 'es', 'zh', 'ar'], 'language of the screens')
export const Role = either<RoleName>(roleNames, 'role')

export const organisationKinds = ['trader', 'broker', 'carrier', 'customs', 'agency'] as const
export const OrganisationKind = either(organisationKinds, 'trader = importer or exporter')
export type OrganisationKind = (typeof organisationKinds)[number]

export const mandateScopes = ['import', 'export', 'all'] as const
export const MandateScope = either(mandateScopes, 'what the mandate covers')
export type MandateScope = (typeof mandateScopes)[number]
