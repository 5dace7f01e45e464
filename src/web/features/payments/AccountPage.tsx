/** One account: what is on it, what is used, every movement. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { minorDigits } from '#kernel/money.ts'
import type { AccountView, StatementRow } from '#schema/duty'
import { get, problemIn } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DecimalField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Stack, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../ui/table/DataTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Id, Instant, Money } from '../../ui/Values.tsx'
import { decimal, isDecimal } from '#kernel/decimal.ts'
import { useClientName } from '../declaration/words.tsx'
import { Usage } from './Usage.tsx'
import css from './payments.module.css'

const kinds = [
  'charge',
  'refund',
  'deposit',
  'payment',
  'secure',
  'release',
  'adjust',
  'opening',
  'statement',
  'adjustment',
  'match',
  'offset',
  'return',
  'transfer',
] as const

const Movements = ({ code }: { code: string }) => {
  const { t } = useTranslation('payments')
  const columns = useMemo(
    (): Column<StatementRow>[] => [
      { id: 'at', header: t('account.row.at'), sortable: true, cell: (row) => <Instant at={row.at} /> },
      { id: 'kind', header: t('account.row.kind'), cell: (row) => t(`account.moveKinds.${kinds.find((kind) => kind === row.kind) ?? 'other'}`) },
      {
        id: 'reference',
        header: t('account.row.reference'),
        cell: (row) =>
          /^[0-9A-Z]{18}$/.test(row.reference) ? (
            <Link to={`/declarations/${row.reference}`}>
              <Id value={row.reference} plain />
            </Link>
          ) : (
            <Id value={row.reference} plain />
          ),
      },
      { id: 'taxTypes', header: t('account.row.taxes'), cell: (row) => <span className="mono">{row.taxTypes}</span> },
      { id: 'money', header: t('account.row.money'), align: 'end', cell: (row) => <Money value={row.money} /> },
      { id: 'balance', header: t('account.row.balance'), align: 'end', cell: (row) => <Money value={row.balance} /> },
    ],
    [t],
  )
  const filters = useMemo(
    (): Filter[] => [
      { id: 'from', kind: 'date', label: t('account.from') },
      { id: 'to', kind: 'date', label: t('account.to') },
    ],
    [t],
  )
  return (
    <DataTable<StatementRow>
      id={`statement-${code}`}
      caption={t('account.moves')}
      path={`/api/accounts/${encodeURIComponent(code)}/statement`}
      topic="payment"
      rowId={(row) => row.posting}
      columns={columns}
      filters={filters}
      empty={{ title: t('account.noMoves') }}
    />
  )
}

const PayIn = ({ account }: { account: AccountView }) => {
  const { t } = useTranslation('payments')
  const [open, setOpen] = useState(false)
  const [amount, setAmount] = useState<string | undefined>()
  const deposit = useCommand<{ money: AccountView['balance'] }, AccountView>({
    path: `/api/accounts/${encodeURIComponent(account.code)}/deposits`,
    refresh: [['account', account.code], ['list'], ['debt']],
    onDone: () => {
      toast(t('account.deposited'), { tone: 'ok' })
      setOpen(false)
    },
  })
  const { currency } = account.balance
  const pay = (): void => {
    if (!amount || !isDecimal(amount)) return
    void deposit.run({
      money: {
        minor: decimal(amount)
          .times(10 ** minorDigits(currency))
          .round()
          .toNumber(),
        currency,
      },
    })
  }
  return (
    <>
      <Button icon="coins" onClick={() => setOpen(true)}>
        {t('account.deposit')}
      </Button>
      <Dialog
        open={open}
        title={t('account.depositTitle', { account: account.code })}
        onClose={() => setOpen(false)}
        size="sm"
        actions={
          <Button kind="primary" pending={deposit.pending} disabled={!amount} onClick={pay}>
            {t('account.deposit')}
          </Button>
        }
      >
        <Stack>
          {deposit.problem && <ProblemNote problem={deposit.problem} />}
          <p>{t('account.depositText')}</p>
          <DecimalField label={t('account.depositAmount')} unit={currency} value={amount} onChange={setAmount} width="m" />
        </Stack>
      </Dialog>
    </>
  )
}

const AccountPage = () => {
  const { code = '' } = useParams()
  const { t } = useTranslation('payments')
  const { demo } = useSession()
  const nameOf = useClientName()
  const found = useQuery({
    queryKey: ['account', code],
    queryFn: ({ signal }) => get<AccountView>(`/api/accounts/${encodeURIComponent(code)}`, {}, { signal }),
  })
  const account = found.data
  return (
    <Page
      title={code}
      crumbs={[{ label: t('title'), to: '/payments?tab=accounts' }]}
      actions={account && demo && (account.kind === 'cash_account' || account.kind === 'credit') ? <PayIn account={account} /> : undefined}
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {account && (
        <>
          <Summary>
            <SummaryFact label={t(`account.kinds.${account.kind}`)}>
              <StatusBadge tone={account.status === 'open' ? 'ok' : 'danger'}>{t(`account.statuses.${account.status}`)}</StatusBadge>
            </SummaryFact>
            <SummaryFact label={t('account.available')}>
              <span className={css.amount}>
                <Money value={account.available} />
              </span>
            </SummaryFact>
            {account.limit.minor > 0 && (
              <SummaryFact label={t('account.usage')}>
                <Usage account={account} />
              </SummaryFact>
            )}
            <SummaryFact label={t('account.used')}>
              <Money value={account.used} />
            </SummaryFact>
            <SummaryFact label={t('account.limit')}>
              <Money value={account.limit} />
            </SummaryFact>
            <SummaryFact label={t('account.owner')}>{nameOf(account.owner) ?? account.owner}</SummaryFact>
          </Summary>
          <Movements code={code} />
        </>
      )}
    </Page>
  )
}

export default AccountPage
