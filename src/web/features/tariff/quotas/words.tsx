// Words and looks that the list and the page of quotas share.
import { useTranslation } from 'react-i18next'
import { decimal } from '#kernel/decimal.ts'
import type { QuotaRow, QuotaStatus } from '#schema/trade'
import { formatDate, formatDecimal } from '../../../i18n/format.ts'
import { StatusBadge, type Tone } from '../../../ui/Badge.tsx'
import { Bar } from './Bar.tsx'

const tones: Readonly<Record<QuotaStatus, Tone>> = {
  'not-open': 'neutral',
  open: 'ok',
  critical: 'warning',
  exhausted: 'danger',
  blocked: 'warning',
  suspended: 'danger',
  closed: 'neutral',
}

export const QuotaBadge = ({ status }: { status: QuotaStatus }) => {
  const { t } = useTranslation('quota')
  return <StatusBadge tone={tones[status]}>{t(`statuses.${status}`)}</StatusBadge>
}

type Period = NonNullable<QuotaRow['period']>
export const wholeOf = (p: Period): string => decimal(p.volume).plus(decimal(p.transferred)).toFixed()

export const BalanceBar = ({ period }: { period: Period }) => {
  const { t, i18n } = useTranslation('quota')
  const whole = wholeOf(period)
  const words = t('barOf', { balance: formatDecimal(period.balance, i18n.language), volume: formatDecimal(whole, i18n.language), unit: period.unit })
  return <Bar part={period.balance} whole={whole} words={words} low={(share) => (1 - share) * 100 >= Number(period.criticalPercent)} />
}

export const usePeriodName = (): ((p: Pick<Period, 'validFrom' | 'validTo'>) => string) => {
  const { t, i18n } = useTranslation('quota')
  // The period ends before its last day is named: people say the day on which it still runs.
  const lastDay = (end: string): string => new Date(Date.parse(`${end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return (p) => t('fromTo', { from: formatDate(p.validFrom, i18n.language), to: formatDate(lastDay(p.validTo), i18n.language) })
}
