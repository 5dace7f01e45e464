/** Paying what is due on a declaration: what it is for, why it is open, by card or bank at the provider, or by filling the account. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { DebtView, Payment } from '#schema/duty'
import { get, problemIn } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatAmount } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/fields.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Note, Row, Section, Stack, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Id, Instant, Money } from '../../ui/Values.tsx'
import { useCodeName } from '../declaration/codes.ts'
import { useClientName } from '../declaration/words.tsx'
import { AskAbout } from './Ask.tsx'
import { useReason } from './reasons.ts'
import css from './payments.module.css'

const paymentTone = { created: 'info', pending: 'warning', paid: 'ok', failed: 'danger' } as const

const useDebt = (reference: string) => {
  const client = useQueryClient()
  const found = useQuery({
    queryKey: ['debt', reference],
    queryFn: ({ signal }) => get<DebtView>(`/api/debts/${reference}`, {}, { signal }),
    // News comes live; while one waits at the provider it is asked for as well, should the line be down.
    refetchInterval: (query) => (query.state.data?.payments.some((one) => one.status === 'created' || one.status === 'pending') ? 5_000 : false),
  })
  useLive('payment', (change) => {
    if (change.id !== reference && change.id !== '*') return
    for (const queryKey of [['debt', reference], ['declaration', reference], ['list'], ['dashboard'], ['count']])
      void client.invalidateQueries({ queryKey })
  })
  return found
}

const Lines = ({ debt }: { debt: DebtView }) => {
  const { t } = useTranslation('payments')
  const tax = useCodeName('tax-type')
  const method = useCodeName('payment-method')
  return (
    <Section title={t('pay.lines')} flush>
      <div className={css.scroll} role="group" aria-label={t('pay.lines')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('pay.tax')}</th>
              <th scope="col">{t('pay.method')}</th>
              <th scope="col" data-end>
                {t('pay.amount')}
              </th>
              <th scope="col" data-end>
                {t('pay.settled')}
              </th>
            </tr>
          </thead>
          <tbody>
            {debt.lines.map((line, at) => (
              <tr key={at}>
                <th scope="row">
                  {tax(line.taxType)} <span className="mono muted">{line.taxType}</span>
                </th>
                <td>{method(line.method) ?? line.method}</td>
                <td data-end>
                  <Money value={line.money} />
                </td>
                <td data-end>
                  <Money value={line.settled} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

const PaymentLine = ({ payment }: { payment: Payment }) => {
  const { t } = useTranslation('payments')
  return (
    <li className={css.payment}>
      <StatusBadge tone={paymentTone[payment.status]}>{t(`pay.status.${payment.status}`)}</StatusBadge>
      <span>{t(`pay.methodName.${payment.method}`)}</span>
      <Money value={payment.money} />
      <Instant at={payment.paidAt ?? payment.createdAt} form="relative" />
      {payment.failure && <span className="muted">{payment.failure}</span>}
      {payment.receipt && (
        <Button size="sm" kind="quiet" to={`/payments/receipts/${encodeURIComponent(payment.receipt)}`}>
          {t('pay.receipt', { number: payment.receipt })}
        </Button>
      )}
    </li>
  )
}

/** An open payment leads on to the provider, in a page of its own: what stands here stays. */
const AtProvider = ({ payment }: { payment: Payment }) => {
  const { t } = useTranslation('payments')
  return (
    <Note tone="warning" title={payment.payAt ? t('pay.waiting') : t('pay.preparing')} live>
      <Stack>
        <p>{t('pay.waitingText')}</p>
        {payment.payAt && (
          <p>
            <a className={css.go} href={payment.payAt} target="_blank" rel="noopener noreferrer">
              {t('pay.go')} <Icon name="link" size={14} />
            </a>
          </p>
        )}
      </Stack>
    </Note>
  )
}

const HowToPay = ({ debt }: { debt: DebtView }) => {
  const { t, i18n } = useTranslation('payments')
  const [method, setMethod] = useState<'card' | 'bank'>('card')
  const start = useCommand<{ reference: string; method: 'card' | 'bank' }, Payment>({ path: '/api/payments', refresh: [['debt', debt.reference]] })
  return (
    <Section title={t('pay.how')}>
      <Stack>
        {start.problem && <ProblemNote problem={start.problem} />}
        <Choice
          label={t('pay.how')}
          value={method}
          onChange={(value) => setMethod(value === 'bank' ? 'bank' : 'card')}
          options={[
            { value: 'card', label: t('pay.card'), hint: t('pay.cardHint') },
            { value: 'bank', label: t('pay.bank'), hint: t('pay.bankHint') },
          ]}
        />
        <Row>
          <Button kind="primary" pending={start.pending} onClick={() => void start.run({ reference: debt.reference, method })}>
            {t('pay.start', { amount: `${formatAmount(debt.outstanding, i18n.language)} ${debt.outstanding.currency}` })}
          </Button>
        </Row>
      </Stack>
    </Section>
  )
}

const Shortfalls = ({ debt }: { debt: DebtView }) => {
  const { t, i18n } = useTranslation('payments')
  const reason = useReason()
  const short = debt.shortfalls.filter((one) => one.account !== null)
  if (short.length === 0) return null
  const money = (value: DebtView['total']): string => `${formatAmount(value, i18n.language)} ${value.currency}`
  return (
    <Section title={t('pay.account')}>
      <Stack>
        <p>{t('pay.accountText')}</p>
        <ul>
          {short.map((one, at) => (
            <li key={at} className={css.payment}>
              <span>
                {reason(one.code)}: {t('pay.short', { short: money(one.short), required: money(one.required) })}
              </span>
              {one.account && (
                <Button size="sm" to={`/payments/accounts/${encodeURIComponent(one.account)}`}>
                  {t('pay.toAccount', { account: one.account })}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Stack>
    </Section>
  )
}

const PayPage = () => {
  const { reference = '' } = useParams()
  const { t } = useTranslation('payments')
  const nameOf = useClientName()
  const found = useDebt(reference)
  const debt = found.data
  const waiting = debt?.payments.find((one) => one.status === 'created' || one.status === 'pending')
  const isOpen = (debt?.outstanding.minor ?? 0) > 0
  return (
    <Page
      title={t('pay.title', { reference })}
      crumbs={[{ label: t('title'), to: '/payments' }]}
      actions={<Button to={`/declarations/${reference}`}>{t('pay.declared')}</Button>}
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {debt && (
        <>
          <Summary>
            <SummaryFact label={t('pay.outstanding')}>
              <span className={css.amount}>
                <Money value={debt.outstanding} />
              </span>
            </SummaryFact>
            <SummaryFact label={t('pay.total')}>
              <Money value={debt.total} />
            </SummaryFact>
            <SummaryFact label={t('pay.payer')}>
              {nameOf(debt.payer)} <Id value={debt.payer} plain />
            </SummaryFact>
          </Summary>
          {!isOpen && debt.payments.some((one) => one.status === 'paid') && (
            <Note tone="ok" title={t('pay.arrived')} live>
              {t('pay.arrivedText')}
            </Note>
          )}
          {!isOpen && !debt.payments.some((one) => one.status === 'paid') && <Empty title={t('pay.nothing')} text={t('pay.nothingText')} />}
          {isOpen && waiting && <AtProvider payment={waiting} />}
          {isOpen && !waiting && <HowToPay debt={debt} />}
          {isOpen && <Shortfalls debt={debt} />}
          <AskAbout debt={debt} />
          <Lines debt={debt} />
          {debt.payments.length > 0 && (
            <Section title={t('pay.payments')} count={debt.payments.length}>
              <ul>
                {debt.payments.map((payment) => (
                  <PaymentLine key={payment.id} payment={payment} />
                ))}
              </ul>
            </Section>
          )}
        </>
      )}
    </Page>
  )
}

export default PayPage
