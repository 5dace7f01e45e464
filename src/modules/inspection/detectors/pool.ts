/**
 * Threads that answer questions, one at a time each, first come first served. A thread that does not answer in time, or dies, is
 * replaced, and its question fails; the others go on.
 */
import { Worker } from 'node:worker_threads'

export type Pool<Question, Answer> = {
  /** `moved` names the buffers of the question that move to the thread instead of being copied. */
  ask: (question: Question, moved?: ArrayBuffer[]) => Promise<Answer>
  close: () => Promise<void>
}
export type PoolOptions = { threads: number; timeoutMs: number }

/** What a thread says: that it is ready, or how a question went. */
export type Reply<Answer> = { ready: true } | { answer: Answer } | { fault: string }

type Waiting<Q, A> = { question: Q; moved: ArrayBuffer[]; done: (answer: A) => void; fail: (fault: Error) => void }
type Thread<Q, A> = { worker: Worker; ready: Promise<void>; busy: Waiting<Q, A> | null; timer: NodeJS.Timeout | null }

/** `script` is the thread's module, `data` what it starts with. Threads are started when there is something to ask. */
export const openPool = <Q, A>(script: URL, data: unknown, { threads, timeoutMs }: PoolOptions): Pool<Q, A> => {
  const queue: Waiting<Q, A>[] = []
  const all = new Set<Thread<Q, A>>()
  let closing = false

  /** What the thread was busy with, which it no longer is. */
  const release = (thread: Thread<Q, A>): Waiting<Q, A> | null => {
    const { busy, timer } = thread
    if (timer) clearTimeout(timer)
    thread.busy = thread.timer = null
    // Who waits for an answer keeps the process alive; a thread that waits for work does not.
    thread.worker.unref()
    return busy
  }
  const lose = (thread: Thread<Q, A>, why: string): void => {
    if (!all.delete(thread)) return
    release(thread)?.fail(new Error(why))
    void thread.worker.terminate()
    next()
  }
  const onReply = (thread: Thread<Q, A>, reply: Reply<A>): void => {
    if ('ready' in reply) return
    const asked = release(thread)
    if ('answer' in reply) asked?.done(reply.answer)
    else asked?.fail(new Error(reply.fault))
    next()
  }
  const start = (): Thread<Q, A> => {
    const worker = new Worker(script, { workerData: data, execArgv: [] })
    const thread: Thread<Q, A> = { worker, ready: new Promise((ready) => worker.once('message', () => ready())), busy: null, timer: null }
    worker.on('message', (reply: Reply<A>) => onReply(thread, reply))
    worker.on('error', (fault: Error) => lose(thread, fault.message))
    worker.on('exit', (code) => lose(thread, `the thread ended with ${code}`))
    all.add(thread)
    return thread
  }
  const give = async (thread: Thread<Q, A>, waiting: Waiting<Q, A>): Promise<void> => {
    thread.busy = waiting
    thread.worker.ref()
    thread.timer = setTimeout(() => lose(thread, `no answer within ${timeoutMs} ms`), timeoutMs)
    await thread.ready
    // The time to start a thread is not the question's.
    if (thread.busy !== waiting) return
    thread.timer.refresh()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
    thread.worker.postMessage(waiting.question, waiting.moved)
  }
  const next = (): void => {
    if (closing || queue.length === 0) return
    const thread = [...all].find((t) => !t.busy) ?? (all.size < threads ? start() : null)
    if (thread) void give(thread, queue.shift()!)
  }
  return {
    ask: (question, moved = []) =>
      new Promise((done, fail) => {
        queue.push({ question, moved, done, fail })
        next()
      }),
    close: async () => {
      closing = true
      for (const { fail } of queue.splice(0)) fail(new Error('closed'))
      await Promise.all([...all].map((t) => t.worker.terminate()))
    },
  }
}
