import { cannotStart } from '#platform/cannot-start.ts'
import type { Help } from './verb.ts'

export const help: Help = {
  usage: 'simulate xray --kind bag [--seed N] [--count N] [--threat none|gun|knife|wrench|explosive|drugs|cigarettes|currency] --out DIR',
  summary:
    'makes scans that no scanner made, from seeds: two 16-bit planes, a picture in pseudo-colour and the truth of every thing in it, a line of JSON each; with --count, one after the other from the seed on',
  example: './bin/portcullis simulate xray --kind bag --seed 7 --count 3 --threat gun --out /tmp/scans',
}

type Part = { run: (args: string[]) => Promise<number> }

/** To add a simulator: write src/verbs/simulate/<word>.ts and name it here. */
const parts: Readonly<Record<string, () => Promise<Part>>> = {
  xray: () => import('./simulate/xray.ts'),
}

export const run = async ([part = '', ...args]: string[]): Promise<number> => {
  if (!Object.hasOwn(parts, part)) throw cannotStart(`simulate: "${part}" is none of ${Object.keys(parts).join(', ')}.`)
  return (await parts[part]!()).run(args)
}
