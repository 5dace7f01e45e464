/**
 * The last two hours of sealed traffic in Verania, told to the services at its own times, so that a demo begins with trucks all over the
 * country, some of them in trouble. What the seals say is read from real frames, as the gateway would.
 */
import { later } from '#kernel/time.ts'
import { createBus } from '#platform/bus.ts'
import type { Sql } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import type { Deps } from '#platform/module.ts'
import { type Principal, systemPrincipal } from '#platform/permissions.ts'
import { demoPerson, findPrincipal } from '#modules/identity'
import { commandTrip, createWatcher, findByAlias, keepUnit, listCorridors, listDevices, planTrip } from '#modules/supervision'
import { jt701Frame, openConnection, protocolOf } from '#modules/supervision/protocols'
import type { Corridor, Trip } from '#schema/supervision'
import { type Chance, chance } from '../declaration.ts'
import { drive, hasArrived, newTruck, type Plot, type Report, reportsOf, roadOf, type Truck } from './driving.ts'
import { inventPlan, units, ways } from './plan.ts'

const trips = 46
const spanMin = 115
const minuteMs = 60_000
const [reportedAfterMs, armedAfterMs] = [20_000, 31_000]
/** Steps of a truck between two reports of a minute. */
const stepS = 10

type Said = { sealId: string; report: Report }
type Running = { trip: Trip; truck: Truck; serial: number; stored: Said[]; done: boolean }
type Crew = Readonly<Record<'escort-land' | 'escort-air' | 'control-room', Principal>>

/** Some plots are placed so that they are under way, or unanswered, when the demo begins. */
const plotOf = (n: number): Plot =>
  (['theft', 'quiet', 'cut', 'quiet', 'quiet', 'stop', 'quiet', 'speed', 'quiet', 'quiet', 'back', 'quiet'] as const)[n % 12]!

/** One trip in ten has two seals; the first of them is one of which a seal is cut. */
const sealsOf = (n: number): number => (n % 10 === 2 ? 2 : 1)

const crewOf = async (sql: Sql, now: string): Promise<Crew | null> => {
  const keys = ['escort-land', 'escort-air', 'control-room'] as const
  const found = await Promise.all(keys.map((key) => findPrincipal(sql, demoPerson(key).id, now.slice(0, 10), 'web')))
  return found.every((p) => p !== null) ? (Object.fromEntries(keys.map((key, n) => [key, found[n]])) as Crew) : null
}

const asked = (principal: Principal, now: string) => ({ principal: { ...principal, steppedUpUntil: later(now, minuteMs) }, key: null, now })

/** The frame of a report, read back by our own decoder. */
const said = (one: Running, { sealId, report }: Said, type: 'live' | 'replay') => {
  const bytes = jt701Frame({ ...report, id: sealId, at: new Date(report.atMs), type, serial: one.serial++ })
  const record = openConnection(protocolOf('jt701')!).receive(bytes, new Date(report.atMs).toISOString()).records[0]!
  return { sealId, bytes, record }
}

const createTeller = (deps: Deps) => {
  const watcher = createWatcher(deps)
  /** What the seals of each say now; in a dead zone they keep it. */
  const tell = async (all: readonly Running[], c: Chance, nowMs: number, change: Partial<Report> = {}): Promise<void> => {
    const known = await findByAlias(deps.sql, [...new Set(all.flatMap(({ trip }) => trip.seals.map((s) => s.sealId)))])
    const heard = all.flatMap((one) => {
      const { seals } = one.trip
      const reports = reportsOf(one.truck, seals.length, nowMs, c).map((report, n): Said => ({
        sealId: seals[n]!.sealId,
        report: { ...report, ...change },
      }))
      if (!reports[0]!.report.reached) {
        one.stored.push(...reports)
        return []
      }
      return [...one.stored.splice(0).map((s) => said(one, s, 'replay')), ...reports.map((s) => said(one, s, 'live'))]
    })
    const receivedAt = new Date(nowMs).toISOString()
    await watcher.take({
      frames: heard.map(({ bytes }) => ({ receivedAt, protocol: 'jt701', peer: 'demo', bytes })),
      arrivals: heard.map(({ sealId, record }) => ({ device: known.get(sealId)!, record, receivedMs: nowMs })),
    })
  }
  return { watcher, tell }
}
type Teller = ReturnType<typeof createTeller>

type World = { deps: Deps; crew: Crew; teller: Teller; c: Chance }

/** Plans a trip, lets its seals report from the start of the corridor, and arms it; null where something forbids it. */
const begin = async (
  { deps, crew, teller, c }: World,
  corridor: Corridor,
  sealIds: readonly string[],
  plot: Plot,
  nowMs: number,
): Promise<Running | null> => {
  const now = new Date(nowMs).toISOString()
  const escort = crew[ways[corridor.id]!.escort]
  const planned = await planTrip(deps, asked(escort, later(now, -2 * minuteMs)), inventPlan(c, corridor, sealIds, now.slice(0, 4)))
  if (!planned.ok) return null
  const one: Running = { trip: planned.value, truck: newTruck(roadOf(corridor), c, plot), serial: 0, stored: [], done: false }
  await teller.tell([one], c, nowMs - 1000)
  const asking = await commandTrip(deps, asked(escort, now), one.trip.id, { name: 'arm' })
  if (!asking.ok) return null
  // The next report arms it, once the lock has had its time to say what it still keeps.
  await teller.tell([one], c, nowMs + reportedAfterMs)
  const system = { principal: systemPrincipal('Supervision'), key: null, now: later(now, armedAfterMs) }
  const armed = await commandTrip(deps, system, one.trip.id, { name: 'confirm-arming' })
  await teller.watcher.refresh(one.trip.id)
  return armed.ok && armed.value.status === 'armed' ? one : null
}

/** At the destination: the officer takes the seals off with leave; the control room ends a trip on which nothing happened. */
const end = async ({ deps, crew, teller, c }: World, one: Running, nowMs: number): Promise<void> => {
  const now = new Date(nowMs).toISOString()
  const escort = crew[ways[one.trip.corridorId]!.escort]
  const { id } = one.trip
  one.done = true
  await commandTrip(deps, asked(escort, now), id, { name: 'arrive' })
  const area = one.truck.road.corridor.destination
  await commandTrip(deps, asked(escort, now), id, {
    name: 'authorise',
    from: later(now, -minuteMs),
    to: later(now, 30 * minuteMs),
    area,
    second: null,
  })
  await teller.watcher.refresh(id)
  await teller.tell([one], c, nowMs, { locked: false })
  await commandTrip(deps, asked(escort, now), id, { name: 'disarm' })
  await teller.watcher.refresh(id)
  await commandTrip(deps, asked(crew['control-room'], now), id, { name: 'discharge', reason: '' })
  await teller.watcher.refresh(id)
}

/** Units wait beside the roads from the beginning of the history on. */
const postUnits = async ({ deps, crew }: World, corridors: readonly Corridor[], now: string): Promise<void> => {
  for (const { corridorId, share, ...unit } of units) {
    const line = corridors.find(({ id }) => id === corridorId)?.line
    const at = line?.[Math.floor(share * (line.length - 1))]
    if (at) await keepUnit(deps, asked(crew['control-room'], now), { ...unit, onDuty: true, deviceId: null, ...at })
  }
}

const advance = (one: Running, nowMs: number, c: Chance): void => {
  for (let s = stepS; s <= 60; s += stepS) one.truck = drive(one.truck, nowMs - (60 - s) * 1000, stepS, c)
}

/** Tells the history up to `now`; answers how many trips there are. Does nothing where a trip has been planned before. */
export const loadTruckHistory = async (sql: Sql, now: string): Promise<number> => {
  const [there] = await sql<{ count: number }[]>`select count(*)::int as count from supervision.trip`
  const crew = await crewOf(sql, now)
  if (there!.count > 0 || !crew) return 0
  const log = createLog('warn')
  const bus = await createBus(sql, log)
  let at = now
  const deps: Deps = { sql, bus, log, clock: () => at, config: { demo: true } }
  const world: World = { deps, crew, teller: createTeller(deps), c: chance(20_260_612) }
  const corridors = (await listCorridors(sql)).filter((corridor) => Object.hasOwn(ways, corridor.id))
  const seals = (await listDevices(sql, '*', { state: 'issued', page: 1, size: 500 })).rows.filter((d) => d.protocol === 'jt701')
  const running: Running[] = []
  let begun = 0
  await postUnits(world, corridors, later(now, -spanMin * minuteMs))
  for (let minute = spanMin; minute >= 0; minute--) {
    const nowMs = Date.parse(now) - minute * minuteMs
    at = new Date(nowMs).toISOString()
    const out = running.filter((one) => !one.done)
    while (corridors.length > 0 && begun < trips && begun <= ((spanMin - minute) / spanMin) * trips) {
      const corridor = corridors[begun % corridors.length]!
      const free = seals.filter((s) => s.office === ways[corridor.id]!.from).slice(0, sealsOf(begun))
      for (const seal of free) seals.splice(seals.indexOf(seal), 1)
      const ids = free.map((s) => s.id)
      const one = free.length === 0 ? null : await begin(world, corridor, ids, plotOf(begun), nowMs)
      if (one) running.push(one)
      begun++
    }
    for (const one of out) advance(one, nowMs, world.c)
    await world.teller.tell(out, world.c, nowMs)
    for (const id of world.teller.watcher.departed()) await commandTrip(deps, asked(crew['control-room'], at), id, { name: 'depart' })
    for (const one of out) if (hasArrived(one.truck)) await end(world, one, nowMs)
  }
  await bus.close()
  return running.length
}
