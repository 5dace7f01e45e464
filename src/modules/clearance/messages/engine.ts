/**
 * Keeps reading possible when the XML engine fails. libxml2 runs as WebAssembly; should it trap (memory exhausted, a fault inside), its
 * memory cannot be trusted any more. From then on the work is done in a thread of its own with a fresh engine, and if that traps too, in
 * the next one. The caller waits, as it does for the work itself.
 */
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import type { DeclarationDocument } from '../schema/document.ts'
import type { Notification } from '../schema/notification.ts'
import { readHere, type ReadOptions, type ReadResult } from './read.ts'
import { writeHere, type Written } from './write.ts'

export type Job =
  | { name: 'read'; bytes: Uint8Array; options: ReadOptions }
  | { name: 'write'; document: DeclarationDocument | Notification; kind: string }
export type Answer = { done: ReadResult | Written } | { failed: string }

/** How long a message may take apart, start of the thread included. */
const patienceMs = 20_000

const doHere = (job: Job): ReadResult | Written => (job.name === 'read' ? readHere(job.bytes, job.options) : writeHere(job.document, job.kind))

/** Runs a job and tells a trap from an answer; used in the thread as well. */
export const attempt = (job: Job, work: (job: Job) => ReadResult | Written = doHere): Answer => {
  try {
    return { done: work(job) }
  } catch (fault) {
    return { failed: fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault) }
  }
}

type Thread = { worker: Worker; port: MessagePort; signal: Int32Array }
let trapped = false
let thread: Thread | undefined

const startThread = (): Thread => {
  const { port1: port, port2 } = new MessageChannel()
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('./engine-thread.ts', import.meta.url), { workerData: { port: port2, signal }, transferList: [port2] })
  worker.unref()
  port.unref()
  return { worker, port, signal }
}

const endThread = (): void => {
  void thread?.worker.terminate()
  thread = undefined
}

const doApart = (job: Job): Answer => {
  thread ??= startThread()
  const { port, signal } = thread
  Atomics.store(signal, 0, 0)
  port.postMessage(job)
  Atomics.wait(signal, 0, 0, patienceMs)
  const answer = receiveMessageOnPort(port)?.message as Answer | undefined
  return answer ?? { failed: 'no answer in time' }
}

const giveUp: ReadResult & Written = { kind: 'unknown', ok: false, issues: [{ code: 'message.engine_failed', severity: 'error', path: '' }] }

/** Does a job here, or apart once the engine here has trapped. */
export const run = (job: Job, work: (job: Job) => ReadResult | Written = doHere): ReadResult | Written => {
  if (!trapped) {
    const answer = attempt(job, work)
    if ('done' in answer) return answer.done
    trapped = true
  }
  const answer = doApart(job)
  if ('done' in answer) return answer.done
  // This message has brought down a fresh engine: it is refused, and the next one gets another.
  endThread()
  return giveUp
}

/** Whether the work is done apart by now; for the health page and for tests. */
export const isApart = (): boolean => trapped
