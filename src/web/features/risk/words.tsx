/** Words and signs of risk that several pages use. */
import { useTranslation } from 'react-i18next'
import type { DecisionRow, ModelRow, ProfileStatus } from '#schema/risk'
import { formatDate } from '../../i18n/format.ts'
import { StatusBadge, type LaneName, type Tone } from '../../ui/Badge.tsx'
import css from './risk.module.css'

/** Strongest first. */
export const lanes: readonly LaneName[] = ['red', 'yellow', 'blue', 'green']

const tones: Record<ProfileStatus, Tone> = {
  draft: 'neutral',
  checked: 'neutral',
  'back-tested': 'info',
  submitted: 'warning',
  approved: 'info',
  active: 'ok',
  suspended: 'danger',
  expired: 'neutral',
  archived: 'neutral',
}

export const ProfileStatusBadge = ({ status }: { status: ProfileStatus }) => {
  const { t } = useTranslation('risk')
  return <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>
}

export const Validity = ({ from, to }: { from: string; to: string | null }) => {
  const { t, i18n } = useTranslation('risk')
  const date = (d: string): string => formatDate(d, i18n.language)
  return <>{to ? t('validUntil', { from: date(from), to: date(to) }) : t('validOpen', { from: date(from) })}</>
}

const resultTones = { none: 'ok', minor: 'warning', major: 'danger', critical: 'danger' } as const

export const ResultBadge = ({ result }: { result: DecisionRow['result'] }) => {
  const { t } = useTranslation('risk')
  if (!result) return <span className={css.unexamined}>{t('notExamined')}</span>
  return <StatusBadge tone={resultTones[result]}>{t(`resultKind.${result}`)}</StatusBadge>
}

const modelTones: Record<ModelRow['status'], Tone> = { champion: 'ok', challenger: 'info', candidate: 'neutral', retired: 'neutral' }

export const ModelBadge = ({ status }: { status: ModelRow['status'] }) => {
  const { t } = useTranslation('risk')
  return <StatusBadge tone={modelTones[status]}>{t(`modelStatus.${status}`)}</StatusBadge>
}
