/** All seals that one may see, kept fresh by differences: asked for when news says that some have reported, and now and then in any case. */
import { useEffect, useRef, useState } from 'react'
import type { LiveSeal, LiveSeals } from '#schema/supervision'
import { get } from '../../../app/api.ts'
import { useLive } from '../../../app/live.ts'

const gatherMs = 250
const everyMs = 10_000

export type LiveSet = {
  /** a new list whenever something changed; undefined until the first answer */
  seals: readonly LiveSeal[] | undefined
  byId: ReadonlyMap<string, LiveSeal>
  /** when the server last answered (ISO 8601) */
  at: string | null
  failed: boolean
}

export const useLiveSeals = (): LiveSet => {
  const all = useRef(new Map<string, LiveSeal>())
  const cursor = useRef('')
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const [state, setState] = useState<Omit<LiveSet, 'byId'>>({ seals: undefined, at: null, failed: false })
  const read = useRef(async (): Promise<void> => {
    try {
      const found = await get<LiveSeals>('/api/supervision/live', { since: cursor.current })
      if (found.whole) all.current.clear()
      for (const seal of found.seals) all.current.set(seal.id, seal)
      for (const id of found.gone) all.current.delete(id)
      cursor.current = found.cursor
      const isNews = found.whole || found.seals.length + found.gone.length > 0
      setState((now) => ({ seals: isNews || !now.seals ? [...all.current.values()] : now.seals, at: found.at, failed: false }))
    } catch {
      // What is on the screen stays; the banner of the frame tells of the lost connection.
      setState((now) => ({ ...now, failed: true }))
    }
  })
  const reading = useRef(false)
  const soon = (waitMs = gatherMs): void => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      if (reading.current) return soon()
      reading.current = true
      void read.current().finally(() => (reading.current = false))
    }, waitMs)
  }
  useEffect(() => {
    soon(0)
    const regular = setInterval(() => soon(), everyMs)
    return () => {
      clearInterval(regular)
      if (timer.current) clearTimeout(timer.current)
      timer.current = null
    }
    // Once for the page: `soon` reads the newest of everything by reference.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  useLive('seals', () => soon())
  useLive('alarm', () => soon())
  useLive('trip', () => soon())
  useLive('device', () => soon())
  return { ...state, byId: all.current }
}
