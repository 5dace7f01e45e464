/** The thread that does one fit and answers it. */
import { parentPort, workerData } from 'node:worker_threads'
import { fit, type Work } from '../learning/fit.ts'

const { work, rounds } = workerData as { work: Work; rounds: Int32Array }
const fitted = fit(work)
Atomics.store(rounds, 0, fitted.rounds)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
parentPort!.postMessage(fitted)
