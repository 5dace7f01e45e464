/** The load of the office on one strip: by lane, overdue, by officer. Every number leads to the list behind it. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Lane, Workload } from '#schema/clearance'
import { get } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { formatCount } from '../../i18n/format.ts'
import { LaneBadge } from '../../ui/Badge.tsx'
import css from './load.module.css'

const gatherMs = 2_000

/** Reads again at most every two seconds, however much happens. */
export const useWorkload = () => {
  const found = useQuery({ queryKey: ['work', 'load'], queryFn: ({ signal }) => get<Workload>('/api/work/load', {}, { signal }) })
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useLive('declaration', () => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      void found.refetch()
    }, gatherMs)
  })
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), [])
  return found.data
}

const lanes: readonly Lane[] = ['red', 'yellow', 'blue', 'green']
type Sum = { count: number; overdue: number }
const sumOf = (load: Workload, lane: Lane): Sum =>
  load.lanes
    .filter((row) => row.lane === lane)
    .reduce<Sum>((sum, row) => ({ count: sum.count + row.count, overdue: sum.overdue + row.overdue }), { count: 0, overdue: 0 })

export const Load = ({ load }: { load: Workload }) => {
  const { t, i18n } = useTranslation('work')
  const count = (n: number): string => formatCount(n, i18n.language)
  const overdue = load.lanes.reduce((sum, row) => sum + row.overdue, 0)
  return (
    <nav className={css.strip} aria-label={t('queue.load')}>
      {lanes.map((lane) => {
        const sum = sumOf(load, lane)
        return (
          sum.count > 0 && (
            <Link key={lane} className={css.entry} to={`/work?lane=${lane}`}>
              <LaneBadge lane={lane} />
              <span className={css.number}>{count(sum.count)}</span>
              {sum.overdue > 0 && <span className={css.late}>{t('queue.late', { count: sum.overdue })}</span>}
            </Link>
          )
        )
      })}
      <Link className={css.entry} to="/work?assigned=me">
        {t('queue.mine')} <span className={css.number}>{count(load.mine)}</span>
      </Link>
      <Link className={css.entry} to="/work?assigned=nobody">
        {t('queue.unassigned')} <span className={css.number}>{count(load.unassigned)}</span>
      </Link>
      {overdue > 0 && (
        <Link className={css.entry} data-late to="/work?overdue=true">
          {t('queue.overdue')} <span className={css.number}>{count(overdue)}</span>
        </Link>
      )}
      {load.officers.length > 0 && (
        <span className={css.officers}>
          <span className="muted">{t('queue.perOfficer')}</span>
          {load.officers.slice(0, 6).map((officer) => (
            <Link key={officer.personId} className={css.entry} to={`/work?assigned=${officer.personId}`}>
              {officer.name} <span className={css.number}>{count(officer.count)}</span>
            </Link>
          ))}
        </span>
      )}
    </nav>
  )
}
