// The entries that this person has, in order, with their counts.
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { get } from '../api.ts'
import { isAllowed, type NavigationEntry } from '../feature.ts'
import { features } from '../features.ts'
import { useLive } from '../live.ts'
import { useSession } from '../session.ts'

export const useNavigation = (): readonly NavigationEntry[] => {
  const { permissions } = useSession()
  return useMemo(() => {
    const all = new Set(permissions)
    return features
      .flatMap((feature) => feature.navigation)
      .filter((entry) => isAllowed(entry.needs, all))
      .sort((a, b) => a.order - b.order)
      .filter((entry, at, all) => all.findIndex((one) => one.to === entry.to) === at)
  }, [permissions])
}

const gatherMs = 2_000

/** Count by address of the entry; absent while unknown. */
export const useCounts = (entries: readonly NavigationEntry[]): ReadonlyMap<string, number> => {
  const client = useQueryClient()
  const counted = useMemo(() => entries.flatMap((entry) => (entry.count ? [{ to: entry.to, count: entry.count }] : [])), [entries])
  // Several entries may count out of one answer.
  const paths = useMemo(() => [...new Set(counted.map(({ count }) => count.path))], [counted])
  const results = useQueries({ queries: paths.map((path) => ({ queryKey: ['count', path], queryFn: () => get<unknown>(path), staleTime: 30_000 })) })
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const refresh = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey: ['count'] })
    }, gatherMs)
  }, [client])
  useLive('*', (change) => {
    if (counted.some(({ count }) => count.topic === change.topic)) refresh()
  })
  const answers = new Map(paths.map((path, at) => [path, results[at]?.data]))
  return new Map(
    counted.flatMap(({ to, count }) => {
      const answer = answers.get(count.path)
      return answer === undefined ? [] : [[to, count.pick(answer as never)] as const]
    }),
  )
}
