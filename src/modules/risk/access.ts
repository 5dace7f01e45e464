/** Who may read what of risk. Agencies keep their criteria from one another; what is secret stays with few. Pure. */
import type { Secrecy } from './schema/profile.ts'

export type Reader = { personId: string; agency: string; permissions: ReadonlySet<string> }

type Guarded = { agency: string; content: { secrecy: Secrecy; owner: { personId: string } }; author: { personId: string } }

/** Auditors read everything; others what their own agency wrote, and of that nothing secret unless it is theirs to answer for. */
export const mayReadProfile = (reader: Reader, p: Guarded): boolean => {
  if (reader.permissions.has('risk:secret:audit')) return true
  if (!reader.permissions.has('risk:profile:read') || reader.agency !== p.agency) return false
  if (p.content.secrecy !== 'secret') return true
  return [p.author.personId, p.content.owner.personId].includes(reader.personId) || reader.permissions.has('risk:profile:approve')
}

/** Lists and proposals have no classes of secrecy: they are their agency's. */
export const mayReadOf = (reader: Reader, agency: string): boolean => reader.permissions.has('risk:secret:audit') || reader.agency === agency

type SeenHit = { agency: string; secrecy: Secrecy }

/**
 * A decision is joint: everybody at the border sees its lane and which agencies asked; the criteria themselves only their own agency, and
 * of those the secret ones whoever approves, and auditors.
 */
export const mayReadHit = (reader: Reader, hit: SeenHit): boolean =>
  reader.permissions.has('risk:secret:audit') ||
  (reader.agency === hit.agency && (hit.secrecy !== 'secret' || reader.permissions.has('risk:profile:approve')))
