/** The thread in which messages are read when the engine of the main thread has failed: takes jobs, answers, wakes the waiting caller. */
import { type MessagePort, workerData } from 'node:worker_threads'
import { attempt, type Job } from './engine.ts'

const { port, signal } = workerData as { port: MessagePort; signal: Int32Array }

port.on('message', (job: Job) => {
  port.postMessage(attempt(job))
  Atomics.store(signal, 0, 1)
  Atomics.notify(signal, 0)
})
