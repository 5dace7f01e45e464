/** What is known beyond the texts of the nomenclature, made ready for the index. Pure. */
import type { Relation } from './entries.ts'
import { stemsOf } from './words.ts'

export type Lore = { relations?: readonly Relation[]; endings?: readonly Relation[]; residual?: readonly Relation[]; codes?: readonly string[] }

/** Stems of a word or phrase, joined by a blank → what may stand for it, and how well (0..1). */
export type Relations = ReadonlyMap<string, readonly { stems: readonly string[]; weight: number }[]>
export type Affixes = readonly { affix: string; atEnd: boolean; headings: readonly number[] }[]

const synonym = 0.75
const kind = 0.3

export const relationsOf = (relations: readonly Relation[]): Relations => {
  const map = new Map<string, { stems: readonly string[]; weight: number }[]>()
  const add = (from: readonly string[], stems: readonly string[], weight: number): void => {
    const key = from.join(' ')
    if (key === '' || stems.length === 0 || key === stems.join(' ')) return
    const list = map.get(key) ?? []
    list.push({ stems, weight })
    map.set(key, list)
  }
  for (const { words, kindOf } of relations) {
    const left = words.map(stemsOf)
    if (kindOf) for (const from of left) for (const to of kindOf) add(from, stemsOf(to), kind)
    else for (const from of left) for (const to of left) if (from !== to) add(from, to, synonym)
  }
  return map
}

const headingsOf = (codes: readonly string[], headingAt: ReadonlyMap<string, number>): number[] => codes.flatMap((code) => headingAt.get(code) ?? [])

export const affixesOf = (endings: readonly Relation[], headingAt: ReadonlyMap<string, number>): Affixes =>
  endings
    .flatMap(({ words, kindOf = [] }) =>
      words.map((word) => ({ affix: word.replaceAll('-', ''), atEnd: word.startsWith('-'), headings: headingsOf(kindOf, headingAt) })),
    )
    .sort((a, b) => b.affix.length - a.affix.length)

export const residualOf = (residual: readonly Relation[], headingAt: ReadonlyMap<string, number>): ReadonlyMap<string, readonly number[]> =>
  new Map(residual.flatMap(({ words, kindOf = [] }) => words.map((word) => [stemsOf(word).join(' '), headingsOf(kindOf, headingAt)] as const)))
