/**
 * Where one was in a list, for this tab: which row was opened, in which order the rows stood. So that coming back finds the place, and a
 * case can say which is the next: `const { next, position, total, back } = useListPlace('queue', mrn)`.
 */
import { useMemo } from 'react'

type Memory = { address: string; ids: readonly string[]; hrefs: readonly string[]; opened: string | null; scroll: number }

const nameOf = (id: string): string => `portcullis.list.${id}`

export const remember = (id: string, memory: Memory): void => sessionStorage.setItem(nameOf(id), JSON.stringify(memory))

export const recall = (id: string): Memory | null => {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf(id)) ?? 'null') as Memory | null
  } catch {
    return null
  }
}

export type ListPlace = {
  /** address of the row after this one, as the list stood */ next: string | null
  previous: string | null
  /** from 1; 0 when it was not in the list */ position: number
  total: number
  /** the list as it was left */ back: string | null
}

export const useListPlace = (listId: string, rowId: string): ListPlace =>
  useMemo(() => {
    const memory = recall(listId)
    const at = memory?.ids.indexOf(rowId) ?? -1
    if (!memory || at < 0) return { next: null, previous: null, position: 0, total: memory?.ids.length ?? 0, back: memory?.address ?? null }
    return {
      next: memory.hrefs[at + 1] ?? null,
      previous: memory.hrefs[at - 1] ?? null,
      position: at + 1,
      total: memory.ids.length,
      back: memory.address,
    }
  }, [listId, rowId])
