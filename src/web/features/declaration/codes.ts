/** Names of codes, read once a list and language: `useCodes('procedure')` for a field, `useCodeName('procedure')('4000')` for a word. */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CodeChoice, ListName, Office } from '#schema/reference'
import { get } from '../../app/api.ts'
import type { CodeOption } from '../../ui/CodeField.tsx'

const none: readonly CodeOption[] = []
const longMs = 3_600_000

export const useCodes = (list: ListName): readonly CodeOption[] => {
  const { i18n } = useTranslation()
  const language = i18n.language
  return (
    useQuery({
      queryKey: ['codes', list, language],
      queryFn: async ({ signal }): Promise<readonly CodeOption[]> =>
        (await get<{ rows: CodeChoice[] }>(`/api/reference/lists/${list}`, { language, limit: 1000 }, { signal })).rows.map(({ code, name }) => ({
          code,
          name,
        })),
      staleTime: longMs,
    }).data ?? none
  )
}

export const useCodeName = (list: ListName): ((code: string | undefined) => string | undefined) => {
  const codes = useCodes(list)
  const names = useMemo(() => new Map(codes.map(({ code, name }) => [code, name])), [codes])
  return useCallback((code) => (code === undefined ? undefined : names.get(code)), [names])
}

const noOffices: readonly Office[] = []
export const useOffices = (): readonly Office[] =>
  useQuery({
    queryKey: ['offices'],
    queryFn: async ({ signal }) => (await get<{ rows: Office[] }>('/api/reference/offices', {}, { signal })).rows,
    staleTime: longMs,
  }).data ?? noOffices
