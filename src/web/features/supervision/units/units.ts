/** Response units, as the pages of supervision read them. */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import type { UnitNow } from '#schema/supervision'
import { get } from '../../../app/api.ts'
import { useLive } from '../../../app/live.ts'

export const unitsPath = '/api/supervision/units'
export const unitsKey = ['supervision', 'units'] as const

/** All units by name; read again when one of them or a case changes, and each half minute, because reports of their vehicles are no news. */
export const useUnitsNow = (): UseQueryResult<UnitNow[]> => {
  const client = useQueryClient()
  const again = (): void => void client.invalidateQueries({ queryKey: unitsKey })
  useLive('unit', again)
  useLive('incident', again)
  return useQuery({ queryKey: unitsKey, queryFn: ({ signal }) => get<UnitNow[]>(unitsPath, {}, { signal }), refetchInterval: 30_000 })
}
