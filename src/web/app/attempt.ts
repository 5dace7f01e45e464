/** Which Idempotency-Key a press of a button carries. */
export type AttemptKeeper = { keyFor: (method: string, address: string, content: unknown) => string; settle: (status: number) => void }

/** Undecided: nobody reached (0), too early or too busy (408, 425, 429), a fault (5xx). The command may have been done: same key again. */
const isUndecided = (status: number): boolean => status === 0 || status === 408 || status === 425 || status === 429 || status >= 500

export const attemptKeeper = (newKey: () => string = () => crypto.randomUUID()): AttemptKeeper => {
  let open: { what: string; key: string } | null = null
  return {
    keyFor: (method, address, content) => {
      const what = `${method} ${address} ${JSON.stringify(content) ?? ''}`
      if (open?.what !== what) open = { what, key: newKey() }
      return open.key
    },
    settle: (status) => {
      if (!isUndecided(status)) open = null
    },
  }
}
