/** Routes of the registry of devices and of corridors. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed } from '#platform/permissions.ts'
import { Corridor } from '../schema/corridor.ts'
import { ChangeDevice, DeviceRow, DeviceState, RegisterDevice, StockRow } from '../schema/device.ts'
import { changeDevice, keepCorridor, registerDevice } from '../service/registry.ts'
import { countStock, findDevice, listDevices, sortableDevices } from '../store/devices.ts'
import { listCorridors } from '../store/trips.ts'
import { Done, Name, tag } from './shared.ts'

const manage = 'supervision:device:manage' as const
const denied = (path: string) => refuse(error('access.denied', path, { permission: manage }))

const registry = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/devices',
    permission: 'supervision:device:read',
    summary: 'Seals and vehicle units, with what each said last',
    tag,
    query: listQuery(sortableDevices, {
      q: Type.Optional(Type.String({ maxLength: 70 })),
      state: Type.Optional(DeviceState),
      office: Type.Optional(Type.String({ maxLength: 20 })),
      role: Type.Optional(RegisterDevice.properties.role),
    }),
    out: pageOf(DeviceRow),
    handler: async ({ query, principal }) =>
      answerList(query, await listDevices(deps.sql, principal.offices, query), 'devices', [
        'id',
        'vendor',
        'model',
        'role',
        'state',
        'office',
        'lastContactAt',
        'batteryPct',
        'firmware',
        'owner',
        'certified',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/stock',
    permission: 'supervision:device:read',
    summary: 'How many seals of each state your offices have',
    tag,
    out: Type.Array(StockRow),
    handler: ({ principal }) => countStock(deps.sql, principal.offices),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/devices',
    permission: manage,
    summary: 'Take a device into the stock of an office',
    tag,
    body: RegisterDevice,
    out: Done,
    successStatus: 201,
    handler: async (x) => (officeAllowed(x.principal, x.body.office, manage) ? registerDevice(deps, askingOf(x), x.body) : denied('/office')),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/devices/:id/custody',
    permission: manage,
    summary: 'Issue, take back, report as lost: a step in the custody of a device',
    tag,
    params: Name,
    body: ChangeDevice,
    out: Done,
    handler: async (x) => {
      const device = await findDevice(deps.sql, x.params.id)
      if (!device) return refuse(error('supervision.device_unknown', '/id', { id: x.params.id }))
      return officeAllowed(x.principal, device.office, manage) ? changeDevice(deps, askingOf(x), device.id, x.body) : denied('/id')
    },
  }),
]

const corridors = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/corridors',
    permission: 'supervision:trip:read',
    summary: 'Corridors with their checkpoints, permitted stops and fences',
    tag,
    out: Type.Array(Corridor),
    handler: () => listCorridors(deps.sql),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/corridors',
    permission: 'supervision:corridor:manage',
    summary: 'Add a corridor, or change one of the same id: its trips are judged by it from now on',
    tag,
    body: Corridor,
    out: Done,
    handler: (x) => keepCorridor(deps, askingOf(x), x.body),
  }),
]

export const deviceRoutes = (deps: Deps): Route[] => [...registry(deps), ...corridors(deps)]
