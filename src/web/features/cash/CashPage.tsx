/** The counter: find the debt, count the money, hand over the receipt, next payer. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { formatMoney, type Money as MoneyValue } from '#kernel/money.ts'
import type { DebtRow, DebtView, Receipt } from '#schema/duty'
import { get, problemOf } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { DecimalField, FieldRow, TextField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Columns, KeyValue, Loading, Note, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable } from '../../ui/table/DataTable.tsx'
import type { Column } from '../../ui/table/types.ts'
import { Id, Instant, Money } from '../../ui/Values.tsx'
import { useCodeName } from '../declaration/codes.ts'
import { Firm } from '../declaration/firm.tsx'
import { addresses } from './addresses.ts'
import { CashLinks } from './CashLinks.tsx'
import { amountOf, changeOf } from './counting.ts'
import css from './cash.module.css'

const CashPage = () => {
  const { t } = useTranslation('cash')
  const [search, setSearch] = useSearchParams()
  const reference = search.get('reference') ?? ''
  const found = useQuery({
    queryKey: ['debt', reference],
    queryFn: ({ signal }) => get<DebtView>(addresses.debt(reference), {}, { signal }),
    enabled: reference !== '',
    retry: false,
  })
  useLive('declaration', (change) => (change.id === reference || change.id === '*') && void found.refetch())
  const problem = problemOf(found.error)
  return (
    <Page title={t('title')} lead={<CashLinks />}>
      <Stack>
        <Find key={reference} reference={reference} onFind={(next) => setSearch(next ? { reference: next } : {})} pending={found.isFetching} />
        {found.isLoading && <Loading />}
        {problem &&
          (problem.status === 404 ? (
            <Note tone="warning" live title={t('notFound')} />
          ) : (
            <ProblemNote problem={problem} onRetry={() => void found.refetch()} />
          ))}
        {found.data && <Debt debt={found.data} />}
        {!reference && <Debts />}
      </Stack>
    </Page>
  )
}
export default CashPage

const rowId = (row: DebtRow): string => row.reference
const rowHref = (row: DebtRow): string => `/cash?reference=${encodeURIComponent(row.reference)}`

/** What is due at the offices of the cashier, the oldest first. */
const Debts = () => {
  const { t } = useTranslation('cash')
  const columns = useMemo<readonly Column<DebtRow>[]>(
    () => [
      { id: 'reference', header: t('find'), sortable: true, cell: (row) => <Id value={row.reference} plain /> },
      { id: 'payer', header: t('payer'), sortable: true, cell: (row) => <Firm registration={row.payer} /> },
      { id: 'since', header: t('since'), sortable: true, cell: (row) => <Instant at={row.since} form="relative" /> },
      { id: 'total', header: t('total'), align: 'end', cell: (row) => <Money value={row.total} /> },
      { id: 'outstanding', header: t('outstanding'), align: 'end', sortable: true, cell: (row) => <Money value={row.outstanding} /> },
    ],
    [t],
  )
  return (
    <DataTable<DebtRow>
      id="debts"
      caption={t('due')}
      path="/api/debts"
      columns={columns}
      rowId={rowId}
      rowHref={rowHref}
      topic="declaration"
      empty={{ title: t('nothing'), text: t('nothingText') }}
    />
  )
}

const Find = ({ reference, onFind, pending }: { reference: string; onFind: (reference: string) => void; pending: boolean }) => {
  const { t } = useTranslation('cash')
  const [typed, setTyped] = useState(reference)
  return (
    <form
      className={css.find}
      onSubmit={(event) => {
        event.preventDefault()
        onFind(typed.trim())
      }}
    >
      <TextField label={t('find')} mono upper maxLength={70} width="l" autoFocus value={typed} onChange={(text) => setTyped(text ?? '')} />
      <Button type="submit" kind={reference ? 'secondary' : 'primary'} pending={pending}>
        {t('show')}
      </Button>
      <span className={css.hint}>{t('findHint')}</span>
    </form>
  )
}

const Debt = ({ debt }: { debt: DebtView }) => {
  const { t } = useTranslation('cash')
  const owes = debt.outstanding.minor > 0
  return (
    <Columns aside={owes ? <Receive key={debt.reference} debt={debt} /> : <Note tone="ok" title={t('nothing')} />}>
      <Stack>
        <Section title={t('debt', { reference: debt.reference })}>
          <KeyValue
            columns={3}
            items={[
              { label: t('payer'), value: <Firm registration={debt.payer} label={t('payer')} /> },
              { label: t('total'), value: <Money value={debt.total} /> },
              {
                label: t('outstanding'),
                value: (
                  <strong className={css.outstanding}>
                    <Money value={debt.outstanding} />
                  </strong>
                ),
              },
            ]}
          />
        </Section>
        <Section title={t('lines')} flush>
          <Lines debt={debt} />
        </Section>
        {debt.payments.length > 0 && (
          <Section title={t('payments')}>
            <ul className={css.payments}>
              {debt.payments.map((payment) => (
                <li key={payment.id}>
                  <Money value={payment.money} /> · {t(`methodName.${payment.method}`)} · {t(`statusName.${payment.status}`)}{' '}
                  {payment.receipt && (
                    <Button size="sm" kind="quiet" to={`/cash/receipts/${encodeURIComponent(payment.receipt)}`}>
                      {t('receiptNo', { number: payment.receipt })}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        )}
      </Stack>
    </Columns>
  )
}

const Lines = ({ debt }: { debt: DebtView }) => {
  const { t } = useTranslation('cash')
  const tax = useCodeName('tax-type')
  const method = useCodeName('payment-method')
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('tax')}</th>
            <th scope="col">{t('method')}</th>
            <th scope="col" data-number>
              {t('amount')}
            </th>
            <th scope="col" data-number>
              {t('settled')}
            </th>
            <th scope="col">{t('account')}</th>
          </tr>
        </thead>
        <tbody>
          {debt.lines.map((line) => (
            <tr key={`${line.method}${line.taxType}${line.account ?? ''}`}>
              <td>
                {tax(line.taxType)} <span className="mono muted">{line.taxType}</span>
              </td>
              <td>
                {method(line.method)} <span className="mono muted">{line.method}</span>
              </td>
              <td data-number>
                <Money value={line.money} />
              </td>
              <td data-number>
                <Money value={line.settled} />
              </td>
              <td className="mono">{line.account ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Receive = ({ debt }: { debt: DebtView }) => {
  const { t } = useTranslation('cash')
  const navigate = useNavigate()
  const { office } = useSession()
  const [numeral, setNumeral] = useState<string | undefined>(formatMoney(debt.outstanding))
  const [given, setGiven] = useState<string>()
  const money = amountOf(numeral, debt.currency)
  const handed = given === undefined ? null : amountOf(given, debt.currency)
  const change = money && changeOf(handed, money)
  const receive = useCommand<{ reference: string; money: MoneyValue; office?: string }, Receipt>({
    path: addresses.receive,
    refresh: [['debt', debt.reference], ['cash']],
  })
  const run = async (): Promise<void> => {
    if (!money || money.minor === 0) return
    const reply = await receive.run({ reference: debt.reference, money, ...(office && { office: office.code }) })
    if (reply.ok) await navigate(`/cash/receipts/${encodeURIComponent(reply.value.number)}?print=1`)
  }
  useKeys([{ keys: 'Ctrl+Enter', label: t('take'), run: () => void run() }], { group: t('title') })
  return (
    <Section title={t('receive')}>
      <Stack>
        <p className="muted">{t('receivedText')}</p>
        <FieldRow>
          <DecimalField label={t('received')} unit={debt.currency} value={numeral ?? ''} onChange={setNumeral} />
          <DecimalField label={t('given')} unit={debt.currency} value={given ?? ''} onChange={setGiven} optional />
        </FieldRow>
        {change && (
          <p>
            {t('change')}:{' '}
            <strong className={css.outstanding}>
              <Money value={change} />
            </strong>
          </p>
        )}
        {handed && money && !change && <Note tone="warning" live title={t('tooLittle')} />}
        {receive.problem && <ProblemNote problem={receive.problem} />}
        <div>
          <Button
            kind="primary"
            disabled={!money || money.minor === 0 || (handed !== null && !change)}
            pending={receive.pending}
            onClick={() => void run()}
          >
            {t('take')}
          </Button>
        </div>
      </Stack>
    </Section>
  )
}
