/** Simulated scans away from the server's thread: each takes some tenths of a second. */
import { parentPort } from 'node:worker_threads'
import sharp from 'sharp'
import { simulateScan, type ThreatKind } from '#rules/inspection'

/** `chapter`: a carton of such goods instead of a bag. */
export type ScanOrder = { id: number; seed: number; threat: ThreatKind | null; chapter?: string }
export type ScanFiles = {
  id: number
  low: Uint8Array
  high: Uint8Array
  energiesKeV: [number, number]
  mmPerPx: number
  massKg: number
  threats: string[]
}

/** A 16-bit grey PNG; without the colour space libvips would write 8 bits. */
const plane = (data: Uint16Array, width: number, height: number): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer()

const scan = async ({ id, seed, threat, chapter }: ScanOrder): Promise<ScanFiles> => {
  const { dual, truth, energiesKeV, mmPerPx } = simulateScan({
    kind: chapter === undefined ? 'bag' : 'carton',
    seed,
    ...(threat && { threat }),
    ...(chapter !== undefined && { chapter }),
  })
  const massKg = truth.reduce((sum, { massG }) => sum + massG, 0) / 1000
  const [low, high] = await Promise.all([plane(dual.low, dual.width, dual.height), plane(dual.high, dual.width, dual.height)])
  return { id, low, high, energiesKeV, mmPerPx, massKg, threats: truth.filter((thing) => thing.threat).map((thing) => thing.cls) }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
parentPort?.on('message', (order: ScanOrder) => void scan(order).then((files) => parentPort?.postMessage(files)))
