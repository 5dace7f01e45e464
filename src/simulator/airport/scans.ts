/** One thread that makes scans, one after the other. */
import { Worker } from 'node:worker_threads'
import type { ScanFiles, ScanOrder } from './thread.ts'

export type ScanMaker = { scan: (order: Omit<ScanOrder, 'id'>) => Promise<ScanFiles>; close: () => Promise<void> }

export const openScanMaker = (): ScanMaker => {
  const worker = new Worker(new URL('./thread.ts', import.meta.url))
  const waiting = new Map<number, { resolve: (files: ScanFiles) => void; reject: (fault: unknown) => void }>()
  let next = 0
  worker.on('message', (files: ScanFiles) => {
    waiting.get(files.id)?.resolve(files)
    waiting.delete(files.id)
  })
  const fail = (fault: unknown): void => {
    for (const { reject } of waiting.values()) reject(fault)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the thread that makes scans has ended')))
  return {
    scan: (order) =>
      new Promise((resolve, reject) => {
        next += 1
        waiting.set(next, { resolve, reject })
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
        worker.postMessage({ ...order, id: next } satisfies ScanOrder)
      }),
    close: async () => void (await worker.terminate()),
  }
}
