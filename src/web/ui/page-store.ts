// What the open page tells the shell: title, where it stands, what the panel beside it shows.
import { useSyncExternalStore } from 'react'

export type Crumb = { label: string; to: string }
export type PageState = {
  title: string
  crumbs: readonly Crumb[]
  /** the panel's title while the page offers one */ panel: string | null
  panelOpen: boolean
  /** where the page draws it */ panelNode: HTMLElement | null
}

let state: PageState = { title: '', crumbs: [], panel: null, panelOpen: false, panelNode: null }
const watchers = new Set<() => void>()

export const setPage = (change: Partial<PageState>): void => {
  state = { ...state, ...change }
  for (const watcher of watchers) watcher()
}
const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
export const usePageState = (): PageState => useSyncExternalStore(subscribe, () => state)
