/** The time, told anew as often as an age of this size is worth: each second, minute, or ten minutes. One timer for each step. */
import { useSyncExternalStore } from 'react'

type Ticker = { subscribe: (watcher: () => void) => () => void; now: () => number }

const ticker = (everyMs: number): Ticker => {
  const watchers = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | null = null
  let now = Date.now()
  const tick = (): void => {
    now = Date.now()
    for (const watcher of watchers) watcher()
  }
  return {
    now: () => {
      if (Date.now() - now > everyMs) now = Date.now()
      return now
    },
    subscribe: (watcher) => {
      watchers.add(watcher)
      timer ??= setInterval(tick, everyMs)
      return () => {
        watchers.delete(watcher)
        if (watchers.size > 0 || timer === null) return
        clearInterval(timer)
        timer = null
      }
    },
  }
}

const second = ticker(1_000)
const minute = ticker(30_000)
const slow = ticker(600_000)

/** `ageMs`: how old (or far) the thing is; decides how often to look. */
export const useNow = (ageMs: number): number => {
  const size = Math.abs(ageMs)
  const chosen = size < 90_000 ? second : size < 36 * 3_600_000 ? minute : slow
  return useSyncExternalStore(chosen.subscribe, chosen.now)
}
