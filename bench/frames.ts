/**
 * Mutated frames of every protocol, `--times` million of them (10 unless told), several on a connection. Counted: what was thrown,
 * records that break their schema or lie off the globe, true frames that are understood otherwise after the noise, and the growth of the
 * heap. Yardstick of the same run: the same frames as they came.
 */
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Random, seeded } from '#kernel/random.ts'
import { Compile } from 'typebox/compile'
import { ascii, fromHex } from '../src/modules/supervision/protocols/bytes.ts'
import type { Decoded, Protocol } from '../src/modules/supervision/protocols/codec.ts'
import { openConnection, protocolOf } from '../src/modules/supervision/protocols/index.ts'
import { SealRecord } from '../src/modules/supervision/schema/record.ts'

const now = '2026-03-05T15:00:00.000Z'
const framesOfConnection = 8
const atOnce = 4000
const file = new URL('../src/modules/supervision/protocols/fixtures/captures.json', import.meta.url)

type Capture = { protocol: string; encoding: 'hex' | 'text'; frame: string }

/** What goes wrong on the way, or is made to: bits, bytes, ends, lengths, pieces of other frames, noise. */
const mutations: readonly ((frame: Buffer, others: readonly Buffer[], random: Random) => Buffer)[] = [
  (frame, _, random) => {
    for (let n = random.below(4); n >= 0; n--) frame[random.below(frame.length)]! ^= 1 << random.below(8)
    return frame
  },
  (frame, _, random) => {
    for (let n = random.below(6); n >= 0; n--) frame[random.below(frame.length)] = random.below(256)
    return frame
  },
  (frame, _, random) => frame.subarray(0, random.below(frame.length)),
  (frame, _, random) => frame.subarray(random.below(frame.length)),
  // Where lengths and counts stand in most protocols: giant or none.
  (frame, _, random) => frame.fill([0x00, 0xff, 0x7f, 0x80][random.below(4)]!, Math.min(frame.length, 1 + random.below(10))),
  (frame, others, random) => {
    const other = others[random.below(others.length)]!
    return Buffer.concat([frame.subarray(0, random.below(frame.length)), other.subarray(random.below(other.length))])
  },
  (frame, _, random) => Buffer.concat([frame, frame.subarray(random.below(frame.length))]),
  (frame, _, random) => Buffer.from(Uint8Array.from({ length: frame.length }, () => random.below(256))),
]

type Count = { frames: number; thrown: number; broken: number; deaf: number; records: number; issues: Record<string, number>; first: string | null }

const onGlobe = ({ lat, lon }: SealRecord): boolean => (lat === null || Math.abs(lat) <= 90) && (lon === null || Math.abs(lon) <= 180)
const schema = Compile(SealRecord)

const note = (count: Count, found: Decoded): void => {
  count.records += found.records.length
  for (const issue of found.issues) count.issues[issue.code] = (count.issues[issue.code] ?? 0) + 1
  for (const record of found.records) if (!onGlobe(record) || !schema.Check(record)) count.broken++
}

/** One connection of mutated frames; after them a new one of the same kind must still understand a true frame. */
const torment = (protocol: Protocol, true_: readonly Buffer[], random: Random, count: Count): void => {
  const connection = openConnection(protocol)
  for (let n = 0; n < framesOfConnection; n++) {
    const frame = Buffer.from(true_[random.below(true_.length)]!)
    const sent = mutations[random.below(mutations.length)]!(frame, true_, random)
    count.frames++
    try {
      note(count, connection.receive(sent, now))
      if (random.below(2) === 0) note(count, connection.flush(now))
    } catch (fault) {
      count.thrown++
      count.first ??= `${protocol.name} ${sent.toString('hex')}: ${String(fault)}`
    }
  }
}

const understood = (protocol: Protocol, frame: Buffer): boolean => {
  const connection = openConnection(protocol)
  const [found, rest] = [connection.receive(frame, now), connection.flush(now)]
  return found.records.length + rest.records.length + found.replies.length + rest.replies.length > 0
}

const heapMb = (): number => {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  return process.memoryUsage().heapUsed / 1e6
}

/** Frames a second as they came, without mutation: what the noise is compared with. */
const plain = (own: ReadonlyMap<string, Buffer[]>): number => {
  const [began, count] = [performance.now(), { frames: 0 }]
  for (let round = 0; round < 400; round++)
    for (const [name, frames] of own) {
      const connection = openConnection(protocolOf(name)!)
      for (const frame of frames) {
        for (const record of connection.receive(frame, now).records) schema.Check(record)
        connection.flush(now)
        count.frames++
      }
    }
  return Math.round(count.frames / ((performance.now() - began) / 1000))
}

export const bench = async ({ times }: { times?: string }): Promise<Record<string, unknown>> => {
  const millions = Number(times ?? 10)
  const { captures } = JSON.parse(readFileSync(file, 'utf8')) as { captures: Capture[] }
  const bytesOf = (c: Capture): Buffer => Buffer.from(c.encoding === 'hex' ? fromHex(c.frame)! : ascii(c.frame))
  const own = new Map([...Map.groupBy(captures, (c) => c.protocol)].map(([name, all]) => [name, all.map(bytesOf).filter((b) => b.length > 0)]))
  const count: Count = { frames: 0, thrown: 0, broken: 0, deaf: 0, records: 0, issues: {}, first: null }
  plain(own) // warm
  const plainPerSecond = plain(own)
  const random = seeded(6, 'mutated frames')
  const told = [...own].map(([name, frames]) => ({ protocol: protocolOf(name)!, frames, heard: frames.map((f) => understood(protocolOf(name)!, f)) }))
  const [before, began] = [heapMb(), performance.now()]
  for (let next = 1e6; count.frames < millions * 1e6;) {
    for (const { protocol, frames } of told) for (let n = 0; n < atOnce; n += framesOfConnection) torment(protocol, frames, random, count)
    for (const { protocol, frames, heard } of told)
      for (const [i, frame] of frames.entries()) if (understood(protocol, frame) !== heard[i]) count.deaf++
    if (count.frames < next) continue
    process.stderr.write(`${Math.floor(count.frames / 1e6)} of ${millions} million\n`)
    next += 1e6
  }
  const perSecond = Math.round(count.frames / ((performance.now() - began) / 1000))
  const { first, ...counted } = count
  return {
    bench: 'frames',
    ok: count.thrown + count.broken + count.deaf === 0,
    protocols: own.size,
    ...counted,
    ...(first && { first }),
    heapGrownMb: Math.round((heapMb() - before) * 10) / 10,
    perSecond,
    yardstick: { name: 'the same frames as they came', perSecond: plainPerSecond },
    ratio: Math.round((perSecond / plainPerSecond) * 100) / 100,
  }
}
