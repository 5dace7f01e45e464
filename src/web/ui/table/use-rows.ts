/**
 * The rows of a table, which news may change in place but never move: a row that changed shows its new values where it stands, one that
 * no longer belongs is marked, and what came anew waits behind "12 new" until somebody wants to see it. A list that is followed takes it in
 * at once.
 */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { get, problemIn, type Problem, type Query } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { mergeInPlace } from './merge.ts'
import type { Page } from './types.ts'

export type Rows<R> = {
  page: Page<R> | undefined
  loading: boolean
  /** another page or filter is being read; the earlier rows still stand */
  changing: boolean
  problem: Problem | null
  news: number
  /** ids of rows that the list would no longer contain */
  gone: ReadonlySet<string>
  refresh: () => void
}

const gatherMs = 1_500
const none: ReadonlySet<string> = new Set()

type Source<R> = {
  path: string
  query: Query
  rowId: (row: R) => string
  topic: string | undefined
  follow: boolean
  load: ((query: Query) => Promise<Page<R>>) | undefined
}

export const useRows = <R>({ path, query, rowId, topic, follow, load }: Source<R>): Rows<R> => {
  const client = useQueryClient()
  const key = useMemo(() => ['list', path, query] as const, [path, query])
  const result = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => (load ? load(query) : get<Page<R>>(path, query, { signal })),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  })
  const [late, setLate] = useState<{ key: unknown; fresh: Page<R>; news: number; gone: ReadonlySet<string> } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const now = useRef({ key, rowId, follow, load })
  now.current = { key, rowId, follow, load }

  const look = useCallback(async (): Promise<void> => {
    timer.current = null
    const { key: mine, load: read } = now.current
    const fresh = await (read ? read(mine[2]) : get<Page<R>>(mine[1], mine[2])).catch(() => null)
    const shown = client.getQueryData<Page<R>>(mine)
    if (!fresh || !shown || now.current.key !== mine) return
    if (now.current.follow) {
      client.setQueryData(mine, fresh)
      return setLate(null)
    }
    const merged = mergeInPlace(shown, fresh, now.current.rowId)
    client.setQueryData(mine, merged.shown)
    setLate({ key: mine, fresh, news: merged.news, gone: merged.gone })
  }, [client])

  useLive(topic ?? null, () => {
    timer.current ??= setTimeout(() => void look(), gatherMs)
  })
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
      timer.current = null
    },
    [],
  )

  const refresh = useCallback(() => {
    if (late && late.key === key) client.setQueryData(key, late.fresh)
    setLate(null)
    void client.invalidateQueries({ queryKey: key, exact: true })
  }, [client, key, late])

  const mine = late?.key === key ? late : null
  return {
    page: result.data,
    loading: result.isPending,
    changing: result.isPlaceholderData,
    problem: result.error ? problemIn(result.error) : null,
    news: mine?.news ?? 0,
    gone: mine?.gone ?? none,
    refresh,
  }
}
