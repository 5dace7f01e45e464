// What a case is made of: facts, time line, changes, issues, the decision at the foot.
import { useTranslation } from 'react-i18next'
import { error, warning } from '#kernel/issue.ts'
import { LaneBadge, StatusBadge } from '../../ui/Badge.tsx'
import { DecisionBar } from '../../ui/DecisionBar.tsx'
import { Diff } from '../../ui/Diff.tsx'
import { IssueList, ProblemNote } from '../../ui/IssueList.tsx'
import { Columns, Section, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { AgeBar } from '../../ui/Progress.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { toast } from '../../ui/toast.tsx'
import { Id, Mass, Money } from '../../ui/Values.tsx'
import { before, rows } from './sample.ts'

const issues = [
  warning('clearance.description_vague', '/items/0/description', { item: 1, value: 'Parts' }),
  error('clearance.commodity_missing', '/items/0/cnCode', { item: 1 }),
  { code: 'kit.without_text', severity: 'info' as const, path: '' },
]
const fault = { status: 500, title: '', correlationId: '3f1d2c4e-8a55-4a1f-9d6b-0e5b7b1f2a90', issues: [error('system.fault')] }

const Decide = () => {
  const { t } = useTranslation('kit')
  const done = async (): Promise<void> => void toast(t('worked'), { tone: 'ok' })
  return (
    <DecisionBar
      status={<LaneBadge lane="red" />}
      actions={[
        { id: 'seize', kind: 'danger', label: t('seize'), consequences: t('seizeText'), grounds: 'required', run: done },
        { id: 'discrepant', label: t('discrepant'), consequences: t('discrepantText'), grounds: 'required', run: done },
        { id: 'release', kind: 'primary', label: t('release'), blocked: t('blocked'), run: done },
        { id: 'conform', kind: 'safe', label: t('conform'), consequences: t('conformText'), grounds: 'optional', run: done },
      ]}
    />
  )
}

const History = () => {
  const { t } = useTranslation('kit')
  return (
    <Timeline
      entries={[
        { id: '1', at: before(8), title: t('entryLodged'), by: t('byBroker'), tone: 'accent' },
        {
          id: '2',
          at: before(7.9),
          title: t('entryLane'),
          by: t('byRules'),
          detail: t('entryLaneDetail'),
          facts: <p>{t('entryFacts')}</p>,
          tone: 'danger',
        },
        { id: '3', at: before(6), title: t('entryControl'), by: t('by'), tone: 'warning' },
        { id: '4', at: before(0.3), title: t('entryReleased'), by: t('by'), tone: 'ok' },
      ]}
    />
  )
}

export const CaseParts = () => {
  const { t } = useTranslation('kit')
  const row = rows[1]!
  return (
    <>
      <Summary>
        <SummaryFact label={t('mrn')}>
          <Id value={row.mrn} label={t('mrn')} />
        </SummaryFact>
        <SummaryFact label={t('lane')}>
          <LaneBadge lane="red" />
        </SummaryFact>
        <SummaryFact label={t('status')}>
          <StatusBadge tone="warning">{t('underControl')}</StatusBadge>
        </SummaryFact>
        <SummaryFact label={t('importer')}>{row.importer}</SummaryFact>
        <SummaryFact label={t('value')}>
          <Money value={row.value} />
        </SummaryFact>
        <SummaryFact label={t('gross')}>
          <Mass kg={row.grossMassKg} />
        </SummaryFact>
        <SummaryFact label={t('waits')}>
          <AgeBar since={row.since} dueAt={row.dueAt} />
        </SummaryFact>
      </Summary>
      <Columns
        aside={
          <Section title={t('timeline')}>
            <History />
          </Section>
        }
      >
        <Section title={t('issues')} count={issues.length}>
          <IssueList issues={issues} />
        </Section>
        <ProblemNote problem={fault} onRetry={() => undefined} />
        <Section title={t('diff')} flush collapsible>
          <Diff
            changes={[
              { label: t('grossLine3'), old: '120.000', new: '112.500', note: t('by') },
              { label: t('document'), old: null, new: 'INV-2026-0417' },
            ]}
          />
        </Section>
      </Columns>
      <h2>{t('decision')}</h2>
      <Decide />
    </>
  )
}
