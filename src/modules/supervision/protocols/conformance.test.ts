import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Capture } from '../schema/certificate.ts'
import type { Protocol } from './codec.ts'
import { planChecks } from './conformance.ts'
import { protocolOf } from './index.ts'

const { captures } = JSON.parse(readFileSync(new URL('fixtures/captures.json', import.meta.url), 'utf8')) as { captures: Capture[] }
const now = '2026-03-05T15:00:00.000Z'
const run = (protocol: Protocol, own: readonly Capture[]) =>
  planChecks(protocol, own, now).map(({ id, capture, run: look }) => ({ id, capture, ...look() }))
const failed = (protocol: Protocol, own: readonly Capture[]): string[] => run(protocol, own).flatMap((c) => (c.difference === null ? [] : [c.id]))

test('every protocol conforms to its shipped captures', () => {
  for (const [name, own] of Map.groupBy(captures, (c) => c.protocol)) assert.deepEqual(failed(protocolOf(name)!, own), [], name)
})

const jt701 = protocolOf('jt701')!
const own = captures.filter((c) => c.protocol === 'jt701')

test('a run says what differs: a wrong value, a missing answer, text that is no frame', () => {
  const moved = own.map((c, n) => (n === 0 ? { ...c, records: [{ ...c.records[0], lat: 1 }] } : c))
  const [decode] = run(jt701, moved)
  assert.match(decode!.difference!, /^record 1, lat: 41\.\d+, expected 1$/)
  assert.deepEqual(
    failed(
      jt701,
      own.map((c, n) => (n === 0 ? { ...c, replies: ['00'] } : c)),
    ),
    ['acknowledge'],
  )
  assert.deepEqual(failed(jt701, [{ ...own[0]!, frame: 'zz' }]), ['decode', 'acknowledge'])
})

test('a decoder that trips over broken input, counts copies or answers them otherwise does not conform', () => {
  const forgetful: Protocol = {
    ...jt701,
    decode: (frame, session, at) => ({
      ...jt701.decode(frame, session, at),
      replies: session.model ? [] : ((session.model = 'seen'), jt701.decode(frame, session, at).replies),
    }),
  }
  assert.ok(failed(forgetful, own).includes('duplicates'))
  const loose: Protocol = {
    ...jt701,
    decode: (frame, session, at) => {
      const found = jt701.decode(frame, session, at)
      return { ...found, records: found.records.map((r) => (r.lat !== null && Math.abs(r.lat) < 30 ? { ...r, lat: 'north' as never } : r)) }
    },
  }
  assert.ok(failed(loose, own).includes('corrupt'))
  const deaf: Protocol = { ...jt701, cut: (buffer) => (buffer[0] === 0x24 || buffer[0] === 0x28 ? jt701.cut(buffer) : 'more') }
  assert.ok(failed(deaf, own.slice(0, 1)).length === 0, 'a reader that waits is given up by its half frame, and reads on')
})
