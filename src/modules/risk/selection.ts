/** Lanes from criteria and chance (order of ASYCUDA and of the WCO risk compendium: mandatory and criteria first, then the random quota, then green). Pure. */
import type { Condition, FeatureName, Features, Lane, Profile, Selection, SelectionFacts } from './schema.ts'

const strength: Record<Lane, number> = { green: 0, blue: 1, yellow: 2, red: 3 }

type Scalar = string | number | boolean

const test = (have: Scalar, { operator, value }: Condition): boolean => {
  if (operator === 'is') return have === value
  if (operator === 'in') return Array.isArray(value) && value.includes(String(have))
  if (operator === 'under') return typeof value === 'string' && String(have).startsWith(value)
  if (operator === 'contains') return typeof value === 'string' && String(have).toLowerCase().includes(value.toLowerCase())
  if (operator === 'above') return typeof have === 'number' && typeof value === 'number' && have > value
  return typeof have === 'number' && typeof value === 'number' && have < value
}

/** Own properties only: `__proto__` and the like name no field and so never hold. */
const holds = (features: Features, condition: Condition): boolean => {
  if (!Object.hasOwn(features, condition.field)) return false
  const have = features[condition.field as FeatureName]
  return Array.isArray(have) ? have.some((v) => test(v, condition)) : test(have, condition)
}

/** Does a profile's every condition hold? */
export const hits = (profile: Profile, features: Features): boolean => profile.conditions.every((c) => holds(features, c))

/** The profiles that can concern a subject at a date; the facts of its selection hold no others. */
export const candidates = (profiles: readonly Profile[], features: Features, date: string): Profile[] =>
  profiles.filter(
    (p) =>
      p.administration === features.administration &&
      (!p.office || p.office === features.office) &&
      p.validFrom <= date &&
      (!p.validTo || date < p.validTo) &&
      hits(p, features),
  )

/** The strongest lane of all hits. A trusted operator halves the random rate and nothing else: criteria bind everybody. */
export const select = (features: Features, facts: SelectionFacts): Selection => {
  const selected = facts.profiles.filter((p) => hits(p, features) && (facts.draws[p.code] ?? 0) * 100 < p.percent)
  const reasons: Selection['reasons'] = selected.map((p) => ({ code: 'risk.criterion', params: { profile: p.code, name: p.name } }))
  let lane = selected.reduce<Lane>((best, p) => (strength[p.lane] > strength[best] ? p.lane : best), 'green')
  const controls: Selection['controls'] = []
  for (const kind of ['documentary', 'physical'] as const) {
    const asking = selected.filter((p) => p.control === kind || p.control === 'both')
    if (asking.length > 0)
      controls.push({
        kind,
        blocking: asking.some((p) => p.blocking),
        reasons: asking.map((p) => ({ code: 'risk.criterion', params: { profile: p.code, name: p.name, instruction: p.instruction } })),
      })
  }
  const rate = features.trusted ? facts.randomRate / 2 : facts.randomRate
  if (lane === 'green' && (facts.draws['random'] ?? 1) < rate) {
    lane = 'yellow'
    reasons.push({ code: 'risk.random' })
    controls.push({ kind: 'documentary', blocking: true, reasons: [{ code: 'risk.random' }] })
  }
  if (reasons.length === 0) reasons.push({ code: 'risk.no_hit' })
  return { lane, controls, reasons }
}
