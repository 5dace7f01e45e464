/**
 * What a feature hands to the shell: addresses and entries of the navigation, each with the permission it needs. The feature's
 * `index.ts` stays small, because it is part of the first load; its pages come with `load` when they are opened.
 */
import type { ComponentType } from 'react'
import type navigation from '../i18n/en/navigation.ts'
import type { IconName } from '../ui/icons.ts'

export type NavigationText = keyof typeof navigation

/** One permission, several of which any one is enough, or nothing beyond being signed in. */
export type Needs = string | readonly string[] | null

export type FeatureRoute = {
  /** absolute, with parameters: `/declarations/:mrn` */
  path: string
  needs: Needs
  load: () => Promise<{ default: ComponentType }>
  /** stands alone, without navigation and bar, such as on the wall of a room */
  bare?: true
}

/** A number beside an entry, read from a GET and read again when the topic has news. */
export type EntryCount = { path: string; topic: string; pick: (answer: never) => number }
export const countOf = <T>(path: string, topic: string, pick: (answer: T) => number): EntryCount => ({
  path,
  topic,
  pick: pick as EntryCount['pick'],
})

export type NavigationEntry = {
  to: string
  /** key of i18n/en/navigation.ts */
  label: NavigationText
  icon: IconName
  needs: Needs
  /** place among all entries, ascending; the first one that somebody may see is where they start; an address named twice stands at its first place */
  order: number
  count?: EntryCount
}

export type Feature = { routes: readonly FeatureRoute[]; navigation: readonly NavigationEntry[] }

export const isAllowed = (needs: Needs, permissions: ReadonlySet<string>): boolean =>
  needs === null || (typeof needs === 'string' ? [needs] : needs).some((permission) => permissions.has(permission))
