/**
 * Saves as one types, and keeps a second copy in this browser until the server has it.
 *
 *   const saving = useAutosave({ id: `draft-${draft.id}`, value: form.value, save: (value) => put(value), onRecover: form.reset })
 *   <SaveState saving={saving} />                       // "saved 3 s ago", "saving", "not saved: trying again", what to do on a conflict
 *
 * `save` answers a Reply. A lost connection or a fault is tried again, ever more slowly; a 409 means that somebody else saved meanwhile:
 * then nothing is overwritten before one has chosen. A copy found at the start (reload, time-out, crash) that the server does not have is
 * handed to `onRecover`.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem, Reply } from '../app/api.ts'
import { formatRelative } from '../i18n/format.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { useNow } from './use-now.ts'
import css from './autosave.module.css'
import { forgetCopy, keepCopy, readCopy } from './local-copy.ts'
import { useUnsavedGuard } from './unsaved.tsx'

export type SavingState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict'
export type Saving = { state: SavingState; savedAt: number | null; problem: Problem | null; recovered: boolean; /** saves now; true once the server has everything */ flush: () => Promise<boolean>; /** after a conflict: saves over what the other saved */ overwrite: () => Promise<boolean> }

export type AutosaveOptions<T> = {
  /** names the copy in this browser; one for each document */
  id: string
  value: T
  save: (value: T, how: { overwrite: boolean }) => Promise<Reply<unknown>>
  onRecover?: (value: T) => void
  delayMs?: number
  enabled?: boolean
  /** asks before one leaves with something unsaved; yes by default */
  guard?: boolean
}

const longestRetryMs = 30_000

export const useAutosave = <T,>({ id, value, save, onRecover, delayMs = 800, enabled = true, guard = true }: AutosaveOptions<T>): Saving => {
  const [state, setState] = useState<{ state: SavingState; savedAt: number | null; problem: Problem | null }>({ state: 'saved', savedAt: null, problem: null })
  const [recovered, setRecovered] = useState(false)
  const now = useRef({ value, save, onRecover, enabled, saved: value, failures: 0, running: null as Promise<boolean> | null })
  Object.assign(now.current, { value, save, onRecover, enabled })

  const push = useCallback(
    async (overwrite: boolean): Promise<boolean> => {
      const sent = now.current.value
      setState((s) => ({ ...s, state: 'saving', problem: null }))
      const reply = await now.current.save(sent, { overwrite })
      if (!reply.ok) {
        now.current.failures += 1
        setState((s) => ({ ...s, state: reply.problem.status === 409 ? 'conflict' : 'failed', problem: reply.problem }))
        return false
      }
      now.current.failures = 0
      now.current.saved = sent
      const isAll = now.current.value === sent
      if (isAll) forgetCopy(id)
      setState({ state: isAll ? 'saved' : 'waiting', savedAt: Date.now(), problem: null })
      return isAll ? true : push(false)
    },
    [id],
  )
  // One at a time: an older save must never arrive after a newer one.
  const flush = useCallback(
    (overwrite = false): Promise<boolean> => {
      if (now.current.value === now.current.saved && !overwrite) return Promise.resolve(true)
      now.current.running ??= push(overwrite).finally(() => {
        now.current.running = null
      })
      return now.current.running
    },
    [push],
  )

  useEffect(() => {
    const copy = readCopy<T>(id)
    if (copy === null || !now.current.onRecover || JSON.stringify(copy.value) === JSON.stringify(now.current.value)) return
    setRecovered(true)
    now.current.onRecover(copy.value)
  }, [id])

  const isDue = value !== now.current.saved
  useEffect(() => {
    if (!enabled || !isDue) return undefined
    keepCopy(id, value)
    setState((s) => (s.state === 'saved' ? { ...s, state: 'waiting' } : s))
    const timer = setTimeout(() => void flush(), delayMs)
    return () => clearTimeout(timer)
  }, [id, value, enabled, isDue, delayMs, flush])

  useEffect(() => {
    if (state.state !== 'failed' || !enabled) return undefined
    const timer = setTimeout(() => void flush(), Math.min(longestRetryMs, 1_000 * 2 ** now.current.failures))
    return () => clearTimeout(timer)
  }, [state, enabled, flush])

  useUnsavedGuard(guard && enabled && state.state !== 'saved', flush)
  return { ...state, recovered, flush: () => flush(), overwrite: () => flush(true) }
}

export const SaveState = ({ saving }: { saving: Saving }) => {
  const { t, i18n } = useTranslation()
  const now = useNow(saving.savedAt ? Date.now() - saving.savedAt : Infinity)
  const words: Record<SavingState, string> = {
    saved: saving.savedAt ? t('save.saved', { ago: formatRelative(new Date(saving.savedAt).toISOString(), now, i18n.language) }) : t('save.nothing'),
    waiting: t('save.saving'),
    saving: t('save.saving'),
    failed: t('save.failed'),
    conflict: t('save.conflict'),
  }
  const isBad = saving.state === 'failed' || saving.state === 'conflict'
  return (
    <span className={css.state} data-bad={isBad || undefined}>
      <Icon name={isBad ? 'warning' : saving.state === 'saved' ? 'check' : 'refresh'} size={14} />
      {/* Said aloud only when something is wrong: "saved" after each word would drown everything else. */}
      <span role={isBad ? 'alert' : undefined}>{words[saving.state]}</span>
      {saving.recovered && <span>{t('save.recovered')}</span>}
      {saving.state === 'failed' && (
        <Button size="sm" onClick={() => void saving.flush()}>
          {t('retry')}
        </Button>
      )}
      {saving.state === 'conflict' && (
        <>
          <Button size="sm" onClick={() => window.location.reload()}>
            {t('save.takeTheirs')}
          </Button>
          <Button size="sm" onClick={() => void saving.overwrite()}>
            {t('save.keepMine')}
          </Button>
        </>
      )}
    </span>
  )
}
