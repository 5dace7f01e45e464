// Changes of a quota by two persons: one proposes, another decides.
import { useTranslation } from 'react-i18next'
import { useQuery } from '@tanstack/react-query'
import type { Issue } from '#kernel/issue.ts'
import { quotaActions, type ProposeQuotaChange, type QuotaProposal, type QuotaRow, type QuotaView } from '#schema/trade'
import { get } from '../../../app/api.ts'
import { useCan, useSession } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { StatusBadge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DecimalField, Select, TextArea } from '../../../ui/fields.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, Stack } from '../../../ui/Layout.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Instant, Quantity } from '../../../ui/Values.tsx'
import { usePeriodName } from './words.tsx'
import css from './quota.module.css'

type Period = QuotaView['periods'][number]
type Entry = Partial<ProposeQuotaChange>
const required = (path: string): Issue => ({ code: 'form.required', severity: 'error', path })

const validate = (e: Entry): Issue[] => [
  ...(e.action ? [] : [required('/action')]),
  ...(e.reason?.trim() ? [] : [required('/reason')]),
  ...(e.action === 'transfer' && !e.quantity ? [required('/quantity')] : []),
  ...(e.action === 'transfer' && !e.toDefinitionId ? [required('/toDefinitionId')] : []),
]

/** Periods that could receive a quantity: this quota's others, and the current ones of quotas in the same unit. */
const useTargets = (period: Period, view: QuotaView) => {
  const name = usePeriodName()
  const all = useQuery({
    queryKey: ['quota-targets'],
    queryFn: ({ signal }) => get<{ rows: QuotaRow[] }>('/api/trade/quotas', { size: 500 }, { signal }),
  })
  const own = view.periods.filter((p) => p.id !== period.id).map((p) => ({ value: p.id, label: `${view.quota.orderNumber} · ${name(p)}` }))
  const others = (all.data?.rows ?? [])
    .filter((q) => q.orderNumber !== view.quota.orderNumber && q.period?.unit === period.unit)
    .map((q) => ({ value: q.period!.id, label: `${q.orderNumber} · ${q.name} · ${name(q.period!)}` }))
  return [...own, ...others]
}

export const ProposeDialog = ({ period, view, onClose }: { period: Period; view: QuotaView; onClose: () => void }) => {
  const { t } = useTranslation('quota')
  const targets = useTargets(period, view)
  const form = useForm<Entry>({ initial: { definitionId: period.id }, validate })
  const propose = useCommand<Entry>({
    path: '/api/trade/quota-proposals',
    refresh: [['quota', view.quota.orderNumber]],
    onDone: () => {
      toast(t('proposals.sent'), { tone: 'ok' })
      onClose()
    },
  })
  const submit = (e: Entry) => {
    const { quantity: _quantity, toDefinitionId: _target, ...rest } = e
    return propose.run(e.action === 'transfer' ? e : rest)
  }
  return (
    <Dialog open title={t('proposals.make')} onClose={onClose}>
      <Form
        form={form}
        onSubmit={submit}
        actions={
          <Button kind="primary" type="submit" pending={propose.pending}>
            {t('proposals.send')}
          </Button>
        }
      >
        <p>{t('proposals.text')}</p>
        <Select path="/action" label={t('proposals.action')} options={quotaActions.map((a) => ({ value: a, label: t(`actions.${a}`) }))} />
        {form.value.action === 'transfer' && (
          <>
            <DecimalField path="/quantity" label={t('proposals.quantity')} unit={period.unit} />
            <Select path="/toDefinitionId" label={t('proposals.target')} options={targets} />
          </>
        )}
        <TextArea path="/reason" label={t('proposals.reason')} rows={3} maxLength={2000} />
      </Form>
    </Dialog>
  )
}

const statusTone = { open: 'warning', approved: 'ok', refused: 'neutral' } as const

const Decide = ({ proposal, order }: { proposal: QuotaProposal; order: string }) => {
  const { t } = useTranslation('quota')
  const decide = useCommand<{ approve: boolean }>({
    path: `/api/trade/quota-proposals/${proposal.id}/decision`,
    refresh: [['quota', order], ['list']],
    onDone: () => toast(t('proposals.done'), { tone: 'ok' }),
  })
  return (
    <Stack>
      {decide.problem && <ProblemNote problem={decide.problem} />}
      <span>
        <Button kind="primary" size="sm" pending={decide.pending} onClick={() => void decide.run({ approve: true })}>
          {t('proposals.approve')}
        </Button>{' '}
        <Button size="sm" disabled={decide.pending} onClick={() => void decide.run({ approve: false })}>
          {t('proposals.refuse')}
        </Button>
      </span>
    </Stack>
  )
}

export const Proposals = ({ view, unit }: { view: QuotaView; unit: string }) => {
  const { t } = useTranslation('quota')
  const can = useCan()
  const me = useSession().person.id
  if (view.proposals.length === 0) return <Empty title={t('proposals.none')} />
  return (
    <ul>
      {view.proposals.map((p) => (
        <li key={p.id} className={css.proposal}>
          <StatusBadge tone={statusTone[p.status]}>{t(`proposals.${p.status}`)}</StatusBadge>
          <strong>{t(`actions.${p.action}`)}</strong>
          {p.quantity && <Quantity value={p.quantity} unit={unit} />}
          <bdi>{p.reason}</bdi>
          <span className="muted">
            {t('proposals.by', { name: p.by })} <Instant at={p.at} form="relative" />
          </span>
          {p.decidedBy && <span className="muted">{t('proposals.decided', { name: p.decidedBy })}</span>}
          {p.status === 'open' &&
            can('trade:quota:approve') &&
            (p.byId === me ? <span>{t('proposals.own')}</span> : <Decide proposal={p} order={view.quota.orderNumber} />)}
        </li>
      ))}
    </ul>
  )
}
