/**
 * Delivers commands to devices that are connected here, whichever process queued them. One at a time and in their order; a command is sent
 * again when the device comes back or has not answered for a while, until it answers or its time is over. Only its own answer is success.
 */
import { later } from '#kernel/time.ts'
import { actorOf } from '#platform/command.ts'
import { inTransaction, type Tx } from '#platform/database.ts'
import { record as journal } from '#platform/journal.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import type { Answer, Command, Protocol } from '../protocols/codec.ts'
import { protocolOf } from '../protocols/index.ts'
import { devicesWaiting, expireCommands, lockSent, type Pending, saveSecret, setAnswered, takeNext } from '../store/commands.ts'
import { confirmSettings, confirmUnsent, setPasswordChanged } from '../store/devices.ts'
import { boxOf } from './commands.ts'
import type { Told } from './conceal.ts'
import type { SupervisionDeps } from './deps.ts'
import type { Arrival } from './watcher.ts'

/** A connection by which a device can be told something. */
export type Link = { protocol: Protocol; since: string; devices: Set<string>; write: (bytes: Uint8Array) => void }

const unansweredMs = 30_000
const actor = actorOf(systemPrincipal('Supervision'))

type Params = Command['params']
type Heard = { pending: Pending; answer: Answer }

export type Dispatcher = ReturnType<typeof createDispatcher>

export const createDispatcher = (deps: SupervisionDeps) => {
  const { sql, bus, log, clock } = deps
  const box = boxOf(deps)
  const links = new Map<string, Link>()
  const waiting = new Set<string>()
  const busy = new Set<string>()

  const secretsOf = (p: Pending): Params => (p.secrets && box ? (JSON.parse(box.open(p.secrets, p.deviceId)) as Params) : {})

  /** Sends what is due on the device's connection. */
  const deliver = async (deviceId: string): Promise<void> => {
    const link = links.get(deviceId)
    if (!link || !waiting.has(deviceId) || busy.has(deviceId)) return
    busy.add(deviceId)
    try {
      const now = clock()
      const unanswered = later(now, -unansweredMs)
      // What went out on a connection before this one may never have arrived.
      const resendBefore = link.since > unanswered ? link.since : unanswered
      const next = await inTransaction(sql, (tx) => takeNext(tx, deviceId, now, resendBefore))
      if (!next) return
      const made = link.protocol.encode?.({ name: next.name, deviceId, params: { ...(next.params as Params), ...secretsOf(next) } })
      if (!made?.ok) return log.error({ command: next.id, issues: made?.issues }, 'a command that was queued cannot be said')
      link.write(made.value)
      bus.announce({ topic: 'command', id: next.id, deviceId, tripId: next.tripId, sent: true })
    } finally {
      busy.delete(deviceId)
    }
  }

  /** What a confirmed command has changed about the device. */
  const settle = async (tx: Tx, { pending: p, answer: { told } }: Heard, now: string): Promise<void> => {
    if (p.name === 'interval') await confirmSettings(tx, p.deviceId, { intervalS: Number(p.params.seconds), wakeMin: Number(p.params.wakeMinutes) })
    if (p.name === 'tracking-mode') await confirmSettings(tx, p.deviceId, { tracking: told.trackingMode === true })
    if (p.name === 'query-unsent' && typeof told.unsent === 'number') await confirmUnsent(tx, p.deviceId, told.unsent, now)
    const { new: password } = p.name === 'change-password' ? secretsOf(p) : { new: null }
    if (typeof password !== 'string' || !box) return
    await saveSecret(tx, p.deviceId, 'static', box.seal(password, p.deviceId), now)
    await setPasswordChanged(tx, p.deviceId, now)
  }

  const answered = (deviceId: string, records: readonly Arrival['record'][], protocol: Protocol | undefined): Promise<Heard | null> =>
    inTransaction(sql, async (tx) => {
      const pending = await lockSent(tx, deviceId)
      const answer = pending && records.map((r) => protocol?.answers?.({ name: pending.name, params: pending.params as Params }, r)).find((a) => a)
      if (!pending || !answer) return null
      const [now, heard] = [clock(), { pending, answer }]
      await setAnswered(tx, pending.id, answer.done, answer.told, now)
      if (answer.done) await settle(tx, heard, now)
      const event = { type: 'device.command-answered', id: pending.id, name: pending.name, done: answer.done, told: answer.told }
      const body = { payload: { command: pending.id }, facts: {}, events: [event] }
      await journal(tx, { kind: 'device', id: deviceId }, { command: 'device.answer', actor, body, at: now })
      return heard
    })

  /** Reads answers among what has been kept, and keeps passwords that devices have told. */
  const heard = async (arrivals: readonly Arrival[], secrets: readonly Told[]): Promise<void> => {
    if (secrets.length > 0 && box)
      await inTransaction(sql, async (tx) => {
        for (const { deviceId, password } of secrets) await saveSecret(tx, deviceId, 'dynamic', box.seal(password, deviceId), clock())
      })
    const speaking = arrivals.filter(({ device, record }) => waiting.has(device.id) && (record.kind === 'reply' || record.kind === 'lock'))
    for (const [deviceId, said] of Map.groupBy(speaking, (a) => a.device.id)) {
      const records = said.map((a) => a.record)
      const found = await answered(deviceId, records, protocolOf(said[0]!.device.protocol))
      if (!found) continue
      bus.announce({ topic: 'command', id: found.pending.id, deviceId, tripId: found.pending.tripId, answered: true })
      await deliver(deviceId)
    }
  }

  return {
    heard,
    /** A device has reported on this connection. */
    contact: async (deviceId: string, link: Link): Promise<void> => {
      links.set(deviceId, link)
      link.devices.add(deviceId)
      await deliver(deviceId)
    },
    closed: (link: Link): void => {
      for (const deviceId of link.devices) if (links.get(deviceId) === link) links.delete(deviceId)
    },
    /** Something new waits for a device, here or elsewhere. */
    wanted: async (deviceId: string): Promise<void> => {
      waiting.add(deviceId)
      await deliver(deviceId)
    },
    /** Looks for what waits, since news may be lost, and ends what has waited too long. */
    look: async (): Promise<void> => {
      const now = clock()
      const ended = await inTransaction(sql, async (tx) => {
        const all = await expireCommands(tx, now)
        for (const { id, deviceId, name } of all) {
          const body = { payload: { command: id }, facts: {}, events: [{ type: 'device.command-expired', id, name }] }
          await journal(tx, { kind: 'device', id: deviceId }, { command: 'device.expire', actor, body, at: now })
        }
        return all
      })
      for (const { id, deviceId, tripId } of ended) bus.announce({ topic: 'command', id, deviceId, tripId, expired: true })
      const due = new Set(await devicesWaiting(sql, now))
      for (const deviceId of waiting) if (!due.has(deviceId)) waiting.delete(deviceId)
      for (const deviceId of due) {
        waiting.add(deviceId)
        await deliver(deviceId)
      }
    },
  }
}
