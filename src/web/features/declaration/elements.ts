/** Data elements in the words of a clerk, and what differs between two versions of a declaration. */
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { pointerOf, segmentsOf } from '../../ui/pointer.ts'

type LooseT = (key: string, options: Record<string, unknown>) => string
const isNumber = (part: string): boolean => /^\d+$/.test(part)
/** Parts that add nothing once the element itself is named. */
const silent = new Set(['amount', 'value', 'line'])

/** `/items/2/netMassKg` → "Line 3 · Net mass"; `/importer/id` → "Importer · number". */
export const useElementLabel = (): ((path: string) => string) => {
  // Asked for first when something is wrong: the page must not blink for it.
  const { t } = useTranslation('elements', { useSuspense: false })
  return useCallback(
    (path) => {
      const say = t as unknown as LooseT
      const parts = segmentsOf(path)
      const words: string[] = []
      parts.forEach((part, at) => {
        if (isNumber(part)) {
          const index = Number(part) + 1
          words[words.length - 1] = `${words.at(-1) ?? ''} ${index}`.trim()
        } else if (at === 0 || !(silent.has(part) && at === parts.length - 1)) words.push(say(part, { defaultValue: part }))
      })
      return words.join(' · ')
    },
    [t],
  )
}

export type Difference = { path: string; old: unknown; new: unknown }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Leaf by leaf, in the order of the newer document; a part that came or went is one difference. */
export const differences = (before: unknown, after: unknown, path = ''): Difference[] => {
  if (Object.is(before, after)) return []
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    return before === undefined && isObject(after) && Object.keys(after).length === 0 ? [] : [{ path, old: before, new: after }]
  }
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])]
  return names.flatMap((name) =>
    differences((before as Record<string, unknown>)[name], (after as Record<string, unknown>)[name], path + pointerOf(name)),
  )
}

/** A value in one line; null when there is none. */
export const inOneLine = (value: unknown): string | null => {
  if (value === undefined || value === null || value === '') return null
  if (!isObject(value)) return String(value)
  const parts = Object.values(value)
    .map((part) => inOneLine(part))
    .filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(Array.isArray(value) ? ', ' : ' ')
}
