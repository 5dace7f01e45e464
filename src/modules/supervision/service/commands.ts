/** Commands to seals as people give them: checked, journalled and queued in one transaction; the gateway that holds the connection delivers them. */
import { randomBytes, randomInt } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import { type Asking, commandOf, once } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import { officeAllowed } from '#platform/permissions.ts'
import { expand, isSensitive } from '../commands/expand.ts'
import { protocolOf } from '../protocols/index.ts'
import type { CommandRow, GiveCommand } from '../schema/command.ts'
import type { DeviceRow } from '../schema/device.ts'
import type { UnlockMethod } from '../trip/types.ts'
import { findCommand, insertCommands, type NewCommand, saveSecret, type SecretKind, secretsOf, withdrawCommand } from '../store/commands.ts'
import { findDevice } from '../store/devices.ts'
import { findTrip } from '../store/trips.ts'
import type { SupervisionDeps } from './deps.ts'
import { secretBox, type SecretBox } from './secrets.ts'

const factoryPassword = '888888'
type Secrets = Record<string, string>

/** The box of a deployment; without a key there is none, and what needs a password is refused. */
export const boxOf = ({ sealKey }: Pick<SupervisionDeps, 'sealKey'>): SecretBox | null => (sealKey ? secretBox(sealKey) : null)

/** Ways by which the lock of a device can be opened from afar: its protocol can say it, and its password is known where one is needed. */
export const unlocksOf = async (tx: Tx, device: Pick<DeviceRow, 'id' | 'protocol'>): Promise<UnlockMethod[]> => {
  const protocol = protocolOf(device.protocol)
  if (!protocol?.answers) return []
  if (protocol.name === 'eseal') return ['static']
  const known = await secretsOf(tx, device.id)
  return (['static', 'dynamic'] as const).filter((method) => known[method])
}

/** Secret parameters of a command, or null where they are not known. A new password is made here and nobody sees it. */
const secretsFor = async (tx: Tx, box: SecretBox | null, device: DeviceRow, name: string): Promise<Secrets | null> => {
  const kind: SecretKind | null = name === 'unlock' || name === 'change-password' ? 'static' : name === 'unlock-dynamic' ? 'dynamic' : null
  if (!kind || device.protocol === 'eseal') return {}
  if (!box) return null
  const sealed = (await secretsOf(tx, device.id))[kind]
  const known = sealed ? box.open(sealed, device.id) : null
  if (name !== 'change-password') return known === null ? null : { password: known }
  const current = known ?? (device.passwordChanged ? null : factoryPassword)
  return current === null ? null : { current, new: String(randomInt(1_000_000)).padStart(6, '0') }
}

type Order = { device: DeviceRow; tripId: string | null; by: string; at: string; until: string; id?: string }

/** One command of the protocol as a row, tried out first: what the protocol refuses is refused here. */
const rowOf = async (
  tx: Tx,
  box: SecretBox | null,
  o: Order,
  { name, params }: Pick<NewCommand, 'name' | 'params'>,
): Promise<Outcome<NewCommand>> => {
  const { device } = o
  const protocol = protocolOf(device.protocol)
  if (!protocol?.encode || !protocol.answers) return refuse(error('supervision.commands_untold', '', { protocol: device.protocol }))
  const secrets = await secretsFor(tx, box, device, name)
  if (!secrets) return refuse(error('supervision.password_unknown', '', { id: device.id }))
  const tried = protocol.encode({ name, deviceId: device.id, params: { ...(params as Secrets), ...secrets } })
  if (!tried.ok) return tried
  const sealed = box && Object.keys(secrets).length > 0 ? box.seal(JSON.stringify(secrets), device.id) : null
  const id = o.id ?? uuidv7(Date.parse(o.at), randomBytes(10))
  return accept({ id, deviceId: device.id, tripId: o.tripId, name, params, secrets: sealed, askedBy: o.by, askedAt: o.at, expiresAt: o.until })
}

/** Queues commands in the caller's transaction; all of them or none. */
export const queueCommands = async (
  tx: Tx,
  box: SecretBox | null,
  order: Order,
  commands: readonly Pick<NewCommand, 'name' | 'params'>[],
): Promise<Outcome<NewCommand[]>> => {
  const rows: NewCommand[] = []
  for (const command of commands) {
    const row = await rowOf(tx, box, order, command)
    if (!row.ok) return row
    rows.push(row.value)
  }
  await insertCommands(tx, rows)
  return accept(rows)
}

/** Tells every gateway that something waits for a device; the one that is connected with it sends it. */
export const tellWaiting = ({ bus }: Pick<SupervisionDeps, 'bus'>, c: Pick<CommandRow, 'id' | 'deviceId' | 'tripId'>, office: string | null): void =>
  bus.announce({ topic: 'command', id: c.id, deviceId: c.deviceId, tripId: c.tripId, office })

const command = 'supervision:seal:command'

/** Gives a command to a seal of one's office. Answers with what was queued, in its order. */
export const giveCommand = async (
  deps: SupervisionDeps,
  asking: Asking,
  deviceId: string,
  given: GiveCommand,
): Promise<Outcome<{ ids: string[] }>> => {
  let office: string | null = null
  const outcome = await once<{ ids: string[] }>(deps.sql, commandOf(asking, 'device.command', { kind: 'device', id: deviceId }), async (tx) => {
    const device = await findDevice(tx, deviceId)
    if (!device || !officeAllowed(asking.principal, device.office)) return refuse(error('supervision.device_unknown', '/id', { id: deviceId }))
    if (!officeAllowed(asking.principal, device.office, command)) return refuse(error('access.denied', '', { permission: command }))
    const { steppedUpUntil } = asking.principal
    if (isSensitive(given.name) && (steppedUpUntil === null || steppedUpUntil <= asking.now)) return refuse(error('identity.step_up_required'))
    const trip = given.tripId === null ? null : await findTrip(tx, given.tripId)
    if (given.tripId !== null && !trip?.seals.some((s) => s.sealId === deviceId))
      return refuse(error('supervision.trip_unknown', '/tripId', { id: given.tripId }))
    const expanded = expand(given)
    if (!expanded.ok) return expanded
    office = device.office
    const until = later(asking.now, given.minutes * 60_000)
    const order = { device, tripId: given.tripId, by: asking.principal.name, at: asking.now, until }
    const queued = await queueCommands(tx, boxOf(deps), order, expanded.value)
    if (!queued.ok) return queued
    const ids = queued.value.map((c) => c.id)
    return accept({ body: { payload: given, facts: {}, events: [{ type: 'device.command-queued', name: given.name, ids, until }] }, reply: { ids } })
  })
  if (outcome.ok) for (const id of outcome.value.ids) tellWaiting(deps, { id, deviceId, tripId: given.tripId }, office)
  return outcome
}

/** Takes back a command that has not been sent. */
export const takeBack = async (deps: SupervisionDeps, asking: Asking, id: string): Promise<Outcome<{ id: string }>> => {
  const found = await findCommand(deps.sql, id, asking.now)
  if (!found || !officeAllowed(asking.principal, found.office, command)) return refuse(error('supervision.command_gone', '/id'))
  const outcome = await once<{ id: string }>(
    deps.sql,
    commandOf(asking, 'device.command-withdraw', { kind: 'device', id: found.deviceId }),
    async (tx) =>
      (await withdrawCommand(tx, id))
        ? accept({ body: { payload: { id }, facts: {}, events: [{ type: 'device.command-withdrawn', id, name: found.name }] }, reply: { id } })
        : refuse(error('supervision.command_gone', '/id')),
  )
  if (outcome.ok) tellWaiting(deps, found, found.office)
  return outcome
}

/** Keeps the password that somebody has set at the seal by hand; the journal learns that it was kept, and not which. */
export const keepPassword = (deps: SupervisionDeps, asking: Asking, deviceId: string, password: string): Promise<Outcome<{ id: string }>> =>
  once(deps.sql, commandOf(asking, 'device.keep-password', { kind: 'device', id: deviceId }), async (tx) => {
    const device = await findDevice(tx, deviceId)
    const manage = 'supervision:device:manage'
    if (!device || !officeAllowed(asking.principal, device.office, manage))
      return refuse(error('supervision.device_unknown', '/id', { id: deviceId }))
    const { steppedUpUntil } = asking.principal
    if (steppedUpUntil === null || steppedUpUntil <= asking.now) return refuse(error('identity.step_up_required'))
    const box = boxOf(deps)
    if (!box || password === factoryPassword) return refuse(error('supervision.seal_factory_password', '/password'))
    await saveSecret(tx, deviceId, 'static', box.seal(password, deviceId), asking.now)
    return accept({ body: { payload: {}, facts: {}, events: [{ type: 'device.password-kept' }] }, reply: { id: deviceId } })
  })
