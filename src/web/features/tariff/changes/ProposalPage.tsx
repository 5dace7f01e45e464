/** One proposal: what it changes, what that does to last year's declarations, and the decision, which is another person's than the author's. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { Proposal } from '#schema/trade'
import { get, problemIn } from '../../../app/api.ts'
import { useLive } from '../../../app/live.ts'
import { useCan } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { StatusBadge } from '../../../ui/Badge.tsx'
import { DecisionBar, type Decision } from '../../../ui/DecisionBar.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Loading, Note, Summary, SummaryFact } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { Instant, LegalDate } from '../../../ui/Values.tsx'
import { Differences } from './Differences.tsx'
import { EffectView } from './EffectView.tsx'
import { statusTone } from './ProposalsPage.tsx'

type View = Proposal & { commands: string[] }

const Head = ({ view }: { view: View }) => {
  const { t } = useTranslation('tariff')
  return (
    <Summary>
      <SummaryFact label={t('column.status')}>
        <StatusBadge tone={statusTone[view.status]}>{t(`proposalStatus.${view.status}`)}</StatusBadge>
      </SummaryFact>
      <SummaryFact label={t('field.effectiveFrom')}>
        <LegalDate date={view.effectiveFrom} />
      </SummaryFact>
      <SummaryFact label={t('column.changes')}>{view.changeCount}</SummaryFact>
      <SummaryFact label={t('column.authors')}>{view.authors.map((a) => a.name).join(', ')}</SummaryFact>
      <SummaryFact label={t('column.created')}>
        <Instant at={view.createdAt} />
      </SummaryFact>
      {view.decidedBy && view.decidedAt && (
        <SummaryFact label={t('decided')}>
          {view.decidedBy.name}, <Instant at={view.decidedAt} />
        </SummaryFact>
      )}
      {view.version !== undefined && <SummaryFact label={t('version')}>{view.version}</SummaryFact>}
    </Summary>
  )
}

const useDecisions = (view: View): Decision[] => {
  const { t } = useTranslation('tariff')
  const navigate = useNavigate()
  const can = useCan()
  const path = `/api/trade/proposals/${view.id}`
  const refresh = [['proposal', view.id], ['list']]
  const submit = useCommand<void, Proposal>({ path: `${path}/submit`, refresh })
  const activate = useCommand<void, Proposal>({ path: `${path}/activate`, refresh })
  const sendBack = useCommand<{ remark: string }, Proposal>({ path: `${path}/send-back`, refresh })
  const withdraw = useCommand<{ remark: string }, Proposal>({ path: `${path}/withdraw`, refresh })
  const reverse = useCommand<{ remark: string }, Proposal>({ path: `${path}/reverse`, onDone: (p) => void navigate(`/tariff/changes/${p.id}`) })
  const may = (name: string): boolean => view.commands.includes(`proposal.${name}`)
  const decisions: Decision[] = []
  if (may('submit'))
    decisions.push({ id: 'submit', label: t('do.submit'), kind: 'primary', consequences: t('do.submitText'), run: () => submit.run() })
  if (may('activate'))
    decisions.push({
      id: 'activate',
      label: t('do.activate'),
      kind: 'primary',
      consequences: t('do.activateText', { date: view.effectiveFrom }),
      run: () => activate.run(),
    })
  if (may('send-back'))
    decisions.push({
      id: 'send-back',
      label: t('do.sendBack'),
      kind: 'safe',
      grounds: 'required',
      consequences: t('do.sendBackText'),
      run: (remark) => sendBack.run({ remark: remark ?? '' }),
    })
  if (may('withdraw'))
    decisions.push({
      id: 'withdraw',
      label: t('do.withdraw'),
      kind: 'danger',
      grounds: 'required',
      consequences: t('do.withdrawText'),
      run: (remark) => withdraw.run({ remark: remark ?? '' }),
    })
  if (view.status === 'activated' && can('trade:tariff:propose'))
    decisions.push({
      id: 'reverse',
      label: t('do.reverse'),
      kind: 'danger',
      grounds: 'required',
      consequences: t('do.reverseText'),
      run: (remark) => reverse.run({ remark: remark ?? '' }),
    })
  return decisions
}

const Body = ({ view }: { view: View }) => {
  const { t } = useTranslation('tariff')
  const can = useCan()
  const decisions = useDecisions(view)
  const own = view.status === 'proposed' && can('trade:tariff:activate') && !view.commands.includes('proposal.activate')
  return (
    <>
      <Head view={view} />
      <p>{view.reason}</p>
      {view.remark && <Note tone="warning">{view.remark}</Note>}
      {own && <Note tone="info">{t('ownProposal')}</Note>}
      <Tabs
        label={t('changes')}
        tabs={[
          { id: 'difference', label: t('difference'), count: view.changeCount, content: <Differences view={view} /> },
          { id: 'effect', label: t('effectTitle'), content: <EffectView id={view.id} /> },
        ]}
      />
      {decisions.length > 0 && <DecisionBar actions={decisions} />}
    </>
  )
}

const ProposalPage = () => {
  const { id = '' } = useParams()
  const { t } = useTranslation('tariff')
  const client = useQueryClient()
  const found = useQuery({ queryKey: ['proposal', id], queryFn: ({ signal }) => get<View>(`/api/trade/proposals/${id}`, {}, { signal }) })
  useLive('trade', () => void client.invalidateQueries({ queryKey: ['proposal', id] }))
  return (
    <Page title={found.data?.title ?? t('changes')} crumbs={[{ label: t('changes'), to: '/tariff/changes' }]}>
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <Body view={found.data} />}
    </Page>
  )
}
export default ProposalPage
