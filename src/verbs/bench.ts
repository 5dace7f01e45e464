import { parseArgs } from 'node:util'
import { cannotStart } from '#platform/cannot-start.ts'
import { answer, type Help } from './verb.ts'

export const help: Help = {
  usage: 'bench NAME [--seconds N] [--writers N] [--times N] [--data DIR] [--tip DIR] [--models DIR] [--split validation|test]',
  summary:
    'measures beside a yardstick of the same run and prints one object: declarations, crash, assess, tariff-search, criteria, gbdt, corridors, seals, frames, alarms, match, inspect, exploration, detector',
  example: './bin/portcullis bench declarations',
}

type Flags = { seconds?: string; writers?: string; times?: string; data?: string; tip?: string; split?: string; models?: string }
type Bench = { bench: (flags: Flags) => Promise<Record<string, unknown>> }

const benches: Record<string, () => Promise<Bench>> = {
  declarations: () => import('../../bench/declarations.ts'),
  crash: () => import('../../bench/crash.ts'),
  assess: () => import('../../bench/assess.ts'),
  'tariff-search': () => import('../../bench/tariff-search.ts'),
  criteria: () => import('../../bench/criteria.ts'),
  gbdt: () => import('../../bench/gbdt.ts'),
  corridors: () => import('../../bench/corridors.ts'),
  seals: () => import('../../bench/seals.ts'),
  frames: () => import('../../bench/frames.ts'),
  alarms: () => import('../../bench/alarms.ts'),
  match: () => import('../../bench/match.ts'),
  inspect: () => import('../../bench/inspect.ts'),
  exploration: () => import('../../bench/exploration.ts'),
  detector: () => import('../../bench/detector.ts'),
}

export const run = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      writers: { type: 'string' },
      times: { type: 'string' },
      data: { type: 'string' },
      tip: { type: 'string' },
      split: { type: 'string' },
      models: { type: 'string' },
    },
  })
  const name = positionals[0] ?? ''
  const known = Object.keys(benches).join(', ')
  if (!Object.hasOwn(benches, name)) throw cannotStart(`bench: "${name}" is none of the benchmarks: ${known}.`)
  if (values.split !== undefined && values.split !== 'validation' && values.split !== 'test')
    throw cannotStart('bench: --split is validation or test.')
  for (const flag of ['seconds', 'writers', 'times'] as const)
    if (values[flag] !== undefined && !/^[1-9]\d{0,5}$/.test(values[flag])) throw cannotStart(`bench: --${flag} must be a whole number above 0.`)
  const result = await (await benches[name]!()).bench(values)
  answer(result)
  return result['ok'] === false ? 1 : 0
}
