import { cannotStart } from '#platform/cannot-start.ts'
import type { Help } from './verb.ts'

export const help: Help = {
  usage: 'duty parse [--dialect taric|usitc] TEXT…|- · duty compute FILE…|- [--rates FILE] [--seasonal FILE]',
  summary:
    'reads duty expressions into components; computes duty, excise and VAT from inputs as JSON (--rates: monthly exchange rates as JSON, --seasonal: seasonal rates as CSV)',
  example: './bin/portcullis duty parse "8.30 % + EA MAX 18.70 % + ADSZ"',
}

type Part = { run: (args: string[]) => Promise<number> }

/** To add a word after `duty`: write src/verbs/duty/<word>.ts and name it here. */
const parts: Readonly<Record<string, () => Promise<Part>>> = {
  parse: () => import('./duty/parse.ts'),
  compute: () => import('./duty/compute.ts'),
}

export const run = async ([part = '', ...args]: string[]): Promise<number> => {
  if (!Object.hasOwn(parts, part)) throw cannotStart(`duty: "${part}" is none of ${Object.keys(parts).join(', ')}.`)
  return (await parts[part]!()).run(args)
}
