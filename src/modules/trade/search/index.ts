/** Finding the code of a good by what it is called, offline; reading it needs no database. */
import { createFinder, type Finder } from './finder.ts'
import { createIndex } from './finder-index.ts'
import { createMeaning } from './meaning.ts'
import { readTexts } from './read.ts'
import { dimensions, openVectors, prepareVectors } from './read-vectors.ts'

export type { Finder } from './finder.ts'

const make = (): Finder => {
  const { entries, lore } = readTexts()
  const index = createIndex(entries, lore)
  const vectorOf = openVectors()
  return createFinder(index, vectorOf && createMeaning(index, vectorOf, dimensions))
}

let finderMade: Finder | undefined

/** The finder over the texts that ship, built when first asked for; with nearness in meaning once that is prepared. */
export const finder = (): Finder => (finderMade ??= make())

let preparing: Promise<void> | undefined

/** Prepares nearness in meaning where its package is installed: some seconds, once an installation (`tell` is called when it begins). The next `finder()` has it. */
export const prepareFinder = ({ waits, tell }: { waits: boolean; tell?: () => void }): Promise<void> =>
  (preparing ??= prepareVectors(waits, tell).then((made) => {
    if (made) finderMade = undefined
  }))
