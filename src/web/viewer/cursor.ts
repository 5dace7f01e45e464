/** Where the pointer is, told to the strip of figures only: a picture is not rendered again because a hand moves over it. */
import { useState, useSyncExternalStore } from 'react'
import type { Point } from './view.ts'

export type Cursor = { set: (at: Point | null) => void; get: () => Point | null; watch: (watcher: () => void) => () => void }

const createCursor = (): Cursor => {
  let place: Point | null = null
  const watchers = new Set<() => void>()
  return {
    set: (at) => {
      place = at
      for (const watcher of watchers) watcher()
    },
    get: () => place,
    watch: (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}

export const useCursor = (): Cursor => useState(createCursor)[0]
export const useCursorPlace = (cursor: Cursor): Point | null => useSyncExternalStore(cursor.watch, cursor.get)
