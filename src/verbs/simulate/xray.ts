/** `simulate xray`: scans of the physics simulator as files, for training, for demonstrations and for trying a viewer. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { cannotStart } from '#platform/cannot-start.ts'
import { type SimulatedKind, simulateScan, type ThreatKind, threats } from '#rules/inspection'
import { answer } from '../verb.ts'

const kinds: readonly SimulatedKind[] = ['bag']
const threatNames = ['none', ...Object.keys(threats)]

type Flags = { kind: SimulatedKind; seed: number; count: number; threat?: ThreatKind; out: string }

const whole = (name: string, text: string, most: number): number => {
  if (!/^\d{1,9}$/.test(text) || Number(text) > most) throw cannotStart(`simulate xray: --${name} must be a whole number up to ${most}.`)
  return Number(text)
}

const flagsOf = (args: string[]): Flags => {
  const { values } = parseArgs({
    args,
    options: {
      kind: { type: 'string', default: 'bag' },
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '1' },
      threat: { type: 'string', default: 'none' },
      out: { type: 'string' },
    },
  })
  const kind = kinds.find((known) => known === values.kind)
  if (!kind) throw cannotStart(`simulate xray: --kind must be one of ${kinds.join(', ')}.`)
  if (!threatNames.includes(values.threat)) throw cannotStart(`simulate xray: --threat must be one of ${threatNames.join(', ')}.`)
  if (!values.out) throw cannotStart('simulate xray: --out names the directory for the files.')
  const threat = values.threat === 'none' ? undefined : (values.threat as ThreatKind)
  return { kind, seed: whole('seed', values.seed, 999_999_999), count: whole('count', values.count, 100_000), threat, out: values.out }
}

/** A 16-bit grey PNG; without the colour space libvips would write 8 bits. */
const plane = (data: Uint16Array, width: number, height: number): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer()

const writeScan = async ({ kind, threat, out }: Flags, seed: number): Promise<Record<string, unknown>> => {
  const begun = performance.now()
  const { dual, picture, truth, ...about } = simulateScan({ kind, seed, threat })
  const ms = Math.round(performance.now() - begun)
  const { width, height } = dual
  const name = join(out, `${kind}-${threat ?? 'none'}-${seed}`)
  const colours = sharp(picture.data, { raw: { width, height, channels: 3 } })
  const told = { kind, seed, threat: threat ?? null, simulated: true, widthPx: width, heightPx: height, ...about, things: truth }
  const files: [string, Uint8Array | string][] = [
    [`${name}-low.png`, await plane(dual.low, width, height)],
    [`${name}-high.png`, await plane(dual.high, width, height)],
    [`${name}.png`, await colours.clone().png().toBuffer()],
    [`${name}.jpg`, await colours.jpeg({ quality: 92 }).toBuffer()],
    [`${name}.json`, JSON.stringify(told, undefined, 1) + '\n'],
  ]
  for (const [path, content] of files) await writeFile(path, content)
  return { ok: true, kind, seed, threat: threat ?? null, files: files.map(([path]) => path), things: truth.length, ms }
}

export const run = async (args: string[]): Promise<number> => {
  const flags = flagsOf(args)
  await mkdir(flags.out, { recursive: true })
  for (let i = 0; i < flags.count; i++) answer(await writeScan(flags, flags.seed + i))
  return 0
}
