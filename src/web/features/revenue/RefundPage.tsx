/** One application: what is asked for, why, on which law, and the decision of one or two persons. */
import { problemIn } from '../../app/api.ts'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { RefundView } from '#schema/duty'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { DecisionBar, type Decision } from '../../ui/DecisionBar.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Note, Section, Stack, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Id, Instant, LegalDate, Money } from '../../ui/Values.tsx'
import { Firm } from '../declaration/firm.tsx'
import { Reference, refundTone, useOne } from './parts.tsx'
import css from './revenue.module.css'

const Facts = ({ refund }: { refund: RefundView }) => {
  const { t } = useTranslation('revenue')
  const { destination: d } = refund
  const place = d.to === 'account' ? <Id value={d.account} plain /> : d.to === 'bank' ? `${d.name}, ${d.iban}` : '–'
  return (
    <Section title={t('application')}>
      <KeyValue
        items={[
          { label: t('reason'), value: t(`refundReason.${refund.reason}`) },
          { label: t('law'), value: refund.law },
          { label: t('reference'), value: <Reference value={refund.reference} /> },
          { label: t('askedBy'), value: refund.requestedBy },
          { label: t('askedAt'), value: <Instant at={refund.requestedAt} /> },
          { label: t('destination'), value: place },
          { label: t('grounds'), value: refund.grounds, wide: true },
          ...(refund.export
            ? [
                {
                  label: t('reexport'),
                  value: `${refund.export.reference}, ${refund.export.exportedQuantity} / ${refund.export.importedQuantity}`,
                  wide: true,
                },
              ]
            : []),
          ...(refund.reviewedBy ? [{ label: t('reviewedBy'), value: refund.reviewedBy }] : []),
          ...(refund.decidedBy ? [{ label: t('decidedBy'), value: refund.decidedBy }] : []),
          ...(refund.decisionGrounds ? [{ label: t('decisionGrounds'), value: refund.decisionGrounds, wide: true }] : []),
        ]}
      />
    </Section>
  )
}

const useActions = (refund: RefundView): readonly Decision[] => {
  const { t } = useTranslation('revenue')
  const { permissions } = useSession()
  const decide = useCommand<{ grant: boolean; grounds: string }, RefundView>({
    path: `/api/refunds/${refund.number}/decision`,
    refresh: [['refund', refund.number], ['list'], ['count'], ['revenue']],
    onDone: (done) => toast(t(`refundStatus.${done.status}`), { tone: done.status === 'refused' ? 'info' : 'ok' }),
  })
  const isOpen = refund.status === 'requested' || refund.status === 'proposed'
  const may = permissions.includes(refund.status === 'proposed' ? 'duty:refund:approve' : 'duty:refund:review')
  if (!isOpen || !may) return []
  const first = refund.twoPersons && refund.status === 'requested'
  return [
    {
      id: 'grant',
      label: first ? t('propose') : t('grant'),
      kind: 'primary',
      grounds: 'required',
      consequences: first ? t('proposeText') : t('grantText'),
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
}

const Case = ({ refund }: { refund: RefundView }) => {
  const { t } = useTranslation('revenue')
  const actions = useActions(refund)
  const { currency } = refund.money
  return (
    <>
      <Summary>
        <SummaryFact label={t(`refundKind.${refund.kind}`)}>
          <StatusBadge tone={refundTone[refund.status]}>{t(`refundStatus.${refund.status}`)}</StatusBadge>
        </SummaryFact>
        <SummaryFact label={t('amount')}>
          <span className={css.amount}>
            <Money value={refund.money} />
          </span>
        </SummaryFact>
        <SummaryFact label={t('payer')}>
          <Firm registration={refund.payer} />
        </SummaryFact>
        <SummaryFact label={t('decideBy')}>
          <LegalDate date={refund.decideBy} />
        </SummaryFact>
      </Summary>
      <Stack>
        {refund.twoPersons && refund.status !== 'paid' && <Note>{t('twoPersons')}</Note>}
        <Facts refund={refund} />
        <Section title={t('lines')} flush>
          <PlainTable
            caption={t('lines')}
            head={[{ text: t('tax') }, { text: t('amount'), end: true }]}
            rows={refund.lines.map((l) => [{ text: l.tax || '–' }, { text: <Money value={{ minor: l.minor, currency }} />, end: true }])}
          />
        </Section>
      </Stack>
      <DecisionBar actions={actions} status={t(`refundStatus.${refund.status}`)} />
    </>
  )
}

const RefundPage = () => {
  const { number = '' } = useParams()
  const { t } = useTranslation('revenue')
  const found = useOne<RefundView>('refund', number, `/api/refunds/${encodeURIComponent(number)}`)
  return (
    <Page title={number} crumbs={[{ label: t('refunds'), to: '/revenue/refunds' }]}>
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <Case refund={found.data} />}
    </Page>
  )
}
export default RefundPage
