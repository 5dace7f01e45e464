/** What the control room reads beside the seals: ground, corridors, offices, open alarms, cards. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { AlarmRow, Corridor, MapGround, SealCard } from '#schema/supervision'
import { get } from '../../../app/api.ts'
import type { OfficePoint } from '../../../map/network.ts'
import { allOf, alarmsPath } from '../facts.ts'

const noCorridors: readonly Corridor[] = []
const noOffices: readonly OfficePoint[] = []
const noAlarms: readonly AlarmRow[] = []

export const useGround = (): MapGround | undefined =>
  useQuery({ queryKey: ['supervision', 'map'], queryFn: ({ signal }) => get<MapGround>('/api/supervision/map', {}, { signal }), staleTime: Infinity })
    .data

export const corridorsKey = ['supervision', 'corridors'] as const
export const useCorridors = (): readonly Corridor[] =>
  useQuery({
    queryKey: corridorsKey,
    queryFn: ({ signal }) => get<Corridor[]>('/api/supervision/corridors', {}, { signal }),
    staleTime: 600_000,
  }).data ?? noCorridors

export const useOfficePoints = (): readonly OfficePoint[] =>
  useQuery({
    queryKey: ['reference', 'offices', 'points'],
    queryFn: async ({ signal }) => (await get<{ rows: OfficePoint[] }>('/api/reference/offices', {}, { signal })).rows,
    staleTime: 600_000,
  }).data ?? noOffices

/** Open alarms, gravest first, then the latest; flags of data quality are no matter of the desk. */
export const useOpen = (): { alarms: readonly AlarmRow[]; known: boolean } => {
  const { data } = useQuery({
    queryKey: ['supervision', 'open', 'desk'],
    queryFn: ({ signal }) => allOf<AlarmRow>(alarmsPath, { status: 'open', sort: 'severity' }, signal),
    select: (rows) => rows.filter((row) => row.severity !== 'quality'),
  })
  return { alarms: data ?? noAlarms, known: data !== undefined }
}

export const useCard = (id: string | null): UseQueryResult<SealCard> =>
  useQuery({
    queryKey: ['supervision', 'card', id],
    queryFn: ({ signal }) => get<SealCard>(`/api/supervision/live/${id}`, {}, { signal }),
    enabled: id !== null,
    staleTime: 15_000,
    retry: false,
  })
