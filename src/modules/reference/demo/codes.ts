/** Reads data/reference/codes.txt: `[list]`, then `code<tab>meaning<tab>fr=…`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CodeEntry, type ListName, listNames, type Names } from '../schema.ts'

const file = join(import.meta.dirname, '../../../../data/reference/codes.txt')
const founded = '2020-01-01'

const isList = (name: string): name is ListName => (listNames as readonly string[]).includes(name)

const namesOf = (english: string, others: readonly string[]): Names => {
  const pairs = others.map((o) => [o.slice(0, o.indexOf('=')), o.slice(o.indexOf('=') + 1)] as const)
  return Object.fromEntries([['en', english], ...pairs])
}

/** All code lists of the demo country; a line that cannot be read stops with its number. */
export const codeEntries = (text: string = readFileSync(file, 'utf8')): CodeEntry[] => {
  let list: ListName | undefined
  return text.split('\n').flatMap((line, at): CodeEntry[] => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const heading = /^\[([a-z-]+)\]$/.exec(line)?.[1]
    if (heading !== undefined) {
      if (!isList(heading)) throw new Error(`codes.txt, line ${at + 1}: there is no list ${heading}`)
      list = heading
      return []
    }
    const [code, english, ...others] = line.split('\t')
    if (!list || !code || !english) throw new Error(`codes.txt, line ${at + 1}: expected a code, a tab and its meaning`)
    return [{ list, code, names: namesOf(english, others), validFrom: founded }]
  })
}
