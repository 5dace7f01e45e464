/**
 * Living profiles asked together, with a fence around each: one that throws, or takes longer than its time again and again, is set aside and
 * told, and selection goes on with the others. The clock comes in, so that this stays a rule.
 */
import type { ProfileTree } from './ast.ts'
import type { Currency } from './check.ts'
import type { Subject } from './closures.ts'
import type { WindowNeed } from './compile.ts'
import { usualItems } from './cost.ts'
import { compileSet, type ProfileSet } from './set.ts'

/**
 * Time for all profiles of one subject of at most twenty items, and for one alone once the sum was exceeded; more items have more time, or a
 * large declaration would set honest profiles aside. What a tree can tell of its cost was asked before (cost.ts): this fence is for the rest.
 */
const limitMs = 1
const limitFor = (subject: Subject): number => limitMs * Math.max(1, subject.items.length / usualItems)
/** A single slow answer may be a pause of the machine's own. */
const strikesAllowed = 3

export type Fault = { profile: number; reason: 'threw' | 'slow'; detail: string }
type Compile = (trees: readonly Pick<ProfileTree, 'when'>[], currency: Currency) => ProfileSet
export type Guarded = {
  windows: () => readonly WindowNeed[]
  /** numbers of the profiles that fire, ascending */ hits: (subject: Subject) => number[]
  /** numbers of those set aside */ isolated: () => number[]
}

/** `compile` is the way from trees to a set; tests give one that fails. */
export const createGuarded = (
  trees: readonly Pick<ProfileTree, 'when'>[],
  currency: Currency,
  now: () => number,
  told: (fault: Fault) => void,
  compile: Compile = compileSet,
): Guarded => {
  const out = new Set<number>()
  const strikes = new Map<number, number>()
  let alive: number[] = []
  let set: ProfileSet
  let single: ProfileSet[] = []
  const rebuild = (): void => {
    alive = trees.flatMap((_, i) => (out.has(i) ? [] : [i]))
    set = compile(
      alive.map((i) => trees[i]!),
      currency,
    )
    single = []
  }
  const isolate = (fault: Fault): void => {
    out.add(fault.profile)
    told(fault)
  }
  const oneByOne = (subject: Subject): number[] => {
    if (single.length === 0) single = alive.map((i) => compile([trees[i]!], currency))
    const bare: Subject = { declaration: subject.declaration, items: subject.items }
    const found: number[] = []
    const before = out.size
    alive.forEach((i, k) => {
      const began = now()
      try {
        // A set of one has its own windows; those with any are asked with the others' figures, which a set alone cannot read.
        if (single[k]!.hits(set.windows.length === 0 ? subject : bare).length > 0) found.push(i)
      } catch (fault) {
        isolate({ profile: i, reason: 'threw', detail: fault instanceof Error ? fault.message.slice(0, 200) : String(fault).slice(0, 200) })
      }
      if (now() - began <= limitFor(subject)) return
      strikes.set(i, (strikes.get(i) ?? 0) + 1)
      if (strikes.get(i)! >= strikesAllowed && !out.has(i))
        isolate({ profile: i, reason: 'slow', detail: `over ${limitMs} ms ${strikesAllowed} times` })
    })
    if (out.size > before) rebuild()
    return found
  }
  rebuild()
  return {
    windows: () => set.windows,
    isolated: () => [...out].sort((a, b) => a - b),
    hits: (subject) => {
      const began = now()
      let found: number[]
      try {
        found = set.hits(subject).map((k) => alive[k]!)
      } catch {
        return oneByOne(subject)
      }
      if (now() - began > limitFor(subject)) oneByOne(subject)
      return found
    },
  }
}
