/**
 * Lanes, in the order of ASYCUDA's selectivity and of the WCO risk compendium: mandatory criteria, criteria with their percentage and longest
 * run, the random quota, filling up to the expected rate, the office's capacity, green. Pure: every lot, count and score comes in as a fact.
 */
import { chanceShares } from './schema/capacity.ts'
import type { ControlKind, Lane } from './schema/profile.ts'
import type { Hit, Selection, SelectionFacts } from './schema/selection.ts'

const strength: Record<Lane, number> = { green: 0, blue: 1, yellow: 2, red: 3 }
const strongest = (lanes: readonly Lane[]): Lane => lanes.reduce<Lane>((best, l) => (strength[l] > strength[best] ? l : best), 'green')

type Chosen = { by: Selection['chosenBy']; hits: Hit[]; lane: Lane; control: ControlKind; blocking: boolean }

/** What a hit selects by: always, by its lot, or because it has waited long enough. */
const chanceOf = (h: Hit): number => (h.mandatory || (h.maxRun !== null && h.run >= h.maxRun) ? 1 : h.percent / 100)
const selects = (h: Hit): boolean => h.draw < chanceOf(h)

/** A trusted trader is drawn less often, never not at all: the factor is a quarter at least. Criteria bind everybody. */
const randomShares = ({ setting: s, trusted }: SelectionFacts): { red: number; yellow: number } => {
  const factor = trusted ? s.trustedFactor : 1
  const { red, yellow } = chanceShares(s)
  return { red: red * factor, yellow: yellow * factor }
}

const ownControl: Record<Lane, ControlKind> = { red: 'physical', yellow: 'documentary', blue: 'none', green: 'none' }
const plainChoice = (by: Selection['chosenBy'], lane: Lane): Chosen => ({ by, hits: [], lane, control: ownControl[lane], blocking: lane !== 'blue' })

/** Share of what nothing else chose that is to be filled in a lane: the rate that is expected, and what it lags behind, once over. */
const fillShare = ({ setting, counters }: SelectionFacts, lane: 'red' | 'yellow' | 'blue'): number => {
  const expected = setting.expectedRate[lane]
  const actual = counters.registered === 0 ? 0 : counters[lane] / counters.registered
  return actual >= expected ? 0 : Math.min(1, expected + (expected - actual))
}

/**
 * The best-ranked fill the lane; without a model chance does, so that the expected rate is met all the same. Answers the lane, and the
 * chance that this one had.
 */
const fill = (facts: SelectionFacts): { lane: Lane | null; chance: number } => {
  const rank = facts.score ? facts.score.rank : 1 - facts.tickets.fill
  let reached = 0
  for (const lane of ['red', 'yellow', 'blue'] as const) {
    reached += fillShare(facts, lane)
    if (reached > 0 && rank >= 1 - reached) return { lane, chance: facts.score ? 1 : Math.min(1, reached) }
  }
  return { lane: null, chance: facts.score ? 0 : Math.min(1, reached) }
}

const minutesFor = ({ setting }: SelectionFacts, control: ControlKind): number =>
  (control === 'documentary' || control === 'both' ? setting.documentaryMinutes : 0) +
  (control === 'physical' || control === 'both' ? setting.physicalMinutes : 0)

const both = (hits: readonly Hit[]): ControlKind => {
  const kinds = new Set(hits.flatMap((h): ControlKind[] => (h.control === 'both' ? ['documentary', 'physical'] : [h.control])))
  kinds.delete('none')
  return kinds.size === 2 ? 'both' : ([...kinds][0] ?? 'none')
}

const choose = (facts: SelectionFacts): { chosen: Chosen; fillChance: number } => {
  const selected = facts.hits.filter(selects)
  if (selected.length > 0) {
    const by = selected.some((h) => h.mandatory) ? 'mandatory' : 'criterion'
    const chosen = {
      by,
      hits: selected,
      lane: strongest(selected.map((h) => h.lane)),
      control: both(selected),
      blocking: selected.some((h) => h.blocking),
    } as const
    return { chosen, fillChance: 0 }
  }
  const { red, yellow } = randomShares(facts)
  const filled = fill(facts)
  if (facts.tickets.random < red) return { chosen: plainChoice('random', 'red'), fillChance: filled.chance }
  if (facts.tickets.random < red + yellow) return { chosen: plainChoice('random', 'yellow'), fillChance: filled.chance }
  return { chosen: filled.lane ? plainChoice('fill', filled.lane) : plainChoice('nothing', 'green'), fillChance: filled.chance }
}

/** What an unexamined profile is expected to find, until its own results are known: the middle of what published criteria find. */
const unknownHitRate = 0.1
/** From this share of the day's capacity on, only what promises more than usual a minute is still taken. */
const scarceFrom = 0.8

const valuePerMinute = (facts: SelectionFacts, chosen: Chosen, minutes: number): number => {
  const known = Math.max(facts.score?.probability ?? 0, ...chosen.hits.map((h) => h.hitRate ?? unknownHitRate))
  return minutes === 0 ? 0 : (chosen.hits.length === 0 && !facts.score ? unknownHitRate : known) / minutes
}

/**
 * Over the day's minutes, what promises least a minute goes: it is demoted to an audit after release. Mandatory and random selections
 * never are. Undefined when it stays.
 */
const demotion = (facts: SelectionFacts, chosen: Chosen, minutes: number): Selection['demotions'][number] | undefined => {
  const { capacityMinutes } = facts.setting
  if (capacityMinutes === null || minutes === 0 || chosen.by === 'mandatory' || chosen.by === 'random') return undefined
  const used = facts.counters.minutesToday
  const value = valuePerMinute(facts, chosen, minutes)
  const floor = unknownHitRate / minutesFor(facts, 'documentary')
  const over = used + minutes > capacityMinutes
  if (!over && !(used > scarceFrom * capacityMinutes && value < floor)) return undefined
  return { from: chosen.lane, to: 'blue', minutes, valuePerMinute: value, reason: over ? 'capacity' : 'below-floor' }
}

/** What an officer without a criterion's own instruction is told. Random tickets read the same as criteria that are kept back. */
const plainInstruction = 'Compare goods and documents with the declaration.'
const instructionsOf = (chosen: Chosen, kind: 'documentary' | 'physical'): string[] => {
  const asking = chosen.hits.filter((h) => h.control === kind || h.control === 'both')
  const told = asking.map((h) => (h.secrecy === 'internal' && h.instruction ? h.instruction : plainInstruction))
  return told.length > 0 ? [...new Set(told)] : [plainInstruction]
}

const controlsOf = (chosen: Chosen): Selection['controls'] =>
  (['documentary', 'physical'] as const)
    .filter((kind) => chosen.control === kind || chosen.control === 'both')
    .map((kind) => {
      const asking = chosen.hits.filter((h) => h.control === kind || h.control === 'both')
      return {
        kind,
        blocking: asking.length > 0 ? asking.some((h) => h.blocking) : chosen.blocking,
        reasons: instructionsOf(chosen, kind).map((instruction) => ({ code: 'risk.selected', params: { instruction } })),
      }
    })

const round = (x: number): number => Math.round(x * 1e9) / 1e9

/** The decision. `propensity` is 1 − (1 − π of criteria and filling)(1 − p of chance), the former 0 after a demotion. */
export const select = (facts: SelectionFacts): Selection => {
  const { chosen: first, fillChance } = choose(facts)
  const demoted = demotion(facts, first, minutesFor(facts, first.control))
  const chosen = demoted ? plainChoice(first.by, demoted.to) : first
  const shares = randomShares(facts)
  const randomShare = shares.red + shares.yellow
  // What a profile asks for after release examines nobody before it; its chance is no chance of an examination.
  const examining = facts.hits.filter((h) => h.control !== 'none')
  const byCriteria = 1 - examining.reduce((rest, h) => rest * (1 - chanceOf(h)), 1)
  const other = demoted ? 0 : 1 - (1 - byCriteria) * (1 - fillChance)
  const selecting = first.hits.map((h) => h.profile)
  return {
    lane: chosen.lane,
    controls: controlsOf(chosen),
    reasons: chosen.lane === 'green' ? [{ code: 'risk.no_hit' }] : [{ code: 'risk.selected' }],
    chosenBy: chosen.by,
    propensity: round(1 - (1 - other) * (1 - randomShare)),
    randomShare: round(randomShare),
    minutes: minutesFor(facts, chosen.control),
    selecting,
    unselected: facts.hits.filter((h) => !selecting.includes(h.profile)).map((h) => h.profile),
    demotions: demoted ? [demoted] : [],
  }
}
