/** Routes of alarms: what was set aside, what has moved, what cannot be read. */
import { Type } from 'typebox'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { AlarmRow } from '../schema.ts'
import { answerAlarm, maySeeAlarm } from '../service/alarms.ts'
import { readerOf, type Risk } from '../service/live.ts'
import { listAlarms } from '../store/alarms.ts'
import { closed, Id, tag } from './shared.ts'

const summaries = { acknowledge: 'Say that somebody is looking into an alarm', close: 'Say that an alarm has been dealt with' } as const

export const alarmRoutes = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/alarms',
    permission: 'risk:profile:read',
    summary: 'Profiles that were set aside, drift, models that cannot be read; of profiles only those that you may read',
    tag,
    query: Type.Object({ open: Type.Optional(Type.Boolean()) }, closed),
    out: Type.Array(AlarmRow),
    handler: async ({ query, principal }) => {
      const reader = readerOf(principal)
      return (await listAlarms(r.deps.sql, query.open ?? false)).filter((one) => maySeeAlarm(reader, one)).map((one) => one.alarm)
    },
  }),
  ...(['acknowledge', 'close'] as const).map((name) =>
    route({
      method: 'POST',
      path: `/api/risk/alarms/:id/${name}`,
      permission: 'risk:alarm:close',
      summary: summaries[name],
      tag,
      params: Id,
      body: Type.Object({ remark: Type.String({ minLength: 1, maxLength: 2000 }) }, closed),
      out: AlarmRow,
      handler: (x) => answerAlarm(r, askingOf(x), x.params.id, name, x.body.remark),
    }),
  ),
]
