/**
 * What has come from devices and waits to be kept: live records before replays, so that a backlog delays no alarm. Who may report is decided
 * here; what was kept is acknowledged, answers to commands are heard, and what waits for a device is sent to it.
 */
import type { Deps } from '#platform/module.ts'
import type { SealRecord } from '../schema/record.ts'
import { findByAlias, type Registered } from '../store/devices.ts'
import type { Frame } from '../store/positions.ts'
import { conceal } from './conceal.ts'
import type { Dispatcher, Link } from './dispatcher.ts'
import type { FollowUps } from './follow-ups.ts'
import { refusedTotal } from './metrics.ts'
import type { Arrival, Watcher } from './watcher.ts'

/** `link` is the connection by which the device can be told something; null where there is none. */
export type Work = { frame: Frame; records: SealRecord[]; link: Link | null; reply: (fate: Fate) => void }
/** Committed; refused for good, and counted; or neither, so that the device is to send it again. */
export type Fate = 'kept' | 'refused' | 'not-kept'

export const refuse = (reason: string): void => refusedTotal.inc({ reason })
const imeiOf = (record: SealRecord): string | undefined => record.aliasIds.find((a) => /^\d{15}$/.test(a))

/** Who a record comes from: registered, of this protocol, in a state to report, and with its own IMEI; else why not. */
const admit = (known: ReadonlyMap<string, Registered>, protocol: string, record: SealRecord): Registered | string => {
  const id = record.deviceId
  const device = (id && known.get(id)) || record.aliasIds.map((a) => known.get(a)).find((d) => d !== undefined)
  if (!device) return 'unregistered'
  if (device.protocol !== protocol) return 'other-protocol'
  if (device.state === 'retired') return 'retired'
  const imei = imeiOf(record)
  return imei && device.imei && imei !== device.imei ? 'cloned' : device
}

const cryEveryMs = 1000
/** Tells maps that seals have reported, once a second at most: what they said is read from the board. */
const createCrier = (bus: Deps['bus']): (() => void) => {
  let timer: NodeJS.Timeout | null = null
  return () => {
    timer ??= setTimeout(() => {
      timer = null
      bus.announce({ topic: 'seals', id: '*' })
    }, cryEveryMs).unref()
  }
}

/** Works off what has come, at most `batch` records at once. */
export const createQueue = (deps: Deps, watcher: Watcher, after: { dispatcher: Dispatcher; followUps: FollowUps; batch: number }) => {
  const { dispatcher, followUps, batch: most } = after
  const waiting: { live: Work[]; replay: Work[] } = { live: [], replay: [] }
  const known = new Map<string, Registered>()
  const cry = createCrier(deps.bus)
  const running = new Set<Promise<void>>()
  const backlog = (): number => waiting.live.length + waiting.replay.length

  const next = (): Work[] => {
    const batch: Work[] = []
    let records = 0
    for (const queue of [waiting.live, waiting.replay]) {
      let n = 0
      while (n < queue.length && records < most) records += queue[n++]!.records.length
      batch.push(...queue.splice(0, n))
    }
    return batch
  }
  const learn = async (batch: readonly Work[]): Promise<void> => {
    const names = new Set(batch.flatMap((w) => w.records.flatMap((r) => [...(r.deviceId ? [r.deviceId] : []), ...r.aliasIds])))
    const unknown = [...names].filter((n) => !known.has(n))
    if (unknown.length > 0) for (const [alias, device] of await findByAlias(deps.sql, unknown)) known.set(alias, device)
  }
  const work = async (batch: readonly Work[]): Promise<void> => {
    await learn(batch)
    const arrivals: Arrival[] = []
    const contacts: { device: Registered; link: Link }[] = []
    const answers = batch.map((w) => {
      let ok = true
      for (const record of w.records) {
        const device = admit(known, record.protocol, record)
        if (typeof device === 'string') {
          refuse(device)
          ok = false
        } else {
          arrivals.push({ device, record, receivedMs: Date.parse(w.frame.receivedAt) })
          if (w.link) contacts.push({ device, link: w.link })
        }
      }
      return { w, ok }
    })
    const secrets = conceal(batch, arrivals)
    await watcher.take({ frames: answers.filter((a) => a.ok && a.w.records.length > 0).map((a) => a.w.frame), arrivals })
    for (const { w, ok } of answers) w.reply(ok ? 'kept' : 'refused')
    if (arrivals.length > 0) cry()
    // What was kept is acknowledged whatever becomes of commands: those are sent again.
    try {
      await dispatcher.heard(arrivals, secrets)
      for (const { device, link } of contacts) await dispatcher.contact(device.id, link)
      await followUps.reported(arrivals.map((a) => a.device.id))
    } catch (fault) {
      deps.log.error({ err: fault }, 'commands to devices were not delivered or their answers not read')
    }
  }
  const run = async (): Promise<void> => {
    for (let batch = next(); batch.length > 0; batch = next())
      try {
        await work(batch)
      } catch (fault) {
        // Not committed, so not acknowledged: the devices send it again.
        deps.log.error({ err: fault }, 'a batch of device records was not kept')
        for (const w of batch) w.reply('not-kept')
      }
  }
  /** A second lane while much is waiting: it prepares a batch while the first one's is with the database. The watcher commits one after the other; no result depends on which comes first. */
  const start = (): void => {
    if (running.size >= 2 || (running.size === 1 && backlog() < most / 8)) return
    const lane: Promise<void> = new Promise((resolve) => setImmediate(resolve)).then(run).finally(() => running.delete(lane))
    running.add(lane)
  }
  return {
    add: (w: Work): void => {
      const replay = w.records.length > 0 && w.records.every((r) => r.origin === 'replay' || r.origin === 'subNew')
      waiting[replay ? 'replay' : 'live'].push(w)
      start()
    },
    forget: (): void => known.clear(),
    idle: async (): Promise<void> => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
export type Queue = ReturnType<typeof createQueue>
