import type { Reader } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'

/** Who sees which declarations: officers those of their offices, traders those in which an organisation they stand for is a party. */
export const visible = (db: Reader, principal: Principal) => {
  if (principal.permissions.has('clearance:declaration:read')) {
    return principal.offices === '*' ? db`true` : db`d.office = any(${principal.offices as string[]}::text[])`
  }
  const registrations = principal.represents.map((r) => r.registration)
  return db`d.parties && ${registrations}::text[]`
}

export const maySee = (principal: Principal, d: { office: string; parties: readonly string[] }): boolean => {
  if (principal.permissions.has('clearance:declaration:read')) return principal.offices === '*' || principal.offices.includes(d.office)
  return principal.permissions.has('clearance:declaration:read-own') && principal.represents.some((r) => d.parties.includes(r.registration))
}
