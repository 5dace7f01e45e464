// Words and looks that the screens of supervision share.
import { useTranslation } from 'react-i18next'
import type { AlarmRow, DeviceRow, Trip, TripStatus } from '#schema/supervision'
import type texts from '../../i18n/en/supervision.ts'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { Severity } from './facts.ts'
import css from './supervision.module.css'

const statusTone: Readonly<Record<TripStatus, Tone>> = {
  planned: 'neutral',
  armed: 'info',
  inTransit: 'info',
  arrived: 'accent',
  disarmed: 'accent',
  discharged: 'ok',
  cancelled: 'neutral',
  seized: 'danger',
  incident: 'danger',
}

export const TripBadge = ({ status }: { status: TripStatus }) => {
  const { t } = useTranslation('supervision')
  return <StatusBadge tone={statusTone[status]}>{t(`status.${status}`)}</StatusBadge>
}

export const severityTone = { critical: 'danger', high: 'warning', medium: 'info', low: 'neutral', quality: 'neutral' } as const satisfies Record<
  Severity,
  Tone
>

/** A shape of its own for each degree, on a grid of 10. */
export const severityShape: Readonly<Record<Severity, string>> = {
  critical: 'M1 1h8v8H1z',
  high: 'M5 .8 9.6 9H.4z',
  medium: 'M5 .3 9.7 5 5 9.7.3 5z',
  low: 'M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  quality: 'M1 4h8v2H1z',
}

export const SeverityBadge = ({ severity, count }: { severity: Severity; count?: string }) => {
  const { t } = useTranslation('supervision')
  return (
    <StatusBadge tone={severityTone[severity]}>
      <svg className={css.shape} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={severityShape[severity]} />
      </svg>
      {count && <span className="number">{count}</span>}
      <span>{t(`severity.${severity}`)}</span>
    </StatusBadge>
  )
}

/** A kind that these words do not know yet stands under its code. */
export const useKindName = (): ((kind: string) => string) => {
  const { t } = useTranslation('supervision')
  return (kind) => t(`kind.${kind as keyof (typeof texts)['kind']}`, { defaultValue: kind })
}

export const LockBadge = ({ seal }: { seal: Pick<DeviceRow, 'locked'> | null | undefined }) => {
  const { t } = useTranslation('supervision')
  if (!seal || seal.locked === null) return <StatusBadge>{t('seal.untold')}</StatusBadge>
  return <StatusBadge tone={seal.locked ? 'ok' : 'warning'}>{t(seal.locked ? 'seal.locked' : 'seal.open')}</StatusBadge>
}

export const Way = ({ trip }: { trip: Pick<Trip, 'office' | 'destinationOffice'> }) => {
  const { t } = useTranslation('supervision')
  return (
    <span className={css.way}>
      <bdi className="mono">{trip.office}</bdi>
      <Icon name="chevron-end" size={12} label={t('to')} />
      <bdi className="mono">{trip.destinationOffice}</bdi>
    </span>
  )
}

/** Who has seen an alarm, and what they say it is. */
export const Acknowledged = ({ alarm }: { alarm: AlarmRow }) => {
  const { t } = useTranslation('supervision')
  if (!alarm.acknowledgedBy) return null
  const reason = t(`reason.${alarm.reasonCode as keyof (typeof texts)['reason']}`, { defaultValue: alarm.reasonCode ?? '' })
  return (
    <span>
      <bdi>{alarm.acknowledgedBy}</bdi>
      {': '}
      <bdi>{reason}</bdi>
      {reason && alarm.reasonText && ' – '}
      <bdi>{alarm.reasonText}</bdi>
    </span>
  )
}
