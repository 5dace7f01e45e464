import type { Page } from './types.ts'

export type Merged<R> = { shown: Page<R>; news: number; gone: ReadonlySet<string> }

/** What stands on the screen, brought up to date without moving. */
export const mergeInPlace = <R>(shown: Page<R>, fresh: Page<R>, rowId: (row: R) => string): Merged<R> => {
  const byId = new Map(fresh.rows.map((row) => [rowId(row), row]))
  const here = new Set(shown.rows.map(rowId))
  const rows = shown.rows.map((row) => byId.get(rowId(row)) ?? row)
  const cameIn = fresh.rows.filter((row) => !here.has(rowId(row))).length
  const gone = new Set([...here].filter((id) => !byId.has(id)))
  // On a full page the newest push the last ones to the next page: those are not gone.
  const isFull = fresh.rows.length >= fresh.size
  return {
    shown: { ...shown, rows },
    news: fresh.page === 1 ? Math.max(cameIn, fresh.total - shown.total) : Math.max(0, fresh.total - shown.total),
    gone: isFull ? new Set() : gone,
  }
}
