/**
 * Sealed lorries of the demo country, for as long as it runs: planned, armed and taken off through the public interface, while their seals
 * report to the gateway over sockets. A control room that is nobody's sign-in answers what has waited long, so that the desk never overflows.
 */
import type { Log } from '#platform/log.ts'
import { demoPassword, demoPerson } from '#modules/identity'
import type { AlarmRow, Corridor, DeviceRow, Trip } from '#schema/supervision'
import { call, signInAs } from '../client.ts'
import { chance, type Chance } from '../declaration.ts'
import { alongOf, drive, hasArrived, newTruck, type Report, reportsOf, roadOf, type Truck } from './driving.ts'
import { inventPlan, inventPlot, inventSeals, ways } from './plan.ts'
import { type GatewayAddress, openSealLine, type SealLine } from './seal-line.ts'

const onTheRoad = 28
const tickMs = 2000
/** Seals of moving lorries report this often. */
const reportMs = 10_000
const departEveryMs = 60_000
const answerEveryMs = 30_000
const patienceMs = 12 * 60_000
/** Reports from the start before the escort arms, and after the end before the seal is taken off. */
const settleMs = 15_000
/** For the report of an open lock to be kept before it counts. */
const openedMs = 4000

type Who = 'escort-land' | 'escort-air' | 'control-room'
type Lorry = {
  trip: Trip
  truck: Truck
  /** one for each seal, in the order of the trip */
  lines: SealLine[]
  toldMs: number
  sinceMs: number
  stage: 'origin' | 'arming' | 'road' | 'destination' | 'opened' | 'over'
}

/** Sends a command as one of the people, signing in when that is needed; the value, or null where it was refused. */
const createCrew = (address: string) => {
  const cookies = new Map<Who, string>()
  const send = async <T>(who: Who, method: 'GET' | 'POST', path: string, body?: unknown): Promise<T | null> => {
    for (const fresh of [false, true]) {
      const cookie = (!fresh && cookies.get(who)) || (await signInAs(address, demoPerson(who).id))
      if (cookie === null || cookie === undefined) return null
      cookies.set(who, cookie)
      const answer = await call(address, method, path, cookie, body)
      if (answer.status < 300) return answer.value as T
      if (answer.status !== 401) return null
    }
    return null
  }
  return {
    send,
    /** the person proves again who it is, as opening a seal asks for */
    prove: (who: Who) => send(who, 'POST', '/api/session/step-up', { password: demoPassword }),
  }
}
type Crew = ReturnType<typeof createCrew>

const base = '/api/supervision'
const rowsOf = <R>(page: { rows: R[] } | null): R[] => page?.rows ?? []
const escortOf = (trip: Pick<Trip, 'corridorId'>): Who => ways[trip.corridorId]?.escort ?? 'escort-land'

type Fleet = { crew: Crew; corridors: ReadonlyMap<string, Corridor>; lorries: Map<string, Lorry>; gateway: GatewayAddress; c: Chance }

const linesOf = (gateway: GatewayAddress, { seals }: Trip): SealLine[] => seals.map(({ sealId }) => openSealLine(gateway, sealId))

const tell = ({ lines, truck }: Lorry, nowMs: number, c: Chance, change: Partial<Report> = {}): void => {
  const reports = reportsOf(truck, lines.length, nowMs, c)
  for (const [n, line] of lines.entries()) line.tell({ ...reports[n]!, ...change })
}

/** Lorries that are on the road already go on where their seals last were. */
const takeUp = async ({ crew, corridors, lorries, gateway, c }: Fleet, nowMs: number): Promise<void> => {
  const devices = rowsOf(await crew.send<{ rows: DeviceRow[] }>('control-room', 'GET', `${base}/devices?state=armed&size=500`))
  for (const status of ['armed', 'inTransit'] as const)
    for (const trip of rowsOf(await crew.send<{ rows: Trip[] }>('control-room', 'GET', `${base}/trips?status=${status}&size=200`))) {
      const corridor = corridors.get(trip.corridorId)
      const own = trip.seals.map(({ sealId }) => devices.find((d) => d.id === sealId))
      const [seal] = own
      if (!corridor || !seal || own.some((d) => d?.protocol !== 'jt701') || lorries.has(trip.id)) continue
      const road = roadOf(corridor)
      const along = seal.lat !== null && seal.lon !== null ? alongOf(road, { lat: seal.lat, lon: seal.lon }) : 0
      const truck = { ...newTruck(road, c, inventPlot(c), along), speedKph: seal.speedKph ?? 0, batteryPct: seal.batteryPct ?? 80 }
      lorries.set(trip.id, { trip, truck, lines: linesOf(gateway, trip), toldMs: 0, sinceMs: nowMs, stage: 'road' })
    }
}

/** A new trip from an office that has free seals for it. */
const depart = async ({ crew, corridors, lorries, gateway, c }: Fleet, nowMs: number): Promise<void> => {
  const corridor = c.pick([...corridors.values()])
  const way = ways[corridor.id]!
  const issued = rowsOf(await crew.send<{ rows: DeviceRow[] }>('control-room', 'GET', `${base}/devices?state=issued&size=500`))
  const seals = issued.filter((d) => d.office === way.from && d.protocol === 'jt701').slice(0, inventSeals(c))
  if (seals.length === 0) return
  const ids = seals.map((d) => d.id)
  const trip = await crew.send<Trip>(way.escort, 'POST', `${base}/trips`, inventPlan(c, corridor, ids, new Date(nowMs).toISOString().slice(0, 4)))
  if (!trip) return
  const truck = newTruck(roadOf(corridor), c, inventPlot(c))
  lorries.set(trip.id, { trip, truck, lines: linesOf(gateway, trip), toldMs: 0, sinceMs: nowMs, stage: 'origin' })
}

/** Who escorts opens the seals with leave at the destination; each seal tells it. */
const open = async (crew: Crew, lorry: Lorry, nowMs: number, c: Chance): Promise<void> => {
  const { trip, truck } = lorry
  const who = escortOf(trip)
  const at = (minutes: number): string => new Date(nowMs + minutes * 60_000).toISOString()
  await crew.send(who, 'POST', `${base}/trips/${trip.id}/arrive`, {})
  await crew.prove(who)
  const area = truck.road.corridor.destination
  await crew.send(who, 'POST', `${base}/trips/${trip.id}/authorise`, { from: at(-1), to: at(30), area, second: null })
  tell(lorry, nowMs, c, { locked: false })
}

/** Takes the seals off. A clean trip ends by itself; else the control room ends it, or leaves it to whoever looks at its alarms. */
const takeOff = async (crew: Crew, { trip }: Lorry): Promise<void> => {
  const who = escortOf(trip)
  await crew.send(who, 'POST', `${base}/trips/${trip.id}/disarm`, {})
  await crew.send('control-room', 'POST', `${base}/trips/${trip.id}/discharge`, { reason: 'Nothing to report on the way' })
  const custody = { state: 'issued', office: trip.destinationOffice, liable: 'Escort service', passwordChanged: true }
  if (trip.destinationOffice === 'XV000401') return
  for (const { sealId } of trip.seals) await crew.send(who, 'POST', `${base}/devices/${sealId}/custody`, custody)
}

/** What the people at both ends do once the lorry has stood there for a while. */
const attend = async ({ crew, c }: Fleet, lorry: Lorry, nowMs: number): Promise<void> => {
  const settled = nowMs - lorry.sinceMs > settleMs
  const address = `${base}/trips/${lorry.trip.id}`
  const become = (stage: Lorry['stage']): void => void Object.assign(lorry, { stage, sinceMs: nowMs })
  if (lorry.stage === 'origin' && settled) {
    const asked = await crew.send<Trip>(escortOf(lorry.trip), 'POST', `${address}/arm`, {})
    if (!asked) await crew.send(escortOf(lorry.trip), 'POST', `${address}/cancel`, { reason: 'The seal could not be armed' })
    become(asked ? 'arming' : 'over')
  } else if (lorry.stage === 'arming' && settled) {
    // The seal arms it with its next report; until then the lorry stays.
    become((await crew.send<Trip>('control-room', 'GET', address))?.status === 'planned' ? 'arming' : 'road')
  } else if (lorry.stage === 'road' && hasArrived(lorry.truck)) become('destination')
  else if (lorry.stage === 'destination' && settled) {
    await open(crew, lorry, nowMs, c)
    become('opened')
  } else if (lorry.stage === 'opened' && nowMs - lorry.sinceMs > openedMs) {
    await takeOff(crew, lorry)
    become('over')
  }
}

const step = async (fleet: Fleet, lorry: Lorry, nowMs: number): Promise<void> => {
  const { c, lorries } = fleet
  if (lorry.stage === 'road') lorry.truck = drive(lorry.truck, nowMs, tickMs / 1000, c)
  if (lorry.stage !== 'opened' && nowMs - lorry.toldMs >= reportMs) {
    lorry.toldMs = nowMs
    tell(lorry, nowMs, c)
  }
  await attend(fleet, lorry, nowMs)
  if (lorry.stage !== 'over') return
  for (const line of lorry.lines) line.close()
  lorries.delete(lorry.trip.id)
}

/** What has been open for long is answered and, where an officer must, closed. */
const answerOld = async ({ crew }: Fleet, nowMs: number): Promise<void> => {
  const alarms = rowsOf(await crew.send<{ rows: AlarmRow[] }>('control-room', 'GET', `${base}/alarms?status=open&sort=openedAt&size=50`))
  const old = alarms.find((a) => nowMs - Date.parse(a.learntAt) > patienceMs * (a.severity === 'critical' ? 2 : 1) && a.severity !== 'quality')
  if (!old) return
  const text = 'The driver was called and the escort looked at the seal'
  if (!old.acknowledgedBy)
    await crew.send('control-room', 'POST', `${base}/alarms/${old.id}/acknowledge`, {
      reasonCode: old.severity === 'critical' ? 'sent-help' : 'known-cause',
      text,
    })
  if (old.severity === 'critical')
    await crew.send('control-room', 'POST', `${base}/trips/${old.tripId}/close-alarm`, { kind: old.kind, subject: old.subject, reason: text })
}

const run = async (fleet: Fleet, isStopped: () => boolean, pause: (ms: number) => Promise<void>): Promise<void> => {
  let [departedMs, answeredMs] = [0, 0]
  await takeUp(fleet, Date.now())
  while (!isStopped()) {
    const nowMs = Date.now()
    for (const lorry of fleet.lorries.values()) await step(fleet, lorry, nowMs)
    if (fleet.lorries.size < onTheRoad && nowMs - departedMs > departEveryMs) {
      departedMs = nowMs
      await depart(fleet, nowMs)
    }
    if (nowMs - answeredMs > answerEveryMs) {
      answeredMs = nowMs
      await answerOld(fleet, nowMs)
    }
    await pause(Math.max(100, tickMs - (Date.now() - nowMs)))
  }
}

/** Runs until stopped; `port` is the gateway's for JT701. */
export const startFleet = ({ address, port, log }: { address: string; port: number; log: Log }): { stop: () => Promise<void> } => {
  let stopped = false
  let wake: (() => void) | null = null
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const live = async (): Promise<void> => {
    while (!stopped) {
      const crew = createCrew(address)
      const fleet: Fleet = {
        crew,
        corridors: new Map(),
        lorries: new Map(),
        gateway: { host: new URL(address).hostname, port },
        c: chance(Date.now() & 0xffffffff),
      }
      try {
        const all = (await crew.send<Corridor[]>('control-room', 'GET', `${base}/corridors`)) ?? []
        fleet.corridors = new Map(all.filter((one) => Object.hasOwn(ways, one.id)).map((one) => [one.id, one]))
        if (fleet.corridors.size > 0) await run(fleet, () => stopped, pause)
      } catch (fault) {
        if (!stopped) log.warn({ err: fault }, 'the lorries of the simulator missed a step')
      }
      for (const lorry of fleet.lorries.values()) for (const line of lorry.lines) line.close()
      if (!stopped) await pause(20_000)
    }
  }
  const living = live()
  return {
    stop: async () => {
      stopped = true
      wake?.()
      await living
    },
  }
}
