/** One trip: how it stands, its open alarms, where it has been, what happened, and what may be done now. */
import { problemIn } from '../../app/api.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { isWatched, tripTransitions, type AlarmRow, type SealNow, type Trip } from '#schema/supervision'
import { useCan } from '../../app/session.ts'
import { formatPercent } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Note, Section, Summary, SummaryFact, type Fact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Id, Instant, Money } from '../../ui/Values.tsx'
import { AlarmDialog, type Asked } from './AlarmDialog.tsx'
import { Arming } from './Arming.tsx'
import { Commands } from './Commands.tsx'
import { severities, standingOf, tripKey, useCorridor, useFresh, useSeals, useTrack, useTrip, useTripAlarms } from './facts.ts'
import { useOpenCase } from './incidents.ts'
import { SealList } from './SealList.tsx'
import { Sketch } from './Sketch.tsx'
import { TripStory } from './story.tsx'
import { TripActions } from './TripActions.tsx'
import { Acknowledged, LockBadge, SeverityBadge, TripBadge, useKindName, Way } from './words.tsx'
import css from './supervision.module.css'

const Standing = ({ trip, seals }: { trip: Trip; seals: readonly SealNow[] | undefined }) => {
  const { t, i18n } = useTranslation('supervision')
  const seal = seals && standingOf(seals)
  return (
    <Summary>
      <SummaryFact label={t('statusOf')}>
        <TripBadge status={trip.status} />
      </SummaryFact>
      <SummaryFact label={t('way')}>
        <Way trip={trip} />
      </SummaryFact>
      <SummaryFact label={t(trip.seals.length > 1 ? 'seals' : 'seal.title')}>
        <LockBadge seal={seal} />
      </SummaryFact>
      <SummaryFact label={t('battery')}>
        {seal && seal.batteryPct !== null ? formatPercent(seal.batteryPct / 100, i18n.language) : t('seal.untold')}
      </SummaryFact>
      <SummaryFact label={t('lastReport')}>
        <Instant at={seal?.eventAt} />
      </SummaryFact>
      <SummaryFact label={t('deadline')}>
        <Instant at={trip.deadlineAt} />
      </SummaryFact>
    </Summary>
  )
}

const Facts = ({ trip }: { trip: Trip }) => {
  const { t } = useTranslation('supervision')
  const can = useCan()
  const declaration = can('clearance:declaration:read') ? (
    <Link to={`/declarations/${trip.reference}`}>
      <Id value={trip.reference} plain />
    </Link>
  ) : (
    <Id value={trip.reference} label={t('reference')} />
  )
  const facts: Fact[] = [
    { label: t('reference'), value: declaration },
    { label: t('guarantee'), value: trip.guarantee ? <Id value={trip.guarantee} label={t('guarantee')} /> : t('noneOfThem') },
    ...(trip.guaranteeAmount ? [{ label: t('held'), value: <Money value={trip.guaranteeAmount} /> }] : []),
    ...(trip.carrier ? [{ label: t('carrier'), value: <Id value={trip.carrier} label={t('carrier')} /> }] : []),
    ...(trip.declared ? [{ label: t('declaredGoods'), value: <bdi>{trip.declared.goods.description}</bdi>, wide: true }] : []),
    { label: t('vehicle'), value: <bdi>{trip.vehicle}</bdi> },
    ...(trip.trailer ? [{ label: t('trailer'), value: <bdi>{trip.trailer}</bdi> }] : []),
    { label: t('driver'), value: <bdi>{trip.driver}</bdi> },
    { label: t('containers'), value: trip.containers.length > 0 ? <bdi className="mono">{trip.containers.join(', ')}</bdi> : t('noneOfThem') },
    { label: t('unit'), value: trip.truckId ? <Id value={trip.truckId} label={t('unit')} /> : t('noneOfThem') },
    ...(trip.outcome ? [{ label: t('outcome'), value: <bdi>{trip.outcome}</bdi>, wide: true }] : []),
  ]
  return <KeyValue items={facts} columns={4} />
}

const OpenCase = ({ trip }: { trip: Trip }) => {
  const { t } = useTranslation('incident')
  const found = useOpenCase(trip.id)
  if (!found) return null
  return (
    <Note tone="danger" title={found.number} actions={<Link to={`/supervision/incidents/${found.id}`}>{t('one')}</Link>}>
      <bdi>{found.summary}</bdi>
    </Note>
  )
}

/** Only what is critical waits for an officer to end it; the others end with their cause. */
const mayClose = (trip: Trip, alarm: AlarmRow, can: (permission: string) => boolean): boolean => {
  const way = tripTransitions[trip.status]['close-alarm']
  return alarm.severity === 'critical' && way !== undefined && can(way.permission)
}

const OpenAlarms = ({ trip, alarms }: { trip: Trip; alarms: readonly AlarmRow[] }) => {
  const { t } = useTranslation('supervision')
  const can = useCan()
  const kindName = useKindName()
  const [asked, setAsked] = useState<Asked | null>(null)
  const open = alarms.filter(({ status }) => status === 'open').toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
  return (
    <Section title={t('openAlarms')} count={open.length}>
      {open.length === 0 && <p className="muted">{t('noAlarms')}</p>}
      <ul className={css.alarms}>
        {open.map((alarm) => (
          <li key={alarm.id} className={css.alarm}>
            <SeverityBadge severity={alarm.severity} />
            <strong>{kindName(alarm.kind)}</strong>
            {trip.seals.length > 1 && alarm.subject !== 'trip' && <bdi className="mono">{alarm.subject}</bdi>}
            <Instant at={alarm.openedAt} />
            {alarm.acknowledgedBy ? <Acknowledged alarm={alarm} /> : <span className="muted">{t('alarm.unanswered')}</span>}
            <span className={css.acts}>
              {!alarm.acknowledgedBy && can('supervision:alarm:acknowledge') && (
                <Button size="sm" onClick={() => setAsked({ alarm, act: 'acknowledge' })}>
                  {t('acknowledge.confirm')}
                </Button>
              )}
              {mayClose(trip, alarm, can) && (
                <Button size="sm" onClick={() => setAsked({ alarm, act: 'close' })}>
                  {t('close.confirm')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {asked && <AlarmDialog asked={asked} onClose={() => setAsked(null)} />}
    </Section>
  )
}

const none: readonly never[] = []

const Case = ({ trip }: { trip: Trip }) => {
  const { t } = useTranslation('supervision')
  const alarms = useTripAlarms(trip.id)
  const seals = useSeals(trip)
  const corridor = useCorridor(trip.corridorId)
  const track = useTrack(trip)
  const known = alarms.data ?? none
  return (
    <>
      <Standing trip={trip} seals={seals} />
      <Arming trip={trip} />
      <OpenCase trip={trip} />
      <Facts trip={trip} />
      {seals && (
        <Section title={t('seals')} count={seals.length}>
          <SealList seals={seals} alarms={known} />
        </Section>
      )}
      {alarms.error && <ProblemNote problem={problemIn(alarms.error)} onRetry={() => void alarms.refetch()} />}
      {alarms.data && <OpenAlarms trip={trip} alarms={known} />}
      {corridor && track && (
        <Section title={t('sketch.title')}>
          <Sketch corridor={corridor} track={track} alarms={known} />
        </Section>
      )}
      <Commands trip={trip} isOver={!isWatched(trip.status) && trip.status !== 'planned'} />
      <Section title={t('story.title')}>
        <TripStory trip={trip} alarms={known} />
      </Section>
      <TripActions trip={trip} corridor={corridor} />
    </>
  )
}

const TripPage = () => {
  const { id = '' } = useParams()
  const { t } = useTranslation('supervision')
  const found = useTrip(id)
  useFresh(tripKey(id))
  return (
    <Page
      title={found.data?.reference ?? t('trip')}
      crumbs={[{ label: t('trips'), to: '/supervision/trips' }]}
      actions={
        <Button icon="print" to={`/supervision/trips/${id}/report`}>
          {t('report')}
        </Button>
      }
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <Case trip={found.data} />}
    </Page>
  )
}
export default TripPage
