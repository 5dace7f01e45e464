/** Goods that wait for an examiner, as cards for fingers. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DeclarationRow } from '#schema/clearance'
import { get, problemOf } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { LaneBadge } from '../../ui/Badge.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { AgeBar } from '../../ui/Progress.tsx'
import { Id } from '../../ui/Values.tsx'
import css from './cards.module.css'

const useWaiting = () => {
  const found = useQuery({
    queryKey: ['work', 'examinations'],
    queryFn: ({ signal }) => get<{ rows: DeclarationRow[] }>('/api/work', { waitsFor: 'examiner', size: 100 }, { signal }),
  })
  useLive('declaration', () => void found.refetch())
  return found
}

const ExaminationsPage = () => {
  const { t } = useTranslation('work')
  const found = useWaiting()
  const problem = problemOf(found.error)
  return (
    <Page title={t('examine.title')}>
      {found.isPending && <Loading />}
      {problem && <ProblemNote problem={problem} onRetry={() => void found.refetch()} />}
      {found.data?.rows.length === 0 && <Empty title={t('examine.empty')} text={t('examine.emptyText')} />}
      <ul className={css.cards}>
        {found.data?.rows.map((row) => (
          <li key={row.mrn}>
            <Link className={css.card} to={`/examinations/${row.mrn}`}>
              <span className={css.head}>
                {row.lane && <LaneBadge lane={row.lane} />}
                <Id value={row.mrn} plain />
              </span>
              <strong className={css.name}>{row.trader}</strong>
              <AgeBar since={row.waitsSince} dueAt={row.dueAt} />
              {row.assignedName && <span className="muted">{t('panel.heldBy', { name: row.assignedName })}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  )
}
export default ExaminationsPage
