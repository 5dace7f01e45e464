/**
 * The shipped detectors over the frozen splits of ml/manifests, by the product's own road from a file's bytes to the verdict, one thread.
 * Nothing is chosen here: thresholds stand in the cards. Columns are never added up.
 */
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { openDetector, type Detector } from '../src/modules/inspection/detectors/index.ts'
import type { Box } from '../src/modules/inspection/image/raster.ts'
import { simulateScan } from '../src/modules/inspection/physics/simulate.ts'
import type { Finding } from '../src/modules/inspection/schema/finding.ts'
import { figuresOf, type Screened } from './detector-figures.ts'

type Item = { id: string; split: string; group: string; kind: 'threat' | 'clear' | 'carton' }
type Flags = { data?: string; tip?: string; split?: string; models?: string }

const repository = join(import.meta.dirname, '..')
const folders = { threat: 'bags/threat', clear: 'bags/clear', carton: 'cartons' }
const detectors = [
  { kind: 'bags', item: 'bag' },
  { kind: 'cartons', item: 'carton' },
] as const

const simulatedBags = 120
const firstSeed = 900_000

const manifest = (kind: string, split: string): Item[] =>
  (JSON.parse(readFileSync(join(repository, 'ml/manifests', `${kind}.json`), 'utf8')).items as Item[]).filter((i) => i.split === split)

const screen = async (detector: Detector, name: string, bytes: Uint8Array): Promise<Finding> => {
  const found = await detector.examine([{ role: 'image', bytes }])
  if (!found.ok) throw new Error(`${name}: ${found.issues[0]?.code}`)
  return found.value
}

/** Boxes of a Pascal-VOC file, read by tag: the sets order the four numbers differently. */
const boxesOf = (file: string): Screened['boxes'] =>
  [...readFileSync(file, 'utf8').matchAll(/<object>[\s\S]*?<\/object>/g)].map(([object]) => {
    const told = (tag: string): string => new RegExp(`<${tag}>([^<]*)<`).exec(object)?.[1]?.trim() ?? ''
    const [x0, y0] = [Number(told('xmin')), Number(told('ymin'))]
    const name = told('name')
    return { class: name === 'ym' ? 'foreign-body' : name, box: [x0, y0, Number(told('xmax')) - x0, Number(told('ymax')) - y0] }
  })

const screened = (group: string, boxes: Screened['boxes'], said: Finding): Screened => ({
  group,
  positive: boxes.length > 0,
  score: said.score,
  alarm: said.decision !== 'clear',
  boxes,
  found: said.bags.flatMap((bag) => bag.findings),
})

const timesOf = (ms: readonly number[]) => {
  const sorted = ms.toSorted((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 10) / 10
  return { median: at(0.5), p95: at(0.95), mean: Math.round((sorted.reduce((t, v) => t + v, 0) / sorted.length) * 10) / 10 }
}

/** Real pictures of a split. */
const real = async (detector: Detector, items: readonly Item[], data: string) => {
  const all: Screened[] = []
  const times: { ms: number; bags: number }[] = []
  for (const item of items) {
    const file = join(data, folders[item.kind], `${item.id}.jpg`)
    const said = await screen(detector, file, readFileSync(file))
    times.push({ ms: said.ms, bags: said.bags.length })
    all.push(screened(item.group, item.kind === 'clear' ? [] : boxesOf(file.replace(/jpg$/, 'xml')), said))
  }
  const oneBag = times.filter((t) => t.bags === 1).map((t) => t.ms)
  return { ...figuresOf(all), msPerImage: timesOf(times.map((t) => t.ms)), msPerImageOfOneBag: timesOf(oneBag) }
}

type Inserted = { file: string; hostGroup: string; label: string | null; box: Box }

/** Insertions that `ml/tipset.py` wrote: clear bags of the split, each once with a threat and once with a harmless thing. */
const inserted = async (detector: Detector, folder: string) => {
  const [all, times]: [Screened[], number[]] = [[], []]
  for (const line of readFileSync(join(folder, 'tip.jsonl'), 'utf8').trim().split('\n')) {
    const { file, hostGroup, label, box } = JSON.parse(line) as Inserted
    const said = await screen(detector, file, readFileSync(join(folder, file)))
    times.push(said.ms)
    all.push(screened(hostGroup, label === null ? [] : [{ class: label, box }], said))
  }
  return { ...figuresOf(all), msPerImage: timesOf(times) }
}

/** Bags from the simulator, of seeds that training never used: half clear, the other half with a gun, a knife or a wrench. */
const simulated = async (detector: Detector) => {
  const [all, times]: [Screened[], number[]] = [[], []]
  for (let n = 0; n < simulatedBags; n++) {
    const threat = n % 2 === 0 ? undefined : (['gun', 'knife', 'wrench'] as const)[(n >> 1) % 3]
    const { picture, truth } = simulateScan({ kind: 'bag', seed: firstSeed + n, threat })
    const { width, height, data } = picture
    const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer()
    const boxes = truth.filter((t) => t.threat).map(({ cls, box }) => ({ class: cls[0]!.toUpperCase() + cls.slice(1), box: box as Box }))
    const said = await screen(detector, `seed ${n}`, bytes)
    times.push(said.ms)
    all.push(screened(`seed-${n}`, boxes, said))
  }
  return { ...figuresOf(all), msPerImage: timesOf(times) }
}

export const bench = async (flags: Flags): Promise<Record<string, unknown>> => {
  const data = flags.data ?? join(repository, '../shared/data/xray')
  const split = flags.split ?? 'test'
  if (!existsSync(data)) return { ok: false, reason: `no pictures in ${data}` }
  const hardware = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, one thread`
  const told: Record<string, unknown> = { split, hardware }
  for (const { kind, item } of detectors) {
    const opened = openDetector(item, { threads: 1, ...(flags.models !== undefined && { root: flags.models }) })
    if (!opened.ok) {
      told[kind] = { ok: false, reason: opened.issues[0]?.code }
      continue
    }
    const detector = opened.value
    told[kind] = {
      model: `${detector.card.id}@${detector.card.version}`,
      thresholds: detector.card.thresholds,
      real: await real(detector, manifest(kind, split), data),
      simulated: kind === 'bags' ? await simulated(detector) : null,
      tip: kind === 'bags' && flags.tip ? await inserted(detector, flags.tip) : null,
    }
    await detector.close()
  }
  return told
}
