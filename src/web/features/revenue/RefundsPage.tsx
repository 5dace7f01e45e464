/** Applications to give duty back or to waive it, and plans of instalments: what waits longest first. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanView, RefundView } from '#schema/duty'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Page } from '../../ui/Page.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { DataTable, type Column, type Filter, type View } from '../../ui/table/DataTable.tsx'
import { Elide, Id, LegalDate, Money } from '../../ui/Values.tsx'
import { planTone, refundTone } from './parts.tsx'

const byNumber = (row: { number: string }): string => row.number

const Refunds = () => {
  const { t } = useTranslation('revenue')
  const columns = useMemo<readonly Column<RefundView>[]>(
    () => [
      { id: 'number', header: t('number'), sortable: true, cell: (row) => <Id value={row.number} plain /> },
      { id: 'kind', header: t('kind'), cell: (row) => t(`refundKind.${row.kind}`) },
      { id: 'reference', header: t('reference'), cell: (row) => <Id value={row.reference} plain /> },
      { id: 'payer', header: t('payer'), sortable: true, cell: (row) => <Elide max="12rem">{row.payer}</Elide> },
      { id: 'money', header: t('amount'), align: 'end', sortable: true, cell: (row) => <Money value={row.money} /> },
      { id: 'status', header: t('state'), cell: (row) => <StatusBadge tone={refundTone[row.status]}>{t(`refundStatus.${row.status}`)}</StatusBadge> },
      { id: 'decideBy', header: t('decideBy'), sortable: true, cell: (row) => <LegalDate date={row.decideBy} /> },
    ],
    [t],
  )
  const filters = useMemo<readonly Filter[]>(
    () => [
      { id: 'q', kind: 'text', label: t('searchRows') },
      {
        id: 'status',
        kind: 'choices',
        label: t('state'),
        options: (['requested', 'proposed', 'approved', 'paid', 'refused'] as const).map((value) => ({ value, label: t(`refundStatus.${value}`) })),
      },
    ],
    [t],
  )
  const views = useMemo<readonly View[]>(
    () => [
      { id: 'waiting', label: t('view.waiting'), query: { status: 'requested,proposed' } },
      { id: 'all', label: t('view.all'), query: {} },
    ],
    [t],
  )
  return (
    <DataTable<RefundView>
      id="refunds"
      caption={t('refunds')}
      path="/api/refunds"
      topic="refund"
      columns={columns}
      filters={filters}
      views={views}
      rowId={byNumber}
      rowHref={(row) => `/revenue/refunds/${row.number}`}
      empty={{ title: t('noRefunds') }}
    />
  )
}

const Plans = () => {
  const { t } = useTranslation('revenue')
  const columns = useMemo<readonly Column<PlanView>[]>(
    () => [
      { id: 'number', header: t('number'), sortable: true, cell: (row) => <Id value={row.number} plain /> },
      { id: 'reference', header: t('reference'), cell: (row) => <Id value={row.reference} plain /> },
      { id: 'payer', header: t('payer'), sortable: true, cell: (row) => <Elide max="12rem">{row.payer}</Elide> },
      { id: 'principal', header: t('amount'), align: 'end', sortable: true, cell: (row) => <Money value={row.principal} /> },
      { id: 'paid', header: t('paid'), align: 'end', cell: (row) => <Money value={row.paid} /> },
      { id: 'status', header: t('state'), cell: (row) => <StatusBadge tone={planTone[row.status]}>{t(`planStatus.${row.status}`)}</StatusBadge> },
    ],
    [t],
  )
  return (
    <DataTable<PlanView>
      id="plans"
      prefix="p-"
      caption={t('plans')}
      path="/api/plans"
      topic="plan"
      columns={columns}
      rowId={byNumber}
      rowHref={(row) => `/revenue/plans/${row.number}`}
      empty={{ title: t('noPlans') }}
    />
  )
}

const RefundsPage = () => {
  const { t } = useTranslation('revenue')
  return (
    <Page title={t('refunds')}>
      <Tabs
        label={t('refunds')}
        tabs={[
          { id: 'refunds', label: t('refunds'), content: <Refunds /> },
          { id: 'plans', label: t('plans'), content: <Plans /> },
        ]}
      />
    </Page>
  )
}
export default RefundsPage
