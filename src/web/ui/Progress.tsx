/**
 * `<AgeBar since="…" dueAt="…" now?={…} />`: how much of the time to a deadline is used: a bar, the age in words, and what it means.
 * `<ProgressBar value={0.4} label="Reading lines" estimateMs={12000} onCancel={…} />`: long work; without `value` it only says that it goes on.
 */
import { useTranslation } from 'react-i18next'
import { formatPercent, formatSpan } from '../i18n/format.ts'
import { Button } from './Button.tsx'
import { useNow } from './use-now.ts'
import css from './Progress.module.css'

export type AgeBarProps = { since: string; dueAt?: string | null; /** words under the bar instead of beside it */ stacked?: boolean }

export const AgeBar = ({ since, dueAt, stacked = false }: AgeBarProps) => {
  const { t, i18n } = useTranslation()
  const now = useNow(Date.now() - Date.parse(since))
  const age = Math.max(0, now - Date.parse(since))
  const left = dueAt ? Date.parse(dueAt) - now : null
  const whole = dueAt ? Math.max(1, Date.parse(dueAt) - Date.parse(since)) : null
  const used = whole === null ? null : Math.min(1, age / whole)
  const state = left === null ? 'open' : left < 0 ? 'late' : used !== null && used > 0.75 ? 'soon' : 'calm'
  const span = (ms: number): string => formatSpan(ms, i18n.language)
  const words =
    left === null ? t('age.since', { age: span(age) }) : left < 0 ? t('age.late', { by: span(-left) }) : t('age.left', { left: span(left) })
  return (
    <span className={css.age} data-state={state} data-stacked={stacked || undefined}>
      {used !== null && (
        <span className={css.track} aria-hidden="true">
          <span className={css.fill} style={{ inlineSize: `${Math.round(used * 100)}%` }} />
        </span>
      )}
      <span className={css.words}>{words}</span>
    </span>
  )
}

export type ProgressBarProps = { /** 0 to 1 */ value?: number; label: string; estimateMs?: number; onCancel?: () => void; onLeave?: () => void }

export const ProgressBar = ({ value, label, estimateMs, onCancel, onLeave }: ProgressBarProps) => {
  const { t, i18n } = useTranslation()
  const share = value === undefined ? undefined : Math.min(1, Math.max(0, value))
  return (
    <div className={css.progress}>
      <div className={css.progressHead}>
        <span>{label}</span>
        <span className="muted number">
          {share !== undefined && formatPercent(share, i18n.language)}
          {estimateMs !== undefined && ` · ${t('progress.left', { left: formatSpan(estimateMs, i18n.language) })}`}
        </span>
      </div>
      <div
        className={css.track}
        data-busy={share === undefined || undefined}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      >
        <span className={css.fill} style={{ inlineSize: share === undefined ? '30%' : `${share * 100}%` }} />
      </div>
      {(onCancel || onLeave) && (
        <div className={css.progressActions}>
          {onLeave && (
            <Button size="sm" kind="quiet" onClick={onLeave}>
              {t('progress.leave')}
            </Button>
          )}
          {onCancel && (
            <Button size="sm" kind="quiet" onClick={onCancel}>
              {t('cancel')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
