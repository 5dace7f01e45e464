/** Finding the code of a good by what it is called, offline; reading it needs no database. */
import { createFinder, type Finder } from './finder.ts'
import { createIndex } from './finder-index.ts'
import { readTexts } from './read.ts'

export type { Finder } from './finder.ts'
export { readTexts } from './read.ts'

let made: Finder | undefined

/** The finder over the texts that ship, built when first asked for. */
export const finder = (): Finder => {
  if (made) return made
  const { entries, lore } = readTexts()
  made = createFinder(createIndex(entries, lore))
  return made
}
