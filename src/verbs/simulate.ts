import { cannotStart } from '#platform/cannot-start.ts'
import type { Help } from './verb.ts'

export const help: Help = {
  usage:
    'simulate xray --kind bag|carton|container|ct [--seed N] [--count N] [--threat none|gun|knife|wrench|explosive|drugs|cigarettes|currency] [--chapter NN] [--foreign N] --out DIR',
  summary:
    'makes scans that no scanner made, from seeds: two 16-bit planes (of a CT: density and atomic number, slice below slice), a picture and the truth of every thing in it, a line of JSON each; --count goes on from the seed; --chapter says what goods cartons and containers hold, --foreign strews stray bodies into a carton',
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
