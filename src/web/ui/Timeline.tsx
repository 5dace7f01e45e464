/**
 * `<Timeline entries={[{ id, at, title, by, detail, tone, facts }]} />`: everything that happened, newest first unless `oldestFirst`: who, what,
 * why, from which facts. `at` is an instant; entries of one day stand under its date. `detail` is open, `facts` unfold.
 */
import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import { formatInstant } from '../i18n/format.ts'
import type { Tone } from './Badge.tsx'
import { Instant } from './Values.tsx'
import css from './Timeline.module.css'

export type TimelineItem = {
  id: string
  at: string
  title: ReactNode
  /** person or part of the administration, with the role */
  by?: string
  detail?: ReactNode
  tone?: Tone
  /** from which facts; unfolds */
  facts?: ReactNode
}

export type TimelineProps = { entries: readonly TimelineItem[]; oldestFirst?: boolean }

export const Timeline = ({ entries, oldestFirst = false }: TimelineProps) => {
  const { t, i18n } = useTranslation()
  const sorted = [...entries].sort((a, b) => (oldestFirst ? a.at.localeCompare(b.at) : b.at.localeCompare(a.at)))
  return (
    <ol className={css.line}>
      {sorted.map((entry) => (
        <li key={entry.id} className={css.entry} data-tone={entry.tone ?? 'neutral'}>
          <span className={css.rail} aria-hidden="true" />
          <span className={css.dot} aria-hidden="true" />
          <div className={css.head}>
            <span className={css.title}>{entry.title}</span>
            <span className={css.when} title={formatInstant(entry.at, i18n.language, { seconds: true })}>
              <Instant at={entry.at} />
            </span>
          </div>
          {entry.by && <p className={css.by}>{entry.by}</p>}
          {entry.detail && <div className={css.detail}>{entry.detail}</div>}
          {entry.facts && (
            <details className={css.facts}>
              <summary>{t('timeline.facts')}</summary>
              {entry.facts}
            </details>
          )}
        </li>
      ))}
    </ol>
  )
}
