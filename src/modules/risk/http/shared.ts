/** What the routes of risk share. */
import { Type } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'
import type { Principal } from '#platform/permissions.ts'
import { agencyOf } from '../service/live.ts'
import type { Sight } from '../store/profiles.ts'

export const tag = 'risk'
export const closed = { additionalProperties: false } as const
export const Id = Type.Object({ id: Type.String({ pattern: uuidPattern }) })
export const Code = Type.Object({ code: Type.String({ pattern: '^[A-Z0-9][A-Z0-9-]{1,39}$' }) })
export const CodeAndNumber = Type.Object({ ...Code.properties, number: Type.Integer({ minimum: 1, maximum: 100_000 }) })

/** What a list of profiles may show to this person. */
export const sightOf = (p: Principal): Sight => ({
  agency: agencyOf(p),
  everything: p.permissions.has('risk:secret:audit'),
  personId: p.personId,
  secrets: p.permissions.has('risk:profile:approve'),
})

/** Lists and proposals: null for whoever may see those of every agency. */
export const agencySeen = (p: Principal): string | null => (p.permissions.has('risk:secret:audit') ? null : agencyOf(p))

/** So many days before an instant. */
export const daysBefore = (now: string, days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString()
