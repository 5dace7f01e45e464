/**
 * `<MapView ground={…} corridors={…} offices={…} seals={…} onSeal={…} onCluster={…} ref={engine} />`: the map as a part of a page. It draws
 * what it is given; `onReady` hands out the engine to whoever moves it. Its words for screen readers come as `label`.
 */
import { useEffect, useRef, useState } from 'react'
import type { Corridor, LiveSeal, MapGround } from '#schema/supervision'
import type { Drawn, MapEngine, MapEvents } from './engine.ts'
import { boundsOf, corridorLines, fenceAreas, type OfficePoint, placePoints } from './network.ts'
import { createShown } from './seals.ts'
import css from './map.module.css'

export type MapViewProps = Partial<Omit<MapEvents, 'onDrawn'>> & {
  label: string
  scheme: 'dark' | 'light'
  ground: MapGround
  corridors: readonly Corridor[]
  offices: readonly OfficePoint[]
  seals: readonly LiveSeal[]
  /** pixels kept free at the edges when the whole country is shown */
  padding?: number
  controls?: boolean
  onReady?: (engine: MapEngine) => void
  onFault?: () => void
}

const nothing = (): void => undefined

/** The engine lives as long as the element; handlers may change at every drawing. */
const useEngine = (props: MapViewProps) => {
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const { scheme, ground } = props
  useEffect(() => {
    const container = place.current
    if (!container) return undefined
    let closed = false
    let opened: MapEngine | null = null
    const events: MapEvents = {
      onPoint: (p) => (latest.current.onPoint ?? nothing)(p),
      onSeal: (id) => (latest.current.onSeal ?? nothing)(id),
      onCluster: (g) => (latest.current.onCluster ?? nothing)(g),
      onGround: (at) => (latest.current.onGround ?? nothing)(at),
      onView: (view) => (latest.current.onView ?? nothing)(view),
      onDrawn: setDrawn,
    }
    const { label, controls = true } = latest.current
    void import('./engine.ts')
      .then(({ openMap }) => openMap({ container, scheme, ground, label, controls, events }))
      .then((made) => {
        if (closed) return made.close()
        opened = made
        setEngine(made)
        latest.current.onReady?.(made)
      })
      // No WebGL: the table behind the map says the same.
      .catch(() => latest.current.onFault?.())
    return () => {
      closed = true
      opened?.close()
      setEngine(null)
    }
  }, [scheme, ground])
  return { place, engine, drawn }
}

export const MapView = (props: MapViewProps) => {
  const { place, engine, drawn } = useEngine(props)
  const { corridors, offices, seals, padding = 48 } = props
  const shown = useRef<{ engine: MapEngine; next: ReturnType<typeof createShown>['next'] } | null>(null)
  useEffect(() => {
    if (!engine) return
    engine.set('corridors', corridorLines(corridors))
    engine.set('fences', fenceAreas(corridors))
    engine.set('places', placePoints(corridors, offices))
    const bounds = boundsOf(corridors, offices)
    if (bounds) engine.fit(bounds, { padding, still: true })
  }, [engine, corridors, offices, padding])
  useEffect(() => {
    if (!engine) return
    if (shown.current?.engine !== engine) shown.current = { engine, next: createShown().next }
    engine.change(shown.current.next(seals))
  }, [engine, seals])
  return (
    <div
      className={css.map}
      data-map={engine ? 'ready' : 'opening'}
      data-seals={drawn?.seals}
      data-clusters={drawn?.clusters}
      data-heads={drawn?.heads}
      data-land={drawn?.land}
      data-zoom={drawn?.zoom.toFixed(1)}
    >
      {/* The library makes its own element relative: so it stands in one that has the size. */}
      <div ref={place} className={css.canvas} />
    </div>
  )
}
