/** Simulated scans away from the server's thread: each takes some tenths of a second. */
import { parentPort } from 'node:worker_threads'
import sharp from 'sharp'
import { simulateScan, type ThreatKind } from '#rules/inspection'

export type ScanOrder = { id: number; seed: number; threat: ThreatKind | null }
export type ScanFiles = { id: number; low: Uint8Array; high: Uint8Array; energiesKeV: [number, number]; mmPerPx: number; threats: string[] }

/** A 16-bit grey PNG; without the colour space libvips would write 8 bits. */
const plane = (data: Uint16Array, width: number, height: number): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer()

const scan = async ({ id, seed, threat }: ScanOrder): Promise<ScanFiles> => {
  const { dual, truth, energiesKeV, mmPerPx } = simulateScan({ kind: 'bag', seed, ...(threat && { threat }) })
  const [low, high] = await Promise.all([plane(dual.low, dual.width, dual.height), plane(dual.high, dual.width, dual.height)])
  return { id, low, high, energiesKeV, mmPerPx, threats: truth.filter((thing) => thing.threat).map((thing) => thing.cls) }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
parentPort?.on('message', (order: ScanOrder) => void scan(order).then((files) => parentPort?.postMessage(files)))
