/**
 * The whole path of an image (file, pixels, bags, network, verdict) beside plain onnxruntime on the same network and the very tensors
 * that the path shows it, in the same run, taken in turns. One network thread on either side; the path makes the next image ready
 * meanwhile. Pictures are the research pictures beside the repository where they are there, else simulated bags; both say so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join, resolve } from 'node:path'
import ort from 'onnxruntime-node'
import sharp from 'sharp'
import { openDetector, rasterOf, readScan, type Detector } from '../src/modules/inspection/detectors/index.ts'
import { leavesDoubt, viewsOf } from '../src/modules/inspection/detect/look.ts'
import { batchesOf, secondViews } from '../src/modules/inspection/detect/tensor.ts'
import { mapsOf } from '../src/modules/inspection/detectors/network.ts'
import { simulateScan } from '../src/modules/inspection/rules.ts'

const sharedBags = resolve(import.meta.dirname, '../../shared/data/xray/bags')
const models = resolve(import.meta.dirname, '../data/models')
const pictures = 40

const spaced = (folder: string, count: number): Buffer[] => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.jpg')).toSorted() // prettier-ignore
  return Array.from({ length: count }, (_, i) => readFileSync(join(folder, names[Math.floor((i * names.length) / count)]!)))
}

const simulated = async (seed: number): Promise<Buffer> => {
  const { picture } = simulateScan({ kind: 'bag', seed })
  return sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer()
}

const readPictures = async (): Promise<{ kind: string; files: Buffer[] }> =>
  existsSync(sharedBags)
    ? { kind: 'real', files: [...spaced(join(sharedBags, 'threat'), pictures / 2), ...spaced(join(sharedBags, 'clear'), pictures / 2)] }
    : { kind: 'simulated', files: await Promise.all(Array.from({ length: pictures }, (_, seed) => simulated(seed))) }

/** What the path shows the network of each picture, batched as the path does it, with the second look where the first leaves doubt. */
const tensorsOf = async (session: ort.InferenceSession, files: readonly Buffer[], { card }: Detector): Promise<ort.Tensor[]> => {
  const tensors: ort.Tensor[] = []
  for (const bytes of files) {
    const reading = await readScan([{ role: 'image', bytes }])
    if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
    const views = viewsOf(rasterOf(reading.value.scan), card).map((v) => v.picture)
    for (const batch of batchesOf(views)) {
      const tensor = new ort.Tensor('float32', batch.data, batch.dims)
      tensors.push(tensor)
      const outputs = await session.run({ [card.input.name]: tensor })
      const doubtful = Array.from({ length: batch.dims[0] }, (_, n) => n).filter((n) => leavesDoubt(mapsOf(outputs, n), card))
      if (!card.second || doubtful.length === 0) continue
      const { data, dims } = secondViews(batch, doubtful, card.second.view)
      tensors.push(new ort.Tensor('float32', data, dims))
    }
  }
  return tensors
}

const yardstick = async (detector: Detector, files: readonly Buffer[]): Promise<() => Promise<number>> => {
  const { card } = detector
  const session = await ort.InferenceSession.create(join(models, card.id, 'model.onnx'), { intraOpNumThreads: 1, interOpNumThreads: 1 })
  const tensors = await tensorsOf(session, files, detector)
  return async () => {
    const began = performance.now()
    for (const tensor of tensors) await session.run({ [card.input.name]: tensor })
    return performance.now() - began
  }
}

/** Milliseconds for all pictures, and of each: five are under way, so that the next is ready when one is looked at, also behind a frame of many bags. */
const walk = async (detector: Detector, files: readonly Buffer[]): Promise<{ total: number; each: number[]; bags: number }> => {
  const [began, each, waiting] = [performance.now(), [] as number[], [] as ReturnType<Detector['examine']>[]]
  let bags = 0
  const take = async (): Promise<void> => {
    const finding = await waiting.shift()!
    if (!finding.ok || finding.value.model === null) throw new Error(`an image was not looked at: ${JSON.stringify(finding)}`)
    each.push(finding.value.ms)
    bags += finding.value.bags.length
  }
  for (const bytes of files) {
    waiting.push(detector.examine([{ role: 'image', bytes }]))
    if (waiting.length > 4) await take()
  }
  while (waiting.length > 0) await take()
  return { total: performance.now() - began, each, bags }
}

const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))]!
const round = (v: number): number => Math.round(v * 100) / 100

export const bench = async ({ times = '3' }: { times?: string }): Promise<Record<string, unknown>> => {
  const opened = openDetector('bag')
  if (!opened.ok) return { bench: 'inspect', ok: false, issues: opened.issues }
  const detector = opened.value
  const { kind, files } = await readPictures()
  const plain = await yardstick(detector, files)
  const rounds: { path: number; plain: number }[] = []
  const each: number[] = []
  // Both are warm before anything counts.
  let { bags } = await walk(detector, files)
  await plain()
  for (let i = 0; i < Number(times); i++) {
    const plainMs = await plain()
    const walked = await walk(detector, files)
    bags = walked.bags
    each.push(...walked.each)
    rounds.push({ path: walked.total, plain: plainMs })
  }
  await detector.close()
  const pathMs = quantile(rounds.map((r) => r.path), 0.5) / files.length // prettier-ignore
  const plainMs = quantile(rounds.map((r) => r.plain), 0.5) / files.length // prettier-ignore
  return {
    bench: 'inspect',
    model: `${detector.card.id}@${detector.card.version}`,
    pictures: kind,
    n: files.length,
    bags,
    rounds: rounds.length,
    pathMsPerImage: round(pathMs),
    plainOnnxruntimeMsPerImage: round(plainMs),
    ratio: round(pathMs / plainMs),
    workedMsPerImage: {
      median: round(quantile(each, 0.5)),
      p95: round(quantile(each, 0.95)),
      mean: round(each.reduce((a, b) => a + b, 0) / each.length),
    },
    hardware: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores; one network thread, one that makes ready`,
  }
}
