/** A replay of some trips: their ways read in pieces, as exact as the zoom can show, and the clock that all share. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { TrackChunk } from '#schema/supervision'
import { get } from '../../../app/api.ts'
import { advance, type Span, spanOf, toleranceFor, type Way } from '../../../map/replay.ts'
import { tripsPath } from '../facts.ts'

export const speeds = [30, 120, 600, 1800] as const
export type Speed = (typeof speeds)[number]

export type Replay = {
  tripIds: readonly string[]
  ways: readonly Way[]
  span: Span | null
  nowMs: number
  playing: boolean
  speed: Speed
  loading: boolean
  setNow: (ms: number) => void
  setSpeed: (speed: Speed) => void
  toggle: () => void
}

const readWay = async (tripId: string, toleranceM: number, signal: AbortSignal, told: (way: Way) => void): Promise<void> => {
  const fixes: TrackChunk['fixes'] = []
  for (let from: string | null | undefined; from !== null;) {
    const piece: TrackChunk = await get<TrackChunk>(`${tripsPath}/${tripId}/track`, { from, toleranceM }, { signal })
    fixes.push(...piece.fixes)
    from = piece.next
    told({ tripId, fixes: [...fixes], next: piece.next })
  }
}

/** Ways of these trips; read anew when the zoom asks for a finer tolerance, and kept until the finer ones are there. */
const useWays = (tripIds: readonly string[], toleranceM: number): { ways: readonly Way[]; loading: boolean } => {
  const [ways, setWays] = useState<ReadonlyMap<string, Way>>(new Map())
  const [read, setRead] = useState('')
  const key = tripIds.join()
  const asked = `${key} ${toleranceM}`
  // Known in the very picture that asks for others: whoever waits for the whole must not take the ways of before for it.
  const loading = key !== '' && read !== asked
  useEffect(() => {
    if (key === '') return undefined
    const control = new AbortController()
    setWays((known) => new Map([...known].filter(([id]) => key.split(',').includes(id))))
    const told = (way: Way): void => setWays((known) => new Map(known).set(way.tripId, way))
    void Promise.allSettled(key.split(',').map((id) => readWay(id, toleranceM, control.signal, told))).then(
      () => !control.signal.aborted && setRead(asked),
    )
    return () => control.abort()
  }, [key, toleranceM, asked])
  return useMemo(() => ({ ways: key === '' ? [] : [...ways.values()], loading }), [ways, key, loading])
}

const stillStepMs = 1000

/** The clock: with each picture, or once a second where motion is not wanted. */
const useClock = (span: Span | null) => {
  const [state, setState] = useState<{ nowMs: number | null; playing: boolean; speed: Speed }>({ nowMs: null, playing: false, speed: 120 })
  const latest = useRef(span)
  latest.current = span
  useEffect(() => {
    if (!state.playing) return undefined
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    let before = performance.now()
    let frame = 0
    const step = (): void => {
      const at = performance.now()
      const elapsed = at - before
      if (!still || elapsed >= stillStepMs) {
        before = at
        setState((now) => {
          const { current } = latest
          if (!current) return now
          const nowMs = advance(now.nowMs ?? current.fromMs, elapsed, now.speed, current)
          return { ...now, nowMs, playing: nowMs < current.toMs }
        })
      }
      frame = requestAnimationFrame(step)
    }
    frame = requestAnimationFrame(step)
    return () => cancelAnimationFrame(frame)
  }, [state.playing])
  return { state, setState }
}

export const useReplay = (tripIds: readonly string[], view: { zoom: number; lat: number }): Replay => {
  const { ways, loading } = useWays(tripIds, toleranceFor(view.zoom, view.lat))
  const span = useMemo(() => spanOf(ways), [ways])
  const { state, setState } = useClock(span)
  const key = tripIds.join()
  useEffect(() => setState((now) => ({ ...now, nowMs: null, playing: key !== '' })), [key, setState])
  const nowMs = state.nowMs ?? span?.fromMs ?? 0
  return {
    tripIds,
    ways,
    span,
    nowMs,
    playing: state.playing,
    speed: state.speed,
    loading,
    setNow: (ms) => setState((now) => ({ ...now, nowMs: ms })),
    setSpeed: (speed) => setState((now) => ({ ...now, speed })),
    toggle: () =>
      setState((now) => {
        const atEnd = span !== null && nowMs >= span.toMs
        return { ...now, playing: !now.playing, nowMs: atEnd && !now.playing ? span.fromMs : now.nowMs }
      }),
  }
}
