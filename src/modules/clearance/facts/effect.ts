/** Adds up how the duty of declarations differs under two tariffs. Pure. */
import type { Assessment, TaxLine } from '#schema/duty'
import type { EffectSum } from '#schema/trade'
import type { DeclarationState } from '../schema/lifecycle.ts'

export type EffectCounter = { add: (before: Assessment, after: Assessment, s: DeclarationState) => void; sum: () => EffectSum }

type Pair = { beforeMinor: number; afterMinor: number }
/** Codes told apart; the rest would not be read. */
const codesAtMost = 200

const debts = (a: Assessment): TaxLine[] => a.lines.filter((l) => l.status !== 'secured')
const put = <P extends Pair>(map: Map<string, P>, key: string, none: () => P, side: keyof Pair, minor: number): P => {
  const there = map.get(key) ?? none()
  there[side] += minor
  map.set(key, there)
  return there
}

export const effectCounter = (): EffectCounter => {
  let declarations = 0
  let manualBefore = 0
  let manualAfter = 0
  const whole: Pair = { beforeMinor: 0, afterMinor: 0 }
  const byType = new Map<string, Pair>()
  const byCode = new Map<string, Pair & { declarations: number }>()
  const count = (a: Assessment, side: keyof Pair, codeOf: ReadonlyMap<number, string>): void => {
    for (const l of debts(a)) {
      whole[side] += l.assessed.minor
      put(byType, l.type, () => ({ beforeMinor: 0, afterMinor: 0 }), side, l.assessed.minor)
      put(byCode, codeOf.get(l.itemNumber) ?? '', () => ({ beforeMinor: 0, afterMinor: 0, declarations: 0 }), side, l.assessed.minor)
    }
  }
  return {
    add: (before, after, s) => {
      const codeOf = new Map(s.document.items.map((i) => [i.itemNumber, `${i.hsCode ?? ''}${i.taricCode ?? ''}`]))
      declarations++
      manualBefore += before.lines.filter((l) => l.status === 'manual').length
      manualAfter += after.lines.filter((l) => l.status === 'manual').length
      count(before, 'beforeMinor', codeOf)
      count(after, 'afterMinor', codeOf)
      for (const code of new Set(codeOf.values())) {
        const there = byCode.get(code)
        if (there) there.declarations++
      }
    },
    sum: () => ({
      declarations,
      ...whole,
      manualBefore,
      manualAfter,
      byTaxType: [...byType]
        .filter(([, pair]) => pair.beforeMinor !== pair.afterMinor)
        .map(([type, pair]) => ({ type, ...pair }))
        .sort((a, b) => (a.type < b.type ? -1 : 1)),
      // What stays the same within a declaration that changes says nothing of the change.
      byCommodity: [...byCode]
        .filter(([, p]) => p.beforeMinor !== p.afterMinor)
        .map(([code, { declarations: n, ...pair }]) => ({ code, declarations: n, ...pair }))
        .sort((a, b) => Math.abs(b.afterMinor - b.beforeMinor) - Math.abs(a.afterMinor - a.beforeMinor))
        .slice(0, codesAtMost),
    }),
  }
}
