/** What happened on a trip, from its record and its alarms. */
import { useTranslation } from 'react-i18next'
import type { AlarmRow, Trip } from '#schema/supervision'
import { Timeline, type TimelineItem } from '../../ui/Timeline.tsx'
import { Instant } from '../../ui/Values.tsx'
import { Acknowledged, SeverityBadge, severityTone, useKindName } from './words.tsx'

type Say = ReturnType<typeof useTranslation<'supervision'>>['t']
const told = (id: string, at: string | null, rest: Omit<TimelineItem, 'id' | 'at'>): TimelineItem[] => (at ? [{ id, at, ...rest }] : [])

const steps = (trip: Trip, t: Say, kindName: (kind: string) => string): TimelineItem[] => [
  ...told('armed', trip.armedAt, { title: t('story.armed'), tone: 'info' }),
  ...trip.scans.flatMap((s, n) => told(`scan${n}`, s.at, { title: t('story.passed', { place: s.checkpointId }), by: s.by.name })),
  ...trip.handOvers.flatMap((h, n) =>
    told(`hand${n}`, h.at, {
      title: t('story.handedOver', { name: h.to.name, office: h.office }),
      detail: t(h.sealLocked ? 'story.wasLocked' : 'story.wasOpen'),
      tone: h.sealLocked ? 'neutral' : 'warning',
    }),
  ),
  ...(trip.formerSeals ?? []).flatMap((f, n) =>
    told(`seal${n}`, f.until, {
      title: t('story.resealed', { from: f.sealId, to: f.replacedBy ?? '–' }),
      by: `${f.by.name}, ${f.second.name}`,
      detail: (
        <>
          <bdi>{f.reason}</bdi> {f.last && t(f.last.locked === false ? 'story.oldOpen' : f.last.locked ? 'story.oldLocked' : 'story.oldUnknown')}
        </>
      ),
      tone: 'warning',
    }),
  ),
  ...trip.authorisations.flatMap((a, n) =>
    told(`leave${n}`, a.from, {
      title: t('story.authorised'),
      by: [a.by.name, a.second?.name].filter(Boolean).join(', '),
      detail: (
        <>
          {t('story.until')} <Instant at={a.to} />
        </>
      ),
    }),
  ),
  ...trip.unlocks.flatMap((u, n) =>
    told(`unlock${n}`, u.at, {
      title: t('story.unlock'),
      by: u.by.name,
      detail: [trip.seals.length > 1 && u.sealId, t(`act.${u.method}`)].filter(Boolean).join(': '),
    }),
  ),
  ...trip.closures.flatMap((c, n) =>
    told(`closure${n}`, c.at, { title: t('story.closed', { kind: kindName(c.kind) }), by: c.by.name, detail: <bdi>{c.reason}</bdi>, tone: 'ok' }),
  ),
  ...told('arrived', trip.arrivedAt, { title: t('story.arrived'), tone: 'info' }),
  ...told('disarmed', trip.disarmedAt, { title: t('story.disarmed'), tone: 'info' }),
]

export const TripStory = ({ trip, alarms }: { trip: Trip; alarms: readonly AlarmRow[] }) => {
  const { t } = useTranslation('supervision')
  const kindName = useKindName()
  const entries = alarms.flatMap((alarm): TimelineItem[] => [
    {
      id: alarm.id,
      at: alarm.openedAt,
      title: t('story.alarm', { kind: kindName(alarm.kind), state: t(`episode.${alarm.status}`) }),
      tone: severityTone[alarm.severity],
      detail: (
        <>
          <SeverityBadge severity={alarm.severity} />{' '}
          {trip.seals.length > 1 && alarm.subject !== 'trip' && <bdi className="mono">{alarm.subject}</bdi>} {t('story.learnt')}{' '}
          <Instant at={alarm.learntAt} />
        </>
      ),
    },
    ...told(`${alarm.id}-seen`, alarm.acknowledgedAt, {
      title: t('story.acknowledged', { kind: kindName(alarm.kind) }),
      detail: <Acknowledged alarm={alarm} />,
      tone: 'ok',
    }),
    ...told(`${alarm.id}-end`, alarm.closedAt, {
      title: t('story.ended', { kind: kindName(alarm.kind) }),
      detail: alarm.endedBy && t(`endedBy.${alarm.endedBy}`),
    }),
  ])
  return <Timeline entries={[...steps(trip, t, kindName), ...entries]} />
}
