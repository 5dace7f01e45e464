/** The case and what belongs to it, read again when there is news of it. */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import type { CaseView, FieldChange, InboxEntry, TimelineEntry } from '#schema/clearance'
import { get } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'

const part = <T>(mrn: string, name: string) => ({
  queryKey: ['declaration', mrn, name],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<T>(`/api/declarations/${mrn}${name === 'case' ? '' : `/${name}`}`, {}, { signal }),
})

export const useCase = (mrn: string): UseQueryResult<CaseView> => {
  const client = useQueryClient()
  useLive('declaration', (change) => {
    if (change.id === mrn || change.id === '*') void client.invalidateQueries({ queryKey: ['declaration', mrn] })
  })
  return useQuery(part<CaseView>(mrn, 'case'))
}
export const useTimeline = (mrn: string): UseQueryResult<TimelineEntry[]> => useQuery(part<TimelineEntry[]>(mrn, 'timeline'))
export const useHistory = (mrn: string): UseQueryResult<FieldChange[]> => useQuery(part<FieldChange[]>(mrn, 'history'))
export const useMessages = (mrn: string): UseQueryResult<InboxEntry[]> => useQuery(part<InboxEntry[]>(mrn, 'notifications'))
