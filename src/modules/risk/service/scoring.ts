/** Live scores: the riskiest item of a subject, its place among recent ones, and the reasons in words. */
import { neededColumns } from '../learning/features.ts'
import { tableOf } from '../learning/live-table.ts'
import { score, type Model } from '../learning/model.ts'
import { explain, type Reason } from '../learning/words.ts'
import type { Contribution, Score, Snapshot } from '../schema/selection.ts'

export type Scorer = { hash: string; score: (s: Snapshot) => Score | null; margin: (s: Snapshot) => number | null }

/** Scores kept for ranks: enough for a rank of half a per cent, few enough to follow a change of trade within days. */
const recentKept = 2_000
const told = 5

/** Sorted scores of the latest subjects; `rank` of a score is the share of them that is lower. */
const createRecent = (given: readonly number[]) => {
  const order = [...given].slice(-recentKept)
  const sorted = order.toSorted((a, b) => a - b)
  const place = (x: number): number => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle]! < x) low = middle + 1
      else high = middle
    }
    return low
  }
  return (x: number): number => {
    const rank = sorted.length === 0 ? 0.5 : place(x) / sorted.length
    order.push(x)
    sorted.splice(place(x), 0, x)
    if (order.length > recentKept) sorted.splice(place(order.shift()!), 1)
    return rank
  }
}

const contribution = ({ subject, contribution: by, text, n, lift }: Reason): Contribution => ({
  subject,
  contribution: by,
  text: text.slice(0, 500),
  ...(n !== undefined && { n }),
  ...(lift !== undefined && { lift }),
})

/** `recent`: margins of the latest decisions, oldest first. */
export const createScorer = (hash: string, model: Model, recent: readonly number[]): Scorer => {
  const needed = neededColumns(model.recipe)
  const rankOf = createRecent(recent)
  const strongest = (s: Snapshot) => {
    if (s.items.length === 0) return null
    const { table } = tableOf([s], needed)
    const scored = score(model, table)
    if (!scored.ok) return null
    const { margins, probabilities } = scored.value
    const item = margins.reduce((best, m, i) => (m > margins[best]! ? i : best), 0)
    return { table, item, margin: margins[item]!, probability: probabilities[item]! }
  }
  return {
    hash,
    margin: (s) => strongest(s)?.margin ?? null,
    score: (s) => {
      const found = strongest(s)
      if (!found) return null
      const explained = explain(model, found.table, [found.item])
      const words = explained.ok ? explained.value[0] : undefined
      return {
        model: hash,
        item: found.item + 1,
        margin: found.margin,
        probability: found.probability,
        rank: rankOf(found.margin),
        raises: (words?.raises ?? []).slice(0, told).map(contribution),
        lowers: (words?.lowers ?? []).slice(0, told).map(contribution),
      }
    },
  }
}
