/**
 * The page of one declaration, for traders and officers alike.
 *   <CasePage mrn={mrn} actions={(view) => …} bar={(view) => <CaseDecision view={view} />} panel={{ title, open, content: (view) => … }} />
 * `bar` stands at the foot, `panel` beside the page on demand, `actions` at the head.
 */
import { problemIn } from '../../app/api.ts'
import { Suspense, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#schema/clearance'
import { useCan } from '../../app/session.ts'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Note, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { ContextPanel, Page } from '../../ui/Page.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Elide, Id, Instant, Money } from '../../ui/Values.tsx'
import { Shares } from '../tariff/quotas/Shares.tsx'
import { countPapers, Documents } from './Documents.tsx'
import { Duty } from './Duty.tsx'
import { Goods } from './Goods.tsx'
import { Overview } from './Overview.tsx'
import { CaseTimeline } from './CaseTimeline.tsx'
import { History, Messages } from './Records.tsx'
import { useCase } from './use-case.ts'
import { Standing, useSentence } from './words.tsx'
import css from './declaration.module.css'

export type CasePageProps = {
  mrn: string
  actions?: (view: CaseView) => ReactNode
  bar?: (view: CaseView) => ReactNode
  panel?: { title: string; open?: boolean; content: (view: CaseView) => ReactNode }
}

const CaseSummary = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation('declaration')
  const { state } = view
  const { document, assessment } = state
  return (
    <Summary>
      <SummaryFact label={t(`regime.${state.regime}`)}>
        <Standing status={view.status} />
      </SummaryFact>
      <SummaryFact label={t('summary.forWhom')}>
        <Elide max="16rem">{state.trader}</Elide>
      </SummaryFact>
      <SummaryFact label={t('summary.goods')}>
        <Elide max="18rem">
          {document.items[0]?.description}
          {document.items.length > 1 && <span className="muted"> {t('summary.more', { count: document.items.length - 1 })}</span>}
        </Elide>
      </SummaryFact>
      {assessment && (
        <SummaryFact label={t('summary.value')}>
          <Money value={assessment.totals.customsValue} />
        </SummaryFact>
      )}
      {assessment && (
        <SummaryFact label={t('summary.due')}>
          <Money value={assessment.totals.payable} />
        </SummaryFact>
      )}
      <SummaryFact label={t('summary.lrn')}>
        <Id value={state.lrn} label="LRN" />
      </SummaryFact>
      <SummaryFact label={t('summary.office')}>{view.officeName}</SummaryFact>
      <SummaryFact label={t('summary.lodged')}>
        <Instant at={state.lodgedAt} form="relative" />
      </SummaryFact>
      {state.version > 1 && <SummaryFact label={t('summary.version')}>{state.version}</SummaryFact>}
    </Summary>
  )
}

const noteTone = {
  lodged: 'info',
  rejected: 'danger',
  accepted: 'info',
  'under-control': 'warning',
  'payment-due': 'warning',
  released: 'ok',
  cleared: 'ok',
  exited: 'ok',
  invalidated: 'neutral',
  seized: 'danger',
} as const

const HowItStands = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation('declaration')
  const sentence = useSentence()(view)
  const isOpen = view.turn.for !== 'nobody'
  return (
    <Note tone={noteTone[view.status]} live>
      <span className={css.sentence}>
        <strong>{sentence}</strong>
        {isOpen && (
          <span className="muted">
            {t(`turn.${view.turn.for}`)} · <Instant at={view.turn.since} form="relative" />
            {view.turn.dueAt && (
              <>
                , {t('dueBy')} <Instant at={view.turn.dueAt} />
              </>
            )}
          </span>
        )}
      </span>
    </Note>
  )
}

const DutyTab = ({ state }: { state: CaseView['state'] }) => (
  <>
    <Duty assessment={state.assessment} />
    <Shares state={state} />
  </>
)

const CaseTabs = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation('declaration')
  const { state } = view
  return (
    <Tabs
      label={t('tabs')}
      tabs={[
        { id: 'overview', label: t('tab.overview'), content: <Overview view={view} /> },
        { id: 'goods', label: t('tab.goods'), count: state.document.items.length, content: <Goods items={state.document.items} /> },
        { id: 'duty', label: t('tab.duty'), content: <DutyTab state={state} /> },
        { id: 'documents', label: t('tab.documents'), count: countPapers(state.document), content: <Documents document={state.document} /> },
        { id: 'messages', label: t('tab.messages'), content: <Messages mrn={state.mrn} /> },
        { id: 'history', label: t('tab.history'), content: <History mrn={state.mrn} /> },
        { id: 'timeline', label: t('tab.timeline'), content: <CaseTimeline mrn={state.mrn} /> },
      ].map((tab) => ({ ...tab, content: <Suspense fallback={<Loading />}>{tab.content}</Suspense> }))}
    />
  )
}

export const CasePage = ({ mrn, actions, bar, panel }: CasePageProps) => {
  const { t } = useTranslation('declaration')
  const can = useCan()
  const found = useCase(mrn)
  const view = found.data
  const crumbs = [{ label: t('title'), to: '/declarations' }]
  if (!view) {
    return (
      <Page title={mrn} crumbs={crumbs}>
        {found.error ? <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} /> : <Loading />}
      </Page>
    )
  }
  return (
    <Page title={mrn} crumbs={crumbs} lead={<Id value={mrn} label="MRN" />} actions={actions?.(view)}>
      <CaseSummary view={view} />
      {!can('clearance:declaration:read') && <HowItStands view={view} />}
      <CaseTabs view={view} />
      {bar?.(view)}
      {panel && (
        <ContextPanel title={panel.title} initiallyOpen={panel.open}>
          {panel.content(view)}
        </ContextPanel>
      )}
    </Page>
  )
}
