/**
 * `useUnsavedGuard(form.dirty)`: asks before one leaves with something unsaved, after trying to save it when it can (`flush`). Any number on a
 * page; `useAutosave` has it built in. `<UnsavedGuard />` stands once at the root, because a router takes one guard only.
 */
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useBeforeUnload, useBlocker } from 'react-router'
import { useConfirm } from './Dialog.tsx'

type Guard = { unsaved: boolean; flush: (() => Promise<boolean>) | undefined }
const guards = new Set<Guard>()

export const useUnsavedGuard = (unsaved: boolean, flush?: () => Promise<boolean>): void => {
  const guard = useRef<Guard>({ unsaved, flush })
  Object.assign(guard.current, { unsaved, flush })
  useEffect(() => {
    const mine = guard.current
    guards.add(mine)
    return () => void guards.delete(mine)
  }, [])
}

const open = (): Guard[] => [...guards].filter((guard) => guard.unsaved)

/** Saves what can be saved, on every part of the page; true once nothing is left. */
export const flushAll = async (): Promise<boolean> => (await Promise.all(open().map((guard) => guard.flush?.() ?? false))).every(Boolean)

export const UnsavedGuard = () => {
  const { t } = useTranslation()
  const ask = useConfirm()
  const blocker = useBlocker(({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && open().length > 0)
  const busy = useRef(false)
  useBeforeUnload((event) => {
    if (open().length > 0) event.preventDefault()
  })
  useEffect(() => {
    if (blocker.state !== 'blocked' || busy.current) return
    busy.current = true
    const decide = async (): Promise<void> => {
      const leave =
        (await flushAll()) ||
        (await ask({ title: t('unsaved.title'), text: t('unsaved.text'), confirm: t('unsaved.leave'), cancel: t('unsaved.stay'), danger: true }))
      busy.current = false
      if (leave) blocker.proceed()
      else blocker.reset()
    }
    void decide()
  }, [blocker, ask, t])
  return null
}
