/**
 * The door for devices: TCP and UDP listeners, one protocol a port. What a device sends is acknowledged after its commit and never
 * before. Half frames, endless frames, strangers and copies are refused and counted; nothing that arrives ends the process.
 */
import type { Socket as UdpSocket } from 'node:dgram'
import type { Server, Socket } from 'node:net'
import type { Protocol } from '../protocols/codec.ts'
import { protocolOf } from '../protocols/index.ts'
import { ensureMonths } from '../store/positions.ts'
import type { SupervisionDeps } from './deps.ts'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'
import { type Inside, type Limits, type Line, listening, openLine, serveTcp, serveUdp } from './doors.ts'
import { createFollowUps, type FollowUps } from './follow-ups.ts'
import { createQueue, type Queue } from './queue.ts'
import type { Watcher } from './watcher.ts'

export type Listen = { protocol: string; port: number }
export type GatewayOptions = { host: string; listen: readonly Listen[]; limits?: Partial<Limits> }
const standard: Limits = { connections: 20_000, halfFrameMs: 30_000, idleMs: 45 * 60_000, batch: 4000, waitingBytes: 256 * 1024 }

export type Gateway = {
  ports: Record<string, number>
  /** a line for a device that comes by another way than a port; `protocol` is known */
  line: (protocol: Protocol, peer: string, write: (bytes: Uint8Array) => void) => Line
  idle: () => Promise<void>
  close: () => Promise<void>
}

/** Opens the listeners. A port of 0 takes any free one; `ports` tells which. */
export const startGateway = async (deps: SupervisionDeps, watcher: Watcher, options: GatewayOptions): Promise<Gateway> => {
  const limits = { ...standard, ...options.limits }
  const dispatcher = createDispatcher(deps)
  const followUps = createFollowUps(deps, watcher)
  const queue = createQueue(deps, watcher, { dispatcher, followUps, batch: limits.batch })
  const inside: Inside = { queue, clock: deps.clock, closed: dispatcher.closed }
  const open = new Set<Socket>()
  const ports: Record<string, number> = {}
  const servers: Server[] = []
  const datagrams: UdpSocket[] = []
  await ensureMonths(deps.sql, deps.clock())
  await followUps.learn()
  for (const { protocol: name, port } of options.listen) {
    const protocol = protocolOf(name)
    if (!protocol) throw new RangeError(`no protocol ${name}`)
    const server = serveTcp(protocol, inside, limits, open)
    servers.push(server)
    ports[name] = await listening(server, port, options.host)
    if (!protocol.transports.includes('udp')) continue
    const datagram = serveUdp(protocol, inside)
    datagrams.push(datagram)
    await new Promise<void>((resolve) => datagram.bind(ports[name], options.host, resolve))
  }
  const stop = keepUp(deps, { watcher, dispatcher, followUps, queue })
  return {
    ports,
    line: (protocol, peer, write) => openLine(protocol, peer, inside, write),
    idle: queue.idle,
    close: async () => {
      stop()
      for (const socket of open) socket.destroy()
      for (const d of datagrams) d.close()
      await Promise.all(servers.map((s) => new Promise((resolve) => s.close(resolve))))
      await queue.idle()
    },
  }
}

type Parts = { watcher: Watcher; dispatcher: Dispatcher; followUps: FollowUps; queue: Queue }

/** What is done by the clock, and at once where news of it comes. Answers how to stop. */
const keepUp = (deps: SupervisionDeps, { watcher, dispatcher, followUps, queue }: Parts): (() => void) => {
  const safely = (what: string, work: () => Promise<unknown>): void =>
    void work().catch((fault: unknown) => deps.log.error({ err: fault }, `${what}: not done`))
  const regularly = (ms: number, what: string, work: () => Promise<unknown>): NodeJS.Timeout => setInterval(() => safely(what, work), ms).unref()
  const timers = [
    regularly(10_000, 'look at the clock for silent seals and limits that ran out', watcher.sweep),
    regularly(86_400_000, 'make room for the months to come', () => ensureMonths(deps.sql, deps.clock())),
    regularly(5000, 'note departures, armings and discharges', followUps.look),
    regularly(5000, 'look for commands that wait', dispatcher.look),
  ]
  const unlisten = deps.bus.listen((news) => {
    const { topic, id } = news
    if (topic === 'device') queue.forget()
    if (topic === 'command') safely('deliver a command', () => dispatcher.wanted(String(news['deviceId'])))
    if (topic === 'corridor') safely('take up a corridor', () => watcher.recharted(id))
    if (topic !== 'trip') return
    safely('take up a trip', () => watcher.refresh(id))
    safely('take up what a trip waits for', followUps.learn)
  })
  return () => {
    for (const timer of timers) clearInterval(timer)
    unlisten()
  }
}
