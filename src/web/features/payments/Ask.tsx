// What a debtor may ask for about a debt: instalments while it is open, money back once it is paid; and what was asked for before.
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { minorDigits } from '#kernel/money.ts'
import { decimal, isDecimal } from '#kernel/decimal.ts'
import type { DebtView, PlanView, RefundView, StatementHead } from '#schema/duty'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DateField, DecimalField, FieldRow, Select, TextArea, TextField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Row, Stack } from '../../ui/Layout.tsx'
import { DataTable, type Column } from '../../ui/table/DataTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Id, LegalDate, Money } from '../../ui/Values.tsx'

type Closing = { debt: DebtView; onClose: () => void }
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

const AskPlan = ({ debt, onClose }: Closing) => {
  const { t } = useTranslation('payments')
  const [parts, setParts] = useState('4')
  const [firstDue, setFirstDue] = useState(inDays(30))
  const [grounds, setGrounds] = useState('')
  const send = useCommand<{ reference: string; parts: number; firstDue: string; grounds: string }, PlanView>({
    path: '/api/plans',
    refresh: [['debt', debt.reference], ['list']],
    onDone: (plan) => {
      toast(t('ask.sent', { number: plan.number }), { tone: 'ok' })
      onClose()
    },
  })
  const isReady = /^\d{1,2}$/.test(parts) && firstDue !== '' && grounds.trim().length >= 3
  return (
    <Dialog
      open
      title={t('ask.plan')}
      onClose={onClose}
      actions={
        <Button
          kind="primary"
          pending={send.pending}
          disabled={!isReady}
          onClick={() => void send.run({ reference: debt.reference, parts: Number(parts), firstDue, grounds: grounds.trim() })}
        >
          {t('ask.send')}
        </Button>
      }
    >
      <Stack>
        <p>{t('ask.planText')}</p>
        {send.problem && <ProblemNote problem={send.problem} />}
        <FieldRow>
          <TextField label={t('ask.parts')} inputMode="numeric" maxLength={2} width="s" value={parts} onChange={(text) => setParts(text ?? '')} />
          <DateField label={t('ask.firstDue')} value={firstDue} onChange={(day) => setFirstDue(day ?? '')} />
        </FieldRow>
        <TextArea label={t('ask.grounds')} maxLength={2000} value={grounds} onChange={(text) => setGrounds(text ?? '')} />
      </Stack>
    </Dialog>
  )
}

const reasons = ['overcharged', 'defective_goods', 'authority_error', 'equity'] as const
type Reason = (typeof reasons)[number]

const useRefundForm = (debt: DebtView) => {
  const [reason, setReason] = useState<Reason>('overcharged')
  const [tax, setTax] = useState(debt.lines[0]?.taxType ?? '')
  const [amount, setAmount] = useState<string | undefined>()
  const [account, setAccount] = useState(`CA-${debt.payer}`)
  const [grounds, setGrounds] = useState('')
  const scaled = amount && isDecimal(amount) ? decimal(amount).times(10 ** minorDigits(debt.currency)) : null
  const minor = scaled?.isInteger() && scaled.greaterThan(0) ? scaled.toNumber() : null
  const isReady = minor !== null && grounds.trim().length >= 3 && account !== ''
  const body = {
    reference: debt.reference,
    kind: 'repayment',
    reason,
    lines: [{ tax, minor }],
    grounds: grounds.trim(),
    destination: { to: 'account', account },
  }
  return { reason, setReason, tax, setTax, amount, setAmount, account, setAccount, grounds, setGrounds, isReady, body }
}

const AskRefund = ({ debt, onClose }: Closing) => {
  const { t } = useTranslation('payments')
  const f = useRefundForm(debt)
  const send = useCommand<typeof f.body, RefundView>({
    path: '/api/refunds',
    refresh: [['debt', debt.reference], ['list']],
    onDone: (refund) => {
      toast(t('ask.sent', { number: refund.number }), { tone: 'ok' })
      onClose()
    },
  })
  const taxes = [...new Set(debt.lines.map((l) => l.taxType))]
  return (
    <Dialog
      open
      title={t('ask.refund')}
      onClose={onClose}
      actions={
        <Button kind="primary" pending={send.pending} disabled={!f.isReady} onClick={() => void send.run(f.body)}>
          {t('ask.send')}
        </Button>
      }
    >
      <Stack>
        {send.problem && <ProblemNote problem={send.problem} />}
        <Select
          label={t('ask.reason')}
          value={f.reason}
          onChange={(value) => f.setReason(reasons.find((r) => r === value) ?? 'overcharged')}
          options={reasons.map((value) => ({ value, label: t(`ask.reasons.${value}`) }))}
        />
        <FieldRow>
          <Select
            label={t('pay.tax')}
            value={f.tax}
            onChange={(value) => f.setTax(value ?? '')}
            options={taxes.map((value) => ({ value, label: value }))}
          />
          <DecimalField label={t('pay.amount')} unit={debt.currency} value={f.amount} onChange={f.setAmount} />
        </FieldRow>
        <TextField label={t('ask.account')} mono maxLength={70} value={f.account} onChange={(text) => f.setAccount(text ?? '')} />
        <TextArea label={t('ask.grounds')} maxLength={2000} value={f.grounds} onChange={(text) => f.setGrounds(text ?? '')} />
      </Stack>
    </Dialog>
  )
}

/** The two requests, as far as the debt stands for them. */
export const AskAbout = ({ debt }: { debt: DebtView }) => {
  const { t } = useTranslation('payments')
  const { permissions } = useSession()
  const [open, setOpen] = useState<'plan' | 'refund' | null>(null)
  const close = (): void => setOpen(null)
  const mayPlan = permissions.includes('duty:plan:request') && debt.outstanding.minor > 0
  const mayRefund = permissions.includes('duty:refund:request') && debt.lines.some((l) => l.settled.minor > 0)
  return (
    <Row>
      {mayPlan && <Button onClick={() => setOpen('plan')}>{t('ask.plan')}</Button>}
      {mayRefund && <Button onClick={() => setOpen('refund')}>{t('ask.refund')}</Button>}
      {open === 'plan' && <AskPlan debt={debt} onClose={close} />}
      {open === 'refund' && <AskRefund debt={debt} onClose={close} />}
    </Row>
  )
}

const tone = { requested: 'info', proposed: 'info', approved: 'accent', paid: 'ok', refused: 'danger' } as const
const planTone = { requested: 'info', active: 'accent', completed: 'ok', defaulted: 'danger', refused: 'danger' } as const

/** What was asked for: refunds, and plans with the account to pay onto. */
export const Asked = () => {
  const { t } = useTranslation('payments')
  const refunds = useMemo<readonly Column<RefundView>[]>(
    () => [
      { id: 'number', header: t('receipt.number'), sortable: true, cell: (row) => <Id value={row.number} plain /> },
      { id: 'reference', header: t('due.reference'), cell: (row) => <Id value={row.reference} plain /> },
      { id: 'money', header: t('pay.amount'), align: 'end', sortable: true, cell: (row) => <Money value={row.money} /> },
      {
        id: 'status',
        header: t('account.status'),
        cell: (row) => <StatusBadge tone={tone[row.status]}>{t(`ask.status.${row.status}`)}</StatusBadge>,
      },
      { id: 'decideBy', header: t('ask.decideBy'), sortable: true, cell: (row) => <LegalDate date={row.decideBy} /> },
      { id: 'decision', header: t('ask.decision'), cell: (row) => row.decisionGrounds ?? '–' },
    ],
    [t],
  )
  const plans = useMemo<readonly Column<PlanView>[]>(
    () => [
      { id: 'number', header: t('receipt.number'), sortable: true, cell: (row) => <Id value={row.number} plain /> },
      { id: 'reference', header: t('due.reference'), cell: (row) => <Id value={row.reference} plain /> },
      { id: 'principal', header: t('pay.amount'), align: 'end', sortable: true, cell: (row) => <Money value={row.principal} /> },
      { id: 'paid', header: t('pay.settled'), align: 'end', cell: (row) => <Money value={row.paid} /> },
      {
        id: 'status',
        header: t('account.status'),
        cell: (row) => <StatusBadge tone={planTone[row.status]}>{t(`ask.planStatus.${row.status}`)}</StatusBadge>,
      },
      {
        id: 'account',
        header: t('account.code'),
        cell: (row) =>
          row.account && (
            <Button size="sm" to={`/payments/accounts/${row.account}`}>
              {row.account}
            </Button>
          ),
      },
    ],
    [t],
  )
  return (
    <Stack>
      <DataTable<RefundView>
        id="my-refunds"
        prefix="f-"
        caption={t('ask.refunds')}
        path="/api/refunds"
        topic="refund"
        sort="-requestedAt"
        columns={refunds}
        rowId={(row) => row.number}
        empty={{ title: t('ask.noRefunds') }}
      />
      <DataTable<PlanView>
        id="my-plans"
        prefix="p-"
        caption={t('ask.plans')}
        path="/api/plans"
        topic="plan"
        columns={plans}
        rowId={(row) => row.number}
        empty={{ title: t('ask.noPlans') }}
      />
    </Stack>
  )
}

export const Statements = () => {
  const { t } = useTranslation('payments')
  const columns = useMemo<readonly Column<StatementHead>[]>(
    () => [
      { id: 'number', header: t('receipt.number'), cell: (row) => <Id value={row.number} plain /> },
      { id: 'account', header: t('account.code'), cell: (row) => <Id value={row.account} plain /> },
      { id: 'month', header: t('statement.month'), sortable: true, cell: (row) => <LegalDate date={row.month} /> },
      { id: 'due', header: t('statement.due'), align: 'end', cell: (row) => <Money value={row.due} /> },
      { id: 'dueOn', header: t('statement.dueOn'), cell: (row) => <LegalDate date={row.dueOn} /> },
    ],
    [t],
  )
  return (
    <DataTable<StatementHead>
      id="statements"
      prefix="s-"
      caption={t('tab.statements')}
      path="/api/deferment-statements"
      columns={columns}
      rowId={(row) => row.number}
      rowHref={(row) => `/payments/statements/${row.number}`}
      empty={{ title: t('statement.none') }}
    />
  )
}
