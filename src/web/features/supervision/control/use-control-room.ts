/** The state of the control room: what is filtered, pointed at, chosen, gathered, replayed, and how the map is moved. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AlarmRow, LiveSeal, LonLat } from '#schema/supervision'
import type { Gathered, MapEngine } from '../../../map/engine.ts'
import { boundsOf } from '../../../map/network.ts'
import { isShown, noFilter } from '../../../map/seals.ts'
import { useFresh } from '../facts.ts'
import { useCorridors, useOfficePoints, useOpen } from './facts.ts'
import { headsAt, waysUntil } from './replay-features.ts'
import { useAlarmTone } from './sound.ts'
import { type LiveSet, useLiveSeals } from './use-live-seals.ts'
import { type Replay, useReplay } from './use-replay.ts'

const noSeals: readonly LiveSeal[] = []
export const noTrips: readonly string[] = []

/** Where an alarm is: where its seal is now, or where it happened. */
export const placeOfAlarm = (alarm: AlarmRow, live: LiveSet): LonLat | null => {
  const seal = [...live.byId.values()].find((s) => s.trip?.id === alarm.tripId)
  if (seal) return { lon: seal.lon, lat: seal.lat }
  return alarm.lat !== null && alarm.lon !== null ? { lon: alarm.lon, lat: alarm.lat } : null
}

/** Draws the replay, and puts the live seals away as long as it runs. */
const useDrawnReplay = (engine: MapEngine | null, replay: Replay, alarms: readonly AlarmRow[]): void => {
  const on = replay.tripIds.length > 0
  const whole = useRef('')
  useEffect(() => engine?.showLive(!on), [engine, on])
  useEffect(() => {
    if (!engine) return
    engine.set('ways', waysUntil(on ? replay.ways : [], replay.nowMs))
    engine.set('replay', headsAt(on ? replay.ways : [], alarms, replay.nowMs))
  }, [engine, on, replay.ways, replay.nowMs, alarms])
  useEffect(() => {
    const key = replay.tripIds.join()
    if (!engine || !on || replay.loading || whole.current === key) return
    whole.current = key
    const places = replay.ways.flatMap((w) => w.fixes)
    if (places.length === 0) return
    const [lons, lats] = [places.map((f) => f[1]), places.map((f) => f[2])]
    const least = (all: number[]): number => all.reduce((a, b) => Math.min(a, b))
    const most = (all: number[]): number => all.reduce((a, b) => Math.max(a, b))
    engine.fit([least(lons), least(lats), most(lons), most(lats)])
  }, [engine, on, replay.tripIds, replay.loading, replay.ways])
}

/** What people choose on the page. */
const useChoices = () => {
  const [filter, setFilter] = useState(noFilter)
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const [view, setView] = useState({ zoom: 7, lat: 34.5 })
  const [asTable, setAsTable] = useState(false)
  const [broken, setBroken] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const [gathered, setGathered] = useState<Gathered | null>(null)
  const [tripIds, setTripIds] = useState(noTrips)
  return {
    filter,
    setFilter,
    engine,
    setEngine,
    view,
    setView,
    asTable,
    setAsTable,
    broken,
    setBroken,
    chosen,
    setChosen,
    gathered,
    setGathered,
    tripIds,
    setTripIds,
  }
}

export const useControlRoom = () => {
  const live = useLiveSeals()
  const corridors = useCorridors()
  const offices = useOfficePoints()
  const { alarms, known } = useOpen()
  const choices = useChoices()
  const { engine, filter, setAsTable, setChosen, setGathered } = choices
  const replay = useReplay(choices.tripIds, choices.view)
  const all = live.seals ?? noSeals
  const shown = useMemo(() => all.filter((seal) => isShown(seal, filter)), [all, filter])
  useFresh(['supervision', 'open'], ['supervision', 'card'])
  useAlarmTone(alarms, known)
  useDrawnReplay(engine, replay, alarms)
  const goTo = useCallback(
    (place: LonLat) => {
      setAsTable(false)
      engine?.goTo(place)
    },
    [engine, setAsTable],
  )
  const choose = useCallback(
    (seal: LiveSeal) => {
      setChosen(seal.id)
      setGathered(null)
      goTo(seal)
    },
    [goTo, setChosen, setGathered],
  )
  const showAll = useCallback(() => {
    const bounds = boundsOf(corridors, offices)
    if (bounds) engine?.fit(bounds)
  }, [engine, corridors, offices])
  return { ...choices, live, corridors, offices, alarms, replay, all, shown, goTo, choose, showAll }
}
export type Room = ReturnType<typeof useControlRoom>
