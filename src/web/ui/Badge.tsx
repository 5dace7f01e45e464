/**
 * `<LaneBadge lane="red" />`: name, shape and colour together, because colour alone says nothing to one man in twelve.
 * `<StatusBadge tone="ok">Released</StatusBadge>` · tone: neutral | info | ok | warning | danger | accent. The words come from the feature.
 * `<Count value={12} />`: a small number in a pill.
 */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../i18n/format.ts'
import css from './Badge.module.css'

export type LaneName = 'green' | 'yellow' | 'red' | 'blue'
export type Tone = 'neutral' | 'info' | 'ok' | 'warning' | 'danger' | 'accent'

const shapes: Record<LaneName, string> = {
  green: 'M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  yellow: 'M5 .8 9.6 9H.4z',
  red: 'M1 1h8v8H1z',
  blue: 'M5 .3 9.7 5 5 9.7.3 5z',
}

export type LaneBadgeProps = { lane: LaneName; /** shape only, with the name for screen readers and as a hint */ compact?: boolean }

export const LaneBadge = ({ lane, compact = false }: LaneBadgeProps) => {
  const { t } = useTranslation()
  const name = t(`lane.${lane}`)
  return (
    <span className={css.lane} data-lane={lane} data-compact={compact || undefined} title={compact ? name : undefined}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={shapes[lane]} />
      </svg>
      <span className={compact ? 'visually-hidden' : undefined}>{name}</span>
    </span>
  )
}

export type StatusBadgeProps = { tone?: Tone; children: ReactNode }
export const StatusBadge = ({ tone = 'neutral', children }: StatusBadgeProps) => (
  <span className={css.status} data-tone={tone}>
    {children}
  </span>
)

export const Count = ({ value }: { value: number }) => {
  const { i18n } = useTranslation()
  return <span className={css.count}>{formatCount(value, i18n.language)}</span>
}
