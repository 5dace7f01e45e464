// Words and looks of licences.
import { useTranslation } from 'react-i18next'
import type { Licence } from '#schema/trade'
import { formatAmount, formatDecimal } from '../../../i18n/format.ts'
import { StatusBadge } from '../../../ui/Badge.tsx'
import { Bar } from '../quotas/Bar.tsx'

const tones = { active: 'ok', suspended: 'warning', revoked: 'danger' } as const
export const LicenceBadge = ({ status }: { status: Licence['status'] }) => {
  const { t } = useTranslation('quota')
  return <StatusBadge tone={tones[status]}>{t(`licences.${status}`)}</StatusBadge>
}

/** By quantity where there is one, else by value. */
export const UseBar = ({ licence: l }: { licence: Licence }) => {
  const { t, i18n } = useTranslation('quota')
  const money = (minor: number): string => `${formatAmount({ minor, currency: l.currency! }, i18n.language)} ${l.currency}`
  const mass = (value: string): string => `${formatDecimal(value, i18n.language)} ${l.unit}`
  const [used, limit] = l.quantity === null ? [String(l.usedValueMinor), String(l.valueMinor)] : [l.used, l.quantity]
  const words =
    l.quantity === null
      ? t('licences.usedOf', { used: money(l.usedValueMinor), limit: money(l.valueMinor!) })
      : t('licences.usedOf', { used: mass(l.used), limit: mass(l.quantity) })
  return <Bar part={used} whole={limit} words={words} low={(share) => share >= 0.9} />
}
