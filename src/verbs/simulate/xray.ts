/** `simulate xray`: scans of the physics simulator as files, for training, for demonstrations and for trying a viewer. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { cannotStart } from '#platform/cannot-start.ts'
import { type SimulatedKind, simulateCt, simulateScan, type ThreatKind, threats, wares } from '#rules/inspection'
import { answer } from '../verb.ts'

const kinds = ['bag', 'carton', 'container', 'ct'] as const
const chapters = new Set(wares.map((ware) => ware.chapter))
const threatNames = ['none', ...Object.keys(threats)]

type Kind = SimulatedKind | 'ct'
type Flags = { kind: Kind; seed: number; count: number; threat?: ThreatKind; chapter?: string; foreign: number; out: string }

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
      chapter: { type: 'string' },
      foreign: { type: 'string', default: '0' },
      out: { type: 'string' },
    },
  })
  const kind = kinds.find((known) => known === values.kind)
  if (!kind) throw cannotStart(`simulate xray: --kind must be one of ${kinds.join(', ')}.`)
  if (!threatNames.includes(values.threat)) throw cannotStart(`simulate xray: --threat must be one of ${threatNames.join(', ')}.`)
  const { chapter } = values
  if (chapter !== undefined && !chapters.has(chapter)) throw cannotStart(`simulate xray: --chapter must be one of ${[...chapters].join(', ')}.`)
  if (!values.out) throw cannotStart('simulate xray: --out names the directory for the files.')
  const threat = values.threat === 'none' ? undefined : (values.threat as ThreatKind)
  const number = (name: 'seed' | 'count' | 'foreign', most: number): number => whole(name, values[name], most)
  return {
    kind,
    seed: number('seed', 999_999_999),
    count: number('count', 100_000),
    foreign: number('foreign', 50),
    threat,
    chapter,
    out: values.out,
  }
}

/** A 16-bit grey PNG; without the colour space libvips would write 8 bits. */
const plane = (data: Uint16Array, width: number, height: number): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer()

type Files = [path: string, content: Uint8Array | string][]
type Written = { files: Files; told: Record<string, unknown>; things: number }

const scanFiles = async (order: Flags & { kind: SimulatedKind }, name: string): Promise<Written> => {
  const { dual, picture, truth, ...about } = simulateScan(order)
  const { width, height } = dual
  const colours = sharp(picture.data, { raw: { width, height, channels: 3 } })
  const files: Files = [
    [`${name}-low.png`, await plane(dual.low, width, height)],
    [`${name}-high.png`, await plane(dual.high, width, height)],
    [`${name}.png`, await colours.clone().png().toBuffer()],
    [`${name}.jpg`, await colours.jpeg({ quality: 92 }).toBuffer()],
  ]
  return { files, told: { widthPx: width, heightPx: height, ...about, truth }, things: truth.length }
}

/** Slices stand below each other in one picture; the preview is the greatest density along the depth. */
const ctFiles = async ({ seed, threat }: Flags, name: string): Promise<Written> => {
  const { density, zEff, truth, ...about } = simulateCt(seed, threat)
  const { width, height, slices } = density
  const deepest = new Uint8Array(width * slices)
  for (let i = 0; i < density.data.length; i++) {
    const at = Math.floor(i / (width * height)) * width + (i % width)
    deepest[at] = Math.max(deepest[at]!, Math.min(255, density.data[i]! / 12))
  }
  const files: Files = [
    [`${name}-density.png`, await plane(density.data, width, height * slices)],
    [`${name}-zeff.png`, await plane(zEff.data, width, height * slices)],
    [
      `${name}.png`,
      await sharp(deepest, { raw: { width, height: slices, channels: 1 } })
        .png()
        .toBuffer(),
    ],
  ]
  const scales = { gPerCm3PerUnit: density.rescale.slope, zEffPerUnit: zEff.rescale.slope }
  return { files, told: { widthPx: width, heightPx: height, slices, ...scales, ...about, truth }, things: truth.length }
}

const writeScan = async (flags: Flags, seed: number): Promise<Record<string, unknown>> => {
  const { kind, threat, out } = flags
  const begun = performance.now()
  const name = join(out, `${kind}-${threat ?? 'none'}-${seed}`)
  const order = { ...flags, seed }
  const { files, told, things } = kind === 'ct' ? await ctFiles(order, name) : await scanFiles({ ...order, kind }, name)
  const about = { kind, seed, threat: threat ?? null, simulated: true, ...told }
  files.push([`${name}.json`, JSON.stringify(about, undefined, 1) + '\n'])
  for (const [path, content] of files) await writeFile(path, content)
  const ms = Math.round(performance.now() - begun)
  return { ok: true, kind, seed, threat: threat ?? null, files: files.map(([path]) => path), things, ms }
}

export const run = async (args: string[]): Promise<number> => {
  const flags = flagsOf(args)
  await mkdir(flags.out, { recursive: true })
  for (let i = 0; i < flags.count; i++) answer(await writeScan(flags, flags.seed + i))
  return 0
}
