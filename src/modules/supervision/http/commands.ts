/** Routes of commands to seals, of their passwords, and of who may take custody or share a leave. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import { officeAllowed } from '#platform/permissions.ts'
import { officersAt } from '#modules/identity'
import { CommandRow, GiveCommand, KeepPassword } from '../schema/command.ts'
import { giveCommand, keepPassword, takeBack } from '../service/commands.ts'
import type { SupervisionDeps } from '../service/deps.ts'
import { mayWorkOn } from '../service/trips.ts'
import { listCommands, sortableCommands } from '../store/commands.ts'
import { findDevice } from '../store/devices.ts'
import { findTrip } from '../store/trips.ts'
import { Done, Id, Name, tag } from './shared.ts'

const columns = ['id', 'deviceId', 'name', 'state', 'askedBy', 'askedAt', 'expiresAt', 'attempts', 'sentAt', 'answeredAt'] as const
const query = listQuery(sortableCommands, {})

const lists = (deps: SupervisionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/devices/:id/commands',
    permission: 'supervision:device:read',
    summary: 'Commands to a device and how far each has come',
    tag,
    params: Name,
    query,
    out: pageOf(CommandRow),
    handler: async ({ params, query: q, principal, now }) => {
      const device = await findDevice(deps.sql, params.id)
      if (!device || !officeAllowed(principal, device.office)) return refuse(error('supervision.device_unknown', '/id', params))
      return answerList(q, await listCommands(deps.sql, { deviceId: device.id }, q, now), 'commands', columns)
    },
  }),
  route({
    method: 'GET',
    path: '/api/supervision/trips/:id/commands',
    permission: 'supervision:trip:read',
    summary: 'Commands to the seal of a trip that belong to it',
    tag,
    params: Id,
    query,
    out: pageOf(CommandRow),
    handler: async ({ params, query: q, principal, now }) => {
      const trip = await findTrip(deps.sql, params.id)
      if (!trip || !mayWorkOn(principal, trip)) return refuse(error('supervision.trip_unknown', '/id', params))
      return answerList(q, await listCommands(deps.sql, { tripId: trip.id }, q, now), 'commands', columns)
    },
  }),
]

const Colleague = Type.Object({ personId: Type.String(), name: Type.String() }, { additionalProperties: false })

const people = (deps: SupervisionDeps): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/people',
    permission: 'supervision:trip:read',
    summary: 'Who may work on seals at an office: for custody, and as the second person of a leave',
    tag,
    query: Type.Object({ office: Type.String({ minLength: 1, maxLength: 20 }) }, { additionalProperties: false }),
    out: Type.Array(Colleague),
    handler: async ({ query: q, now }) =>
      (await officersAt(deps.sql, [q.office], now.slice(0, 10), 'supervision:seal:work')).map(({ personId, name }) => ({ personId, name })),
  })

const acts = (deps: SupervisionDeps): Route[] => [
  route({
    method: 'POST',
    path: '/api/supervision/devices/:id/commands',
    permission: 'supervision:seal:command',
    summary: 'Queue a command until the device answers, or its time is over',
    tag,
    params: Name,
    body: GiveCommand,
    out: Type.Object({ ids: Type.Array(Type.String()) }),
    successStatus: 202,
    handler: (x) => giveCommand(deps, askingOf(x), x.params.id, x.body),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/commands/:id/withdraw',
    permission: 'supervision:seal:command',
    summary: 'Take back a command that has not been sent',
    tag,
    params: Id,
    out: Done,
    handler: (x) => takeBack(deps, askingOf(x), x.params.id),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/devices/:id/password',
    permission: 'supervision:device:manage',
    summary: 'Keep the password that was set at the seal by hand; nobody reads it again',
    tag,
    params: Name,
    body: KeepPassword,
    out: Done,
    handler: (x) => keepPassword(deps, askingOf(x), x.params.id, x.body.password),
  }),
]

export const commandRoutes = (deps: SupervisionDeps): Route[] => [...lists(deps), people(deps), ...acts(deps)]
