/** The second line of what is typed: a copy in this browser, for as long as the server does not have it. */
const prefix = 'portcullis.copy.'
const keptMs = 30 * 24 * 3_600_000

export type Copy<T> = { value: T; at: number }

export const keepCopy = (id: string, value: unknown): void => {
  try {
    localStorage.setItem(prefix + id, JSON.stringify({ value, at: Date.now() } satisfies Copy<unknown>))
  } catch {
    // Full or forbidden: the server remains the first line, and the screen says when it cannot be reached.
  }
}

export const forgetCopy = (id: string): void => localStorage.removeItem(prefix + id)

export const readCopy = <T>(id: string): Copy<T> | null => {
  const text = localStorage.getItem(prefix + id)
  if (text === null) return null
  try {
    const copy = JSON.parse(text) as Copy<T>
    if (typeof copy.at === 'number' && Date.now() - copy.at < keptMs) return copy
  } catch {
    // Written by something else: of no use to anybody.
  }
  forgetCopy(id)
  return null
}

/** Nothing of one person stays for the next: called when somebody signs out by choice. */
export const forgetAllCopies = (): void => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}
