/** What the pages of incident cases read. */
import { useQuery, type QueryKey, type UseQueryResult } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { Incident, NearUnit, Offence } from '#schema/supervision'
import { get } from '../../app/api.ts'

export const incidentsPath = '/api/supervision/incidents'
export const incidentKey = (id: string): QueryKey => ['supervision', 'incident', id]

export const useIncident = (id: string): UseQueryResult<Incident> =>
  useQuery({ queryKey: incidentKey(id), queryFn: ({ signal }) => get<Incident>(`${incidentsPath}/${id}`, {}, { signal }) })

/** Units by their way to the case, the nearest first. */
export const useUnits = (id: string): readonly NearUnit[] | undefined =>
  useQuery({ queryKey: [...incidentKey(id), 'units'], queryFn: ({ signal }) => get<NearUnit[]>(`${incidentsPath}/${id}/units`, {}, { signal }) }).data

export const useOffences = (id: string, may: boolean): readonly Static<typeof Offence>[] | undefined =>
  useQuery({
    queryKey: [...incidentKey(id), 'offences'],
    queryFn: ({ signal }) => get<Static<typeof Offence>[]>(`${incidentsPath}/${id}/offences`, {}, { signal }),
    enabled: may,
  }).data

/** The case that is open on a trip; null when there is none. */
export const useOpenCase = (tripId: string): Incident | null | undefined =>
  useQuery({
    queryKey: ['supervision', 'trip', tripId, 'case'],
    queryFn: async ({ signal }) => (await get<{ rows: Incident[] }>(incidentsPath, { tripId, status: 'open', size: 1 }, { signal })).rows[0] ?? null,
  }).data
