/**
 * Halden Airport for as long as the demo runs: flights land, their bags go over a belt and through a scanner (simulated planes, said so in every
 * figure), colleagues who are nobody's sign-in read what has waited long, and the bench opens what is suspect. All through the public interface.
 */
import type { Log } from '#platform/log.ts'
import { type ThreatKind, threats } from '#rules/inspection'
import type { CaseView, Claimed, ImportReadings, PastReadings, ReadBody, ThreatClass, TipItemRow, TipLibrary } from '#schema/inspection'
import { startConveyor, type Conveyor } from '../conveyor.ts'
import { chance, type Chance } from '../declaration.ts'
import { createCrew, type Crew, type Who } from './crew.ts'
import { declarationOf, inventParcel, type Parcel } from './parcels.ts'
import { type InventedTeam, inventShift, judge } from './readers.ts'
import { openScanMaker, type ScanMaker } from './scans.ts'

const office = 'XV000201'
const stepMs = 4000
const flightEveryMs = 150_000
const bagsOfFlight = { least: 4, most: 8 }
const parcelsOfFlight = 2
/** Of the bags of a flight, so many hold something forbidden: far more than in life, so that the bench of the demo has work. */
const forbiddenShare = 0.15
/** Colleagues take what has waited this long, and begin only when more than this wait: the queue is never empty for whoever tries the demo. */
const patienceMs = 3 * 60_000
const leftForPeople = 3
/** So many practice images that a table of teams over them is shown, and how many are made in a step. */
const libraryOf = 40
const madeInStep = 2
/** Under which name the invented readings of the practice images stand. */
const shiftName = 'Invented shift of the demo'

const kinds = Object.keys(threats) as ThreatKind[]
/** What the house calls the things that the simulator packs. */
const classOf: Readonly<Record<ThreatKind, ThreatClass>> = {
  gun: 'gun',
  knife: 'knife',
  wrench: 'tool',
  explosive: 'explosive',
  drugs: 'drugs',
  cigarettes: 'cigarettes',
  currency: 'currency',
}

const teamOf = { 'analyst-second': 'senior', 'analyst-third': 'intermediate' } as const satisfies Partial<Record<Who, InventedTeam>>
type Colleague = keyof typeof teamOf
type Look = { id: string; untilMs: number; answer: ReadBody }
/** Less than the lease of the demo's office, so that nobody else takes the image meanwhile. */
const longestLookMs = 100_000

type Airport = {
  crew: Crew
  belt: Conveyor
  scans: ScanMaker
  c: Chance
  truth: Map<string, ThreatKind | null>
  /** the library, by image */ practice: Map<string, TipItemRow>
  /** what each colleague holds, until when he looks, and what he will say */ looking: Map<Colleague, Look>
  waiting: { bag: string; flight: string }[]
  parcels: Parcel[]
  /** parcels that do not hold what was declared */ misdeclared: Set<string>
}
const cases = '/api/inspection/cases'

const readLibrary = async ({ crew, practice }: Airport): Promise<readonly TipItemRow[] | null> => {
  const library = await crew.send<TipLibrary>('image-supervisor', 'GET', '/api/inspection/tip')
  for (const item of library?.items ?? []) practice.set(item.imageId, item)
  return library?.items ?? null
}

/** A practice image more: every second one with something forbidden. False where the library is whole. */
const fillLibrary = async (airport: Airport): Promise<boolean> => {
  const { crew, scans } = airport
  const items = await readLibrary(airport)
  if (!items || items.length >= libraryOf) return false
  const n = items.length
  const threat = n % 2 === 0 ? kinds[(n / 2) % kinds.length]! : null
  const files = await scans.scan({ seed: 70_000 + n, threat })
  const imageId = await crew.store(files, {
    subject: { kind: 'bag', id: `0220${String(790_000 + n * 37)}` },
    isTip: true,
    scannerId: 'halden-belt-2',
  })
  if (imageId === null) return false
  const category = threat ? classOf[threat] : 'benign'
  await crew.send('image-supervisor', 'POST', '/api/inspection/tip/items', {
    imageId,
    category,
    threat: threat !== null,
    difficulty: 1 + (n % 5),
    angleDeg: (n * 47) % 360,
  })
  return true
}

const setRates = async ({ crew }: Airport): Promise<void> => {
  for (const category of [...new Set(kinds.map((kind) => classOf[kind])), 'benign'])
    for (const shift of ['early', 'late', 'night'])
      await crew.send('image-supervisor', 'POST', '/api/inspection/tip/rates', { category, shift, perHundred: category === 'benign' ? 5 : 1 })
}

/** What invented readers made of the library, brought in as an older system's readings are; once in a database. */
const bringShift = async (airport: Airport): Promise<void> => {
  const items = await readLibrary(airport)
  const past = await airport.crew.send<PastReadings>('image-supervisor', 'GET', '/api/inspection/past-readings')
  if (!items || !past || past.some(({ source }) => source === shiftName)) return
  const content = inventShift(items, new Date().toISOString())
  await airport.crew.send('image-supervisor', 'POST', '/api/inspection/past-readings', {
    source: shiftName,
    invented: true,
    content,
  } satisfies ImportReadings)
}

const land = ({ c, waiting, truth, parcels }: Airport): void => {
  for (let n = parcelsOfFlight; n > 0; n -= 1) parcels.push(inventParcel(c))
  const flight = `XV${c.between(100, 899)}`
  for (let n = c.between(bagsOfFlight.least, bagsOfFlight.most); n > 0; n -= 1) {
    const bag = `0220${c.between(100_000, 699_999)}`
    waiting.push({ bag, flight })
    truth.set(bag, c.next() < forbiddenShare ? c.pick(kinds) : null)
  }
}

/** The next bag of the carousel goes onto the belt and through the scanner. */
const screen = async ({ crew, belt, scans, c, waiting, truth }: Airport): Promise<void> => {
  const next = waiting.shift()
  if (!next) return
  const files = await scans.scan({ seed: c.between(1, 999_999), threat: truth.get(next.bag) ?? null })
  await belt.put(next.bag, next.flight, null)
  await crew.store(files, { subject: { kind: 'bag', id: next.bag }, isTip: false, scannerId: 'halden-belt-1' })
}

/** A parcel of the mail is declared, goes onto the belt and through the scanner. */
const screenParcel = async ({ crew, belt, scans, c, parcels, misdeclared }: Airport): Promise<void> => {
  const next = parcels.shift()
  if (!next) return
  const files = await scans.scan({ seed: c.between(1, 999_999), threat: null, chapter: next.chapter })
  if (next.isFalse) misdeclared.add(next.id)
  await crew.send('image-supervisor', 'POST', `/api/inspection/declared/parcel/${next.id}`, declarationOf(next, files.massKg))
  await belt.put(next.id, null, null, 'parcel')
  await crew.store(files, { subject: { kind: 'parcel', id: next.id }, isTip: false, scannerId: 'halden-belt-1' })
}

/** What a picture holds: of practice images as the library says, of bags as they were packed. Of what is not known, such as after a restart, nothing. */
const heldIn = ({ practice, truth }: Airport, { imageId, subject }: CaseView): ThreatClass | null => {
  const item = practice.get(imageId)
  const kind = truth.get(subject.id) ?? null
  if (item) return item.threat ? (Object.values(classOf).find((one) => one === item.category) ?? 'other') : null
  return kind && classOf[kind]
}

/** A colleague looks at one image, as well and as long as his team does, and says then what he saw: nobody answers in the moment he takes it. */
const read = async (airport: Airport, who: Colleague): Promise<void> => {
  const { crew, c, looking } = airport
  const view = looking.get(who)
  if (view && performance.now() < view.untilMs) return
  looking.delete(who)
  if (view) await crew.send(who, 'POST', `${cases}/${view.id}/read`, view.answer)
  const queue = await crew.send<{ rows: CaseView[]; total: number }>(who, 'GET', `${cases}?group=to-read&sort=createdAt&size=1`)
  const oldest = queue?.rows[0]
  if (!queue || !oldest || queue.total <= leftForPeople || Date.now() - Date.parse(oldest.createdAt) < patienceMs) return
  const claimed = (await crew.send<Claimed>(who, 'POST', `${cases}/claim`))?.case
  if (!claimed) return
  const held = heldIn(airport, claimed)
  const { suspect, confidence, ms: wantedMs } = judge(c, teamOf[who], held !== null)
  const ms = Math.min(wantedMs, longestLookMs)
  const answer: ReadBody = { decision: suspect ? 'suspect' : 'clear', classes: suspect ? [held ?? 'other'] : [], confidence, remarks: '', ms }
  looking.set(who, { id: claimed.id, untilMs: performance.now() + ms, answer })
}

/** The supervisor decides where two differ, and the bench opens what has waited long. */
const conclude = async ({ crew, c, truth, misdeclared }: Airport): Promise<void> => {
  const old = (row: CaseView): boolean => Date.now() - Date.parse(row.createdAt) > 2 * patienceMs
  const rowsOf = async (who: Who, group: string): Promise<CaseView[]> =>
    ((await crew.send<{ rows: CaseView[] }>(who, 'GET', `${cases}?group=${group}&sort=createdAt&size=3`))?.rows ?? []).filter(old)
  const [disputed] = await rowsOf('image-supervisor', 'adjudication')
  if (disputed && (await crew.send<Claimed>('image-supervisor', 'POST', `${cases}/${disputed.id}/claim`))?.case) {
    const kind = truth.get(disputed.subject.id) ?? null
    const answer = {
      decision: kind ? 'suspect' : 'clear',
      classes: kind ? [classOf[kind]] : [],
      confidence: 4,
      remarks: '',
      ms: c.between(20_000, 60_000),
    }
    await crew.send('image-supervisor', 'POST', `${cases}/${disputed.id}/adjudicate`, answer)
  }
  for (const row of await rowsOf('examiner-air', 'bench')) {
    const kind = truth.get(row.subject.id) ?? null
    if (row.status === 'decided')
      await crew.send('examiner-air', 'POST', `${cases}/${row.id}/open`, {
        found: kind ? [classOf[kind]] : [],
        ...(row.subject.kind === 'parcel' && { asDeclared: !misdeclared.has(row.subject.id) }),
        remarks: '',
      })
    else await crew.send('examiner-air', 'POST', `${cases}/${row.id}/close`)
  }
}

/** Runs until stopped. A step that fails is logged and forgotten. */
export const startAirport = async ({
  address,
  beltUrl,
  log,
}: {
  address: string
  beltUrl: string
  log: Log
}): Promise<{ stop: () => Promise<void> }> => {
  const belt = await startConveyor({ url: beltUrl, office, travelMs: 25_000 })
  const airport: Airport = {
    crew: createCrew(address),
    belt,
    scans: openScanMaker(),
    c: chance(Date.now() & 0xffffffff),
    truth: new Map(),
    practice: new Map(),
    looking: new Map(),
    waiting: [],
    parcels: [],
    misdeclared: new Set(),
  }
  let stopped = false
  let wake: (() => void) | null = null
  let landedMs = 0
  let isFilling = true
  let isBrought = false
  const step = async (): Promise<void> => {
    if (performance.now() - landedMs > flightEveryMs || landedMs === 0) {
      landedMs = performance.now()
      land(airport)
    }
    await screen(airport)
    if (airport.waiting.length === 0) await screenParcel(airport)
    for (let n = 0; isFilling && n < madeInStep; n += 1) isFilling = await fillLibrary(airport)
    if (!isBrought && !isFilling) {
      isBrought = true
      await setRates(airport)
      await bringShift(airport)
    }
    await read(airport, 'analyst-second')
    await read(airport, 'analyst-third')
    await conclude(airport)
  }
  const live = async (): Promise<void> => {
    while (!stopped) {
      await step().catch((fault: unknown) => stopped || log.warn({ err: fault }, 'the airport missed a step'))
      if (!stopped)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, stepMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
    }
  }
  const living = live()
  return {
    stop: async () => {
      stopped = true
      wake?.()
      await airport.scans.close()
      await living
      await belt.close()
    },
  }
}
