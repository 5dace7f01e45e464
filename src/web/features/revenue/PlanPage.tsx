/** One plan of instalments: its parts, what is paid, and the decision that grants it. */
import { problemIn } from '../../app/api.ts'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { PlanView } from '#schema/duty'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { DecisionBar, type Decision } from '../../ui/DecisionBar.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Section, Stack, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Id, Instant, LegalDate, Money } from '../../ui/Values.tsx'
import { Firm } from '../declaration/firm.tsx'
import { Reference, partTone, planTone, useOne } from './parts.tsx'
import css from './revenue.module.css'

const Parts = ({ plan }: { plan: PlanView }) => {
  const { t } = useTranslation('revenue')
  return (
    <Section title={t('parts')} flush>
      <PlainTable
        caption={t('parts')}
        head={[{ text: t('dueOn') }, { text: t('principal'), end: true }, { text: t('interest'), end: true }, { text: t('state') }]}
        rows={plan.parts.map((p) => [
          { text: <LegalDate date={p.dueOn} /> },
          { text: <Money value={p.principal} />, end: true },
          { text: <Money value={p.interest} />, end: true },
          { text: <StatusBadge tone={partTone[p.state]}>{t(`partState.${p.state}`)}</StatusBadge> },
        ])}
      />
    </Section>
  )
}

const Case = ({ plan }: { plan: PlanView }) => {
  const { t } = useTranslation('revenue')
  const { permissions } = useSession()
  const decide = useCommand<{ grant: boolean; grounds: string }, PlanView>({
    path: `/api/plans/${plan.number}/decision`,
    refresh: [['plan', plan.number], ['list'], ['revenue']],
  })
  const may = plan.status === 'requested' && permissions.includes('duty:plan:decide')
  const actions: readonly Decision[] = may
    ? [
        {
          id: 'grant',
          label: t('grant'),
          kind: 'primary',
          grounds: 'required',
          consequences: t('grantPlanText'),
          run: (grounds) => decide.run({ grant: true, grounds }),
        },
        {
          id: 'refuse',
          label: t('refuse'),
          kind: 'danger',
          grounds: 'required',
          consequences: t('refuseText'),
          run: (grounds) => decide.run({ grant: false, grounds }),
        },
      ]
    : []
  return (
    <>
      <Summary>
        <SummaryFact label={t('state')}>
          <StatusBadge tone={planTone[plan.status]}>{t(`planStatus.${plan.status}`)}</StatusBadge>
        </SummaryFact>
        <SummaryFact label={t('amount')}>
          <span className={css.amount}>
            <Money value={plan.principal} />
          </span>
        </SummaryFact>
        <SummaryFact label={t('interest')}>
          <Money value={plan.interest} />
        </SummaryFact>
        <SummaryFact label={t('paid')}>
          <Money value={plan.paid} />
        </SummaryFact>
      </Summary>
      <Stack>
        <Section title={t('application')}>
          <KeyValue
            items={[
              { label: t('reference'), value: <Reference value={plan.reference} /> },
              { label: t('payer'), value: <Firm registration={plan.payer} /> },
              { label: t('askedBy'), value: plan.requestedBy },
              { label: t('askedAt'), value: <Instant at={plan.requestedAt} /> },
              { label: t('account'), value: <Id value={plan.account} plain /> },
              { label: t('grounds'), value: plan.grounds, wide: true },
              ...(plan.decidedBy ? [{ label: t('decidedBy'), value: `${plan.decidedBy}: ${plan.decisionGrounds ?? ''}`, wide: true }] : []),
            ]}
          />
        </Section>
        {plan.parts.length > 0 && <Parts plan={plan} />}
      </Stack>
      <DecisionBar actions={actions} status={t(`planStatus.${plan.status}`)} />
    </>
  )
}

const PlanPage = () => {
  const { number = '' } = useParams()
  const { t } = useTranslation('revenue')
  const found = useOne<PlanView>('plan', number, `/api/plans/${encodeURIComponent(number)}`)
  return (
    <Page title={number} crumbs={[{ label: t('plans'), to: '/revenue/refunds?tab=plans' }]}>
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <Case plan={found.data} />}
    </Page>
  )
}
export default PlanPage
