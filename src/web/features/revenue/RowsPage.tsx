/** The declarations and demands behind the sums, a row for each tax. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RevenueRow } from '#schema/duty'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../ui/table/DataTable.tsx'
import { Elide, Id, Instant, LegalDate, Money } from '../../ui/Values.tsx'
import { Reference } from './parts.tsx'

const rowId = (row: RevenueRow): string => `${row.reference}/${row.tax}`

const RowsPage = () => {
  const { t } = useTranslation('revenue')
  const columns = useMemo<readonly Column<RevenueRow>[]>(
    () => [
      { id: 'reference', header: t('reference'), sortable: true, cell: (row) => <Reference value={row.reference} /> },
      { id: 'office', header: t('office'), cell: (row) => <Id value={row.office} plain /> },
      { id: 'payer', header: t('payer'), sortable: true, cell: (row) => <Elide max="12rem">{row.payer}</Elide> },
      { id: 'tax', header: t('tax'), cell: (row) => <span className="mono">{row.tax}</span> },
      { id: 'at', header: t('since'), sortable: true, cell: (row) => <Instant at={row.at} form="relative" /> },
      { id: 'charged', header: t('charged'), align: 'end', sortable: true, cell: (row) => <Money value={row.charged} /> },
      { id: 'collected', header: t('collected'), align: 'end', sortable: true, cell: (row) => <Money value={row.collected} /> },
      { id: 'refunded', header: t('refunded'), align: 'end', cell: (row) => <Money value={row.refunded} /> },
      { id: 'due', header: t('due'), align: 'end', sortable: true, cell: (row) => <Money value={row.due} /> },
      { id: 'dueOn', header: t('dueOn'), sortable: true, cell: (row) => <LegalDate date={row.dueOn} /> },
    ],
    [t],
  )
  const filters = useMemo<readonly Filter[]>(
    () => [
      { id: 'q', kind: 'text', label: t('searchRows') },
      {
        id: 'state',
        kind: 'choice',
        label: t('state'),
        options: (['due', 'overdue', 'refunded'] as const).map((value) => ({ value, label: t(value) })),
      },
      { id: 'office', kind: 'text', label: t('office') },
      { id: 'tax', kind: 'text', label: t('tax') },
      { id: 'from', kind: 'date', label: t('from') },
      { id: 'to', kind: 'date', label: t('to') },
    ],
    [t],
  )
  return (
    <Page title={t('rows')} crumbs={[{ label: t('title'), to: '/revenue/overview' }]} fill>
      <DataTable<RevenueRow>
        id="revenue-rows"
        caption={t('rows')}
        path="/api/revenue/rows"
        topic="payment"
        columns={columns}
        filters={filters}
        rowId={rowId}
        empty={{ title: t('noRows') }}
        fill
      />
    </Page>
  )
}
export default RowsPage
