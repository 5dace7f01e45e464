/** TCP and UDP listeners: bytes become work, and what was kept is acknowledged. Whoever sends halves, noise or without end is hung up. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { createServer, type Server, type Socket } from 'node:net'
import { type Connection, type Decoded, newSession, type Protocol } from '../protocols/codec.ts'
import { openConnection } from '../protocols/index.ts'
import type { Link } from './dispatcher.ts'
import { connectionsOpen } from './metrics.ts'
import { type Fate, type Queue, refuse } from './queue.ts'

export type Limits = {
  connections: number
  /** a peer that sends bytes which never become a frame is hung up after this */
  halfFrameMs: number
  idleMs: number
  /** arrivals in a batch, and bytes of one connection that wait for their commit */
  batch: number
  waitingBytes: number
}

/** Bytes of a device into work; answers whether anything whole was in them. */
const receive = (
  connection: Connection,
  queue: Queue,
  given: { protocol: Protocol; peer: string; bytes: Uint8Array; now: string; link: Link | null },
  send: (decoded: Decoded | null, fate: Fate) => void,
): boolean => {
  const { now, link } = given
  const decoded = connection.receive(given.bytes, now)
  for (const issue of decoded.issues) refuse(issue.code.replace('supervision.', ''))
  if (decoded.issues.some((i) => i.code === 'supervision.frame_too_long')) {
    send(null, 'refused')
    return false
  }
  if (decoded.records.length === 0 && decoded.replies.length === 0) return false
  const frame = { receivedAt: now, protocol: given.protocol.name, peer: given.peer, bytes: given.bytes }
  queue.add({ frame, records: decoded.records, link, reply: (fate) => send(fate === 'kept' ? decoded : null, fate) })
  return true
}

const wireOf = (protocol: Protocol, decoded: Decoded): Uint8Array[] => decoded.replies.map((r) => (protocol.wire ? protocol.wire(r) : r))

/** A commit answers many frames of one connection: its answers leave in one write. */
const answer = (socket: Socket, replies: readonly Uint8Array[]): void => {
  if (replies.length === 0 || !socket.writable) return
  socket.cork()
  for (const reply of replies) socket.write(reply)
  process.nextTick(() => socket.uncork())
}

/** What a listener hands on to: the queue, the clock, and who hears of a connection that has ended. */
export type Inside = { queue: Queue; clock: () => string; closed: (link: Link) => void }

export const serveTcp = (protocol: Protocol, { queue, clock, closed }: Inside, limits: Limits, open: Set<Socket>): Server =>
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
    const link: Link = { protocol, since: clock(), devices: new Set(), write: (bytes) => void (socket.writable && socket.write(bytes)) }
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
      const whole = receive(connection, queue, { protocol, peer, bytes, now: clock(), link }, (decoded) => {
        waiting -= bytes.length
        if (decoded === null) return void socket.destroy()
        answer(socket, wireOf(protocol, decoded))
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
      closed(link)
      open.delete(socket)
      connectionsOpen.set(open.size)
    })
  })

/** Datagrams: a device behind one cannot be told anything but the answer to what it sent. */
export const serveUdp = (protocol: Protocol, { queue, clock }: Inside): UdpSocket => {
  const socket = createSocket('udp4')
  socket.on('message', (bytes, from) => {
    const send = (decoded: Decoded | null): void => {
      if (decoded) for (const reply of wireOf(protocol, decoded)) socket.send(reply, from.port, from.address)
    }
    receive(openConnection(protocol), queue, { protocol, peer: `${from.address}:${from.port}`, bytes, now: clock(), link: null }, send)
  })
  socket.on('error', () => refuse('udp'))
  return socket
}

/** One device behind something that is no socket: what it sends comes in whole messages, and it is known what became of each. */
export type Line = { take: (bytes: Uint8Array) => Promise<Fate>; close: () => void }

/** A line of its own for a device; `write` carries answers and commands back. A message in which nothing whole is found is refused. */
export const openLine = (protocol: Protocol, peer: string, { queue, clock, closed }: Inside, write: (bytes: Uint8Array) => void): Line => {
  // What one message leaves unfinished is not completed by the next; who the device is stays known.
  const session = newSession()
  const link: Link = { protocol, since: clock(), devices: new Set(), write }
  return {
    take: (bytes) =>
      new Promise((resolve) => {
        const whole = receive(openConnection(protocol, session), queue, { protocol, peer, bytes, now: clock(), link }, (decoded, fate) => {
          if (decoded) for (const reply of wireOf(protocol, decoded)) write(reply)
          resolve(fate)
        })
        if (!whole) resolve('refused')
      }),
    close: () => closed(link),
  }
}

/** Answers with the port that was opened. */
export const listening = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve((server.address() as { port: number }).port))
  })
