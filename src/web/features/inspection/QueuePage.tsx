/** The queue of the image room: whose turn is next, who looks at what, and one key that takes the next image. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { caseGroupNames, items, type CaseGroup, type CaseView } from '#schema/inspection'
import { useCan } from '../../app/session.ts'
import { formatSpan } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Note } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { AgeBar } from '../../ui/Progress.tsx'
import { DataTable, type Column, type Filter, type View } from '../../ui/table/DataTable.tsx'
import { useDarkRoom } from '../../ui/use-dark-room.ts'
import { useNow } from '../../ui/use-now.ts'
import { Elide, Id, Instant } from '../../ui/Values.tsx'
import { casesPath } from './centre-data.ts'
import { CaseBadge, RiskMark } from './centre-words.tsx'
import { MatchBadge } from './Declared.tsx'
import { MatchAlerts } from './MatchAlerts.tsx'
import { useClaim, type Claiming } from './use-claim.ts'
import css from './centre.module.css'

const Holder = ({ row }: { row: CaseView }) => {
  const { t } = useTranslation('centre')
  if (!row.claim) return <span className="muted">{t('nobody')}</span>
  return row.claim.mine ? <StatusBadge tone="accent">{t('you')}</StatusBadge> : <bdi>{row.claim.name}</bdi>
}

const useColumns = (): Column<CaseView>[] => {
  const { t } = useTranslation('centre')
  return useMemo(
    () => [
      { id: 'subjectId', header: t('subject'), sortable: true, cell: (row) => <Id value={row.subject.id} plain /> },
      { id: 'item', header: t('item'), cell: (row) => t(`items.${row.item}`) },
      { id: 'riskScore', header: t('risk'), align: 'end', sortable: true, cell: (row) => <RiskMark of={row} /> },
      {
        id: 'dueAt',
        header: t('due'),
        sortable: true,
        cell: (row) => (row.closedAt ? <Instant at={row.closedAt} form="relative" /> : <AgeBar since={row.createdAt} dueAt={row.dueAt} />),
      },
      {
        id: 'matched',
        header: t('matched'),
        cell: (row) => (row.matched ? <MatchBadge level={row.matched} /> : <span className="muted">{'–'}</span>),
      },
      { id: 'movement', header: t('movement'), cell: (row) => <Elide max="9rem">{row.movement ?? '–'}</Elide> },
      {
        id: 'status',
        header: t('state'),
        sortable: true,
        cell: (row) => (
          <span className={css.risk}>
            <CaseBadge status={row.status} />
            {row.linkLost && <StatusBadge tone="warning">{t('linkLost')}</StatusBadge>}
          </span>
        ),
      },
      { id: 'holder', header: t('holder'), cell: (row) => <Holder row={row} /> },
      { id: 'office', header: t('office'), hidden: true, cell: (row) => <bdi className="mono">{row.office}</bdi> },
      { id: 'createdAt', header: t('since'), sortable: true, hidden: true, cell: (row) => <Instant at={row.createdAt} /> },
      {
        id: 'outcome',
        header: t('story.title'),
        hidden: true,
        cell: (row) => (row.decision ? t(`outcome.${row.decision.outcome}`) : <span className="muted">{'–'}</span>),
      },
    ],
    [t],
  )
}

export const RestNote = ({ until }: { until: string }) => {
  const { t, i18n } = useTranslation('centre')
  const left = Date.parse(until) - useNow(Date.now() - Date.parse(until))
  return left > 0 ? (
    <Note tone="warning" title={t('rest.title')} live>
      {t('rest.text', { left: formatSpan(left, i18n.language) })}
    </Note>
  ) : (
    <Note tone="ok">{t('rest.over')}</Note>
  )
}

const Take = ({ claiming }: { claiming: Claiming }) => {
  const { t } = useTranslation('centre')
  useKeys([{ keys: 'n', label: t('take.next'), run: claiming.takeNext }], { group: t('queue') })
  return (
    <div className={css.take}>
      <Button kind="primary" icon="play" pending={claiming.pending} onClick={claiming.takeNext}>
        {t('take.next')}
      </Button>
      {claiming.isEmpty && <span className="muted">{t('take.nothing')}</span>}
    </div>
  )
}

const QueuePage = () => {
  const { t } = useTranslation('centre')
  const can = useCan()
  const claiming = useClaim()
  const columns = useColumns()
  useDarkRoom()
  const filters = useMemo(
    (): Filter[] => [
      { id: 'q', kind: 'text', label: t('search') },
      { id: 'group', kind: 'choice', label: t('state'), options: caseGroupNames.map((value) => ({ value, label: t(`group.${value}`) })) },
      { id: 'item', kind: 'choice', label: t('item'), options: items.map((value) => ({ value, label: t(`items.${value}`) })) },
    ],
    [t],
  )
  const mayRead = can('inspection:case:work') || can('inspection:case:adjudicate')
  // The bench begins with what lies on it, readers with what is to be read.
  const start: CaseGroup = can('inspection:case:open') && !mayRead ? 'bench' : 'to-read'
  const fixed = useMemo(() => ({ group: start }), [start])
  const views = useMemo(
    (): View[] => caseGroupNames.map((group) => ({ id: group, label: t(`group.${group}`), query: { group: group === start ? undefined : group } })),
    [t, start],
  )
  return (
    <Page title={t('queue')} fill lead={mayRead ? <Take claiming={claiming} /> : undefined}>
      {can('inspection:case:oversee') && <MatchAlerts />}
      {claiming.restUntil && <RestNote until={claiming.restUntil} />}
      {claiming.problem && <ProblemNote problem={claiming.problem} />}
      <DataTable<CaseView>
        id="image-cases"
        caption={t('queue')}
        path={casesPath}
        topic="inspection"
        columns={columns}
        filters={filters}
        views={views}
        fixed={fixed}
        rowId={(row) => row.id}
        rowHref={(row) => `/inspection/cases/${row.id}`}
        empty={{ title: t('none'), text: t('noneText') }}
        fill
      />
    </Page>
  )
}
export default QueuePage
