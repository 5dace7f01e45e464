/** What goods are called: lookups and search in the nomenclature. Pure. */
import { validOn, type LegalDate } from '#kernel/time.ts'
import { keyOf, type Commodity } from './schema.ts'

/** What the tariff says of a code. `documents` may hold `A|B`: one of them. */
export type CommodityInfo = { exists: boolean; declarable: boolean; supplementaryUnit?: string; documents: string[] }

export type SearchQuery = { administration: string; q: string; date: LegalDate; language?: string; limit: number }

export type Nomenclature = {
  commodity: (administration: string, code: string, date: LegalDate) => CommodityInfo
  /** description of a code, and of what stands above it, outermost first; the residual line of its chapter stands in for lines not drawn up */
  describe: (administration: string, code: string, date: LegalDate, language?: string) => { name: string; path: string[] } | undefined
  search: (query: SearchQuery) => Commodity[]
  /** a line by its key (`keyOf`) */
  line: (administration: string, key: string, date: LegalDate) => Commodity | undefined
  /** lines directly below a line, in order; the chapters when no key is given */
  children: (administration: string, key: string | undefined, date: LegalDate) => Commodity[]
  /** codes on which measures of goods may sit: the code itself, what stands above it, all goods (''), nearest first */
  lineage: (administration: string, code: string, date: LegalDate) => readonly string[]
}

const declarableDigits = 8
const fold = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
const nameIn = (c: Commodity, language = 'en'): string => c.names[language] ?? c.names['en'] ?? ''

/** Codes are found as written, also with dots and blanks (`8528.72`). */
const digitsOf = (q: string): string | undefined => {
  const bare = q.replace(/[\s.]/g, '')
  return /^[0-9]{2,10}$/.test(bare) ? bare : undefined
}

const wordsOf = (q: string): string[] =>
  fold(q)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((w) => w.length > 1)

/** Plural and singular meet: a word counts where it, or it without its ending, begins a word of the text. */
const holds = (text: string, word: string): boolean => {
  const stem = word.replace(/(?:es|s)$/, '')
  return text.includes(` ${stem.length > 2 ? stem : word}`)
}

type Texts = { own: string; whole: string }

const searchIn = (all: readonly Commodity[], find: (c: Commodity, code: string) => Commodity | undefined) => {
  const texts = new Map<Commodity, Texts>()
  const textOf = (c: Commodity): Texts => {
    const known = texts.get(c)
    if (known) return known
    const own = ` ${fold(Object.values(c.names).join(' '))}`
    const parent = c.parent === undefined ? undefined : find(c, c.parent)
    const text = { own, whole: parent ? `${own} ${textOf(parent).whole}` : own }
    texts.set(c, text)
    return text
  }
  return ({ administration, q, date, limit }: SearchQuery): Commodity[] => {
    const inForce = all.filter((c) => c.administration === administration && validOn(c, date))
    const digits = digitsOf(q)
    if (digits) return inForce.filter((c) => c.code.startsWith(digits)).slice(0, limit)
    const words = wordsOf(q)
    if (words.length === 0) return []
    const scored = inForce.flatMap((c) => {
      const { own, whole } = textOf(c)
      if (!words.every((w) => holds(whole, w))) return []
      return [{ c, score: words.filter((w) => holds(own, w)).length * 2 + (c.declarable ? 1 : 0) }]
    })
    return scored
      .sort((a, b) => b.score - a.score || (a.c.code < b.c.code ? -1 : 1))
      .slice(0, limit)
      .map(({ c }) => c)
  }
}

const byKey = (rows: readonly Commodity[]) => {
  const lines = Map.groupBy(rows, (c) => `${c.administration}/${keyOf(c)}`)
  const below = Map.groupBy(rows, (c) => `${c.administration}/${c.parent ?? ''}`)
  const at = (administration: string, key: string, date: LegalDate): Commodity | undefined =>
    lines.get(`${administration}/${key}`)?.find((c) => validOn(c, date))
  const children: Nomenclature['children'] = (administration, key, date) =>
    (below.get(`${administration}/${key ?? ''}`) ?? []).filter((c) => validOn(c, date)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const above = (c: Commodity, date: LegalDate): Commodity[] => {
    const path: Commodity[] = []
    let up = c.parent === undefined ? undefined : at(c.administration, c.parent, date)
    while (up && !path.includes(up)) {
      path.push(up)
      up = up.parent === undefined ? undefined : at(c.administration, up.parent, date)
    }
    return path
  }
  const nearestTo = (administration: string, code: string, date: LegalDate): Commodity | undefined => {
    for (let length = code.length; length >= 2; length--) {
      const found = at(administration, code.slice(0, length), date)
      if (found) return found
    }
    return undefined
  }
  return { at, children, above, nearestTo, find: (c: Commodity, key: string) => lines.get(`${c.administration}/${key}`)?.[0] }
}

/**
 * Where a heading has lines of its own, only these may be declared; a heading that was not drawn up may be declared under its own eight
 * digits, at what stands on the chapter.
 */
export const createNomenclature = (rows: readonly Commodity[]): Nomenclature => {
  const { at, children, above, nearestTo, find } = byKey(rows)
  const drawnUp = new Set(rows.filter((c) => c.declarable).map((c) => `${c.administration}/${c.code.slice(0, 4)}`))
  const commodity: Nomenclature['commodity'] = (administration, code, date) => {
    const near = nearestTo(administration, code, date)
    if (!near) return { exists: false, declarable: false, documents: [] }
    if (near.declarable) return { exists: true, declarable: true, documents: [] }
    const listed = children(administration, keyOf(near), date).length > 0
    const residual = !listed && !drawnUp.has(`${administration}/${near.code.slice(0, 4)}`)
    return { exists: residual || near.code === code, declarable: residual && code.length >= declarableDigits, documents: [] }
  }
  const describe: Nomenclature['describe'] = (administration, code, date, language) => {
    const near = nearestTo(administration, code, date)
    return (
      near && {
        name: nameIn(near, language),
        path: above(near, date)
          .map((c) => nameIn(c, language))
          .toReversed(),
      }
    )
  }
  const lineage: Nomenclature['lineage'] = (administration, code, date) => {
    const prefixes = Array.from({ length: code.length + 1 }, (_, i) => code.slice(0, code.length - i))
    const near = nearestTo(administration, code, date)
    // The tree follows lines that group, too, whose code need not begin like that of the goods.
    const others = near ? above(near, date).flatMap((c) => (code.startsWith(c.code) ? [] : [c.code])) : []
    return others.length === 0 ? prefixes : [...new Set([...prefixes, ...others])].sort((a, b) => b.length - a.length)
  }
  return { commodity, describe, lineage, line: at, children, search: searchIn(rows, find) }
}
