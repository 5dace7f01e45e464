// Payment orders, the files they go out in, and the files that came in.
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BankFileRow, OrderRow, PaymentFileRow } from '#schema/duty'
import { download } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { DateField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Row, Stack } from '../../ui/Layout.tsx'
import { DataTable, type Column } from '../../ui/table/DataTable.tsx'
import { Elide, Id, Instant, LegalDate, Money } from '../../ui/Values.tsx'

const orderTone = { ready: 'info', filed: 'warning', executed: 'ok', returned: 'danger' } as const

const Make = () => {
  const { t } = useTranslation('revenue')
  const [executeOn, setExecuteOn] = useState(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10))
  const make = useCommand<{ kind: 'pain.001' | 'pain.008'; executeOn: string }, PaymentFileRow>({ path: '/api/payment-files', refresh: [['list']] })
  return (
    <Stack>
      <Row>
        <DateField label={t('executeOn')} value={executeOn} onChange={(day) => setExecuteOn(day ?? '')} />
        <Button pending={make.pending} disabled={!executeOn} onClick={() => void make.run({ kind: 'pain.001', executeOn })}>
          {t('makeCredits')}
        </Button>
        <Button pending={make.pending} disabled={!executeOn} onClick={() => void make.run({ kind: 'pain.008', executeOn })}>
          {t('makeDebits')}
        </Button>
      </Row>
      {make.problem && <ProblemNote problem={make.problem} />}
    </Stack>
  )
}

export const Orders = () => {
  const { t } = useTranslation('revenue')
  const columns = useMemo<readonly Column<OrderRow>[]>(
    () => [
      { id: 'endToEnd', header: t('reference'), cell: (row) => <Id value={row.endToEnd} plain /> },
      { id: 'direction', header: t('kind'), cell: (row) => t(`direction.${row.direction}`) },
      { id: 'name', header: t('counterparty'), cell: (row) => <Elide max="12rem">{row.name}</Elide> },
      { id: 'iban', header: t('iban'), cell: (row) => <Id value={row.iban} plain /> },
      { id: 'money', header: t('amount'), align: 'end', cell: (row) => <Money value={row.money} /> },
      { id: 'status', header: t('state'), cell: (row) => <StatusBadge tone={orderTone[row.status]}>{t(`orderStatus.${row.status}`)}</StatusBadge> },
    ],
    [t],
  )
  return (
    <DataTable<OrderRow>
      id="orders"
      prefix="o-"
      caption={t('orders')}
      path="/api/payment-orders"
      topic="bank"
      columns={columns}
      rowId={(row) => row.endToEnd}
      empty={{ title: t('noOrders') }}
    />
  )
}

export const PaymentFiles = () => {
  const { t } = useTranslation('revenue')
  const { permissions } = useSession()
  const may = permissions.includes('duty:reconciliation:work')
  const columns = useMemo<readonly Column<PaymentFileRow>[]>(
    () => [
      { id: 'messageId', header: t('number'), cell: (row) => <Id value={row.messageId} plain /> },
      { id: 'kind', header: t('kind'), cell: (row) => <span className="mono">{row.kind}</span> },
      { id: 'executeOn', header: t('executeOn'), cell: (row) => <LegalDate date={row.executeOn} /> },
      { id: 'orders', header: t('orders'), align: 'end', cell: (row) => row.orders },
      { id: 'sum', header: t('amount'), align: 'end', cell: (row) => <Money value={row.sum} /> },
      { id: 'createdBy', header: t('who'), cell: (row) => row.createdBy },
      {
        id: 'act',
        header: t('action'),
        cell: (row) =>
          may && (
            <Button size="sm" icon="download" onClick={() => void download(`/api/payment-files/${row.id}/content`, {}, `${row.messageId}.xml`)}>
              {t('fetch')}
            </Button>
          ),
      },
    ],
    [t, may],
  )
  return (
    <Stack>
      {may && <Make />}
      <DataTable<PaymentFileRow>
        id="payment-files"
        prefix="f-"
        caption={t('paymentFiles')}
        path="/api/payment-files"
        columns={columns}
        rowId={(row) => row.id}
        empty={{ title: t('noFiles') }}
      />
    </Stack>
  )
}

export const BankFiles = () => {
  const { t } = useTranslation('revenue')
  const columns = useMemo<readonly Column<BankFileRow>[]>(
    () => [
      { id: 'messageId', header: t('number'), cell: (row) => <Id value={row.messageId} plain /> },
      { id: 'kind', header: t('kind'), cell: (row) => <span className="mono">{row.kind}</span> },
      { id: 'importedAt', header: t('since'), cell: (row) => <Instant at={row.importedAt} form="relative" /> },
      { id: 'entries', header: t('entries'), align: 'end', cell: (row) => row.entries },
      { id: 'incoming', header: t('incoming'), align: 'end', cell: (row) => <Money value={row.incoming} /> },
      { id: 'outgoing', header: t('outgoing'), align: 'end', cell: (row) => <Money value={row.outgoing} /> },
      { id: 'unmatched', header: t('entryStatus.unmatched'), align: 'end', cell: (row) => row.unmatched },
    ],
    [t],
  )
  return (
    <DataTable<BankFileRow>
      id="bank-files"
      prefix="b-"
      caption={t('bankFiles')}
      path="/api/bank-files"
      topic="bank"
      columns={columns}
      rowId={(row) => row.id}
      empty={{ title: t('noFiles') }}
    />
  )
}
