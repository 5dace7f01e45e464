/** Routes of retention: how long reports of devices stay. */
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { Retention } from '../schema/retention.ts'
import { changeRetention } from '../service/retention.ts'
import { readRetention } from '../store/retention.ts'
import { tag } from './shared.ts'

export const retentionRoutes = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/retention',
    permission: 'reference:data:manage',
    summary: 'How long reports of devices stay, and from what age on they are thinned',
    tag,
    out: Retention,
    handler: async () => {
      const { thinnedUntil: _thinnedUntil, ...retention } = await readRetention(deps.sql)
      return retention
    },
  }),
  route({
    method: 'PUT',
    path: '/api/supervision/retention',
    permission: 'reference:data:manage',
    summary: 'Change how long reports of devices stay',
    tag,
    body: Retention,
    out: Retention,
    handler: (x) => changeRetention(deps, askingOf(x), x.body),
  }),
]
