/**
 * The Harmonized System as it ships: which codes there are (data/trade/hs2022.txt), and what chapters, headings and some subheadings are
 * called in our own words (tariff.txt, data/trade/headings).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HsList } from '../importing/types.ts'

const data = join(import.meta.dirname, '../../../../data/trade')
const headings = join(data, 'headings')

/** Headings (4 digits) and subheadings (6 digits) that have words of ours. */
const worded = (): [code: string, name: string][] =>
  (existsSync(headings) ? readdirSync(headings).filter((f) => f.endsWith('.txt')) : []).flatMap((file) =>
    readFileSync(join(headings, file), 'utf8')
      .split('\n')
      .flatMap((line): [string, string][] => {
        const [code = '', name = ''] = line.split('\t')
        return /^([0-9]{4}|[0-9]{6})$/.test(code) && name !== '' ? [[code, name]] : []
      }),
  )

const chapters = (): [code: string, name: string][] =>
  [...readFileSync(join(data, 'tariff.txt'), 'utf8').matchAll(/^([0-9]{2})\t([^\t\n]*)/gm)].map((m) => [m[1]!, m[2]!])

let list: (HsList & { headings: readonly string[] }) | undefined

/** Read once, when somebody first imports or fills a database. */
export const shippedHs = (): HsList & { headings: readonly string[] } => {
  if (list) return list
  const codes = new Set<string>()
  const four: string[] = []
  for (const line of readFileSync(join(data, 'hs2022.txt'), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const [heading, ...below] = line.split(' ') as [string, ...string[]]
    four.push(heading)
    for (const code of [heading.slice(0, 2), heading, ...below.map((two) => heading + two)]) codes.add(code)
  }
  const names = new Map([...chapters(), ...worded()])
  const name = (code: string): string | undefined => names.get(code) ?? (code.length > 2 ? name(code.slice(0, -2)) : undefined)
  list = { has: (code) => codes.has(code), name, size: codes.size, headings: four }
  return list
}
