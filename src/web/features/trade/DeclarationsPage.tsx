/** Every declaration that one may see: filters in the address, columns to choose, the table as a file. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeclarationRow, Status } from '#schema/clearance'
import { useCan } from '../../app/session.ts'
import { LaneBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter, type View } from '../../ui/table/DataTable.tsx'
import { Elide, Id, Instant, Money } from '../../ui/Values.tsx'
import { Standing, useForWhom } from '../declaration/words.tsx'

const rowId = (row: DeclarationRow): string => row.mrn
const rowHref = (row: DeclarationRow): string => `/declarations/${row.mrn}`
const statuses: readonly Status[] = [
  'lodged',
  'rejected',
  'accepted',
  'under-control',
  'payment-due',
  'released',
  'cleared',
  'exited',
  'invalidated',
  'seized',
]
const turns = ['trader', 'officer', 'examiner', 'agency'] as const

const useColumns = (): readonly Column<DeclarationRow>[] => {
  const { t } = useTranslation(['trade', 'declaration'])
  const forWhom = useForWhom()
  const isOfficer = useCan()('clearance:declaration:read')
  return useMemo(
    (): Column<DeclarationRow>[] => [
      { id: 'mrn', header: t('list.mrn'), sortable: true, cell: (row) => <Id value={row.mrn} plain /> },
      { id: 'lrn', header: t('list.lrn'), sortable: true, cell: (row) => <Elide max="10rem">{row.lrn}</Elide> },
      { id: 'trader', header: t('list.trader'), sortable: true, cell: (row) => <Elide max="14rem">{forWhom(row)}</Elide> },
      { id: 'status', header: t('list.status'), sortable: true, cell: (row) => <Standing status={row.status} /> },
      {
        id: 'waitsFor',
        header: t('list.turn'),
        cell: (row) => (row.waitsFor === 'nobody' ? <span className="muted">–</span> : t(`declaration:turn.${row.waitsFor}`)),
      },
      {
        id: 'waitsSince',
        header: t('list.since'),
        sortable: true,
        cell: (row) => <Instant at={row.waitsFor === 'nobody' ? null : row.waitsSince} form="relative" />,
      },
      { id: 'due', header: t('list.due'), sortable: true, align: 'end', cell: (row) => <Money value={row.due} /> },
      { id: 'lodgedAt', header: t('list.lodged'), sortable: true, cell: (row) => <Instant at={row.lodgedAt} form="relative" /> },
      ...(isOfficer
        ? [
            {
              id: 'lane',
              header: t('list.lane'),
              sortable: true,
              hidden: true,
              cell: (row: DeclarationRow) => (row.lane ? <LaneBadge lane={row.lane} /> : null),
            },
          ]
        : []),
      { id: 'regime', header: t('list.regime'), sortable: true, hidden: true, cell: (row) => t(`declaration:regime.${row.regime}`) },
      { id: 'items', header: t('list.lines'), sortable: true, align: 'end', hidden: true, cell: (row) => row.items },
      { id: 'value', header: t('list.value'), sortable: true, align: 'end', hidden: true, cell: (row) => <Money value={row.value} /> },
      { id: 'releasedAt', header: t('list.released'), sortable: true, hidden: true, cell: (row) => <Instant at={row.releasedAt} form="relative" /> },
      { id: 'office', header: t('list.office'), sortable: true, hidden: true, cell: (row) => <Id value={row.office} plain /> },
      { id: 'version', header: t('list.version'), align: 'end', hidden: true, cell: (row) => row.version },
    ],
    [t, isOfficer, forWhom],
  )
}

const useFilters = (): readonly Filter[] => {
  const { t } = useTranslation(['trade', 'declaration'])
  return useMemo(
    (): Filter[] => [
      { id: 'q', kind: 'text', label: t('list.search') },
      {
        id: 'status',
        kind: 'choices',
        label: t('list.status'),
        options: statuses.map((value) => ({ value, label: t(`declaration:status.${value}`) })),
      },
      { id: 'waitsFor', kind: 'choices', label: t('list.turn'), options: turns.map((value) => ({ value, label: t(`declaration:turn.${value}`) })) },
      {
        id: 'regime',
        kind: 'choice',
        label: t('list.regime'),
        options: (['import', 'export'] as const).map((value) => ({ value, label: t(`declaration:regime.${value}`) })),
      },
      { id: 'from', kind: 'date', label: t('list.from') },
      { id: 'to', kind: 'date', label: t('list.to') },
    ],
    [t],
  )
}

const useViews = (): readonly View[] => {
  const { t } = useTranslation('trade')
  return useMemo(
    () => [
      { id: 'all', label: t('list.viewAll'), query: {} },
      { id: 'mine', label: t('list.viewMine'), query: { waitsFor: 'trader', sort: 'waitsSince' } },
      { id: 'control', label: t('list.viewControl'), query: { status: 'under-control' } },
      { id: 'pay', label: t('list.viewPay'), query: { status: 'payment-due' } },
      { id: 'released', label: t('list.viewReleased'), query: { status: 'released,cleared,exited', sort: '-releasedAt' } },
      { id: 'rejected', label: t('list.viewRejected'), query: { status: 'rejected' } },
    ],
    [t],
  )
}

const DeclarationsPage = () => {
  const { t } = useTranslation('trade')
  const can = useCan()
  const columns = useColumns()
  const filters = useFilters()
  const views = useViews()
  const mayFile = can('clearance:declaration:draft')
  const create = (
    <Button kind="primary" icon="plus" to="/drafts/new">
      {t('today.new')}
    </Button>
  )
  return (
    <Page title={t('list.title')} fill>
      <DataTable<DeclarationRow>
        id="declarations"
        caption={t('list.caption')}
        path="/api/declarations"
        topic="declaration"
        fill
        rowId={rowId}
        rowHref={rowHref}
        columns={columns}
        filters={filters}
        views={can('clearance:declaration:read') ? undefined : views}
        actions={mayFile ? create : undefined}
        empty={{ title: t('list.empty'), text: t('list.emptyText'), action: mayFile ? create : undefined }}
      />
    </Page>
  )
}

export default DeclarationsPage
