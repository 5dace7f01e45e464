/** The search of the shell, as far as declarations go. */
import { Type } from 'typebox'
import { route, type Route } from '#platform/http.ts'
import { searchDeclarations } from '../read/search.ts'
import { SearchHit } from '../schema/views.ts'
import type { Clearance } from '../service/clearance.ts'

export const searchRoutes = (c: Clearance): Route[] => [
  route({
    method: 'GET',
    path: '/api/search',
    permission: 'signed-in',
    tag: 'desks',
    summary: 'Find a declaration by MRN, LRN, trader, container or goods code',
    out: Type.Array(SearchHit),
    query: Type.Object(
      { q: Type.String({ maxLength: 100 }), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })) },
      { additionalProperties: false },
    ),
    handler: async (x) => {
      const officer = x.principal.permissions.has('clearance:declaration:read')
      const found = await searchDeclarations(c.deps.sql, x.principal, x.query.q, x.query.limit ?? 12)
      // Which lane a declaration is on is the administration's knowledge.
      return found.map((d) => ({
        kind: 'declaration' as const,
        id: d.mrn,
        title: d.mrn,
        subtitle: `${d.trader} · ${d.lrn}`,
        href: `/declarations/${d.mrn}`,
        status: d.status,
        lane: officer ? d.lane : null,
        matched: d.matched,
      }))
    },
  }),
]
