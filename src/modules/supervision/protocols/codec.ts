/**
 * What a protocol is: one file that cuts frames off a stream and reads each of them, with its captures as its test. A connection keeps
 * what one device said of itself before (its id, its zone). Broken input is answered in issues and never throws.
 */
import { error, type Issue, warning } from '#kernel/issue.ts'
import type { Outcome } from '#kernel/outcome.ts'
import type { SealRecord } from '../schema/record.ts'

/** What a connection has learnt of its device. */
export type Session = {
  deviceId: string | null
  /** minutes east of Greenwich of the times that follow; null = as the protocol has it */
  zoneMinutes: number | null
  /** vendor's model, where layouts differ by it */
  model: string | null
}
/** What was read out of one frame: records in the frame's order, what to send back, and what was wrong with it. */
export type Decoded = { records: SealRecord[]; replies: Uint8Array[]; issues: Issue[] }

/**
 * The front of a buffer: a frame of `used` bytes, `skip` bytes that begin none, or more bytes are needed.
 * `broken` lets a reader say that what lies there can never become a frame.
 */
export type Cut = { frame: Uint8Array; used: number } | { skip: number } | 'more'

export type Command = { name: string; deviceId?: string; params: Record<string, string | number | boolean | null> }

/** What a device says to a command: whether it did it, and what it tells beside that. Passwords are not among it. */
export type Answer = { done: boolean; told: Record<string, unknown> }

export type Protocol = {
  /** the name of the command line and of the registry */
  name: string
  title: string
  transports: readonly ('tcp' | 'udp')[]
  /** longest frame in bytes; a longer one closes the connection */
  longest: number
  cut: (buffer: Uint8Array) => Cut
  decode: (frame: Uint8Array, session: Session, now: string) => Decoded
  /** What `replies` become on the wire, where frames are escaped there. */
  wire?: (frame: Uint8Array) => Uint8Array
  /** Bytes of a command to the device, as they go on the wire; refuses what would destroy evidence. */
  encode?: (command: Command) => Outcome<Uint8Array>
  /** Reads a record as the answer to a command; null when it answers something else or nothing. */
  answers?: (command: Pick<Command, 'name' | 'params'>, record: SealRecord) => Answer | null
}

/** A record of which nothing is known yet. */
export const blank = (protocol: string, deviceId: string | null): SealRecord => ({
  protocol,
  deviceId,
  aliasIds: [],
  kind: 'position',
  origin: 'live',
  serial: null,
  fixTime: null,
  eventTime: null,
  clockSuspect: false,
  valid: false,
  fixSource: 'none',
  lat: null,
  lon: null,
  altitudeM: null,
  speedKph: null,
  courseDeg: null,
  satellites: null,
  odometerKm: null,
  batteryPct: null,
  batteryV: null,
  charging: null,
  gsmSignal: null,
  cell: null,
  sealState: null,
  lockEvent: null,
  subLocks: [],
  fenceId: null,
  wakeSource: null,
  alarms: [],
  raw: {},
})

export const nothing = (...issues: Issue[]): Decoded => ({ records: [], replies: [], issues })

export const newSession = (): Session => ({ deviceId: null, zoneMinutes: null, model: null })

export type Connection = {
  session: Session
  /** Bytes as they come from the wire, in whatever pieces. */
  receive: (bytes: Uint8Array, now: string) => Decoded
  /** Takes what is left for a whole frame: where a sender leaves out the end, as in files of single frames. */
  flush: (now: string) => Decoded
}

const into = (all: Decoded, one: Decoded): void => {
  all.records.push(...one.records)
  all.replies.push(...one.replies)
  all.issues.push(...one.issues)
}

/** Reads one whole frame; what its reader trips over is an issue of that frame. */
export const decodeFrame = (protocol: Protocol, frame: Uint8Array, session: Session, now: string): Decoded => {
  try {
    return protocol.decode(frame, session, now)
  } catch (fault) {
    // A read past the end of the frame, or a date that does not exist.
    if (fault instanceof RangeError) return nothing(error('supervision.frame_broken', '', { protocol: protocol.name, bytes: frame.length }))
    throw fault
  }
}

/** Opens a connection of a protocol. */
export const openConnection = (protocol: Protocol, session: Session = newSession()): Connection => {
  let buffer: Uint8Array = new Uint8Array(0)
  const receive: Connection['receive'] = (bytes, now) => {
    buffer = buffer.length === 0 ? bytes : new Uint8Array(Buffer.concat([buffer, bytes]))
    const all = nothing()
    let skipped = 0
    for (;;) {
      if (buffer.length === 0) break
      const cut = protocol.cut(buffer)
      if (cut === 'more') break
      if ('skip' in cut) {
        skipped += cut.skip
        buffer = buffer.subarray(Math.max(1, cut.skip))
        continue
      }
      buffer = buffer.subarray(Math.max(1, cut.used))
      into(all, decodeFrame(protocol, cut.frame, session, now))
    }
    if (skipped > 0) all.issues.push(warning('supervision.bytes_skipped', '', { protocol: protocol.name, bytes: skipped }))
    if (buffer.length > protocol.longest) {
      all.issues.push(error('supervision.frame_too_long', '', { protocol: protocol.name, max: protocol.longest }))
      buffer = new Uint8Array(0)
    }
    return all
  }
  const flush: Connection['flush'] = (now) => {
    const rest = buffer
    buffer = new Uint8Array(0)
    if (rest.length === 0) return nothing()
    const found = decodeFrame(protocol, rest, session, now)
    return found.records.length > 0 || found.replies.length > 0
      ? found
      : nothing(error('supervision.frame_incomplete', '', { protocol: protocol.name, bytes: rest.length }))
  }
  return { session, receive, flush }
}
