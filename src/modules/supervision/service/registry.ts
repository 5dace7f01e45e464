/** The registry: devices with their custody, and corridors. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { type Asking, commandOf, once } from '#platform/command.ts'
import { violates } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed } from '#platform/permissions.ts'
import { protocolOf } from '../protocols/index.ts'
import type { Corridor } from '../schema/corridor.ts'
import type { ChangeDevice, RegisterDevice } from '../schema/device.ts'
import type { Unit } from '../schema/incident.ts'
import { insertDevice, updateDevice } from '../store/devices.ts'
import { listUnits, lockUnit, retireUnit, saveUnit } from '../store/incidents.ts'
import { saveCorridor } from '../store/trips.ts'

type Core = Pick<Deps, 'sql' | 'bus'>

/** Takes a device into the stock of an office. */
export const registerDevice = async ({ sql, bus }: Core, asking: Asking, device: RegisterDevice): Promise<Outcome<{ id: string }>> => {
  const protocol = protocolOf(device.protocol)
  if (!protocol) return refuse(error('supervision.protocol_unknown', '/protocol', { protocol: device.protocol, known: '' }))
  try {
    const outcome = await once(sql, commandOf(asking, 'device.register', { kind: 'device', id: device.id }), async (tx) => {
      await insertDevice(tx, { ...device, protocol: protocol.name }, asking.now)
      return accept({ body: { payload: device, facts: {}, events: [{ type: 'device.registered', device }] }, reply: { id: device.id } })
    })
    if (outcome.ok) bus.announce({ topic: 'device', id: device.id, office: device.office })
    return outcome
  } catch (fault) {
    if (['device_pkey', 'alias_pkey', 'device_imei_once'].some((c) => violates(fault, c)))
      return refuse(error('supervision.device_known', '/id', { id: device.id }))
    throw fault
  }
}

/** A step in the custody of a device: issued, returned, lost, stolen. */
export const changeDevice = async ({ sql, bus }: Core, asking: Asking, id: string, change: ChangeDevice): Promise<Outcome<{ id: string }>> => {
  const outcome = await once(sql, commandOf(asking, 'device.change', { kind: 'device', id }), async (tx) =>
    (await updateDevice(tx, id, change, asking.now))
      ? accept({ body: { payload: change, facts: {}, events: [{ type: 'device.changed', ...change }] }, reply: { id } })
      : refuse(error('supervision.device_unknown', '/id', { id })),
  )
  if (outcome.ok) bus.announce({ topic: 'device', id, office: change.office })
  return outcome
}

/** Adds a corridor, or changes it: trips on it are judged by the new one from now on, also where a gateway is running. */
export const keepCorridor = async ({ sql, bus }: Core, asking: Asking, corridor: Corridor): Promise<Outcome<{ id: string }>> => {
  const outcome = await once(sql, commandOf(asking, 'corridor.keep', { kind: 'corridor', id: corridor.id }), async (tx) => {
    await saveCorridor(tx, corridor, asking.now)
    return accept({ body: { payload: corridor, facts: {}, events: [{ type: 'corridor.kept', id: corridor.id }] }, reply: { id: corridor.id } })
  })
  if (outcome.ok) bus.announce({ topic: 'corridor', id: corridor.id })
  return outcome
}

/** Takes a unit off the list, unless it is on its way to a case. */
export const endUnit = async ({ sql, bus }: Core, asking: Asking, id: string): Promise<Outcome<{ id: string }>> => {
  const outcome = await once(sql, commandOf(asking, 'unit.retire', { kind: 'unit', id }), async (tx) => {
    if (!(await lockUnit(tx, id))) return refuse(error('supervision.unit_unknown', '/id', { id }))
    const unit = (await listUnits(tx)).find((one) => one.id === id)
    if (!unit || !officeAllowed(asking.principal, unit.office, 'supervision:incident:work'))
      return refuse(error('supervision.unit_unknown', '/id', { id }))
    if (unit.busy) return refuse(error('supervision.unit_busy', '/id', { unit: unit.name }))
    await retireUnit(tx, id, asking.now)
    return accept({ body: { payload: {}, facts: {}, events: [{ type: 'unit.retired', at: asking.now }] }, reply: { id } })
  })
  if (outcome.ok) bus.announce({ topic: 'unit', id })
  return outcome
}

/** Adds a response unit, or changes its duty or its place. */
export const keepUnit = async ({ sql, bus }: Core, asking: Asking, unit: Unit): Promise<Outcome<{ id: string }>> => {
  try {
    const outcome = await once(sql, commandOf(asking, 'unit.keep', { kind: 'unit', id: unit.id }), async (tx) => {
      await saveUnit(tx, unit, asking.now)
      return accept({ body: { payload: unit, facts: {}, events: [{ type: 'unit.kept', ...unit }] }, reply: { id: unit.id } })
    })
    if (outcome.ok) bus.announce({ topic: 'unit', id: unit.id })
    return outcome
  } catch (fault) {
    if (violates(fault, 'unit_device_id_fkey')) return refuse(error('supervision.device_unknown', '/deviceId', { id: unit.deviceId ?? '' }))
    throw fault
  }
}
