/** Recovery: demands that are open, the longest due first. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClaimRow } from '#schema/duty'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter, type View } from '../../ui/table/DataTable.tsx'
import { Elide, Id, LegalDate, Money } from '../../ui/Values.tsx'
import { claimTone } from './parts.tsx'

const rowId = (row: ClaimRow): string => row.number
const rowHref = (row: ClaimRow): string => `/revenue/recovery/${row.number}`

const ClaimsPage = () => {
  const { t } = useTranslation('revenue')
  const columns = useMemo<readonly Column<ClaimRow>[]>(
    () => [
      { id: 'number', header: t('number'), sortable: true, cell: (row) => <Id value={row.number} plain /> },
      { id: 'kind', header: t('kind'), cell: (row) => t(`claimKind.${row.kind}`) },
      { id: 'origin', header: t('origin'), cell: (row) => <Id value={row.origin} plain /> },
      { id: 'payer', header: t('payer'), sortable: true, cell: (row) => <Elide max="12rem">{row.payer}</Elide> },
      { id: 'outstanding', header: t('outstanding'), align: 'end', sortable: true, cell: (row) => <Money value={row.outstanding} /> },
      { id: 'dueOn', header: t('dueOn'), sortable: true, cell: (row) => <LegalDate date={row.dueOn} /> },
      {
        id: 'stage',
        header: t('state'),
        sortable: true,
        cell: (row) => <StatusBadge tone={claimTone[row.stage]}>{t(row.outcome ? `outcome.${row.outcome}` : `stage.${row.stage}`)}</StatusBadge>,
      },
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
        options: (['open', 'overdue', 'proposed', 'closed'] as const).map((value) => ({ value, label: t(`claimState.${value}`) })),
      },
    ],
    [t],
  )
  const views = useMemo<readonly View[]>(
    () => [
      { id: 'open', label: t('claimState.open'), query: { state: 'open' } },
      { id: 'overdue', label: t('claimState.overdue'), query: { state: 'overdue' } },
      { id: 'proposed', label: t('claimState.proposed'), query: { state: 'proposed' } },
    ],
    [t],
  )
  return (
    <Page title={t('recovery')} fill>
      <DataTable<ClaimRow>
        id="claims"
        caption={t('recovery')}
        path="/api/claims"
        topic="claim"
        columns={columns}
        filters={filters}
        views={views}
        rowId={rowId}
        rowHref={rowHref}
        empty={{ title: t('noClaims') }}
        fill
      />
    </Page>
  )
}
export default ClaimsPage
