/**
 * Exploration against none, over 52 simulated weeks: the model decides all inspections, or nine in ten with chance deciding the tenth, or
 * chance decides all (the yardstick). Labels exist only where somebody looked, as in life; fraud moves on. SIMULATED: it shows that the
 * machinery works and which way the effect goes, and nothing of any real border.
 */
import { choose, seeded, type Random } from '../src/kernel/random.ts'
import { type Model, score } from '../src/modules/risk/learning/model.ts'
import type { Table } from '../src/modules/risk/learning/table.ts'
import { train } from '../src/modules/risk/service/training.ts'
import { type Consignment, weekOfTrade } from '../src/simulator/fraud/trade.ts'
import { inventWorld, kinds } from '../src/simulator/fraud/world.ts'

const warmUpWeeks = 8
const weeks = 52
const inspectedShare = 0.1
const retrainEvery = 2
/** labels older than this are let go: fraud has moved on since */
const memoryWeeks = 30
const policies = { 'model only': 0, 'model and chance': 0.1, 'chance only': 1 } as const
type Policy = keyof typeof policies

const cells: Record<string, (c: Consignment) => string> = {
  Date: (c) => c.date,
  'Office ID': (c) => c.office,
  'Importer ID': (c) => c.importer,
  Address: (c) => c.address,
  'Declarant ID': (c) => c.declarant,
  'HS6 Code': (c) => c.hs6,
  'Country of Origin': (c) => c.origin,
  'Country of Departure': (c) => c.departure,
  'Tax Rate': (c) => String(c.ratePercent),
  'Tax Type': (c) => (c.preference ? 'P' : 'A'),
  'Net Mass': (c) => c.netMassKg.toFixed(3),
  'Item Price': (c) => c.value.toFixed(2),
  'Importer Age': (c) => String(c.importerAgeWeeks),
  Shipments: (c) => String(c.shipments),
  Fraud: (c) => (c.kind ? '1' : '0'),
}

const tableOf = (rows: readonly Consignment[]): Table => ({
  rows: rows.length,
  names: Object.keys(cells),
  columns: new Map(Object.entries(cells).map(([name, cell]) => [name, rows.map(cell)])),
})

type Seen = { week: number; consignment: Consignment }
type Year = { trade: Consignment[]; inspected: boolean[]; propensity: number[] }

const learn = async (seen: readonly Seen[], week: number, seed: number): Promise<Model | null> => {
  const recent = seen.filter((s) => s.week >= week - memoryWeeks).map((s) => s.consignment)
  const trained = await train(
    tableOf(recent),
    { label: 'Fraud', positive: '1', seed, roles: { Address: 'party', Shipments: 'number', 'Importer Age': 'number' } },
    1,
  )
  return trained.ok ? trained.value.model : null
}

/** Which of a week are inspected: the model's highest, then chance among the rest; with no model yet, chance alone. */
const select = (trade: readonly Consignment[], model: Model | null, chanceShare: number, random: Random) => {
  const budget = Math.round(trade.length * inspectedShare)
  const byChance = model ? Math.round(budget * chanceShare) : budget
  const scored = model ? score(model, tableOf(trade)) : null
  if (scored && !scored.ok) throw new Error(JSON.stringify(scored.issues))
  const order = trade.map((_, i) => i)
  if (scored?.ok) order.sort((a, b) => scored.value.margins[b]! - scored.value.margins[a]! || a - b)
  const aimed = scored ? order.slice(0, budget - byChance) : []
  const rest = scored ? order.slice(aimed.length) : order
  const drawn = [...choose(random, rest.length, byChance)].map((i) => rest[i]!)
  const inspected = trade.map(() => false)
  const propensity = trade.map(() => byChance / rest.length)
  for (const i of aimed) propensity[i] = 1
  for (const i of [...aimed, ...drawn]) inspected[i] = true
  return { inspected, propensity }
}

const runYear = async (seed: number, policy: Policy): Promise<Year> => {
  const world = inventWorld(seed, warmUpWeeks + weeks)
  const random = seeded(seed, `exploration ${policy}`)
  const seen: Seen[] = []
  const year: Year = { trade: [], inspected: [], propensity: [] }
  let model: Model | null = null
  for (let week = 0; week < warmUpWeeks + weeks; week++) {
    const measured = week >= warmUpWeeks
    if (measured && policies[policy] < 1 && (week - warmUpWeeks) % retrainEvery === 0) model = (await learn(seen, week, seed)) ?? model
    const trade = weekOfTrade(world, week)
    const { inspected, propensity } = select(trade, model, policies[policy], random)
    trade.forEach((consignment, i) => inspected[i] && seen.push({ week, consignment }))
    if (!measured) continue
    year.trade.push(...trade)
    year.inspected.push(...inspected)
    year.propensity.push(...propensity)
  }
  return year
}

const share = (part: number, whole: number): number => Number((whole === 0 ? 0 : part / whole).toFixed(4))
const add = (list: readonly number[]): number => list.reduce((t, x) => t + x, 0)

const measure = ({ trade, inspected, propensity }: Year) => {
  const found = trade.filter((_, i) => inspected[i])
  const frauds = trade.filter((c) => c.kind)
  // Horvitz and Thompson: every finding stands for as many as its chance of being looked at was small.
  const estimated = add(trade.map((c, i) => (inspected[i] && c.kind ? 1 / propensity[i]! : 0)))
  return {
    hitRate: share(found.filter((c) => c.kind).length, found.length),
    dutyRecovered: share(add(found.map((c) => c.dutyLoss)), add(trade.map((c) => c.dutyLoss))),
    found: Object.fromEntries(
      kinds.map((kind) => [kind, share(found.filter((c) => c.kind === kind).length, frauds.filter((c) => c.kind === kind).length)]),
    ),
    prevalence: share(frauds.length, trade.length),
    // without chance there is nothing to weigh by: what was never looked at has no propensity
    prevalenceEstimated: propensity.some((p) => p === 0) ? null : share(estimated, trade.length),
  }
}

const spread = (values: readonly number[]) => ({
  mean: Number((add(values) / values.length).toFixed(4)),
  least: Math.min(...values),
  most: Math.max(...values),
})

/** `--times N`: how many worlds (5). */
export const bench = async (flags: { times?: string }): Promise<Record<string, unknown>> => {
  const worlds = Number(flags.times ?? 5)
  const names = Object.keys(policies) as Policy[]
  const runs: Record<string, ReturnType<typeof measure>[]> = Object.fromEntries(names.map((n) => [n, []]))
  for (let seed = 1; seed <= worlds; seed++)
    for (const name of names) {
      runs[name]!.push(measure(await runYear(seed, name)))
      process.stderr.write(`world ${seed} of ${worlds}, ${name}\n`)
    }
  const of = (name: Policy, value: (m: ReturnType<typeof measure>) => number): number[] => runs[name]!.map(value)
  const recovered = (name: Policy): number[] => of(name, (m) => m.dutyRecovered)
  const paired = recovered('model and chance').map((r, i) => Number((r - recovered('model only')[i]!).toFixed(4)))
  return {
    column: 'simulated',
    worlds,
    weeks,
    inspectedShare,
    policies: Object.fromEntries(
      names.map((name) => [
        name,
        {
          hitRate: spread(of(name, (m) => m.hitRate)),
          dutyRecovered: spread(recovered(name)),
          found: Object.fromEntries(kinds.map((k) => [k, spread(of(name, (m) => m.found[k]!)).mean])),
        },
      ]),
    ),
    estimates: runs['model and chance']!.map((m) => ({ prevalence: m.prevalence, estimated: m.prevalenceEstimated })),
    explorationGain: { paired, ...spread(paired) },
    ratio: Number((spread(recovered('model and chance')).mean / spread(recovered('chance only')).mean).toFixed(3)),
  }
}
