// The finder's answers, asked once typing pauses and kept for a while: the texts that are searched change with the program only.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DescriptionCheck, FinderReply } from '#schema/trade'
import { get } from '../../../app/api.ts'

const waitMs = 250
const keptMs = 600_000
const leastLetters = 2
/** More lines than this are not held against their codes at once. */
export const mostChecked = 30

/** The value, once it has not changed for a moment. */
export const useSettled = <T>(value: T): T => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), waitMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

export const useFinder = (text: string) => {
  const { i18n } = useTranslation()
  const q = useSettled(text.trim()).slice(0, 2000)
  return useQuery({
    queryKey: ['finder', q, i18n.language],
    queryFn: ({ signal }) => get<FinderReply>('/api/trade/codes', { q, language: i18n.language }, { signal }),
    enabled: q.length >= leastLetters,
    staleTime: keptMs,
    placeholderData: keepPreviousData,
  })
}

type Described = { code: string; text: string }

const checkQuery = ({ code, text }: Described) => ({
  queryKey: ['fit', code, text],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<DescriptionCheck>(`/api/trade/codes/${code}/fit`, { text: text.slice(0, 2000) }, { signal }),
  enabled: /^\d{6,10}$/.test(code) && text.trim().length >= leastLetters,
  staleTime: keptMs,
})

/** What the finder says of each described code; undefined until it has answered, or where there is nothing to ask. */
export const useChecks = (all: readonly Described[]): (DescriptionCheck | undefined)[] =>
  useQueries({ queries: all.slice(0, mostChecked).map(checkQuery), combine: (results) => results.map((one) => one.data) })

export const useCheck = (code: string, text: string): DescriptionCheck | undefined => {
  const settled = useSettled(text)
  return useQuery(checkQuery({ code, text: settled })).data
}
