/** Routes of capacity: each office's day, and the proposal of another rate or another number of minutes. */
import { Type } from 'typebox'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { home as administration } from '#schema/reference'
import { CapacityBoard, RiskProposal, SettingAsk } from '../schema.ts'
import { capacityBoard } from '../service/capacity.ts'
import type { Risk } from '../service/live.ts'
import { propose } from '../service/proposals.ts'
import { closed, tag } from './shared.ts'

export const capacityRoutes = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/capacity',
    permission: 'risk:capacity:read',
    summary: 'Offices that you answer for, on a day: minutes and rates that hold, what selection has used, what it gave up; and proposed changes',
    tag,
    query: Type.Object({ date: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })) }, closed),
    out: CapacityBoard,
    handler: ({ query, principal, now }) => capacityBoard(r, administration, principal, now, query.date),
  }),
  route({
    method: 'POST',
    path: '/api/risk/settings',
    permission: 'risk:capacity:propose',
    summary: 'Propose rates and capacity of an office that you answer for, or of the country; another person must approve it',
    tag,
    body: SettingAsk,
    out: RiskProposal,
    successStatus: 201,
    handler: (x) => propose(r, askingOf(x), { kind: 'setting', ...x.body }),
  }),
]
