/** A snapshot that is read when first asked for, and again after news that it has changed. */
import type { Bus } from '#platform/bus.ts'

/**
 * `load` runs at the first call and after each news of `topic`; while it runs anew, the snapshot before is answered. A load that fails
 * leaves the one before in use and is tried again at the next call.
 */
export const keepFresh = <T>(bus: Pick<Bus, 'listen'>, topic: string, load: () => Promise<T>): (() => Promise<T>) => {
  let current: Promise<T> | undefined
  bus.listen((news) => {
    if (news.topic !== topic || !current) return
    const before = current
    const next = load()
    current = next.catch(() => before)
  })
  return () => {
    current ??= load().catch((fault: unknown) => {
      current = undefined
      throw fault
    })
    return current
  }
}
