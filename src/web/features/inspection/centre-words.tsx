// Words and looks that the screens of the image centre share.
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { columns, type CaseStatus, type CaseView, type Line } from '#schema/inspection'
import type texts from '../../i18n/en/centre.ts'
import { formatPercent } from '../../i18n/format.ts'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Choice } from '../../ui/fields.tsx'
import type { ColumnName } from './centre-data.ts'
import css from './centre.module.css'

const statusTone: Readonly<Record<CaseStatus, Tone>> = {
  'awaiting-ai': 'neutral',
  'auto-cleared': 'ok',
  'first-reading': 'info',
  'second-reading': 'info',
  adjudication: 'warning',
  decided: 'accent',
  opened: 'accent',
  closed: 'neutral',
}

export const CaseBadge = ({ status }: { status: CaseStatus }) => {
  const { t } = useTranslation('centre')
  return <StatusBadge tone={statusTone[status]}>{t(`status.${status}`)}</StatusBadge>
}

const lineTone: Readonly<Record<Line, Tone>> = { clear: 'ok', contraband: 'danger', 'not-matched': 'warning' }
const lineShape: Readonly<Record<Line, string>> = {
  clear: 'M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  contraband: 'M1 1h8v8H1z',
  'not-matched': 'M5 .8 9.6 9H.4z',
}

/** Name, shape and colour together. */
export const LineBadge = ({ line }: { line: Line }) => {
  const { t } = useTranslation('centre')
  return (
    <StatusBadge tone={lineTone[line]}>
      <svg className={css.shape} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={lineShape[line]} />
      </svg>
      {t(`sort.line.${line}`)}
    </StatusBadge>
  )
}

/** 0 to 100, and whether the machine may clear it alone. */
export const RiskMark = ({ of: { riskScore, highRisk } }: { of: Pick<CaseView, 'riskScore' | 'highRisk'> }) => {
  const { t } = useTranslation('centre')
  return (
    <span className={css.risk}>
      <span className="number">{riskScore}</span>
      {highRisk && <StatusBadge tone="warning">{t('highRisk')}</StatusBadge>}
    </span>
  )
}

/** The words for a kind of threat or harmless thing; a kind of the administration's own stays as it is written. */
export const useCategory = (): ((category: string) => string) => {
  const { t } = useTranslation('centre')
  return (category) => t(`threat.${category as keyof (typeof texts)['threat']}`, { defaultValue: category })
}

/** Whose figures: stands in the address, so that a link says which. */
export const useColumn = (): [ColumnName, (column: ColumnName) => void] => {
  const [search, setSearch] = useSearchParams()
  const wanted = search.get('column')
  const column = columns.find((name) => name === wanted) ?? 'simulated'
  return [
    column,
    (next) =>
      setSearch(
        (now) => {
          now.set('column', next)
          return now
        },
        { replace: true },
      ),
  ]
}

export const ColumnChoice = ({ column, onChange }: { column: ColumnName; onChange: (column: ColumnName) => void }) => {
  const { t } = useTranslation('centre')
  return (
    <div className={css.columnChoice}>
      <Choice
        inline
        label={t('column.title')}
        hint={t('column.note')}
        options={columns.map((value) => ({ value, label: t(`column.${value}`) }))}
        value={column}
        onChange={(value) => onChange(columns.find((name) => name === value) ?? column)}
      />
    </div>
  )
}

type RateValue = { value: number; low: number; high: number; count: number; n: number }

/** A proportion with what it rests on. */
export const RateCell = ({ rate }: { rate: RateValue | null }) => {
  const { t, i18n } = useTranslation('centre')
  if (!rate) return <span className="muted">{'–'}</span>
  const percent = (v: number): string => formatPercent(v, i18n.language, 1)
  return (
    <span className={css.rate} data-plain={`${rate.value} (${rate.low}-${rate.high}; ${rate.count}/${rate.n})`}>
      <strong className="number">{percent(rate.value)}</strong>
      <span className="muted number">{t('boards.interval', { low: percent(rate.low), high: percent(rate.high) })}</span>
      <span className="muted number">{t('boards.of', { count: rate.count, n: rate.n })}</span>
    </span>
  )
}
