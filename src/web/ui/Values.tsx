/**
 * Values as everybody reads them, in tabular figures.
 * `<Money value={{ minor: 123450, currency: 'VRC' }} />` · `<Mass kg="1250.5" />` · `<Quantity value="12" unit="NAR" />`
 * `<Instant at="2026-11-25T12:00:00.000Z" />`: date, time, zone and how long ago, which ages by itself; `form`: full | relative | time
 * What is read into a file instead of the words, figures as machines read them, is `data-plain`.
 * `<LegalDate date="2026-11-25" />` · `<Id value="26XV…" label="MRN" />`: monospace with a copy button · `<Elide>long name</Elide>`
 */
import { Tooltip } from '@mantine/core'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney, type Money as MoneyValue } from '#kernel/money.ts'
import { formatAmount, formatDate, formatDecimal, formatInstant, formatRelative } from '../i18n/format.ts'
import { IconButton } from './Button.tsx'
import { useNow } from './use-now.ts'
import css from './Values.module.css'

const Nothing = () => {
  const { t } = useTranslation()
  return (
    <span className="muted" data-plain="">
      <span aria-hidden="true">{'–'}</span>
      <span className="visually-hidden">{t('none')}</span>
    </span>
  )
}

export const Money = ({ value }: { value: MoneyValue | null | undefined }) => {
  const { i18n } = useTranslation()
  if (!value) return <Nothing />
  return (
    <span className={css.value} data-plain={`${formatMoney(value)} ${value.currency}`}>
      {formatAmount(value, i18n.language)} <span className={css.unit}>{value.currency}</span>
    </span>
  )
}

export type QuantityProps = { value: string | null | undefined; unit: string }
export const Quantity = ({ value, unit }: QuantityProps) => {
  const { i18n } = useTranslation()
  if (!value) return <Nothing />
  return (
    <span className={css.value} data-plain={`${value} ${unit}`}>
      {formatDecimal(value, i18n.language)} <span className={css.unit}>{unit}</span>
    </span>
  )
}

export const Mass = ({ kg }: { kg: string | null | undefined }) => <Quantity value={kg} unit="kg" />

export type InstantProps = { at: string | null | undefined; form?: 'full' | 'relative' | 'time' }
export const Instant = ({ at, form = 'full' }: InstantProps) => {
  const { i18n } = useTranslation()
  const now = useNow(at ? Date.now() - Date.parse(at) : Infinity)
  if (!at) return <Nothing />
  const full = formatInstant(at, i18n.language)
  const relative = formatRelative(at, now, i18n.language)
  return (
    <time dateTime={at} data-plain={at} className={css.time} title={form === 'relative' ? full : undefined}>
      <span>{form === 'relative' ? relative : full}</span>
      {form === 'full' && (
        <>
          {' '}
          <span className={css.unit}>{relative}</span>
        </>
      )}
    </time>
  )
}

export const LegalDate = ({ date }: { date: string | null | undefined }) => {
  const { i18n } = useTranslation()
  return date ? (
    <time dateTime={date} data-plain={date} className={css.time}>
      {formatDate(date, i18n.language)}
    </time>
  ) : (
    <Nothing />
  )
}

export type IdProps = {
  value: string | null | undefined
  /** what it is, for the copy button: MRN, LRN, container */ label?: string
  /** no copy button, as inside a link */ plain?: boolean
}
export const Id = ({ value, label, plain = false }: IdProps) => {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  if (!value) return <Nothing />
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <span className={css.id} dir="ltr">
      <span className="mono">{value}</span>
      {!plain && (
        <IconButton
          size="sm"
          icon={copied ? 'check' : 'copy'}
          label={copied ? t('copied') : t('copyWhat', { what: label ?? value })}
          onClick={() => void copy()}
        />
      )}
    </span>
  )
}

/** One line that ends in … when there is no room; the whole text then shows on pointing and on focus. */
export const Elide = ({ children, max }: { children: ReactNode; /** greatest width, CSS */ max?: string }) => {
  const ref = useRef<HTMLSpanElement>(null)
  const [cut, setCut] = useState(false)
  const measure = (): void => setCut(ref.current !== null && ref.current.scrollWidth > ref.current.clientWidth)
  return (
    <Tooltip label={children} disabled={!cut} events={{ hover: true, focus: true, touch: true }}>
      <span
        ref={ref}
        className={css.elide}
        dir="auto"
        style={max ? { maxWidth: max } : undefined}
        tabIndex={cut ? 0 : undefined}
        onMouseEnter={measure}
        onFocus={measure}
      >
        {children}
      </span>
    </Tooltip>
  )
}
