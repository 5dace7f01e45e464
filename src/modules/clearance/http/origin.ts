/** Route of the origin assistant. */
import { route, type Route } from '#platform/http.ts'
import { OriginQuestion } from '#schema/trade'
import { OriginAdvice } from '../schema/origin.ts'
import { advise } from '../service/origin.ts'
import type { Clearance } from '../service/clearance.ts'

export const originRoutes = (c: Clearance): Route[] => [
  route({
    method: 'POST',
    path: '/api/origin-advice',
    permission: 'signed-in',
    summary: 'Which scheme of preferential origin fits, which proof is missing, whether materials meet the rule, and what it would save',
    tag: 'origin',
    // It asks and changes nothing; a body, because a bill of materials does not fit an address.
    command: false,
    body: OriginQuestion,
    out: OriginAdvice,
    handler: ({ body, now }) => advise(c, body, now),
  }),
]
