/** Reads the texts that are searched from data/trade. Once, when somebody first searches: about a third of a second. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCodes, readEntries, readRelations, type Entry, type Relation } from './entries.ts'
import type { Lore } from './lore.ts'

const data = join(import.meta.dirname, '../../../../data/trade')
const files = (folder: string): string[] => (existsSync(join(data, folder)) ? readdirSync(join(data, folder)).filter((f) => f.endsWith('.txt')) : [])
const text = (...path: string[]): string => readFileSync(join(data, ...path), 'utf8')

/** Chapters and national lines stand in the tariff; what is charged on them says nothing of what they are. */
const tariffEntries = (): Entry[] =>
  readEntries(text('tariff.txt').replaceAll(/^([^\t\n]*\t[^\t\n]*)\t.*$/gm, '$1'), 'tariff.txt').filter((e) => e.code.length !== 4)

const lore = (file: string): Relation[] => readRelations(text('search', file), `search/${file}`)

export const readTexts = (): { entries: Entry[]; lore: Required<Lore> } => ({
  entries: [
    ...['headings', 'subheadings'].flatMap((folder) => files(folder).flatMap((file) => readEntries(text(folder, file), `${folder}/${file}`))),
    ...tariffEntries(),
  ],
  lore: {
    relations: [...lore('synonyms.txt'), ...lore('kinds.txt')],
    endings: lore('endings.txt'),
    residual: lore('residual.txt'),
    codes: readCodes(text('search', 'subheadings.txt'), 'search/subheadings.txt'),
  },
})
