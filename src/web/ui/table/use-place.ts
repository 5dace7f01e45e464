// Where one is in a table: which row has the focus, which was opened, and the way back to it.
import { useCallback, useEffect, useRef, type RefObject } from 'react'
import { useLocation } from 'react-router'
import { recall, remember } from './list-memory.ts'
import type { Page } from './types.ts'

export type Place<R> = {
  box: RefObject<HTMLDivElement | null>
  /** remembers the list as it stands, with the row that is being opened */
  keep: (row: R) => void
  /** moves the focus by so many rows; false: nothing here to move in, or another table of the page has the focus */
  move: (by: number) => boolean
  /** id of the row that has the focus */
  active: () => string | null
}

type Options<R> = { id: string; page: Page<R> | undefined; rowId: (row: R) => string; rowHref: ((row: R) => string) | undefined }

const activeRow = (): string | null => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? null

export const usePlace = <R>({ id, page, rowId, rowHref }: Options<R>): Place<R> => {
  const { pathname, search } = useLocation()
  const box = useRef<HTMLDivElement>(null)
  const found = useRef(false)
  const latest = useRef({ page, rowId, rowHref })
  latest.current = { page, rowId, rowHref }
  const focusRow = useCallback((row: string): void => {
    const link = box.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"] [data-row-focus]`)
    link?.focus({ preventScroll: true })
    link?.closest('tr')?.scrollIntoView({ block: 'nearest' })
  }, [])
  const keep = (row: R): void => {
    if (!page || !rowHref) return
    remember(id, {
      address: pathname + search,
      ids: page.rows.map(rowId),
      hrefs: page.rows.map(rowHref),
      opened: rowId(row),
      scroll: box.current?.scrollTop ?? 0,
    })
  }
  useEffect(() => {
    if (found.current || !page) return
    found.current = true
    const memory = recall(id)
    if (!memory?.opened || memory.address !== pathname + search) return
    box.current?.scrollTo({ top: memory.scroll })
    focusRow(memory.opened)
  }, [id, page, pathname, search, focusRow])
  const move = (by: number): boolean => {
    const ids = (latest.current.page?.rows ?? []).map(latest.current.rowId)
    const focused = document.activeElement?.closest('[data-table]')
    if (ids.length === 0 || (focused && focused.getAttribute('data-table') !== id)) return false
    const active = activeRow() ?? recall(id)?.opened ?? null
    const at = active === null ? -1 : ids.indexOf(active)
    focusRow(ids[at < 0 ? 0 : Math.max(0, Math.min(ids.length - 1, at + by))]!)
    return true
  }
  return { box, keep, move, active: activeRow }
}
