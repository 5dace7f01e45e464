/** The declarations of one week of an invented world, each with the truth that only an examination finds. Pure. */
import { seeded, type Random } from '#kernel/random.ts'
import { type Kind, logNormal, preferentialRate, type Ring, type World } from './world.ts'

/** What was declared (the first lines) and what is true (`kind` null: in order; `dutyLoss`: duty short, whole currency units). */
export type Consignment = {
  date: string
  office: string
  importer: string
  importerAgeWeeks: number
  address: string
  declarant: string
  hs6: string
  origin: string
  departure: string
  ratePercent: number
  preference: boolean
  netMassKg: number
  value: number
  /** consignments of this importer in this week so far */
  shipments: number
  kind: Kind | null
  dutyLoss: number
}

const declarationsAWeek = 900
const ringShare = 0.045
const offices = 6
const splitThreshold = 150
const millisecondsAWeek = 7 * 86_400_000
const start = Date.UTC(2025, 0, 6)

type Draft = Omit<Consignment, 'date' | 'shipments' | 'office'>

const honest = (world: World, random: Random, week: number, firmAt: number): Draft => {
  const firm = world.firms[firmAt]!
  const commodity = world.commodities[firm.commodities[random.below(firm.commodities.length)]!]!
  const origin = world.origins[firm.origins[random.below(firm.origins.length)]!]!
  const netMassKg = logNormal(random, 120, 1.3)
  // One in four honest consignments travels by a third country, so that a route alone proves nothing.
  const departure = random.next() < 0.25 ? world.origins[random.below(world.origins.length)]! : origin
  const preference = origin.preferential && random.next() < 0.85
  return {
    importer: firm.id,
    importerAgeWeeks: week - firm.since,
    address: firm.address,
    declarant: `D${firm.declarant}`,
    hs6: commodity.code,
    origin: origin.code,
    departure: departure.code,
    ratePercent: preference ? preferentialRate : commodity.ratePercent,
    preference,
    netMassKg,
    value: netMassKg * logNormal(random, commodity.pricePerKg * origin.priceFactor, 0.22),
    kind: null,
    dutyLoss: 0,
  }
}

/** What a ring does to a consignment of its goods; the duty loss is what the true declaration would have owed more. */
const falsify: Record<Kind, (world: World, random: Random, ring: Ring, draft: Draft, week: number) => Draft[]> = {
  undervaluation: (world, random, ring, draft) => {
    const declared = draft.value * (0.2 + 0.5 * random.next())
    return [{ ...draft, value: declared, dutyLoss: ((draft.value - declared) * world.commodities[ring.commodity]!.ratePercent) / 100 }]
  },
  misclassification: (world, _random, ring, draft) => {
    const truly = world.commodities[ring.commodity]!
    const as = world.commodities[truly.cheaperNeighbour]!
    return [{ ...draft, hs6: as.code, ratePercent: as.ratePercent, dutyLoss: (draft.value * (truly.ratePercent - as.ratePercent)) / 100 }]
  },
  'false-origin': (world, random, ring, draft) => {
    const preferential = world.origins.filter((o) => o.preferential)
    const claimed = preferential[random.below(preferential.length)]!
    return [
      {
        ...draft,
        origin: claimed.code,
        preference: true,
        ratePercent: preferentialRate,
        dutyLoss: (draft.value * world.commodities[ring.commodity]!.ratePercent) / 100,
      },
    ]
  },
  'phantom-firm': (world, random, ring, draft, week) => {
    // A new firm every other week at the old address; it declares little and will be gone before the bill comes.
    const born = week - (week % 2)
    const declared = draft.value * (0.3 + 0.3 * random.next())
    return [
      {
        ...draft,
        importer: `P${ring.firms[0]}-${ring.from}-${born}`,
        importerAgeWeeks: week - born,
        value: declared,
        dutyLoss: (draft.value * world.commodities[ring.commodity]!.ratePercent) / 100,
      },
    ]
  },
  splitting: (world, random, ring, draft) => {
    const parts = 3 + random.below(4)
    const value = splitThreshold * (0.6 + 0.39 * random.next())
    const rate = world.commodities[ring.commodity]!.ratePercent
    return Array.from({ length: parts }, () => ({
      ...draft,
      netMassKg: (draft.netMassKg * value) / draft.value,
      value,
      ratePercent: 0,
      dutyLoss: (value * rate) / 100,
    }))
  },
}

const ringsOf = (world: World, week: number): Ring[] => world.rings.filter((r) => r.from <= week && week < r.to)

const fraudulent = (world: World, random: Random, week: number): Draft[] => {
  const alive = ringsOf(world, week)
  const ring = alive[random.below(alive.length)]
  if (!ring) return []
  const draft = honest(world, random, week, ring.firms[random.below(ring.firms.length)]!)
  const commodity = world.commodities[ring.commodity]!
  const origin = world.origins[ring.origin]!
  const base: Draft = {
    ...draft,
    hs6: commodity.code,
    origin: origin.code,
    departure: origin.code,
    preference: false,
    ratePercent: commodity.ratePercent,
    value: draft.netMassKg * logNormal(random, commodity.pricePerKg * origin.priceFactor, 0.22),
  }
  // Even a ring trades honestly now and then: goods, firm and place alone do not convict.
  if (random.next() > ring.share) return [base]
  return falsify[ring.kind](world, random, ring, base, week).map((d) => ({ ...d, kind: ring.kind }))
}

/** Firms are drawn by their weight, through the running total of all. */
const firmPicker = (world: World): ((random: Random) => number) => {
  const totals: number[] = []
  for (const f of world.firms) totals.push((totals.at(-1) ?? 0) + f.weight)
  return (random) => {
    const at = random.next() * totals.at(-1)!
    return totals.findIndex((t) => t > at)
  }
}

/** Every consignment of a week, in the order of lodging. The same world and week give the same consignments, whoever asks and in whatever order. */
export const weekOfTrade = (world: World, week: number): Consignment[] => {
  const random = seeded(world.seed, `fraud week ${week}`)
  const pick = firmPicker(world)
  const drafts: Draft[] = []
  while (drafts.length < declarationsAWeek)
    drafts.push(...(random.next() < ringShare * 1.6 ? fraudulent(world, random, week) : [honest(world, random, week, pick(random))]))
  const shipments = new Map<string, number>()
  return drafts.map((d, i) => {
    const count = (shipments.get(d.importer) ?? 0) + 1
    shipments.set(d.importer, count)
    const at = start + week * millisecondsAWeek + Math.floor((i / drafts.length) * 7) * 86_400_000
    return { ...d, date: new Date(at).toISOString().slice(0, 10), office: `O${random.below(offices)}`, shipments: count }
  })
}
