import type { Reader } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'

/** Who sees which declarations: officers those of their offices, traders those in which an organisation they stand for is a party. */
export const visible = (db: Reader, principal: Principal) => {
  if (principal.permissions.has('clearance:declaration:read')) {
    return principal.offices === '*' ? db`true` : db`d.office = any(${principal.offices as string[]}::text[])`
  }
  const registrations = principal.represents.map((r) => r.registration)
  return db`d.parties && ${registrations}::text[]`
}

type Placed = Pick<DeclarationState, 'office' | 'regime' | 'parties'> & { document: Pick<DeclarationState['document'], 'destinationOffice'> }

/** A transit is also the work of the office that its goods are bound for. */
export const officesOf = ({ office, regime, document: d }: Omit<Placed, 'parties'>): string[] =>
  regime === 'transit' && d.destinationOffice ? [office, d.destinationOffice] : [office]

export const maySee = (principal: Principal, d: Placed): boolean => {
  const { offices } = principal
  if (principal.permissions.has('clearance:declaration:read')) return offices === '*' || officesOf(d).some((office) => offices.includes(office))
  return principal.permissions.has('clearance:declaration:read-own') && principal.represents.some((r) => d.parties.includes(r.registration))
}
