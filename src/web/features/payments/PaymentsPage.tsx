/** What is due, the accounts with what is left on them, receipts. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountView, DebtRow, Receipt } from '#schema/duty'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Page } from '../../ui/Page.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { DataTable, type Column } from '../../ui/table/DataTable.tsx'
import { Elide, Id, Instant, Money } from '../../ui/Values.tsx'
import { useClientName } from '../declaration/words.tsx'
import { Asked, Statements } from './Ask.tsx'
import { Usage } from './Usage.tsx'
import { useReason } from './reasons.ts'

const Due = () => {
  const { t } = useTranslation('payments')
  const nameOf = useClientName()
  const reason = useReason()
  const columns = useMemo(
    (): Column<DebtRow>[] => [
      { id: 'reference', header: t('due.reference'), sortable: true, cell: (row) => <Id value={row.reference} plain /> },
      { id: 'payer', header: t('due.payer'), sortable: true, cell: (row) => <Elide max="16rem">{nameOf(row.payer) ?? row.payer}</Elide> },
      { id: 'reason', header: t('due.reason'), cell: (row) => reason(row.reason) },
      { id: 'total', header: t('due.total'), align: 'end', cell: (row) => <Money value={row.total} /> },
      {
        id: 'outstanding',
        header: t('due.outstanding'),
        align: 'end',
        sortable: true,
        cell: (row) => (
          <strong>
            <Money value={row.outstanding} />
          </strong>
        ),
      },
      { id: 'since', header: t('due.since'), sortable: true, cell: (row) => <Instant at={row.since} form="relative" /> },
    ],
    [t, nameOf, reason],
  )
  const filters = useMemo(() => [{ id: 'q', kind: 'text' as const, label: t('due.search') }], [t])
  return (
    <DataTable<DebtRow>
      id="due"
      prefix="d-"
      caption={t('due.caption')}
      path="/api/debts"
      topic="payment"
      rowId={(row) => row.reference}
      rowHref={(row) => `/payments/${row.reference}`}
      columns={columns}
      filters={filters}
      sort="since"
      empty={{ title: t('due.empty'), text: t('due.emptyText') }}
    />
  )
}

const Accounts = () => {
  const { t } = useTranslation('payments')
  const nameOf = useClientName()
  const columns = useMemo(
    (): Column<AccountView>[] => [
      { id: 'code', header: t('account.code'), sortable: true, cell: (row) => <Id value={row.code} plain /> },
      { id: 'kind', header: t('account.kind'), sortable: true, cell: (row) => t(`account.kinds.${row.kind}`) },
      { id: 'owner', header: t('account.owner'), sortable: true, cell: (row) => <Elide max="14rem">{nameOf(row.owner) ?? row.owner}</Elide> },
      { id: 'usage', header: t('account.usage'), width: '9rem', cell: (row) => <Usage account={row} /> },
      { id: 'available', header: t('account.available'), align: 'end', sortable: true, cell: (row) => <Money value={row.available} /> },
      {
        id: 'status',
        header: t('account.status'),
        cell: (row) => <StatusBadge tone={row.status === 'open' ? 'ok' : 'danger'}>{t(`account.statuses.${row.status}`)}</StatusBadge>,
      },
      { id: 'balance', header: t('account.balance'), align: 'end', hidden: true, cell: (row) => <Money value={row.balance} /> },
      { id: 'limit', header: t('account.limit'), align: 'end', hidden: true, cell: (row) => <Money value={row.limit} /> },
    ],
    [t, nameOf],
  )
  return (
    <DataTable<AccountView>
      id="accounts"
      prefix="a-"
      caption={t('account.caption')}
      path="/api/accounts"
      topic="payment"
      rowId={(row) => row.code}
      rowHref={(row) => `/payments/accounts/${encodeURIComponent(row.code)}`}
      columns={columns}
      empty={{ title: t('account.empty'), text: t('account.emptyText') }}
    />
  )
}

const Receipts = () => {
  const { t } = useTranslation('payments')
  const nameOf = useClientName()
  const columns = useMemo(
    (): Column<Receipt>[] => [
      { id: 'number', header: t('receipt.number'), cell: (row) => <Id value={row.number} plain /> },
      { id: 'at', header: t('receipt.at'), sortable: true, cell: (row) => <Instant at={row.at} /> },
      { id: 'reference', header: t('receipt.reference'), cell: (row) => <Id value={row.reference} plain /> },
      { id: 'payer', header: t('receipt.payer'), cell: (row) => <Elide max="14rem">{nameOf(row.payer) ?? row.payer}</Elide> },
      { id: 'method', header: t('receipt.method'), cell: (row) => t(`pay.methodName.${row.method}`) },
      { id: 'money', header: t('receipt.money'), align: 'end', cell: (row) => <Money value={row.money} /> },
    ],
    [t, nameOf],
  )
  return (
    <DataTable<Receipt>
      id="receipts"
      prefix="r-"
      caption={t('receipt.caption')}
      path="/api/receipts"
      topic="payment"
      rowId={(row) => row.number}
      rowHref={(row) => `/payments/receipts/${encodeURIComponent(row.number)}`}
      columns={columns}
      empty={{ title: t('receipt.empty') }}
    />
  )
}

const PaymentsPage = () => {
  const { t } = useTranslation('payments')
  return (
    <Page title={t('title')}>
      <Tabs
        label={t('tabs')}
        tabs={[
          { id: 'due', label: t('tab.due'), content: <Due /> },
          { id: 'accounts', label: t('tab.accounts'), content: <Accounts /> },
          { id: 'receipts', label: t('tab.receipts'), content: <Receipts /> },
          { id: 'statements', label: t('tab.statements'), content: <Statements /> },
          { id: 'asked', label: t('tab.asked'), content: <Asked /> },
        ]}
      />
    </Page>
  )
}

export default PaymentsPage
