/** All tariff quotas with what is left of them. */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { quotaStatuses, type QuotaRow } from '#schema/trade'
import { useCan } from '../../../app/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Page } from '../../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../../ui/table/DataTable.tsx'
import { Id, Quantity } from '../../../ui/Values.tsx'
import { OpenDialog } from './OpenDialog.tsx'
import { BalanceBar, QuotaBadge, usePeriodName } from './words.tsx'

const QuotasPage = () => {
  const { t } = useTranslation('quota')
  const periodName = usePeriodName()
  const can = useCan()
  const [opening, setOpening] = useState(false)
  const columns = useMemo(
    (): Column<QuotaRow>[] => [
      { id: 'orderNumber', header: t('order'), sortable: true, cell: (row) => <Id value={row.orderNumber} plain /> },
      { id: 'name', header: t('name'), sortable: true, cell: (row) => <bdi>{row.name}</bdi> },
      { id: 'status', header: t('status'), cell: (row) => <QuotaBadge status={row.period?.status ?? 'not-open'} /> },
      { id: 'left', header: t('left'), sortable: true, cell: (row) => row.period && <BalanceBar period={row.period} /> },
      {
        id: 'balance',
        header: t('balance'),
        align: 'end',
        cell: (row) => row.period && <Quantity value={row.period.balance} unit={row.period.unit} />,
      },
      {
        id: 'waiting',
        header: t('waiting'),
        align: 'end',
        cell: (row) => row.period && <Quantity value={row.period.waiting} unit={row.period.unit} />,
      },
      { id: 'validTo', header: t('period'), sortable: true, cell: (row) => row.period && periodName(row.period) },
      { id: 'kind', header: t('kindOf'), hidden: true, cell: (row) => t(`kind.${row.kind}`) },
    ],
    [t, periodName],
  )
  const filters = useMemo(
    (): Filter[] => [
      { id: 'q', kind: 'text', label: t('search') },
      { id: 'status', kind: 'choices', label: t('status'), options: quotaStatuses.map((s) => ({ value: s, label: t(`statuses.${s}`) })) },
    ],
    [t],
  )
  return (
    <Page
      title={t('title')}
      fill
      actions={
        can('trade:quota:manage') ? (
          <Button icon="plus" onClick={() => setOpening(true)}>
            {t('open.title')}
          </Button>
        ) : undefined
      }
    >
      <DataTable<QuotaRow>
        id="quotas"
        caption={t('title')}
        path="/api/trade/quotas"
        topic="quota"
        columns={columns}
        filters={filters}
        rowId={(row) => row.orderNumber}
        rowHref={(row) => `/quotas/${row.orderNumber}`}
        empty={{ title: t('none') }}
        fill
      />
      {opening && <OpenDialog onClose={() => setOpening(false)} />}
    </Page>
  )
}
export default QuotasPage
