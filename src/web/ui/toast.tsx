/**
 * `toast('Saved')`, `toast('Released', { tone: 'ok', action: { label: t('undo'), run } })`: a short message that screen readers speak and that
 * goes by itself, later when it offers something to do; pointing at it or focusing it keeps it. Never the only place of an error.
 */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './Button.tsx'
import { Icon } from './Icon.tsx'
import css from './toast.module.css'

export type ToastOptions = {
  tone?: 'ok' | 'warning' | 'danger' | 'info'
  action?: { label: string; run: () => void }
  /** stays until closed */ sticky?: boolean
}
type Message = ToastOptions & { id: number; text: string }

let messages: readonly Message[] = []
let next = 1
const watchers = new Set<() => void>()
const become = (now: readonly Message[]): void => {
  messages = now
  for (const watcher of watchers) watcher()
}

export const dismissToast = (id: number): void => become(messages.filter((message) => message.id !== id))

export const toast = (text: string, options: ToastOptions = {}): number => {
  const id = next
  next += 1
  become([...messages.slice(-3), { tone: 'info', ...options, id, text }])
  return id
}

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

const shortMs = 5_000
const withActionMs = 12_000
const icons = { ok: 'check', warning: 'warning', danger: 'warning', info: 'info' } as const

const Toast = ({ message }: { message: Message }) => {
  const { t } = useTranslation()
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held || message.sticky) return undefined
    const timer = setTimeout(() => dismissToast(message.id), message.action ? withActionMs : shortMs)
    return () => clearTimeout(timer)
  }, [held, message])
  return (
    <li
      className={css.toast}
      data-tone={message.tone}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={icons[message.tone ?? 'info']} />
      <span className={css.text}>{message.text}</span>
      {message.action && (
        <Button
          size="sm"
          onClick={() => {
            message.action?.run()
            dismissToast(message.id)
          }}
        >
          {message.action.label}
        </Button>
      )}
      <IconButton size="sm" icon="close" label={t('close')} onClick={() => dismissToast(message.id)} />
    </li>
  )
}

/** Once in the shell. The region is there before its first message, else screen readers miss it. */
export const Toasts = () => {
  const { t } = useTranslation()
  const all = useSyncExternalStore(subscribe, () => messages)
  return (
    <div role="region" aria-label={t('messages')} className={css.region}>
      <ul aria-live="polite" aria-relevant="additions" className={css.list}>
        {all.map((message) => (
          <Toast key={message.id} message={message} />
        ))}
      </ul>
    </div>
  )
}
