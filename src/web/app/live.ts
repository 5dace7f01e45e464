/**
 * Live news of the server (Server-Sent Events at /api/events), one connection for the whole page. Read with fetch rather than EventSource,
 * because its heartbeats are comments, which EventSource swallows: a line that is dead but not closed is noticed only by their absence.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { readEvents } from './event-stream.ts'

/** `id` is '*' after an interruption: something may have happened meanwhile. */
export type Change = { topic: string; id: string; status?: string; lane?: string | null }
export type Connection = { state: 'off' | 'connecting' | 'live' | 'lost'; /** since when (epoch ms) */ since: number }

const silentMs = 40_000
const longestWaitMs = 20_000

let connection: Connection = { state: 'off', since: Date.now() }
const watchers = new Set<() => void>()
const listeners = new Map<string, Set<(change: Change) => void>>()
let stop: (() => void) | null = null
let wake: () => void = () => undefined

const become = (state: Connection['state']): void => {
  if (connection.state === state) return
  connection = { state, since: Date.now() }
  for (const watcher of watchers) watcher()
}

const deliver = (change: Change): void => {
  for (const listener of listeners.get(change.topic) ?? []) listener(change)
  for (const listener of listeners.get('*') ?? []) listener(change)
}

/** Whoever listens reads again: news may have passed while nobody was connected. */
const deliverMissed = (): void => {
  for (const [topic, all] of listeners) for (const listener of all) listener({ topic, id: '*' })
}

const listen = async (signal: AbortSignal, onOpen: () => void): Promise<number> => {
  const line = new AbortController()
  const hangUp = (): void => line.abort()
  signal.addEventListener('abort', hangUp, { once: true })
  let watchdog = setTimeout(hangUp, silentMs)
  const onSign = (): void => {
    clearTimeout(watchdog)
    watchdog = setTimeout(hangUp, silentMs)
  }
  try {
    const response = await fetch('/api/events', { signal: line.signal, headers: { accept: 'text/event-stream' } })
    if (!response.ok || !response.body) return response.status
    onOpen()
    await readEvents(response.body, { onSign, onEvent: (name, data) => name === 'change' && deliver(JSON.parse(data) as Change) })
    return 200
  } catch {
    return 0
  } finally {
    clearTimeout(watchdog)
    signal.removeEventListener('abort', hangUp)
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    wake = done
    signal.addEventListener('abort', done, { once: true })
  })

const keepListening = async (signal: AbortSignal): Promise<void> => {
  let failures = 0
  let wasLost = false
  while (!signal.aborted) {
    const status = await listen(signal, () => {
      if (wasLost) deliverMissed()
      wasLost = false
      failures = 0
      become('live')
    })
    if (signal.aborted) return
    wasLost = true
    failures += 1
    // Signed out is not a broken line: the next request of the page asks who is there.
    become(status === 401 ? 'connecting' : 'lost')
    await pause(Math.min(longestWaitMs, 500 * 2 ** Math.min(failures, 6)) * (0.75 + Math.random() / 2), signal)
  }
}

/** Opens the connection; the shell calls it once somebody is signed in. Answers how to close it. */
export const connectLive = (): (() => void) => {
  stop?.()
  const control = new AbortController()
  const retry = (): void => wake()
  const gone = (): void => become('lost')
  window.addEventListener('online', retry)
  window.addEventListener('offline', gone)
  become('connecting')
  void keepListening(control.signal)
  stop = () => {
    control.abort()
    window.removeEventListener('online', retry)
    window.removeEventListener('offline', gone)
    become('off')
    stop = null
  }
  return stop
}

/** Tries again at once ("retry now" of the banner, signed in again). */
export const retryLive = (): void => wake()

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => connection)

/** Calls `fn` for every change of a topic ('*' = all), for as long as the component is there. Changes of one moment come as they come: coalesce when reading again. */
export const useLive = (topic: string | null, fn: (change: Change) => void): void => {
  const latest = useRef(fn)
  latest.current = fn
  useEffect(() => {
    if (!topic) return undefined
    const listener = (change: Change): void => latest.current(change)
    const all = listeners.get(topic) ?? new Set()
    listeners.set(topic, all.add(listener))
    return () => void all.delete(listener)
  }, [topic])
}
