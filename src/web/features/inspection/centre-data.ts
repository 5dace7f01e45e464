/** What the screens of the image centre read, and how they stay fresh. */
import { useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Board, CaseView, ConcordanceView, DriftView, PersonFigures, Tag, TipLibrary } from '#schema/inspection'
import { get } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'

export const casesPath = '/api/inspection/cases'
export const traysPath = '/api/inspection/trays'
export const gateAlarmsPath = '/api/inspection/gate-alarms'
export const tipPath = '/api/inspection/tip'

export const caseKey = (id: string): QueryKey => ['image-case', id]
export const figuresKey: QueryKey = ['image-figures']
export const libraryKey: QueryKey = ['tip-library']

const gatherMs = 400

/** Reads again when something happened in the image room, once for what comes close together. */
export const useFreshRoom = (...keys: readonly QueryKey[]): void => {
  const client = useQueryClient()
  const latest = useRef(keys)
  latest.current = keys
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useLive('inspection', () => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      for (const queryKey of latest.current) void client.invalidateQueries({ queryKey })
    }, gatherMs)
  })
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
    },
    [],
  )
}

export const useCase = (id: string) =>
  useQuery({ queryKey: caseKey(id), queryFn: ({ signal }) => get<CaseView>(`${casesPath}/${id}`, {}, { signal }) })

export const useTag = (id: string, may: boolean): Tag | null | undefined =>
  useQuery({ queryKey: [...caseKey(id), 'tag'], queryFn: ({ signal }) => get<Tag | null>(`${casesPath}/${id}/tag`, {}, { signal }), enabled: may })
    .data

const useFigures = <T>(what: string, column: CaseView['column']) =>
  useQuery({
    queryKey: [...figuresKey, what, column],
    queryFn: ({ signal }) => get<T>(`/api/inspection/${what}`, { column: column ?? '' }, { signal }),
  })

export type ColumnName = NonNullable<CaseView['column']>
export const useBoard = (column: ColumnName, readers: Board['readers'] | null) =>
  useQuery({
    queryKey: [...figuresKey, 'board', column, readers],
    queryFn: ({ signal }) => get<Board>('/api/inspection/board', { column, ...(readers && { readers }) }, { signal }),
  })
export const useConcordance = (column: ColumnName) => useFigures<ConcordanceView>('concordance', column)
export const useDrift = (column: ColumnName) => useFigures<DriftView>('drift', column)
export const useReaders = (column: ColumnName) => useFigures<PersonFigures[]>('readers', column)
export const useLibrary = () => useQuery({ queryKey: libraryKey, queryFn: ({ signal }) => get<TipLibrary>(tipPath, {}, { signal }) })
