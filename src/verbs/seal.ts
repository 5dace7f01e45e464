import { cannotStart } from '#platform/cannot-start.ts'
import type { Help } from './verb.ts'

export const help: Help = {
  usage:
    'seal decode --protocol NAME [--encoding hex|text] FRAME… | - · seal encode --protocol NAME --command NAME [--device ID] [NAME=VALUE…] | - · seal protocols',
  summary:
    'decode reads frames of electronic seals and vehicle units (JSON lines {id?, protocol, encoding, frame}; the lines of one protocol are one connection); encode makes the bytes of a command; protocols lists what is known',
  example: "./bin/portcullis seal decode --protocol jt701 --encoding text '(8000620011,@JT)'",
}

type Part = { run: (args: string[]) => Promise<number> }

/** To add a word after `seal`: write src/verbs/seal/<word>.ts and name it here. */
const parts: Readonly<Record<string, () => Promise<Part>>> = {
  decode: () => import('./seal/decode.ts'),
  encode: () => import('./seal/encode.ts'),
  protocols: () => import('./seal/protocols.ts'),
}

export const run = async ([part = '', ...args]: string[]): Promise<number> => {
  if (!Object.hasOwn(parts, part)) throw cannotStart(`seal: "${part}" is none of ${Object.keys(parts).join(', ')}.`)
  return (await parts[part]!()).run(args)
}
