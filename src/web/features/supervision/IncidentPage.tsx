/** One incident case: what happened, who is sent, the evidence, what it costs the carrier, and how it ends. */
import { problemIn } from '../../app/api.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { incidentOutcomes, type Incident, type IncidentOutcome } from '#schema/supervision'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatCount } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { DecisionBar } from '../../ui/DecisionBar.tsx'
import { Select } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Section, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Timeline, type TimelineItem } from '../../ui/Timeline.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { CaseEvidence, SignedEvidence } from './CaseEvidence.tsx'
import { useFresh } from './facts.ts'
import { Fines } from './Fines.tsx'
import { incidentKey, incidentsPath, useIncident } from './incidents.ts'
import { Dispatches, Units } from './Response.tsx'
import { SeverityBadge, useKindName } from './words.tsx'

type Say = ReturnType<typeof useTranslation<'incident'>>['t']

const Standing = ({ incident }: { incident: Incident }) => {
  const { t, i18n } = useTranslation('incident')
  return (
    <Summary>
      <SummaryFact label={t('severity')}>
        <SeverityBadge severity={incident.severity} />
      </SummaryFact>
      <SummaryFact label={t('trip')}>
        <Link to={`/supervision/trips/${incident.tripId}`}>
          <Id value={incident.reference} plain />
        </Link>
      </SummaryFact>
      <SummaryFact label={t('openedAt')}>
        <Instant at={incident.openedAt} />
      </SummaryFact>
      <SummaryFact label={t('dueAt')}>{incident.dueAt ? <Instant at={incident.dueAt} form="relative" /> : t('nothingDue')}</SummaryFact>
      <SummaryFact label={t('level')}>
        {incident.level > 0 ? (
          <StatusBadge tone="danger">{formatCount(incident.level, i18n.language)}</StatusBadge>
        ) : (
          <span className="number">{formatCount(0, i18n.language)}</span>
        )}
      </SummaryFact>
    </Summary>
  )
}

const Facts = ({ incident }: { incident: Incident }) => {
  const { t } = useTranslation('incident')
  const kindName = useKindName()
  const kinds = [...new Set(incident.alarms.map((alarm) => kindName(alarm.kind)))]
  return (
    <KeyValue
      columns={3}
      items={[
        { label: t('summary'), value: <bdi>{incident.summary}</bdi>, wide: true },
        { label: t('alarms'), value: kinds.join(', ') },
        { label: t('carrier'), value: incident.carrier ? <Id value={incident.carrier} label={t('carrier')} /> : t('noCarrier') },
        { label: t('openedBy'), value: <bdi>{incident.openedBy.name}</bdi> },
      ]}
    />
  )
}

const stepsOf = (incident: Incident, t: Say): TimelineItem[] => [
  { id: 'opened', at: incident.openedAt, title: t('story.opened'), by: incident.openedBy.name, tone: 'danger' },
  ...incident.escalations.map((e): TimelineItem => ({
    id: `level${e.level}`,
    at: e.at,
    title: t('story.escalated', { level: e.level }),
    tone: 'warning',
  })),
  ...incident.dispatches.flatMap((d): TimelineItem[] => {
    const at = (id: string, when: string | null, key: 'sent' | 'accepted' | 'onScene' | 'done'): TimelineItem[] =>
      when ? [{ id: `${d.unitId}${d.at}${id}`, at: when, title: t(`story.${key}`, { unit: d.unitName }), tone: 'info' }] : []
    return [...at('s', d.at, 'sent'), ...at('a', d.acceptedAt, 'accepted'), ...at('o', d.onSceneAt, 'onScene'), ...at('c', d.closedAt, 'done')]
  }),
  ...incident.penalties.map((p): TimelineItem => ({
    id: `fine${p.at}`,
    at: p.at,
    title: t('story.fined'),
    by: p.by.name,
    detail: <bdi>{p.law}</bdi>,
  })),
  ...(incident.outcome
    ? [
        {
          id: 'closed',
          at: incident.outcome.at,
          title: t('story.closed', { outcome: t(`outcome.${incident.outcome.decision}`) }),
          by: incident.outcome.by.name,
          detail: <bdi>{incident.outcome.text}</bdi>,
          tone: 'ok' as const,
        },
      ]
    : []),
]

const Close = ({ incident }: { incident: Incident }) => {
  const { t } = useTranslation('incident')
  const [decision, setDecision] = useState<IncidentOutcome>('recovered')
  const close = useCommand<string, Incident>({
    path: `${incidentsPath}/${incident.id}/close`,
    body: (text) => ({ decision, text }),
    refresh: [incidentKey(incident.id), ['list', incidentsPath], ['supervision', 'trip', incident.tripId]],
  })
  return (
    <DecisionBar
      status={<StatusBadge tone="danger">{t('state.open')}</StatusBadge>}
      actions={[
        {
          id: 'close',
          label: t('close.action'),
          kind: 'primary',
          consequences: t('close.consequences'),
          grounds: 'required',
          groundsLabel: t('close.reason'),
          extra: (
            <Select
              label={t('close.decision')}
              options={incidentOutcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
              value={decision}
              onChange={(next) => setDecision(incidentOutcomes.find((one) => one === next) ?? 'recovered')}
            />
          ),
          run: (text) => close.run(text),
        },
      ]}
    />
  )
}

const Case = ({ incident }: { incident: Incident }) => {
  const { t } = useTranslation('incident')
  const leads = useCan()('supervision:incident:lead')
  const isOpen = incident.status === 'open'
  return (
    <>
      <Standing incident={incident} />
      <Facts incident={incident} />
      <Dispatches incident={incident} />
      {isOpen && <Units incident={incident} />}
      <CaseEvidence incident={incident} />
      <Fines incident={incident} />
      <SignedEvidence tripId={incident.tripId} />
      <Section title={t('story.title')}>
        <Timeline entries={stepsOf(incident, t)} />
      </Section>
      {isOpen && leads && <Close incident={incident} />}
    </>
  )
}

const IncidentPage = () => {
  const { id = '' } = useParams()
  const { t } = useTranslation('incident')
  const found = useIncident(id)
  useFresh(incidentKey(id))
  return (
    <Page title={found.data?.number ?? t('one')} crumbs={[{ label: t('title'), to: '/supervision/incidents' }]}>
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <Case incident={found.data} />}
    </Page>
  )
}
export default IncidentPage
