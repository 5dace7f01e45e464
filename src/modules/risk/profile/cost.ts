/**
 * What asking a profile costs at worst, in steps of about 20 ns on one core of 2 GHz: known from its tree alone, before it is ever asked,
 * so that nobody's declaration waits for a profile and no clock decides which profile is slow. Every loop of the language is over the items
 * (once, never nested) or over a text cut to a fixed length, so the bound is finite: `once + each × items`. Pure.
 *
 * A declaration of twenty items has `mostSteps`, a larger one as much more as it has more items. A profile that keeps to that at twenty keeps
 * to it at every size: for n > 20, once + each·n ≤ (n / 20)·(once + each·20).
 */
import type { Node } from './ast.ts'
import { canonicalNode } from './canonical.ts'
import { comparedLetters } from './text.ts'

/** Steps of a millisecond. */
const mostSteps = 50_000
/** Items of a large declaration; what lodging a larger one costs grows with its items as well. */
export const usualItems = 20

type Cost = { once: number; each: number }
/**
 * What one item, or the declaration once, is asked: texts that were worked out already, which are remembered (text.ts), and the words that are
 * sought in each text, by the letter at which a try of them begins.
 */
type Asked = { read: Set<string>; sought: Map<string, Map<string, number>> }
const nothing = (): Asked => ({ read: new Set(), sought: new Map() })

const free: Cost = { once: 0, each: 0 }
const plus = (steps: number, ...costs: readonly Cost[]): Cost =>
  costs.reduce((t, c) => ({ once: t.once + c.once, each: t.each + c.each }), { once: steps, each: 0 })
const times = ({ once, each }: Cost, n: number): Cost => ({ once: once * n, each: each * n })

/** Letters are freed of accents before they are compared: measured at 12 µs for the longest text that is read; counting its pairs at 4 µs more. */
const readingText = { glob: 600, pairs: 800 } as const
/** Reads the text of `of` for a kind of comparison, unless that was done already. */
const reading = (of: Node, kind: keyof typeof readingText, { read }: Asked): Cost => {
  const name = `${kind} ${canonicalNode(of)}`
  if (read.has(name)) return free
  read.add(name)
  return { once: readingText[kind], each: 0 }
}

/** One letter against one letter: 5 ns. A glob tries each of its literal parts at each place of the text before it goes on, never more. */
const perComparison = 0.25
const globCost = (pattern: string): number =>
  pattern.split('*').reduce((t, part) => t + part.length * Math.max(0, comparedLetters - part.length), 0) * perComparison
/** The pairs of one text looked up among those of another: 200 at most. */
const likenessCost = 150
/** Going through 512 letters, the longest text of a declaration, for a place where a word may begin. */
const scanCost = 30
/** From here on a word is sought from its last letter, leaping. */
const leapsFrom = 7
/** Tries of a word at each of 512 places, measured on equal letters: a short one letter by letter, a longer one with leaps. */
const triesCost = (wanted: string): number => (wanted.length < leapsFrom ? 100 * wanted.length : 200)

/** A place of a text has one letter: only words that begin their tries with the same one can be dragged out by the same text. */
const seek = (of: Node, wanted: string, { sought }: Asked): Cost => {
  const text = canonicalNode(of)
  const letter = wanted.length < leapsFrom ? `first ${wanted.slice(0, 1)}` : `last ${wanted.slice(-1)}`
  const words = sought.get(text) ?? new Map<string, number>()
  sought.set(text, words.set(letter, (words.get(letter) ?? 0) + triesCost(wanted)))
  return { once: scanCost, each: 0 }
}
const tries = ({ sought }: Asked): number =>
  [...sought.values()].reduce((t, words) => {
    const most = (kind: string): number => Math.max(0, ...[...words].flatMap(([letter, steps]) => (letter.startsWith(kind) ? [steps] : [])))
    return t + most('first') + most('last')
  }, 0)

/** Each of at most 999 entries is compared. */
const listCost = 100

/** Counting asks of each item whether it holds and, when it does not, whether it certainly does not. */
const bothWays = 2

const costOf = (node: Node, asked: Asked): Cost => {
  const below = (of: Node): Cost => costOf(of, asked)
  switch (node.kind) {
    case 'literal':
    case 'field':
    case 'window':
    case 'exists':
      return plus(1)
    case 'not':
    case 'negate':
      return plus(1, below(node.of))
    case 'and':
    case 'or':
      return plus(1, ...node.of.map(below))
    case 'compare':
    case 'arithmetic':
      // A truth that is compared is asked both ways; figures are not, and cost that much less than is said.
      return plus(3, times(below(node.left), bothWays), times(below(node.right), bothWays))
    case 'between':
      return plus(4, ...[node.of, node.low, node.high].map(below))
    case 'in':
      return plus(2, times(below(node.of), bothWays))
    case 'under':
      return plus(3 * new Set(node.list.map((l) => String(l.value).length)).size, below(node.of))
    case 'matches':
      return plus(globCost(node.text), reading(node.of, 'glob', asked), below(node.of))
    case 'contains':
      return plus(listCost, seek(node.of, node.text.toLowerCase(), asked), below(node.of))
    case 'similar':
      return plus(likenessCost, reading(node.of, 'pairs', asked), below(node.of))
    case 'items': {
      const inner = whole(node.of).once
      return { once: 2, each: 1 + (node.quantifier === 'count' ? bothWays : 1) * inner }
    }
  }
}

/** A condition of one item, or of the declaration, with what its words may cost together. */
const whole = (node: Node): Cost => {
  const asked = nothing()
  const cost = costOf(node, asked)
  return plus(tries(asked), cost)
}

/** Share of what a declaration may cost that this condition takes at worst, 1 = all of it. */
export const shareOfTime = (when: Node): number => {
  const { once, each } = whole(when)
  return (once + each * usualItems) / mostSteps
}
