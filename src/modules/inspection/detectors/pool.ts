/**
 * Threads that examine images, each with the network open. One image a thread at a time, first come first served. A thread that does
 * not answer in time, or dies, is replaced, and its image goes to a person: never `clear`.
 */
import { Worker } from 'node:worker_threads'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome } from '#kernel/outcome.ts'
import { unread } from '../detect/verdict.ts'
import type { Finding } from '../schema/finding.ts'
import type { ModelCard } from '../schema/model-card.ts'
import type { Question, Reply } from './thread.ts'

export type Pool = { examine: (question: Question) => Promise<Outcome<Finding>>; close: () => Promise<void> }
export type PoolOptions = { threads: number; timeoutMs: number }

type Waiting = { question: Question; done: (outcome: Outcome<Finding>) => void }
type Thread = { worker: Worker; ready: Promise<void>; busy: Waiting | null; timer: NodeJS.Timeout | null; began: number }

const failed = (detail: string, ms: number): Outcome<Finding> =>
  accept(unread([error('inspection.detector_failed', '', { detail: detail.slice(0, 200) })], Math.round(ms)))

/** Starts the threads; they open the network while the first images wait. */
export const openPool = (model: { card: ModelCard; bytes: Uint8Array }, { threads, timeoutMs }: PoolOptions): Pool => {
  const queue: Waiting[] = []
  const all = new Set<Thread>()
  let closing = false

  const finish = (thread: Thread, outcome: Outcome<Finding>): void => {
    if (thread.timer) clearTimeout(thread.timer)
    const { busy } = thread
    thread.busy = thread.timer = null
    thread.worker.unref()
    busy?.done(outcome)
  }
  const lose = (thread: Thread, detail: string): void => {
    if (!all.delete(thread)) return
    finish(thread, failed(detail, performance.now() - thread.began))
    void thread.worker.terminate()
    if (!closing && (queue.length > 0 || all.size === 0)) next()
  }
  const onReply = (thread: Thread, message: Reply): void => {
    if ('ready' in message) return
    finish(thread, 'outcome' in message ? message.outcome : failed(message.fault, performance.now() - thread.began))
    next()
  }
  const start = (): Thread => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: model, execArgv: [] })
    const thread: Thread = { worker, ready: new Promise((r) => worker.once('message', () => r())), busy: null, timer: null, began: 0 }
    worker.on('message', (message: Reply) => onReply(thread, message))
    worker.on('error', (fault: Error) => lose(thread, fault.message))
    worker.on('exit', (code) => lose(thread, `the thread ended with ${code}`))
    // What waits for an answer keeps the process alive; a thread that waits for work does not.
    worker.unref()
    all.add(thread)
    return thread
  }
  const next = (): void => {
    if (closing || queue.length === 0) return
    const thread = [...all].find((t) => !t.busy) ?? (all.size < threads ? start() : null)
    if (!thread) return
    const waiting = queue.shift()!
    thread.busy = waiting
    thread.worker.ref()
    void give(thread, waiting)
  }
  const give = async (thread: Thread, waiting: Waiting): Promise<void> => {
    thread.began = performance.now()
    thread.timer = setTimeout(() => lose(thread, `no answer within ${timeoutMs} ms`), timeoutMs)
    await thread.ready
    if (thread.busy !== waiting) return
    thread.timer.refresh()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
    thread.worker.postMessage(waiting.question)
  }
  return {
    examine: (question) =>
      new Promise((done) => {
        queue.push({ question, done })
        next()
      }),
    close: async () => {
      closing = true
      for (const { done } of queue.splice(0)) done(failed('the detector was closed', 0))
      await Promise.all([...all].map((t) => t.worker.terminate()))
    },
  }
}
