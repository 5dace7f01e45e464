/** Only in a demo: the next working day's allocation at once, so that whoever looks around need not come back tomorrow. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { allocateThrough } from './service/allocate.ts'

const home = 'XV'

export const demoQuotaRoutes = (deps: Deps): Route[] => [
  route({
    method: 'POST',
    path: '/api/demo/quota-allocation',
    permission: 'trade:quota:manage',
    summary: 'Serves the claims of every quota through today (demo only); a second time finds nothing left to serve',
    tag: 'demo',
    out: Type.Object({ told: Type.Integer({ description: 'subjects whose claims were decided' }) }, { additionalProperties: false }),
    handler: async ({ now }) => {
      if (!deps.config.demo) return refuse(error('request.unknown_address'))
      const told = await allocateThrough(deps.sql, home, now.slice(0, 10), now)
      if (told.length > 0) deps.bus.announce({ topic: 'quota', id: '' })
      return accept({ told: told.length })
    },
  }),
]
