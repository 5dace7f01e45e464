import { cannotStart } from '#platform/cannot-start.ts'
import type { Help } from './verb.ts'

export const help: Help = {
  usage:
    'tariff search [--limit N] [--long] TEXT… | - · tariff show CODE…|- [--origin CC] [--date D] [--dry] · tariff import hs|usitc|uk|s301 FILE… [--dry-run] [--from D] [--administration CC] [--repair]',
  summary:
    'finds the heading and subheading of a good by what it is called, offline, with reasons; shows all measures of a code and why they do or do not apply (--dry: of the tariff that ships); reads foreign tariffs into a proposal, or says what they would change',
  example: './bin/portcullis tariff search "cordless drill"',
}

type Part = { run: (args: string[]) => Promise<number> }

/** To add a word after `tariff`: write src/verbs/tariff/<word>.ts and name it here. */
const parts: Readonly<Record<string, () => Promise<Part>>> = {
  search: () => import('./tariff/search.ts'),
  show: () => import('./tariff/show.ts'),
  import: () => import('./tariff/import.ts'),
}

export const run = async ([part = '', ...args]: string[]): Promise<number> => {
  if (!Object.hasOwn(parts, part)) throw cannotStart(`tariff: "${part}" is none of ${Object.keys(parts).join(', ')}.`)
  return (await parts[part]!()).run(args)
}
