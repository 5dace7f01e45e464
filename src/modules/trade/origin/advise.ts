/**
 * Which scheme fits goods of an origin, which rule applies, and whether stated materials would meet it. Pure. Whether a rule is met
 * stays an officer's finding: this reckons with what it is told.
 */
import { Decimal, decimal } from '#kernel/decimal.ts'
import { validOn, type LegalDate } from '#kernel/time.ts'
import type { ConditionView, OriginCondition, OriginMaterial, OriginRule, OriginScheme, RuleView, SchemeAdvice, Verdict } from './schema.ts'

export type Stated = {
  code: string
  origin: string
  date: LegalDate
  proofs: readonly string[]
  materials?: readonly OriginMaterial[]
  processes?: readonly string[]
  exWorks?: string
  netMassKg?: string
  /** of the consignment, for proofs that hold up to a value */ value?: string
}
/** Own country, and which countries a group has on the date. */
export type Territory = { home: string; members: (area: string) => readonly string[] }

type Goods = { stated: Stated; scheme: OriginScheme; /** places of materials that do not originate */ foreign: readonly number[] }

const begins = (code: string, prefixes: readonly string[] | undefined): boolean => prefixes?.some((p) => code.startsWith(p)) ?? false
const material = (g: Goods, place: number): OriginMaterial => g.stated.materials![place]!

/** Sum of a measure over materials; null when one of them does not tell it. */
const sumOf = (g: Goods, places: readonly number[], of: 'value' | 'massKg'): Decimal | null =>
  places.reduce<Decimal | null>((sum, p) => {
    const told = material(g, p)[of]
    return sum === null || told === undefined ? null : sum.plus(decimal(told))
  }, new Decimal(0))

const percentOf = (part: Decimal | null, whole: string | undefined): Decimal | null =>
  part === null || whole === undefined || decimal(whole).lte(0) ? null : part.times(100).div(decimal(whole))

const plain = { missed: [], tolerated: [] }

/** Materials that did not change their code: together small enough, they do no harm. */
const shifted = (g: Goods, c: OriginCondition, digits: number): ConditionView => {
  const missed = g.foreign.filter((p) => {
    const { code } = material(g, p)
    return code.slice(0, digits) === g.stated.code.slice(0, digits) || begins(code, c.except) || code.length < digits
  })
  if (missed.length === 0) return { condition: c, verdict: 'met', ...plain }
  const share = begins(g.stated.code, g.scheme.noTolerance) ? null : percentOf(sumOf(g, missed, 'value'), g.stated.exWorks)
  const within = share?.lte(decimal(g.scheme.tolerancePercent)) ?? false
  return {
    condition: c,
    verdict: within ? 'met' : 'not-met',
    ...(share && { reached: share.toDecimalPlaces(2).toFixed() }),
    missed: within ? [] : missed,
    tolerated: within ? missed : [],
  }
}

const ceiling = (c: OriginCondition, share: Decimal | null, places: readonly number[], least: boolean): ConditionView => {
  if (share === null) return { condition: c, verdict: 'unknown', ...plain }
  const limit = decimal(c.percent!)
  const met = least ? share.gte(limit) : share.lte(limit)
  return {
    condition: c,
    verdict: met ? 'met' : 'not-met',
    reached: share.toDecimalPlaces(2).toFixed(),
    missed: met ? [] : [...places],
    tolerated: [],
  }
}

const digitsOf = { CC: 2, CTH: 4, CTSH: 6 } as const

const look = (g: Goods, c: OriginCondition): ConditionView => {
  if (c.kind === 'PROCESS') {
    const told = g.stated.processes
    return { condition: c, verdict: told === undefined ? 'unknown' : told.includes(c.process!) ? 'met' : 'not-met', ...plain }
  }
  if (g.stated.materials === undefined) return { condition: c, verdict: 'unknown', ...plain }
  if (c.kind === 'WO') return { condition: c, verdict: g.foreign.length === 0 ? 'met' : 'not-met', missed: [...g.foreign], tolerated: [] }
  if (c.kind === 'CC' || c.kind === 'CTH' || c.kind === 'CTSH') return shifted(g, c, digitsOf[c.kind])
  const places = c.of ? g.foreign.filter((p) => begins(material(g, p).code, c.of)) : g.foreign
  if (c.kind === 'MAXWEIGHT') return ceiling(c, percentOf(sumOf(g, places, 'massKg'), g.stated.netMassKg), places, false)
  const share = percentOf(sumOf(g, places, 'value'), g.stated.exWorks)
  return c.kind === 'RVC' ? ceiling(c, share && new Decimal(100).minus(share), places, true) : ceiling(c, share, places, false)
}

/** All must hold. */
const every = (verdicts: readonly Verdict[]): Verdict => (verdicts.includes('not-met') ? 'not-met' : verdicts.includes('unknown') ? 'unknown' : 'met')
/** One is enough. */
const some = (verdicts: readonly Verdict[]): Verdict => (verdicts.includes('met') ? 'met' : verdicts.includes('unknown') ? 'unknown' : 'not-met')

const lookAtRule = (g: Goods, rule: OriginRule): RuleView => {
  const alternatives = rule.alternatives.map((conditions) => {
    const views = conditions.map((c) => look(g, c))
    return { verdict: every(views.map((v) => v.verdict)), conditions: views }
  })
  return {
    from: rule.from,
    to: rule.to,
    ...(rule.subdivision && { subdivision: rule.subdivision }),
    verdict: some(alternatives.map((a) => a.verdict)),
    alternatives,
  }
}

/** Rules of the narrowest range that holds the code; several differ by their subdivision. */
export const rulesFor = (scheme: OriginScheme, code: string): OriginRule[] => {
  const whole = code.padEnd(10, '0')
  const holding = scheme.rules.filter((r) => r.from.padEnd(10, '0') <= whole && whole <= r.to.padEnd(10, '9'))
  const width = (r: OriginRule): number => Number(r.to.padEnd(10, '9')) - Number(r.from.padEnd(10, '0'))
  const narrowest = Math.min(...holding.map(width))
  return holding.filter((r) => width(r) === narrowest)
}

const originatingIn = (scheme: OriginScheme, s: Stated, t: Territory): number[] => {
  const { bilateral, diagonal, extended } = scheme.cumulation
  const partners = new Set([s.origin, ...(bilateral ? [t.home] : []), ...[...diagonal, ...extended].flatMap((a) => t.members(a))])
  return (s.materials ?? []).flatMap((m, place) => (m.origin && partners.has(m.origin) ? [place] : []))
}

const adviseOn = (scheme: OriginScheme, s: Stated, t: Territory): SchemeAdvice => {
  const originating = originatingIn(scheme, s, t)
  const foreign = (s.materials ?? []).flatMap((_, place) => (originating.includes(place) ? [] : [place]))
  const rules = rulesFor(scheme, s.code).map((r) => lookAtRule({ stated: s, scheme, foreign }, r))
  const proofs = scheme.proofs.map((p) => ({
    ...p,
    held: s.proofs.includes(p.code),
    usable: p.upTo === undefined || s.value === undefined || decimal(s.value).lte(decimal(p.upTo)),
  }))
  return {
    id: scheme.id,
    name: scheme.names['en'] ?? scheme.id,
    preferences: scheme.preferences,
    originating,
    rules,
    proofs,
    proofHeld: proofs.some((p) => p.held && p.usable),
    // Goods without a rule of their own cannot become originating by working on them.
    verdict: rules.length === 0 ? 'unknown' : some(rules.map((r) => r.verdict)),
  }
}

/** Advice on every scheme that the country of origin belongs to, at the date. */
export const adviseOrigin = (schemes: readonly OriginScheme[], s: Stated, t: Territory): SchemeAdvice[] =>
  schemes.filter((x) => validOn(x, s.date) && t.members(x.area).includes(s.origin)).map((x) => adviseOn(x, s, t))
