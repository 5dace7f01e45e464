/**
 * Keys of a page. `useKeys([{ keys: 'j', label: t('keys.next'), run: next }], { group: t('keys.list') })`
 * `keys`: one character, a named key (Enter, Escape, ArrowDown), with `Ctrl+`, `Alt+`, `Shift+` before it; Ctrl means Command on a Mac.
 * While somebody types in a field or a dialog is open, only keys with Ctrl work. `?` lists what the page has registered. Single keys
 * can be switched off (WCAG 2.2, 2.1.4); keys with Ctrl stay.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react'

export type KeyBinding = {
  keys: string
  label: string
  /** answers false when the key is not for this part after all: the next one is asked */ run: (event: KeyboardEvent) => unknown
  /** stays out of the list of keys */ hidden?: boolean
}
export type KeyGroup = { group: string; bindings: readonly KeyBinding[] }

type Registered = { group: string; current: readonly KeyBinding[] }

const setting = 'portcullis.single-keys'
const registered = new Set<Registered>()
const watchers = new Set<() => void>()
let version = 0
const changed = (): void => {
  version += 1
  for (const watcher of watchers) watcher()
}

export const singleKeysOn = (): boolean => localStorage.getItem(setting) !== 'off'
export const setSingleKeys = (on: boolean): void => {
  localStorage.setItem(setting, on ? 'on' : 'off')
  changed()
}

/** How an event is written in `keys`. A character that needs Shift (`?`) is written as itself. */
export const nameOf = (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string => {
  const isCharacter = event.key.length === 1
  const key = isCharacter ? (event.ctrlKey || event.metaKey ? event.key.toUpperCase() : event.key) : event.key
  return [(event.ctrlKey || event.metaKey) && 'Ctrl', event.altKey && 'Alt', event.shiftKey && !isCharacter && 'Shift', key].filter(Boolean).join('+')
}

const isTyping = (target: EventTarget | null): boolean => {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button', 'submit', 'file'].includes(target.type)
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

const dialogIsOpen = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"], [role="alertdialog"]') !== null

/** Enter and Space belong to whatever has the focus, when that does something with them; a slider and a choice keep the keys that move them. */
const focusOwns = ({ key, target }: KeyboardEvent): boolean => {
  if (!(target instanceof HTMLElement)) return false
  if (key === 'Enter' || key === ' ') return target.closest('button, a, summary, [role="menuitem"], [role="option"]') !== null
  return /^(Arrow|Home$|End$|Page)/.test(key) && target.matches('input[type="range"], input[type="radio"]')
}

const onKey = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.isComposing) return
  const name = nameOf(event)
  const withControl = event.ctrlKey || event.metaKey || event.altKey
  if (dialogIsOpen() || focusOwns(event)) return
  if (!withControl && (isTyping(event.target) || (name.length === 1 && !singleKeysOn()))) return
  // What was registered last is nearest to the eye: it wins.
  for (const { current } of [...registered].toReversed()) {
    const binding = current.find((one) => one.keys === name)
    if (!binding || binding.run(event) === false) continue
    event.preventDefault()
    return
  }
}

export const useKeys = (bindings: readonly KeyBinding[], { group, enabled = true }: { group: string; enabled?: boolean }): void => {
  const entry = useRef<Registered>({ group, current: bindings })
  entry.current.current = bindings
  entry.current.group = group
  const names = bindings.map((binding) => binding.keys + binding.label).join()
  useEffect(() => {
    if (!enabled) return undefined
    const mine = entry.current
    if (registered.size === 0) document.addEventListener('keydown', onKey)
    registered.add(mine)
    changed()
    return () => {
      registered.delete(mine)
      if (registered.size === 0) document.removeEventListener('keydown', onKey)
      changed()
    }
  }, [enabled, names])
}

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Everything registered now, for the list of keys. */
export const useRegisteredKeys = (): readonly KeyGroup[] => {
  useSyncExternalStore(subscribe, () => version)
  return [...registered]
    .map(({ group, current }) => ({ group, bindings: current.filter((binding) => !binding.hidden) }))
    .filter(({ bindings }) => bindings.length > 0)
}
