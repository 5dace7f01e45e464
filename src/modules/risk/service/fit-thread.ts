/** The thread that does one fit and answers it. */
import { parentPort, workerData } from 'node:worker_threads'
import { fit, type Work } from '../learning/fit.ts'

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
parentPort!.postMessage(fit(workerData as Work))
