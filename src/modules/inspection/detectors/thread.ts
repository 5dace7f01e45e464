/** What every thread of a pool does: says that it is ready, and answers one question after the other. */
import { parentPort, type Transferable } from 'node:worker_threads'
import type { Reply } from './pool.ts'

/** `transfer` names the buffers of an answer that move to the asker instead of being copied. */
export const serve = <Q, A>(answer: (question: Q) => Promise<A>, transfer: (answer: A) => Transferable[] = () => []): void => {
  const port = parentPort!
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
  const reply = (message: Reply<A>, buffers: Transferable[] = []): void => port.postMessage(message, buffers)
  port.on('message', (question: Q) => {
    answer(question).then(
      (given) => reply({ answer: given }, transfer(given)),
      (fault: unknown) => reply({ fault: (fault as Error).message }),
    )
  })
  reply({ ready: true })
}
