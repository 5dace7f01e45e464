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
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { Problem, Reply } from '../app/api.ts'
import { formatRelative } from '../i18n/format.ts'
import { useIssueText } from '../i18n/issue-text.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { useNow } from './use-now.ts'
import css from './autosave.module.css'
import { forgetCopy, keepCopy, readCopy } from './local-copy.ts'
import { useUnsavedGuard } from './unsaved.tsx'

export type SavingState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict'
export type Saving = {
  state: SavingState
  savedAt: number | null
  problem: Problem | null
  recovered: boolean
  /** saves now; true once the server has everything */ flush: () => Promise<boolean>
  /** after a conflict: saves over what the other saved */ overwrite: () => Promise<boolean>
  /** after a conflict: gives up what was typed here, and reads what the other saved */ yield: () => void
}

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

type Progress = { state: SavingState; savedAt: number | null; problem: Problem | null }
type Present<T> = Pick<AutosaveOptions<T>, 'value' | 'save' | 'onRecover'> & { saved: T; failures: number; running: Promise<boolean> | null }

/** Sends what there is until the server has everything; one at a time, for an older save must never arrive after a newer one. */
const useSender = <T,>(id: string, now: RefObject<Present<T>>) => {
  const [progress, setProgress] = useState<Progress>({ state: 'saved', savedAt: null, problem: null })
  const push = useCallback(
    async (overwrite: boolean): Promise<boolean> => {
      const present = now.current
      const sent = present.value
      setProgress((s) => ({ ...s, state: 'saving', problem: null }))
      const reply = await present.save(sent, { overwrite })
      present.failures = reply.ok ? 0 : present.failures + 1
      if (!reply.ok) {
        setProgress((s) => ({ ...s, state: reply.problem.status === 409 ? 'conflict' : 'failed', problem: reply.problem }))
        return false
      }
      present.saved = sent
      const isAll = present.value === sent
      if (isAll) forgetCopy(id)
      setProgress({ state: isAll ? 'saved' : 'waiting', savedAt: Date.now(), problem: null })
      return isAll ? true : push(false)
    },
    [id, now],
  )
  const flush = useCallback(
    (overwrite = false): Promise<boolean> => {
      const present = now.current
      if (present.value === present.saved && !overwrite) return Promise.resolve(true)
      present.running ??= push(overwrite).finally(() => (present.running = null))
      return present.running
    },
    [push, now],
  )
  return { progress, setProgress, flush }
}

/** Hands over the copy of an earlier time that the server does not have. */
const useRecovery = <T,>(id: string, now: RefObject<Present<T>>): boolean => {
  const [recovered, setRecovered] = useState(false)
  useEffect(() => {
    const copy = readCopy<T>(id)
    const { onRecover, value } = now.current
    if (copy === null || !onRecover || JSON.stringify(copy.value) === JSON.stringify(value)) return
    setRecovered(true)
    onRecover(copy.value)
  }, [id, now])
  return recovered
}

/** A refusal stays one however often it is sent; a lost connection or a fault passes. */
const isPassing = ({ status }: Problem): boolean => status === 0 || status === 401 || status === 429 || status >= 500

export const useAutosave = <T,>({ id, value, save, onRecover, delayMs = 800, enabled = true, guard = true }: AutosaveOptions<T>): Saving => {
  const now = useRef<Present<T>>({ value, save, onRecover, saved: value, failures: 0, running: null })
  Object.assign(now.current, { value, save, onRecover })
  const { progress, setProgress, flush } = useSender(id, now)
  const recovered = useRecovery(id, now)
  const isDue = value !== now.current.saved
  useEffect(() => {
    if (!enabled || !isDue) return undefined
    keepCopy(id, value)
    setProgress((s) => (s.state === 'saved' ? { ...s, state: 'waiting' } : s))
    const timer = setTimeout(() => void flush(), delayMs)
    return () => clearTimeout(timer)
  }, [id, value, enabled, isDue, delayMs, flush, setProgress])
  useEffect(() => {
    if (!enabled || progress.state !== 'failed' || !progress.problem || !isPassing(progress.problem)) return undefined
    const timer = setTimeout(() => void flush(), Math.min(longestRetryMs, 1_000 * 2 ** now.current.failures))
    return () => clearTimeout(timer)
  }, [progress, enabled, flush])
  useUnsavedGuard(guard && enabled && progress.state !== 'saved', flush)
  const giveUp = (): void => {
    // Neither the copy in this browser nor the question before leaving may bring it back.
    now.current.saved = now.current.value
    flushSync(() => setProgress({ state: 'saved', savedAt: null, problem: null }))
    forgetCopy(id)
    window.location.reload()
  }
  return { ...progress, recovered, flush: () => flush(), overwrite: () => flush(true), yield: giveUp }
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
  const say = useIssueText()
  const [refusal] = saving.problem && !isPassing(saving.problem) && saving.state === 'failed' ? saving.problem.issues : []
  return (
    <span className={css.state} data-bad={isBad || undefined}>
      <Icon name={isBad ? 'warning' : saving.state === 'saved' ? 'check' : 'refresh'} size={14} />
      {/* Said aloud only when something is wrong: "saved" after each word would drown everything else. */}
      <span role={isBad ? 'alert' : undefined}>{words[saving.state]}</span>
      {refusal && <span>{say(refusal).text}</span>}
      {saving.recovered && <span>{t('save.recovered')}</span>}
      {saving.state === 'failed' && (
        <Button size="sm" onClick={() => void saving.flush()}>
          {t('retry')}
        </Button>
      )}
      {saving.state === 'conflict' && (
        <>
          <Button size="sm" onClick={saving.yield}>
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
