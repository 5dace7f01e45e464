import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Check } from 'typebox/value'
import fc from 'fast-check'
import { SealRecord } from '../schema.ts'
import { ascii, type Connection, fromHex, hexOf, openConnection, protocolNames, protocolOf } from './index.ts'

type Capture = {
  protocol: string
  name: string
  encoding: 'hex' | 'text'
  frame: string
  records: Partial<SealRecord>[]
  replies: string[]
}
const { captures } = JSON.parse(readFileSync(new URL('fixtures/captures.json', import.meta.url), 'utf8')) as { captures: Capture[] }
const now = '2026-03-05T15:00:00.000Z'
const bytesOf = (c: { encoding: string; frame: string }): Uint8Array => (c.encoding === 'hex' ? fromHex(c.frame)! : ascii(c.frame))

/** One connection for the captures of a protocol, in their order: a login tells the id and the zone of what follows. */
const connections = new Map<string, Connection>()
const connectionOf = (name: string): Connection => {
  const open = connections.get(name) ?? openConnection(protocolOf(name)!)
  connections.set(name, open)
  return open
}

for (const c of captures) {
  test(`${c.protocol}: ${c.name}`, () => {
    const connection = connectionOf(c.protocol)
    const found = connection.receive(bytesOf(c), now)
    const rest = connection.flush(now)
    const records = [...found.records, ...rest.records]
    assert.deepEqual([...found.issues, ...rest.issues], [])
    assert.equal(records.length, c.records.length)
    for (const [i, wanted] of c.records.entries())
      for (const [field, value] of Object.entries(wanted)) {
        const got = records[i]![field as keyof SealRecord]
        if (typeof value === 'number' && typeof got === 'number') assert.ok(Math.abs(got - value) < 1e-6, `${field}: ${got} and not ${value}`)
        else assert.deepEqual(got, value, field)
      }
    for (const record of records) assert.ok(Check(SealRecord, record), 'a record keeps to its schema')
    assert.deepEqual([...found.replies, ...rest.replies].map(hexOf), c.replies)
  })
}

test('every protocol has captures', () => {
  const shown = new Set(captures.map((c) => protocolOf(c.protocol)!.name))
  for (const name of protocolNames) assert.ok(shown.has(protocolOf(name)?.name ?? ''), name)
})

test('frames come out alike in whatever pieces they arrive', () => {
  for (const [name, own] of Map.groupBy(captures, (c) => c.protocol)) {
    // gl200 and eSeal frames end by a mark; captures of single frames may leave it out, a stream does not.
    const stream = Buffer.concat(own.map(bytesOf))
    const whole = openConnection(protocolOf(name)!).receive(stream, now)
    for (const size of [1, 2, 3, 7, 16]) {
      const connection = openConnection(protocolOf(name)!)
      const records: SealRecord[] = []
      for (let at = 0; at < stream.length; at += size) records.push(...connection.receive(stream.subarray(at, at + size), now).records)
      records.push(...connection.flush(now).records)
      assert.deepEqual(records, whole.records, `${name} in pieces of ${size}`)
    }
  }
})

test('mutated frames are answered and never throw, and what is read keeps to its schema', () => {
  const mutated = fc.record({
    of: fc.integer({ min: 0, max: captures.length - 1 }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ maxLength: 6 }),
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(mutated, { minLength: 1, maxLength: 4 }), (steps) => {
      const protocol = protocolOf(captures[steps[0]!.of]!.protocol)!
      const connection = openConnection(protocol)
      for (const step of steps) {
        const frame = Buffer.from(bytesOf(captures[step.of]!))
        frame.set(step.bytes.subarray(0, frame.length), Math.floor(step.at * Math.max(0, frame.length - step.bytes.length)))
        const sent = frame.subarray(0, Math.ceil(step.cut * frame.length))
        const found = connection.receive(sent, now)
        for (const record of [...found.records, ...connection.flush(now).records]) {
          assert.ok(record.lat === null || Math.abs(record.lat) <= 90)
          assert.ok(record.lon === null || Math.abs(record.lon) <= 180)
          assert.ok(Check(SealRecord, record))
        }
      }
    }),
    { numRuns: 1500, seed: 20260305 },
  )
})

test('garbage of any length leaves no memory of it behind', () => {
  for (const name of new Set(protocolNames.map((n) => protocolOf(n)?.name ?? ''))) {
    if (name === '') continue
    const connection = openConnection(protocolOf(name)!)
    const garbage = Buffer.alloc(300_000, 0x55)
    const found = connection.receive(garbage, now)
    assert.equal(found.records.length, 0)
    assert.ok(found.issues.length > 0, `${name} says that it skipped`)
  }
})

// ── real captures, where they are ────────────────────────────────────────────────────────────────────────────────────────────
type Position = { fixTime?: string; outdated?: boolean; valid: boolean; lat: number; lon: number; speedKnots: number; course: number }
type Vector = {
  frame: string
  encoding: string
  level: string
  deviceModel?: string
  deviceId?: string
  deviceIdAlternatives?: string[]
  positions: Position[]
  replies?: { hex?: string; ascii?: string }[]
}

const folder = new URL('../../../../../shared/cases/seals/', import.meta.url)
const files = ['jt600', 'eseal', 'teratrack', 'jt808', 'gt06', 'teltonika', 'gl200', 'h02', 'meitrack', 'jido', 'stl060', 'topin', 'tzone', 'xrb28']

/** Where the oracle is wrong or speaks of its own clock; each number is counted exactly, so that neither more nor fewer may differ. */
const reasons: Readonly<Record<string, { differences: number; reason: string }>> = {
  jt600: { differences: 13, reason: 'the oracle reads a binary speed as BCD and km/h as mph, and does not acknowledge WLNET' },
  jt808: { differences: 4, reason: 'the oracle takes 5501 for always fixed and 5502 for never; the frame says by its flags' },
  gt06: { differences: 1, reason: 'a reply that carries the clock' },
  teltonika: { differences: 1, reason: 'codec 7 without a position: the oracle repeats 0/0' },
  gl200: { differences: 5, reason: 'four binary messages that are not read; one id that the oracle takes from the wrong field' },
  topin: { differences: 1, reason: 'a reply that carries the clock' },
  tzone: { differences: 2, reason: 'a clock that was never set, which the oracle reads as 1999; a unit whose flags are not documented' },
  h02: { differences: 35, reason: 'replies that carry the clock, and V19 whose time the oracle replaces by its own' },
}

const agrees = (v: Vector, records: SealRecord[], replies: string[]): boolean => {
  const wanted = (v.replies ?? []).map((r) => r.hex ?? Buffer.from(r.ascii!, 'latin1').toString('hex'))
  if (wanted.join() !== replies.join()) return false
  if (v.level === 'must-be-null') return records.every((r) => r.lat === null && r.fixTime === null)
  return records.length === v.positions.length && v.positions.every((p, i) => alike(v, p, records[i]!))
}
const alike = (v: Vector, p: Position, r: SealRecord): boolean =>
  (!v.deviceId || [v.deviceId, ...(v.deviceIdAlternatives ?? [])].includes(r.deviceId ?? '')) &&
  (p.outdated === true ||
    (r.fixTime === p.fixTime &&
      r.valid === p.valid &&
      Math.abs((r.lat ?? NaN) - p.lat) <= 1e-6 &&
      Math.abs((r.lon ?? NaN) - p.lon) <= 1e-6 &&
      Math.abs((r.speedKph ?? 0) - p.speedKnots * 1.852) <= 0.1 &&
      Math.abs((r.courseDeg ?? 0) - p.course) <= 0.1))

for (const file of files) {
  test(`real captures of ${file} agree`, { skip: !existsSync(folder) && 'the shared captures are not here' }, () => {
    const { vectors } = JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8')) as { vectors: Vector[] }
    const connection = openConnection(protocolOf(file)!)
    let differences = 0
    for (const v of vectors) {
      connection.session.model = v.deviceModel ?? null
      const found = connection.receive(v.encoding === 'hex' ? fromHex(v.frame)! : ascii(v.frame), now)
      const rest = connection.flush(now)
      if (!agrees(v, [...found.records, ...rest.records], [...found.replies, ...rest.replies].map(hexOf))) differences++
    }
    const allowed = reasons[file]?.differences ?? 0
    assert.equal(
      differences,
      allowed,
      `${file}: ${vectors.length - differences} of ${vectors.length} agree; ${reasons[file]?.reason ?? 'all should'}`,
    )
  })
}
