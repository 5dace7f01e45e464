/**
 * The door for devices: TCP and UDP listeners, one protocol a port. What a device sends is acknowledged after its commit and never
 * before. Half frames, endless frames, strangers and copies are refused and counted; nothing that arrives ends the process.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { createServer, type Server, type Socket } from 'node:net'
import { instantOf } from '#kernel/time.ts'
import type { Deps } from '#platform/module.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import type { Connection, Decoded, Protocol } from '../protocols/codec.ts'
import { openConnection, protocolOf } from '../protocols/index.ts'
import type { SealRecord } from '../schema/record.ts'
import { findByAlias, type Registered } from '../store/devices.ts'
import { ensureMonths, type Frame } from '../store/positions.ts'
import { connectionsOpen, refusedTotal } from './metrics.ts'
import { commandTrip } from './trips.ts'
import type { Arrival, Watcher } from './watcher.ts'

export type Listen = { protocol: string; port: number }
export type GatewayOptions = { host: string; listen: readonly Listen[]; limits?: Partial<Limits> }
export type Limits = {
  connections: number
  /** a peer that sends bytes which never become a frame is hung up after this */
  halfFrameMs: number
  idleMs: number
  /** arrivals in a batch, and bytes of one connection that wait for their commit */
  batch: number
  waitingBytes: number
}
const standard: Limits = { connections: 20_000, halfFrameMs: 30_000, idleMs: 45 * 60_000, batch: 4000, waitingBytes: 256 * 1024 }

type Work = { frame: Frame; records: SealRecord[]; reply: (ok: boolean) => void }
export type Gateway = { ports: Record<string, number>; idle: () => Promise<void>; close: () => Promise<void> }

const refuse = (reason: string): void => refusedTotal.inc({ reason })
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

/** Works off what has come: live records before replays, so that a backlog delays no alarm. */
const createQueue = (deps: Deps, watcher: Watcher, limits: Limits) => {
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
      while (n < queue.length && records < limits.batch) records += queue[n++]!.records.length
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
    const answers = batch.map((w) => {
      let ok = true
      for (const record of w.records) {
        const device = admit(known, record.protocol, record)
        if (typeof device === 'string') {
          refuse(device)
          ok = false
        } else arrivals.push({ device, record, receivedMs: Date.parse(w.frame.receivedAt) })
      }
      return { w, ok }
    })
    await watcher.take({ frames: answers.filter((a) => a.ok && a.w.records.length > 0).map((a) => a.w.frame), arrivals })
    for (const { w, ok } of answers) w.reply(ok)
    if (arrivals.length > 0) cry()
  }
  const run = async (): Promise<void> => {
    for (let batch = next(); batch.length > 0; batch = next())
      try {
        await work(batch)
      } catch (fault) {
        // Not committed, so not acknowledged: the devices send it again.
        deps.log.error({ err: fault }, 'a batch of device records was not kept')
        for (const w of batch) w.reply(false)
      }
  }
  /** A second lane while much is waiting: it prepares a batch while the first one's is with the database. The watcher commits one after the other; no result depends on which comes first. */
  const start = (): void => {
    if (running.size >= 2 || (running.size === 1 && backlog() < limits.batch / 8)) return
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
type Queue = ReturnType<typeof createQueue>

/** Bytes of a device into work; answers whether anything whole was in them. */
const receive = (
  connection: Connection,
  queue: Queue,
  given: { protocol: Protocol; peer: string; bytes: Uint8Array },
  send: (decoded: Decoded | null) => void,
): boolean => {
  const now = instantOf(Date.now())
  const decoded = connection.receive(given.bytes, now)
  for (const issue of decoded.issues) refuse(issue.code.replace('supervision.', ''))
  if (decoded.issues.some((i) => i.code === 'supervision.frame_too_long')) {
    send(null)
    return false
  }
  if (decoded.records.length === 0 && decoded.replies.length === 0) return false
  const frame = { receivedAt: now, protocol: given.protocol.name, peer: given.peer, bytes: given.bytes }
  queue.add({ frame, records: decoded.records, reply: (ok) => send(ok ? decoded : null) })
  return true
}

const wireOf = (protocol: Protocol, decoded: Decoded): Uint8Array[] => decoded.replies.map((r) => (protocol.wire ? protocol.wire(r) : r))

const serveTcp = (protocol: Protocol, queue: Queue, limits: Limits, open: Set<Socket>): Server =>
  createServer({ noDelay: true }, (socket) => {
    if (open.size >= limits.connections) {
      refuse('too-many-connections')
      socket.destroy()
      return
    }
    open.add(socket)
    connectionsOpen.set(open.size)
    const connection = openConnection(protocol)
    const peer = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`
    let half: NodeJS.Timeout | null = null
    let waiting = 0
    const slow = (): void => {
      refuse('half-frame')
      socket.destroy()
    }
    socket.setTimeout(limits.idleMs, () => socket.destroy())
    socket.on('data', (bytes) => {
      half ??= setTimeout(slow, limits.halfFrameMs).unref()
      waiting += bytes.length
      if (waiting > limits.waitingBytes) socket.pause()
      const whole = receive(connection, queue, { protocol, peer, bytes }, (decoded) => {
        waiting -= bytes.length
        if (decoded === null) return void socket.destroy()
        for (const reply of wireOf(protocol, decoded)) if (socket.writable) socket.write(reply)
        if (waiting <= limits.waitingBytes) socket.resume()
      })
      if (whole) {
        clearTimeout(half)
        half = null
      } else waiting -= bytes.length
    })
    // A device that is gone says so in many ways; what it sent is kept all the same.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      if (half) clearTimeout(half)
      open.delete(socket)
      connectionsOpen.set(open.size)
    })
  })

const serveUdp = (protocol: Protocol, queue: Queue): UdpSocket => {
  const socket = createSocket('udp4')
  socket.on('message', (bytes, from) => {
    const send = (decoded: Decoded | null): void => {
      if (decoded) for (const reply of wireOf(protocol, decoded)) socket.send(reply, from.port, from.address)
    }
    receive(openConnection(protocol), queue, { protocol, peer: `${from.address}:${from.port}`, bytes }, send)
  })
  socket.on('error', () => refuse('udp'))
  return socket
}

const listening = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve((server.address() as { port: number }).port))
  })

/** Opens the listeners. A port of 0 takes any free one; `ports` tells which. */
export const startGateway = async (deps: Deps, watcher: Watcher, options: GatewayOptions): Promise<Gateway> => {
  const limits = { ...standard, ...options.limits }
  const queue = createQueue(deps, watcher, limits)
  const open = new Set<Socket>()
  const ports: Record<string, number> = {}
  const servers: Server[] = []
  const datagrams: UdpSocket[] = []
  await ensureMonths(deps.sql, deps.clock())
  for (const { protocol: name, port } of options.listen) {
    const protocol = protocolOf(name)
    if (!protocol) throw new RangeError(`no protocol ${name}`)
    const server = serveTcp(protocol, queue, limits, open)
    servers.push(server)
    ports[name] = await listening(server, port, options.host)
    if (!protocol.transports.includes('udp')) continue
    const datagram = serveUdp(protocol, queue)
    datagrams.push(datagram)
    await new Promise<void>((resolve) => datagram.bind(ports[name], options.host, resolve))
  }
  const regularly = (ms: number, what: string, work: () => Promise<unknown>): NodeJS.Timeout =>
    setInterval(() => void work().catch((fault: unknown) => deps.log.error({ err: fault }, `${what}: not done`)), ms).unref()
  const timers = [
    regularly(60_000, 'look for silent seals', watcher.sweep),
    regularly(86_400_000, 'make room for the months to come', () => ensureMonths(deps.sql, deps.clock())),
    regularly(5000, 'note departures', async () => {
      for (const id of watcher.departed())
        await commandTrip(deps, { principal: systemPrincipal('Supervision'), key: null, now: deps.clock() }, id, { name: 'depart' })
    }),
  ]
  const unlisten = deps.bus.listen(({ topic, id }) => {
    if (topic === 'device') queue.forget()
    if (topic === 'trip') void watcher.refresh(id).catch((fault: unknown) => deps.log.error({ err: fault }, 'a trip was not taken up'))
  })
  return {
    ports,
    idle: queue.idle,
    close: async () => {
      for (const timer of timers) clearInterval(timer)
      unlisten()
      for (const socket of open) socket.destroy()
      for (const d of datagrams) d.close()
      await Promise.all(servers.map((s) => new Promise((resolve) => s.close(resolve))))
      await queue.idle()
    },
  }
}
