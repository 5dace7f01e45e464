/** Routes of the alarm desk. */
import { Type } from 'typebox'
import { route, type Route } from '#platform/http.ts'
import { uuidPattern } from '#kernel/ids.ts'
import { askingOf } from '#platform/command.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import { AcknowledgeAlarm, AlarmRow } from '../schema/alarm.ts'
import { acknowledgeAlarm } from '../service/alarms.ts'
import { listAlarms, sortableAlarms } from '../store/episodes.ts'
import { Done, Id, tag } from './shared.ts'

export const alarmRoutes = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/alarms',
    permission: 'supervision:trip:read',
    summary: 'Alarms of trips that begin or end at one of your offices',
    tag,
    query: listQuery(sortableAlarms, {
      status: Type.Optional(AlarmRow.properties.status),
      kind: Type.Optional(Type.String({ maxLength: 40 })),
      tripId: Type.Optional(Type.String({ pattern: uuidPattern })),
    }),
    out: pageOf(AlarmRow),
    handler: async ({ query, principal }) =>
      answerList(query, await listAlarms(deps.sql, principal.offices, query), 'alarms', [
        'openedAt',
        'learntAt',
        'kind',
        'severity',
        'status',
        'reference',
        'subject',
        'closedAt',
        'acknowledgedBy',
        'reasonCode',
      ]),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/alarms/:id/acknowledge',
    permission: 'supervision:alarm:acknowledge',
    summary: 'Say that you have seen an alarm, and what it is',
    tag,
    params: Id,
    body: AcknowledgeAlarm,
    out: Done,
    handler: (x) => acknowledgeAlarm(deps, askingOf(x), x.params.id, x.body),
  }),
]
