/** The table of verbs. To add one: write src/verbs/<verb>.ts and name it here. */
import type { Verb } from './verb.ts'

export const verbs = {
  serve: (): Promise<Verb> => import('./serve.ts'),
  worker: (): Promise<Verb> => import('./worker.ts'),
  reset: (): Promise<Verb> => import('./reset.ts'),
  message: (): Promise<Verb> => import('./message.ts'),
  declare: (): Promise<Verb> => import('./declare.ts'),
  tariff: (): Promise<Verb> => import('./tariff.ts'),
  duty: (): Promise<Verb> => import('./duty.ts'),
  bench: (): Promise<Verb> => import('./bench.ts'),
  audit: (): Promise<Verb> => import('./audit.ts'),
  risk: (): Promise<Verb> => import('./risk.ts'),
  inspect: (): Promise<Verb> => import('./inspect.ts'),
  forward: (): Promise<Verb> => import('./forward.ts'),
  seal: (): Promise<Verb> => import('./seal.ts'),
  simulate: (): Promise<Verb> => import('./simulate.ts'),
  gateway: (): Promise<Verb> => import('./gateway.ts'),
  help: (): Promise<Verb> => import('./help.ts'),
}

export type VerbName = keyof typeof verbs
