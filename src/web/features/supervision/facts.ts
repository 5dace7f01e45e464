/** What the screens of supervision read, and how they stay fresh: by news, and by the clock, because reports of seals are no news. */
import { useQuery, useQueryClient, type QueryKey, type UseQueryResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { AlarmRow, CommandRow, Corridor, DeviceRow, SealNow, Trip } from '#schema/supervision'
import { get, type Query } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'

export const tripsPath = '/api/supervision/trips'
export const transitsPath = '/api/supervision/transits'
export const arrivalsPath = '/api/supervision/arrivals'
export const alarmsPath = '/api/supervision/alarms'

const gatherMs = 300
const everyMs = 30_000
const pageSize = 500

/** Every row of a list, page by page: an alarm beyond the first page counts like any other. */
export const allOf = async <R>(path: string, query: Query, signal: AbortSignal): Promise<R[]> => {
  const rows: R[] = []
  for (let page = 1; ; page += 1) {
    const found = await get<{ rows: R[]; total: number }>(path, { ...query, page, size: pageSize }, { signal })
    rows.push(...found.rows)
    if (found.rows.length < pageSize || rows.length >= found.total) return rows
  }
}

/** Reads again when something happened to a trip or an alarm, once for what comes close together, and in any case each half minute. */
export const useFresh = (...keys: readonly QueryKey[]): void => {
  const client = useQueryClient()
  const latest = useRef(keys)
  latest.current = keys
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const read = useRef(() => {
    timer.current = null
    for (const queryKey of latest.current) void client.invalidateQueries({ queryKey })
  })
  const soon = (): void => {
    timer.current ??= setTimeout(read.current, gatherMs)
  }
  useLive('alarm', soon)
  useLive('trip', soon)
  useLive('command', soon)
  useEffect(() => {
    const { current } = read
    const clock = setInterval(current, everyMs)
    return () => {
      clearInterval(clock)
      if (timer.current) clearTimeout(timer.current)
      timer.current = null
    }
  }, [])
}

export const severities = ['critical', 'high', 'medium', 'low', 'quality'] as const
export type Severity = AlarmRow['severity']
export const tripKey = (id: string): QueryKey => ['supervision', 'trip', id]

export const useTrip = (id: string): UseQueryResult<Trip> =>
  useQuery({ queryKey: tripKey(id), queryFn: ({ signal }) => get<Trip>(`${tripsPath}/${id}`, {}, { signal }) })

export const useTripAlarms = (id: string): UseQueryResult<AlarmRow[]> =>
  useQuery({ queryKey: [...tripKey(id), 'alarms'], queryFn: ({ signal }) => allOf<AlarmRow>(alarmsPath, { tripId: id }, signal) })

/** The seals of a trip, of whatever office each is, in the order of its plan. */
export const useSeals = (trip: Trip): readonly SealNow[] | undefined =>
  useQuery({
    queryKey: [...tripKey(trip.id), 'seals'],
    queryFn: ({ signal }) => get<SealNow[]>(`${tripsPath}/${trip.id}/seals`, {}, { signal }),
  }).data

type Standing = Pick<DeviceRow, 'locked' | 'batteryPct' | 'eventAt'>

/** Several seals as one: open where one is, the least charge, the newest report. */
export const standingOf = (seals: readonly Standing[]): Standing => {
  const charges = seals.flatMap(({ batteryPct }) => batteryPct ?? [])
  return {
    locked: seals.some((s) => s.locked === false) ? false : seals.length > 0 && seals.every((s) => s.locked === true) ? true : null,
    batteryPct: charges.length === 0 ? null : Math.min(...charges),
    eventAt:
      seals
        .flatMap(({ eventAt }) => eventAt ?? [])
        .toSorted()
        .at(-1) ?? null,
  }
}

/** Commands to the seals that belong to the trip, the newest first. */
export const useCommands = (tripId: string): readonly CommandRow[] | undefined =>
  useQuery({
    queryKey: [...tripKey(tripId), 'commands'],
    queryFn: async ({ signal }) => (await get<{ rows: CommandRow[] }>(`${tripsPath}/${tripId}/commands`, { size: 50 }, { signal })).rows,
  }).data

export type Colleague = { personId: string; name: string }

/** Who may work on seals at an office. */
export const usePeople = (office: string): readonly Colleague[] | undefined =>
  useQuery({
    queryKey: ['supervision', 'people', office],
    queryFn: ({ signal }) => get<Colleague[]>('/api/supervision/people', { office }, { signal }),
    enabled: office.length === 8,
    staleTime: 600_000,
  }).data

export const useCorridor = (id: string): Corridor | null | undefined =>
  useQuery({
    queryKey: ['supervision', 'corridor', id],
    queryFn: async ({ signal }) => (await get<Corridor[]>('/api/supervision/corridors', {}, { signal })).find((one) => one.id === id) ?? null,
    staleTime: 600_000,
  }).data

/** `seal`: the number of the one that told it */
export type Fix = { lon: number; lat: number; at: string; seal: string }
type Track = { features: { geometry: { coordinates: [number, number] }; properties: { time: string; seal: string } }[] }

/** Where the trip has been, oldest first. */
export const useTrack = (trip: Trip): readonly Fix[] | undefined =>
  useQuery({
    queryKey: [...tripKey(trip.id), 'track'],
    queryFn: async ({ signal }) =>
      (await get<Track>(`${tripsPath}/${trip.id}/positions`, { format: 'geojson' }, { signal })).features.map(
        ({ geometry: { coordinates }, properties }): Fix => ({
          lon: coordinates[0],
          lat: coordinates[1],
          at: properties.time,
          seal: properties.seal,
        }),
      ),
  }).data
