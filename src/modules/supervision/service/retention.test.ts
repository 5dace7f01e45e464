import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inTransaction, type Sql, type Tx } from '#platform/database.ts'
import { readEntries } from '#platform/journal.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { blank } from '../protocols/codec.ts'
import { contentOf } from '../record-text.ts'
import { keepFrames, keepPositions, linesOf, type PositionRow } from '../store/positions.ts'
import { dropMonths } from '../store/retention.ts'
import { tidyReports } from './retention.ts'

let db: TestDatabase
let sql: Sql
before(async () => {
  db = await testDatabase()
  sql = db.sql()
})
after(async () => {
  await db?.close()
})

const dayMs = 86_400_000
const now = new Date()
const clock = (): string => now.toISOString()
const ago = (days: number, seconds = 0): string => new Date(Math.floor(now.getTime() / dayMs - days) * dayMs + seconds * 1000).toISOString()

const position = (deviceId: string, eventAt: string, alarm = false): PositionRow => {
  const record = { ...blank('jt701', deviceId), eventTime: eventAt, valid: true, lat: 34, lon: 20, ...(alarm && { alarms: ['ROPE_CUT' as const] }) }
  return {
    deviceId,
    hash: `${deviceId}${eventAt}`.slice(-22),
    eventAt,
    receivedAt: eventAt,
    clockSuspect: false,
    record,
    content: contentOf(record),
  }
}
const hourOf = (deviceId: string, days: number, alarmAt = -1): PositionRow[] =>
  Array.from({ length: 360 }, (_, n) => position(deviceId, ago(days, n * 10), n === alarmAt))
const keep = (tx: Tx, rows: readonly PositionRow[]): Promise<number> => keepPositions(tx, rows.length, linesOf(rows, []))
const count = async (deviceId: string): Promise<number> =>
  (await sql<{ n: number }[]>`select count(*)::int as n from supervision.position where device_id = ${deviceId}`)[0]!.n
const partitions = async (table: string): Promise<string[]> =>
  (
    await sql<{ name: string }[]>`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${`supervision.${table}`}::regclass order by 1`
  ).map((r) => r.name)

test('plain positions of old days are thinned once, alarms and young days stay whole', async () => {
  await inTransaction(sql, async (tx) => {
    await keep(tx, [...hourOf('old', 200, 7), ...hourOf('young', 20)])
  })
  const first = await tidyReports({ sql, clock })
  assert.equal(first.thinnedDays, 1)
  // One in five minutes of an hour, and the one with the alarm.
  assert.equal(await count('old'), 13)
  assert.equal(first.thinnedPositions, 360 - 13)
  assert.equal(await count('young'), 360)
  assert.equal((await tidyReports({ sql, clock })).thinnedDays, 0)
  const entries = await readEntries(sql, { kind: 'retention', id: 'supervision' })
  assert.deepEqual(
    entries.map((e) => [e.command, (e.body.payload as { positions: number }).positions]),
    [['positions.thin', 347]],
  )
})

test('of a trip with a critical alarm every record stays', async () => {
  const [device, corridor] = [
    (await sql<{ id: string }[]>`select id from supervision.device limit 1`)[0]!.id,
    (await sql<{ id: string }[]>`select id from supervision.corridor limit 1`)[0]!.id,
  ]
  const trip = crypto.randomUUID()
  await inTransaction(sql, async (tx) => {
    await tx`insert into supervision.trip (id, reference, status, office, destination_office, corridor_id, state, armed_at, updated_at)
      values (${trip}, 'R', 'discharged', 'XV000301', 'XV000101', ${corridor}, '{}', ${ago(210)}, ${ago(210, 7200)})`
    await tx`insert into supervision.trip_seal (trip_id, seal_id, number, since, until) values (${trip}, ${device}, 1, '-infinity', ${ago(210, 7200)})`
    await tx`insert into supervision.episode (id, trip_id, kind, subject, source, severity, status, opened_at, last_at, closed_at, learnt_at, updated_at, count, notify)
      values (${crypto.randomUUID()}, ${trip}, 'ROPE_CUT', ${device}, 'device', 'critical', 'closed', ${ago(210)}, ${ago(210)}, ${ago(210)}, ${ago(210)}, ${ago(210)}, 1, 'page')`
    await keep(tx, hourOf(device, 210))
    await tx`update supervision.retention set thinned_until = '2015-01-01'`
  })
  await tidyReports({ sql, clock })
  assert.equal(await count(device), 360)
})

test('months whose time is over are dropped, unless a trip of theirs still runs; nothing young can be', async () => {
  const month = ago(800).slice(0, 7)
  const name = `raw_frame_${month.replace('-', '_')}`
  // Months of the past are made when something of them arrives late.
  await sql`select supervision.ensure_month(${`${month}-01`}::date)`
  await inTransaction(sql, (tx) =>
    keepFrames(tx, linesOf([], [{ receivedAt: `${month}-10T00:00:00.000Z`, protocol: 'jt701', peer: 'p', bytes: new Uint8Array([1]) }])),
  )
  assert.ok((await partitions('raw_frame')).includes(name))
  const corridor = (await sql<{ id: string }[]>`select id from supervision.corridor limit 1`)[0]!.id
  const trip = crypto.randomUUID()
  await sql`insert into supervision.trip (id, reference, status, office, destination_office, corridor_id, state, armed_at, updated_at)
    values (${trip}, 'S', 'incident', 'XV000301', 'XV000101', ${corridor}, '{}', ${`${month}-09T00:00:00.000Z`}, ${clock()})`
  assert.deepEqual((await tidyReports({ sql, clock })).dropped, [])
  await sql`update supervision.trip set status = 'discharged' where id = ${trip}`
  assert.ok((await tidyReports({ sql, clock })).dropped.includes(name))
  assert.ok(!(await partitions('raw_frame')).includes(name))
  await assert.rejects(
    inTransaction(sql, (tx) => dropMonths(tx, 'position', ago(10).slice(0, 10))),
    /younger than 90 days/,
  )
})
