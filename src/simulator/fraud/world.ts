/**
 * A country's trade with fraud whose truth is known: what published data cannot show. Firms buy the same few goods from the same few
 * places; rings of fraud use one way for some weeks and then move to another, which is the drift that exploration must find. Everything
 * is drawn from one seed. Pure.
 */
import { normalPair, seeded, type Random } from '#kernel/random.ts'

/** Ways of fraud (WCO risk compendium; KDD 2020 DATE for undervaluation): what is false about the declaration. */
export const kinds = ['undervaluation', 'misclassification', 'false-origin', 'phantom-firm', 'splitting'] as const
export type Kind = (typeof kinds)[number]

/** A heading of goods: duty in percent, usual price in currency units a kilogram, the heading it is most easily passed off as. */
export type Commodity = { code: string; ratePercent: number; pricePerKg: number; cheaperNeighbour: number }
export type Origin = { code: string; preferential: boolean; priceFactor: number }
export type Firm = { id: string; address: string; since: number; commodities: number[]; origins: number[]; declarant: number; weight: number }
/** Who commits which fraud, in which goods, through which origin, in which weeks [from, to). */
export type Ring = { kind: Kind; commodity: number; origin: number; firms: number[]; from: number; to: number; share: number }
export type World = { seed: number; commodities: Commodity[]; origins: Origin[]; firms: Firm[]; rings: Ring[]; weeks: number }

const headings = 90
const countries = 24
const preferentialCountries = 8
const firmCount = 500
const declarants = 40
/** Preference takes the whole duty. */
export const preferentialRate = 0

const logNormal = (random: Random, middle: number, spread: number): number => {
  // Box–Muller; 1 − u because the generator may answer 0
  const [normal] = normalPair(random)
  return middle * Math.exp(spread * normal)
}

const inventCommodities = (random: Random): Commodity[] => {
  const rates = Array.from({ length: headings }, () => [0, 3, 6.5, 12, 20, 30][random.below(6)]!)
  return rates.map((ratePercent, i) => {
    const cheaper = rates.flatMap((r, n) => (r < ratePercent ? [n] : []))
    return {
      code: `${10 + Math.floor(i / 3)}${String(10 + (i % 3) * 20)}${String(10 + random.below(80))}`,
      ratePercent,
      pricePerKg: logNormal(random, 12, 1.1),
      cheaperNeighbour: cheaper.length > 0 ? cheaper[random.below(cheaper.length)]! : i,
    }
  })
}

const inventFirms = (random: Random): Firm[] =>
  Array.from({ length: firmCount }, (_, i) => ({
    id: `F${String(i).padStart(4, '0')}`,
    address: `A${random.below(firmCount)}`,
    since: -200 + random.below(200),
    commodities: Array.from({ length: 2 + random.below(4) }, () => random.below(headings)),
    origins: Array.from({ length: 1 + random.below(3) }, () => random.below(countries)),
    declarant: random.below(declarants),
    weight: logNormal(random, 1, 0.9),
  }))

/** Rings alive at any week: `atOnce`; each lives 8 to 16 weeks, then another takes its place, of any kind, in other goods and places. */
const inventRings = (random: Random, weeks: number, commodities: readonly Commodity[], atOnce: number): Ring[] => {
  const dutiable = commodities.flatMap((c, i) => (c.ratePercent >= 6.5 && c.cheaperNeighbour !== i ? [i] : []))
  return Array.from({ length: atOnce }).flatMap((_, slot) => {
    const rings: Ring[] = []
    for (let from = slot === 0 ? 0 : -random.below(8); from < weeks;) {
      const to = from + 8 + random.below(9)
      rings.push({
        kind: kinds[random.below(kinds.length)]!,
        commodity: dutiable[random.below(dutiable.length)]!,
        origin: random.below(countries),
        firms: Array.from({ length: 2 + random.below(4) }, () => random.below(firmCount)),
        from,
        to,
        share: 0.3 + 0.5 * random.next(),
      })
      from = to
    }
    return rings
  })
}

/** A world of `weeks` weeks with ten rings at once. */
export const inventWorld = (seed: number, weeks: number): World => {
  const stream = (name: string): Random => seeded(seed, `fraud world ${name}`)
  const commodities = inventCommodities(stream('commodities'))
  const prices = stream('origins')
  const origins = Array.from({ length: countries }, (_, i) => ({
    code: `X${String.fromCharCode(65 + i)}`,
    preferential: i < preferentialCountries,
    priceFactor: logNormal(prices, 1, 0.25),
  }))
  return { seed, commodities, origins, firms: inventFirms(stream('firms')), rings: inventRings(stream('rings'), weeks, commodities, 10), weeks }
}

export { logNormal }
