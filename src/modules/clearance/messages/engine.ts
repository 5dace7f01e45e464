/**
 * Keeps reading possible when the XML engine fails. libxml2 runs as WebAssembly; should it trap (memory exhausted, a fault inside), its
 * memory cannot be trusted any more. From then on the work is done in a thread of its own with a fresh engine, and if that traps too, in
 * the next one. The caller waits, as it does for the work itself.
 */
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import { XmlError } from 'libxml2-wasm'
import type { DeclarationDocument } from '../schema/document.ts'
import type { Notification } from '../schema/notification.ts'
import { readHere, type ReadOptions, type ReadResult } from './read.ts'
import { writeHere, type Written } from './write.ts'

export type Job =
  | { name: 'read'; bytes: Uint8Array; options: ReadOptions }
  | { name: 'write'; document: DeclarationDocument | Notification; kind: string }
type Done = ReadResult | Written
/** `engine` tells a failure of the XML engine from one of ours. */
export type Answer = { done: Done } | { failed: string; engine: boolean }
type Work = (job: Job) => Done

/** How long a message may take apart, start of the thread included. */
const patienceMs = 20_000

const doHere: Work = (job) => (job.name === 'read' ? readHere(job.bytes, job.options) : writeHere(job.document, job.kind))

/** A trap, a stack that ran out inside WebAssembly, or libxml2 saying that it failed. */
const isEngineFault = (fault: unknown): boolean =>
  fault instanceof Error &&
  (fault.name === 'RuntimeError' || fault instanceof XmlError || (fault instanceof RangeError && /wasm/.test(fault.stack ?? '')))

/** Runs a job and tells a trap from an answer; used in the thread as well. */
export const attempt = (job: Job, work: Work = doHere): Answer => {
  try {
    return { done: work(job) }
  } catch (fault) {
    return { failed: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault), engine: isEngineFault(fault) }
  }
}

type Thread = { ask: (job: Job) => Answer; end: () => void }

const startThread = (): Thread => {
  const { port1: port, port2 } = new MessageChannel()
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const data: { port: MessagePort; signal: Int32Array } = { port: port2, signal }
  const worker = new Worker(new URL('./engine-thread.ts', import.meta.url), { workerData: data, transferList: [port2] })
  worker.unref()
  port.unref()
  return {
    ask: (job) => {
      Atomics.store(signal, 0, 0)
      port.postMessage(job)
      Atomics.wait(signal, 0, 0, patienceMs)
      return (receiveMessageOnPort(port)?.message as Answer | undefined) ?? { failed: 'no answer in time', engine: true }
    },
    end: () => {
      port.close()
      void worker.terminate()
    },
  }
}

const givenUp: Done = { kind: 'unknown', ok: false, issues: [{ code: 'message.engine_failed', severity: 'error', path: '' }] }

/** A fault of ours must not be lost, though the message is only refused. */
const tell = (failed: string): void => process.emitWarning(failed, 'MessageEngineWarning')

export type Engine = { run: (job: Job) => Done; isApart: () => boolean; end: () => void }

/** An engine that does its work here as long as it can, and apart from the first trap on. `end` gives back a thread that it has. */
export const createEngine = (work: Work = doHere): Engine => {
  let trapped = false
  let thread: Thread | undefined
  const end = (): void => {
    thread?.end()
    thread = undefined
  }
  const run = (job: Job): Done => {
    if (!trapped) {
      const answer = attempt(job, work)
      if ('done' in answer) return answer.done
      tell(answer.failed)
      if (!answer.engine) return givenUp
      trapped = true
    }
    thread ??= startThread()
    const answer = thread.ask(job)
    if ('done' in answer) return answer.done
    tell(answer.failed)
    // This message has brought down a fresh engine: it is refused, and the next one gets another.
    if (answer.engine) end()
    return givenUp
  }
  return { run, isApart: () => trapped, end }
}
