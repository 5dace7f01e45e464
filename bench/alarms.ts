/**
 * Alarms against known truth: trucks on a made-up corridor with drift, spikes, a dead zone whose records come late, rests, theft, cut ropes,
 * copies of a seal, speeding, turning back; the same again with a second seal on each truck, which some lose with their trailer. Prints recall,
 * precision and delay by kind, and false alarms a quiet trip.
 */
import type { AlarmKind } from '../src/modules/supervision/alarms/kinds.ts'
import type { Observation } from '../src/modules/supervision/alarms/observation.ts'
import { episodesOf, insert, newTimeline } from '../src/modules/supervision/alarms/timeline.ts'
import { at, corridor, minute, planOf, seen, start } from '../src/modules/supervision/fixtures/trip.ts'

type Random = () => number
/** Numbers that are the same at every run (mulberry32). */
const seeded =
  (seed: number): Random =>
  () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** What really happens, from one minute of the trip to another. */
type Deed = { kind: AlarmKind; from: number; to: number }
type Truck = { deeds: Deed[]; observations: Observation[] }

const deedsOf = {
  theft: 'ROUTE_DEVIATION',
  cut: 'ROPE_CUT',
  stop: 'UNAUTHORISED_STOP',
  speed: 'SPEEDING',
  back: 'REVERSE',
  clone: 'CLONED_SEAL',
  open: 'UNAUTHORISED_OPEN',
  fence: 'GEOFENCE',
  battery: 'LOW_BATTERY',
} as const
/** What can only happen to two seals. */
const deedsOfTwo = { ...deedsOf, part: 'SEPARATION' } as const
type Plot = keyof typeof deedsOfTwo | 'quiet'
const plotsOf = (deeds: object): readonly Plot[] => ['quiet', ...(Object.keys(deeds) as Plot[])]

/** Where a fix says the truck is: eight metres of drift, and now and then a spike of some hundred. */
const drift = (random: Random): number => (normal(random) * 8 + (random() < 0.01 ? normal(random) * 150 : 0)) / 1000

type Scene = { km: number; off: number; kph: number; more: Parameters<typeof seen>[2] & object }

/** What a plot changes at a minute; it begins at minute 60 or at its place on the road. */
const act = (plot: Plot, min: number, since: number, scene: Scene): Scene => {
  const into = min - since
  if (into < 0) return scene
  if (plot === 'theft' && into < 40) return { ...scene, off: Math.min(3, into * 0.5 + 0.6) }
  if (plot === 'cut' && into < 3) return { ...scene, more: { alarms: ['ROPE_CUT'], ropeCut: true } }
  if (plot === 'open' && into < 6) return { ...scene, more: { locked: false, ropeInserted: false } }
  if (plot === 'speed' && into < 8) return { ...scene, kph: 105 }
  if (plot === 'fence' && into < 8) return { ...scene, off: 0.3 }
  if (plot === 'battery') return { ...scene, more: { batteryPct: 22 } }
  return scene
}

/** Metres on, a minute: standing in a stop, turning back, else driving. */
const moves = (plot: Plot, min: number, since: number, kph: number): number => {
  const into = min - since
  if (plot === 'stop' && into >= 0 && into < 35) return 0
  if (plot === 'back' && into >= 0 && into < 6) return -kph / 60
  return kph / 60
}

const durations: Record<keyof typeof deedsOfTwo, number> = {
  part: 40,
  theft: 40,
  cut: 3,
  stop: 35,
  speed: 8,
  back: 6,
  clone: 30,
  open: 6,
  fence: 8,
  battery: 1000,
}

/** What the seal of the trailer tells of the same minute: half as often, some seconds later, and away once the trailer is taken. */
const rearOf = (plot: Plot, min: number, since: number, { km, off, kph }: Scene, receivedMs: number, random: Random): Observation[] => {
  if (min % 2 === 1) return []
  const gone = plot === 'part' && min >= since ? Math.min(3, (min - since) * 0.5 + 0.6) : 0
  const later = 0.3
  const place = km + (kph / 60) * later + drift(random)
  const battery = { batteryPct: 95 - min / 20 }
  return [
    seen(min + later, Math.min(200, place), {
      device: 'rear',
      off: off + gone + drift(random),
      speedKph: kph,
      receivedMs: receivedMs + later * minute,
      ...battery,
    }),
  ]
}

/** `rear`: chance of the second seal, which has its own so that the first tells the same with and without it. */
const driveOf = (plot: Plot, random: Random, rear: Random | null): Truck => {
  // A stop at the inn would be permitted: those fall before it.
  const since = plot === 'fence' ? 18 : 55 + Math.floor(random() * (plot === 'stop' ? 12 : 40))
  const truck: Truck = { observations: [], deeds: plot === 'quiet' ? [] : [{ kind: deedsOfTwo[plot], from: since, to: since + durations[plot] }] }
  const inn = plot === 'quiet' && random() < 0.5
  let [km, rested] = [0, 0]
  for (let min = 0; km < 200 && min < 400; min++) {
    const resting = inn && km > 79.8 && rested < 30
    if (resting) {
      rested++
      km = 80
    }
    const cruise = km > 58 && km < 71 ? 46 : 66 + normal(random) * 4
    const scene = act(plot, min, since, { km, off: 0, kph: cruise, more: {} })
    const step = resting ? 0 : moves(plot, min, since, scene.kph)
    km = Math.min(200, km + step)
    const speedKph = step === 0 ? Math.abs(normal(random)) : Math.abs(step) * 60
    // In the dead zone nothing is received: what the seal stored comes when it leaves.
    const late = km > 140 && km < 160 ? ((160 - km) / 66) * 60 : 0
    const receivedMs = start + (min + late) * minute + random() * 20_000
    truck.observations.push(
      seen(min, km + drift(random), { off: scene.off + drift(random), speedKph, receivedMs, batteryPct: 90 - min / 20, ...scene.more }),
    )
    if (rear) truck.observations.push(...rearOf(plot, min, since, { ...scene, km, kph: speedKph }, receivedMs, rear))
    if (plot === 'clone' && min >= since && min < since + 30) {
      const place = at(180 + (min - since) * 0.2)
      truck.observations.push(seen(min + 0.5, null, { place, noFix: false, speedKph: 12, receivedMs: start + (min + 0.6) * minute }))
    }
  }
  return truck
}

type Score = { deeds: number; found: number; raised: number; right: number; delaysS: number[] }

/** Feeds a trip in the order of arrival, and notes when each episode was first known. */
const watch = (truck: Truck): { kind: AlarmKind; openedMs: number; learntMs: number }[] => {
  const plan = planOf()
  const timeline = newTimeline()
  const known = new Map<string, number>()
  for (const o of truck.observations.toSorted((a, b) => a.receivedMs - b.receivedMs)) {
    insert(timeline, plan, [o])
    for (const e of episodesOf(timeline, plan)) {
      const key = `${e.kind}|${e.subject}|${e.openedMs}`
      if (!known.has(key)) known.set(key, o.receivedMs)
    }
  }
  return episodesOf(timeline, plan).map((e) => ({
    kind: e.kind,
    openedMs: e.openedMs,
    learntMs: known.get(`${e.kind}|${e.subject}|${e.openedMs}`) ?? e.openedMs,
  }))
}

/** What may follow from a deed beside its own alarm, and is right too. */
const follows: Partial<Record<Plot, readonly AlarmKind[]>> = {
  clone: ['POSITION_JUMP', 'REVERSE'],
  theft: ['CHECKPOINT_MISSED', 'GEOFENCE'],
  open: ['ROPE_CUT'],
  stop: ['CHECKPOINT_MISSED'],
  part: ['ROUTE_DEVIATION'],
}

const minutesOf = (ms: number): number => (ms - start) / minute

const judge = (plot: Plot, truck: Truck, scores: Map<AlarmKind, Score>): number => {
  const scoreOf = (kind: AlarmKind): Score => {
    const score = scores.get(kind) ?? { deeds: 0, found: 0, raised: 0, right: 0, delaysS: [] }
    scores.set(kind, score)
    return score
  }
  const raised = watch(truck)
  for (const deed of truck.deeds) {
    const score = scoreOf(deed.kind)
    score.deeds++
    const hit = raised.find((e) => e.kind === deed.kind && minutesOf(e.openedMs) >= deed.from - 2 && minutesOf(e.openedMs) <= deed.to + 12)
    if (!hit) continue
    score.found++
    score.delaysS.push(Math.max(0, (minutesOf(hit.learntMs) - deed.from) * 60))
  }
  let wrong = 0
  for (const e of raised) {
    const [deed] = truck.deeds
    const right = deed !== undefined && (e.kind === deed.kind || (follows[plot] ?? []).includes(e.kind)) && minutesOf(e.openedMs) >= deed.from - 2
    const score = scoreOf(e.kind)
    score.raised++
    if (right) score.right++
    else if (e.kind !== 'POSITION_JUMP') wrong++
  }
  return wrong
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 1000) / 1000)
const middle = (all: number[]): number | null => (all.length === 0 ? null : Math.round(all.toSorted((a, b) => a - b)[all.length >> 1]!))

type Figures = { trips: number; falseAlarmsPerQuietTrip: number; kinds: Record<string, object> }

/** All plots of trucks with one seal, or with two. */
const measure = (deeds: object, times: number, rear: Random | null): Figures => {
  const random = seeded(11)
  const scores = new Map<AlarmKind, Score>()
  let [quiet, falseOnQuiet, trips] = [0, 0, 0]
  for (const plot of plotsOf(deeds))
    for (let n = 0; n < (plot === 'quiet' ? times * 5 : times); n++) {
      const wrong = judge(plot, driveOf(plot, random, rear), scores)
      trips++
      if (plot !== 'quiet') continue
      quiet++
      falseOnQuiet += wrong
    }
  const kinds = Object.fromEntries(
    [...scores].map(([kind, s]) => [
      kind,
      { deeds: s.deeds, recall: share(s.found, s.deeds), raised: s.raised, precision: share(s.right, s.raised), delayS: middle(s.delaysS) },
    ]),
  )
  return { trips, falseAlarmsPerQuietTrip: falseOnQuiet / quiet, kinds }
}

/** `times`: trips of each plot; quiet ones are five times as many. */
export const bench = async (flags: { times?: string }): Promise<Record<string, unknown>> => {
  const times = Number(flags.times ?? 20)
  const one = measure(deedsOf, times, null)
  const two = measure(deedsOfTwo, times, seeded(12))
  return {
    bench: 'alarms',
    ok: Math.max(one.falseAlarmsPerQuietTrip, two.falseAlarmsPerQuietTrip) < 0.05,
    corridor: corridor.name,
    aimed: 0.05,
    ...one,
    twoSeals: two,
    yardstick: 'the truth of the simulation',
    ratio: null,
  }
}
