/**
 * Reports of seals over real sockets into durable positions, with corridor and alarms, live and as a 50-fold replay. Yardstick of the
 * same run: COPY of the very same rows into an empty table of the same shape and key. Seals, gateway and database share this machine.
 */
import { finished } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import { later } from '#kernel/time.ts'
import { createBus } from '#platform/bus.ts'
import { connect, inTransaction } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'
import type { Deps } from '#platform/module.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { corridor } from '../src/modules/supervision/fixtures/trip.ts'
import { startGateway } from '../src/modules/supervision/service/gateway.ts'
import { changeDevice, keepCorridor, registerDevice } from '../src/modules/supervision/service/registry.ts'
import { createWatcher } from '../src/modules/supervision/service/watcher.ts'
import { saveTrip } from '../src/modules/supervision/store/trips.ts'
import { evolveTrip } from '../src/modules/supervision/trip.ts'
import type { TripEvent } from '../src/modules/supervision/trip/types.ts'
import { openDatabase, percentile } from './administration.ts'
import type { Task, Told } from './seal-clients.ts'

const seals = 200
const idOf = (n: number): string => String(8_000_700_000 + n)

/** Half of the seals report live, the other half have hours to tell; each is on an armed trip. */
const prepare = async (deps: Deps, now: string): Promise<Map<string, string>> => {
  const principal = { ...systemPrincipal('Bench'), personId: crypto.randomUUID() }
  const asking = { principal, key: null, now }
  await keepCorridor(deps, asking, corridor)
  const trips = new Map<string, string>()
  for (let n = 0; n < seals; n++) {
    const sealId = idOf(n)
    const device = {
      id: sealId,
      protocol: 'jt701',
      vendor: 'Example',
      model: 'D',
      role: 'seal' as const,
      imei: null,
      sim: null,
      aliases: [],
      office: 'XV000301',
      liable: 'Store',
    }
    await registerDevice(deps, asking, device)
    await changeDevice(deps, asking, sealId, { state: 'armed', office: 'XV000301', liable: 'Driver', passwordChanged: true })
    const id = crypto.randomUUID()
    const plan = {
      reference: `B${n}`,
      guarantee: null,
      vehicle: `T ${n}`,
      driver: 'Driver',
      containers: [],
      office: 'XV000301',
      destinationOffice: 'XV000101',
      corridorId: corridor.id,
      seals: [{ sealId }],
      truckId: null,
      limitMin: 10_000,
    }
    const events: TripEvent[] = [
      { type: 'trip.planned', id, plan },
      { type: 'trip.armed', at: later(now, -12 * 3_600_000), deadlineAt: later(now, 86_400_000), unsent: null },
      { type: 'trip.departed', at: later(now, -12 * 3_600_000) },
    ]
    await inTransaction(deps.sql, (tx) => saveTrip(tx, events.reduce(evolveTrip, null as never), now))
    trips.set(id, sealId)
  }
  return trips
}

type Result = { acknowledged: number; seconds: number; cuts: Map<string, number> }

const drive = (task: Task): Promise<Result> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('seal-clients.ts', import.meta.url), { workerData: task })
    const cuts = new Map<string, number>()
    worker.on('error', reject)
    worker.on('message', (told: Told) => {
      if ('cut' in told) return void cuts.set(told.cut, told.at)
      void worker.terminate()
      resolve({ acknowledged: told.acknowledged, seconds: told.seconds, cuts })
    })
  })

/** From the socket write of a cut to the news of its alarm, after the commit. */
const delays = (cuts: ReadonlyMap<string, number>, alarms: ReadonlyMap<string, number>) => {
  const all = [...cuts].flatMap(([seal, at]) => (alarms.has(seal) ? [alarms.get(seal)! - at] : [])).toSorted((a, b) => a - b)
  const at = (p: number): number | null => (all.length > 0 ? Math.round(percentile(all, p)) : null)
  return { cuts: cuts.size, alarms: all.length, p50Ms: at(50), p99Ms: at(99) }
}

const columns =
  'event_at, device_id, hash, received_at, kind, origin, clock_suspect, valid, lat, lon, speed_kph, course_deg, battery_pct, alarms, record'

/** The same rows by COPY, in transactions of 2,000, into a table with the same key. */
const copyAgain = async (url: string): Promise<{ name: string; rows: number; perSecond: number }> => {
  const owner = connect({ url, max: 1, asOwner: true })
  await owner.unsafe('create table bench_position (like supervision.position including indexes)')
  const rows = await owner.unsafe(`select ${columns.replace('record', 'record::text as record')} from supervision.position limit 60000`).values()
  const lines = rows.map((r) => `${r.map((v: unknown) => (v === null ? '\\N' : String(v).replace(/\\/g, '\\\\'))).join('\t')}\n`)
  const began = performance.now()
  for (let from = 0; from < lines.length; from += 2000) {
    const stream = await owner.unsafe(`copy bench_position (${columns}) from stdin`).writable()
    stream.end(lines.slice(from, from + 2000).join(''))
    await finished(stream)
  }
  const perSecond = Math.round(lines.length / ((performance.now() - began) / 1000))
  await owner.end()
  return { name: 'COPY of the same rows', rows: lines.length, perSecond }
}

export const bench = async (flags: { seconds?: string }): Promise<Record<string, unknown>> => {
  const seconds = Number(flags.seconds ?? 10)
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  const database = await openDatabase()
  const log = createLog('error')
  await migrate(database.databaseUrl, log)
  const sql = connect({ url: database.databaseUrl })
  const bus = await createBus(sql, log)
  const deps: Deps = { sql, bus, log, clock: () => new Date().toISOString(), config: { demo: false } }
  const now = deps.clock()
  const trips = await prepare(deps, now)
  const gateway = await startGateway(deps, createWatcher(deps), { host: '127.0.0.1', listen: [{ protocol: 'jt701', port: 0 }] })
  const alarms = new Map<string, number>()
  bus.listen((news) => {
    const seal = trips.get(String(news['tripId']))
    if (news.topic === 'alarm' && news['kind'] === 'ROPE_CUT' && seal && !alarms.has(seal)) alarms.set(seal, Date.now())
  })
  const port = gateway.ports['jt701']!
  const ids = Array.from({ length: seals }, (_, n) => idOf(n))
  const [first, second, third] = [ids.slice(0, seals / 2), ids.slice(seals / 2, (3 * seals) / 4), ids.slice((3 * seals) / 4)]
  say(`${first.length} seals live, ${seconds} s`)
  const live = await drive({ port, seals: first, mode: 'live', seconds, fromMs: Date.parse(now) - 6 * 3_600_000, cutAfterMs: seconds * 900 })
  await gateway.idle()
  say(`${second.length} seals replay what they stored while ${third.length} report live, ${seconds} s`)
  const [replay, beside] = await Promise.all([
    drive({ port, seals: second, mode: 'replay', seconds, fromMs: Date.parse(now) - 11 * 3_600_000, cutAfterMs: 0 }),
    drive({ port, seals: third, mode: 'live', seconds, fromMs: Date.parse(now) - 6 * 3_600_000, cutAfterMs: seconds * 900 }),
  ])
  await gateway.idle()
  const [stored] = await sql<
    { count: number; seals: number }[]
  >`select count(*)::int as count, count(distinct device_id)::int as seals from supervision.position`
  await gateway.close()
  say('COPY of the same rows')
  const copied = await copyAgain(database.databaseUrl)
  await bus.close()
  await sql.end({ timeout: 5 })
  await database.close()
  const rate = (r: Result): number => Math.round(r.acknowledged / r.seconds)
  const acknowledged = live.acknowledged + replay.acknowledged + beside.acknowledged
  return {
    bench: 'seals',
    ok: stored!.count >= acknowledged,
    acknowledged,
    stored: stored!.count,
    live: { seals: first.length, perSecond: rate(live), alarm: delays(live.cuts, alarms) },
    replay: { seals: second.length, perSecond: rate(replay), liveBesidePerSecond: rate(beside), alarm: delays(beside.cuts, alarms) },
    yardstick: copied,
    ratio: { live: Math.round((rate(live) / copied.perSecond) * 100) / 100, replay: Math.round((rate(replay) / copied.perSecond) * 100) / 100 },
  }
}
