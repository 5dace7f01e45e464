/**
 * Does our side of a protocol treat a model's captures as its vendor says? Each capture is read and acknowledged; then all of them come
 * in pieces, in one write, broken, twice, in another order, and as a backlog. Pure: the same captures give the same checks.
 */
import { canonicalJson } from '#kernel/canonical-json.ts'
import { seeded } from '#kernel/random.ts'
import { Check } from 'typebox/value'
import { contentOf } from '../record-text.ts'
import type { Capture, ConformanceCheck } from '../schema/certificate.ts'
import { SealRecord } from '../schema/record.ts'
import { ascii, fromHex, hexOf } from './bytes.ts'
import { type Connection, type Decoded, openConnection, type Protocol } from './codec.ts'

/** What a check found; `difference` is null when it passed. */
type Finding = { cases: number; difference: string | null }
export type PlannedCheck = Pick<ConformanceCheck, 'id' | 'capture'> & { run: () => Finding }

const backlogRecords = 20_000
const mutations = 2000
const pieceSizes = [1, 2, 3, 7, 16] as const
const nearlyEqual = 1e-6

/** The bytes of a capture; null where its hex is none. */
const bytesOf = (c: Capture): Uint8Array | null => (c.encoding === 'hex' ? fromHex(c.frame) : ascii(c.frame))

const whole = (connection: Connection, bytes: Uint8Array, now: string): Decoded => {
  const [found, rest] = [connection.receive(bytes, now), connection.flush(now)]
  return {
    records: [...found.records, ...rest.records],
    replies: [...found.replies, ...rest.replies],
    issues: [...found.issues, ...rest.issues],
  }
}

const same = (got: unknown, wanted: unknown): boolean =>
  typeof got === 'number' && typeof wanted === 'number' ? Math.abs(got - wanted) < nearlyEqual : canonicalJson(got) === canonicalJson(wanted)

const differenceOf = (c: Capture, { records, issues }: Decoded): string | null => {
  if (issues.length > 0) return issues.map((i) => i.code).join(', ')
  if (records.length !== c.records.length) return `records: ${records.length}, expected ${c.records.length}`
  for (const [n, wanted] of c.records.entries()) {
    const record = records[n]!
    if (!Check(SealRecord, record)) return `record ${n + 1} breaks its schema`
    for (const [field, value] of Object.entries(wanted)) {
      const got = (record as Record<string, unknown>)[field] ?? null
      if (!same(got, value)) return `record ${n + 1}, ${field}: ${JSON.stringify(got)}, expected ${JSON.stringify(value)}`
    }
  }
  return null
}

const contents = (records: readonly SealRecord[]): string[] => records.map(contentOf)
const firstUnequal = (found: readonly string[], wanted: readonly string[], what: string): string | null => {
  if (found.length !== wanted.length) return `${what}: ${found.length} records, expected ${wanted.length}`
  const at = found.findIndex((one, n) => one !== wanted[n])
  return at < 0 ? null : `${what}: record ${at + 1} differs`
}

type Stream = { protocol: Protocol; frames: readonly Uint8Array[]; now: string }

const inOrder = ({ protocol, frames, now }: Stream): Decoded => {
  const connection = openConnection(protocol)
  const all = frames.map((frame) => whole(connection, frame, now))
  return { records: all.flatMap((a) => a.records), replies: all.flatMap((a) => a.replies), issues: all.flatMap((a) => a.issues) }
}

const inPieces = (s: Stream): Finding => {
  // Whole first: protocols whose last frame ends by silence end it here too.
  const stream = Buffer.concat(s.frames)
  const wanted = contents(whole(openConnection(s.protocol), stream, s.now).records)
  for (const size of pieceSizes) {
    const connection = openConnection(s.protocol)
    const records: SealRecord[] = []
    for (let at = 0; at < stream.length; at += size) records.push(...connection.receive(stream.subarray(at, at + size), s.now).records)
    records.push(...connection.flush(s.now).records)
    const difference = firstUnequal(contents(records), wanted, `pieces of ${size} bytes`)
    if (difference) return { cases: pieceSizes.length, difference }
  }
  return { cases: pieceSizes.length, difference: null }
}

const merged = (s: Stream): Finding => {
  const wanted = inOrder(s)
  const found = whole(openConnection(s.protocol), Buffer.concat(s.frames), s.now)
  return {
    cases: s.frames.length,
    difference:
      firstUnequal(contents(found.records), contents(wanted.records), 'one write') ??
      (found.replies.map(hexOf).join() === wanted.replies.map(hexOf).join() ? null : 'answers differ in one write'),
  }
}

const corrupt = (s: Stream): Finding => {
  const random = seeded(20_260_305, 'corrupt')
  for (let n = 0; n < mutations; n++) {
    const connection = openConnection(s.protocol)
    const frame = Buffer.from(s.frames[Math.floor(random.next() * s.frames.length)]!)
    for (let k = 1 + Math.floor(random.next() * 6); k > 0; k--) frame[Math.floor(random.next() * frame.length)] = Math.floor(random.next() * 256)
    const sent = frame.subarray(0, Math.ceil(random.next() * frame.length))
    const broken = whole(connection, sent, s.now).records.find((r) => !Check(SealRecord, r))
    if (broken) return { cases: n + 1, difference: `a broken frame gave a record against its schema: ${hexOf(sent).slice(0, 120)}` }
  }
  return { cases: mutations, difference: null }
}

/** Frames follow on noise: within three of them, or once the half frame is given up, the reader has found its feet. */
const recovery = (s: Stream): Finding => {
  const telling = s.frames.filter((frame) => whole(openConnection(s.protocol), frame, s.now).records.length > 0)
  for (const [n, frame] of telling.entries()) {
    const connection = openConnection(s.protocol)
    const noise = Uint8Array.from({ length: 40 }, (_, at) => (at * 37 + n) % 23)
    connection.receive(noise, s.now)
    let found = 0
    for (let times = 0; times < 3; times++) found += connection.receive(frame, s.now).records.length
    found += connection.flush(s.now).records.length
    found += whole(connection, frame, s.now).records.length
    if (found === 0) return { cases: n + 1, difference: `nothing was read after noise before frame ${n + 1}` }
  }
  return { cases: telling.length, difference: null }
}

/** A device that heard no answer sends again: each copy is answered, and its content is the same, by which it is kept once. */
const duplicates = (s: Stream): Finding => {
  const connection = openConnection(s.protocol)
  for (const [n, frame] of s.frames.entries()) {
    const [first, second] = [whole(connection, frame, s.now), whole(connection, frame, s.now)]
    const difference = firstUnequal(contents(second.records), contents(first.records), `copy of frame ${n + 1}`)
    if (difference) return { cases: n + 1, difference }
    if (first.replies.length !== second.replies.length) return { cases: n + 1, difference: `the copy of frame ${n + 1} is not answered alike` }
  }
  return { cases: s.frames.length, difference: null }
}

const shuffled = (s: Stream): Finding => {
  const random = seeded(7, 'shuffled')
  // Who a device is, and its zone, it says at the beginning of a connection: that stays first.
  const opening = s.frames.filter((frame) => whole(openConnection(s.protocol), frame, s.now).records.every((r) => r.kind === 'login'))
  const others = s.frames.filter((frame) => !opening.includes(frame))
  const wanted = contents(inOrder({ ...s, frames: [...opening, ...others] }).records).toSorted()
  const orders = 20
  for (let n = 0; n < orders; n++) {
    const order = others.map((frame) => ({ frame, at: random.next() })).toSorted((a, b) => a.at - b.at)
    const found = contents(inOrder({ ...s, frames: [...opening, ...order.map((o) => o.frame)] }).records).toSorted()
    const difference = firstUnequal(found, wanted, `order ${n + 1}`)
    if (difference) return { cases: n + 1, difference }
  }
  return { cases: orders, difference: null }
}

const backlog = (s: Stream): Finding => {
  const once = inOrder(s).records.length
  if (once === 0) return { cases: 0, difference: 'no capture tells a record' }
  const connection = openConnection(s.protocol)
  let records = 0
  for (let n = 0; records < backlogRecords; n++) {
    const found = whole(connection, s.frames[n % s.frames.length]!, s.now)
    records += found.records.length
  }
  return { cases: records, difference: null }
}

const streamChecks = { pieces: inPieces, merged, corrupt, recovery, duplicates, shuffled, backlog } as const

/**
 * The checks of a run, in order, each to be run once; `now` stands for the time of receipt. Captures of the list that are not of this
 * protocol are the caller's matter.
 */
export const planChecks = (protocol: Protocol, captures: readonly Capture[], now: string): PlannedCheck[] => {
  const connection = openConnection(protocol)
  const read = new Map<Capture, Decoded>()
  const frames = captures.map(bytesOf)
  const decoded = (c: Capture, at: number): Decoded | null => {
    const bytes = frames[at]
    if (!bytes) return null
    // In order on one connection, and once: a login tells of what follows.
    const found = read.get(c) ?? whole(connection, bytes, now)
    read.set(c, found)
    return found
  }
  const single = captures.flatMap((c, at): PlannedCheck[] => [
    {
      id: 'decode',
      capture: c.name,
      run: () => {
        const found = decoded(c, at)
        return { cases: c.records.length, difference: found ? differenceOf(c, found) : 'the frame is no hexadecimal' }
      },
    },
    {
      id: 'acknowledge',
      capture: c.name,
      run: () => {
        const answers = (decoded(c, at)?.replies ?? []).map(hexOf).join(' ')
        const wanted = c.replies.join(' ')
        return { cases: c.replies.length, difference: answers === wanted ? null : `${answers || '–'}, expected ${wanted || '–'}` }
      },
    },
  ])
  const stream: Stream = { protocol, frames: frames.filter((f) => f !== null), now }
  if (stream.frames.length === 0) return single
  const all = Object.entries(streamChecks) as [keyof typeof streamChecks, (s: Stream) => Finding][]
  return [...single, ...all.map(([id, run]): PlannedCheck => ({ id, capture: null, run: () => run(stream) }))]
}
