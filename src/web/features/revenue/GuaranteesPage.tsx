/** Guarantees with their use, the most used first. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuaranteeView } from '#schema/duty'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../ui/table/DataTable.tsx'
import { Elide, Id, LegalDate, Money } from '../../ui/Values.tsx'
import { guaranteeTone } from './parts.tsx'

const rowId = (row: GuaranteeView): string => row.code
const rowHref = (row: GuaranteeView): string => `/revenue/guarantees/${encodeURIComponent(row.code)}`

const GuaranteesPage = () => {
  const { t } = useTranslation('revenue')
  const columns = useMemo<readonly Column<GuaranteeView>[]>(
    () => [
      { id: 'code', header: t('guarantee'), sortable: true, cell: (row) => <Id value={row.code} plain /> },
      { id: 'owner', header: t('holder'), sortable: true, cell: (row) => <Elide max="10rem">{row.owner}</Elide> },
      { id: 'guarantor', header: t('guarantor'), cell: (row) => <Elide max="12rem">{row.guarantorName || row.guarantor}</Elide> },
      { id: 'level', header: t('level'), align: 'end', cell: (row) => `${row.levelPercent} %` },
      { id: 'referenceAmount', header: t('referenceAmount'), align: 'end', cell: (row) => <Money value={row.referenceAmount} /> },
      { id: 'used', header: t('used'), align: 'end', sortable: true, cell: (row) => <Money value={row.used} /> },
      { id: 'available', header: t('available'), align: 'end', sortable: true, cell: (row) => <Money value={row.available} /> },
      { id: 'validTo', header: t('validTo'), sortable: true, cell: (row) => <LegalDate date={row.validTo} /> },
      {
        id: 'status',
        header: t('state'),
        cell: (row) => <StatusBadge tone={guaranteeTone[row.status]}>{t(`guaranteeStatus.${row.status}`)}</StatusBadge>,
      },
    ],
    [t],
  )
  const filters = useMemo<readonly Filter[]>(() => [{ id: 'q', kind: 'text', label: t('searchGuarantees') }], [t])
  return (
    <Page title={t('guarantees')} fill>
      <DataTable<GuaranteeView>
        id="guarantees"
        caption={t('guarantees')}
        path="/api/guarantees"
        topic="account"
        columns={columns}
        filters={filters}
        rowId={rowId}
        rowHref={rowHref}
        empty={{ title: t('noGuarantees') }}
        fill
      />
    </Page>
  )
}
export default GuaranteesPage
