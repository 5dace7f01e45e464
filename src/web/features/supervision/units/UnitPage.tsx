/** A response unit's own page, on the phone in its car: what it is sent to, how to get there, and the one step that comes next. */
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { Incident, Trip, Unit, UnitNow } from '#schema/supervision'
import { problemIn } from '../../../app/api.ts'
import { useCan } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { formatCount } from '../../../i18n/format.ts'
import { Button } from '../../../ui/Button.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, KeyValue, Loading, Note, Section, Stack } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Instant } from '../../../ui/Values.tsx'
import field from '../field/field.module.css'
import { useFresh, useTrip } from '../facts.ts'
import { incidentKey, incidentsPath, useIncident } from '../incidents.ts'
import { Doing } from './UnitsPage.tsx'
import { unitsKey, unitsPath, useUnitsNow } from './units.ts'

const nextOf = { dispatched: 'accepted', accepted: 'onScene', onScene: 'closed', closed: null } as const

const Order = ({ incident, trip, unit }: { incident: Incident; trip: Trip | undefined; unit: UnitNow }) => {
  const { t, i18n } = useTranslation('units')
  const may = useCan()('supervision:incident:work')
  const mine = incident.dispatches.findLast((d) => d.unitId === unit.id && d.state !== 'closed')
  const next = mine ? nextOf[mine.state] : null
  const progress = useCommand<string, Incident>({
    path: `${incidentsPath}/${incident.id}/progress`,
    body: (state) => ({ unitId: unit.id, state }),
    refresh: [incidentKey(incident.id), unitsKey],
    onDone: () => toast(t('told'), { tone: 'ok' }),
  })
  const { place } = incident
  return (
    <Section title={incident.number}>
      <Stack>
        <Note tone="danger" title={t('order')}>
          <bdi>{incident.summary}</bdi>
        </Note>
        <KeyValue
          columns={2}
          items={[
            { label: t('vehicle'), value: trip ? <bdi>{[trip.vehicle, trip.trailer].filter(Boolean).join(' / ')}</bdi> : '–' },
            { label: t('driver'), value: trip ? <bdi>{trip.driver}</bdi> : '–' },
            { label: t('seal'), value: trip ? <bdi className="mono">{trip.seals.map((s) => s.sealId).join(', ')}</bdi> : '–' },
            // A map of the phone opens by itself: no address of anybody else stands here.
            {
              label: t('where'),
              value: place ? <a href={`geo:${place.lat},${place.lon}`}>{`${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`}</a> : '–',
            },
            ...(mine
              ? [
                  {
                    label: t('way'),
                    value: t('wayOf', {
                      km: formatCount(Math.round(mine.roadM / 1000), i18n.language),
                      minutes: formatCount(mine.etaMin, i18n.language),
                    }),
                  },
                  { label: t('called'), value: <Instant at={mine.at} /> },
                ]
              : []),
          ]}
        />
        <div className={field.steps}>
          {may && next && (
            <Button kind="primary" pending={progress.pending} onClick={() => void progress.run(next)}>
              {t(`next.${next}`)}
            </Button>
          )}
          <Button to={`/supervision/incidents/${incident.id}`}>{t('whole')}</Button>
        </div>
        {progress.problem && <ProblemNote problem={progress.problem} />}
      </Stack>
    </Section>
  )
}

const OrderOf = ({ incidentId, unit }: { incidentId: string; unit: UnitNow }) => {
  const found = useIncident(incidentId)
  const trip = useTrip(found.data?.tripId ?? '').data
  useFresh(incidentKey(incidentId))
  if (found.error) return <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />
  return found.data ? <Order incident={found.data} trip={trip} unit={unit} /> : <Loading />
}

const Duty = ({ unit }: { unit: UnitNow }) => {
  const { t } = useTranslation('units')
  const keep = useCommand<Unit, { id: string }>({ path: unitsPath, refresh: [unitsKey] })
  const { id, name, office, kind, phone, onDuty, deviceId, lat, lon } = unit
  return (
    <div className={field.steps}>
      <Button pending={keep.pending} onClick={() => void keep.run({ id, name, office, kind, phone, onDuty: !onDuty, deviceId, lat, lon })}>
        {t(onDuty ? 'endDuty' : 'beginDuty')}
      </Button>
      {keep.problem && <ProblemNote problem={keep.problem} />}
    </div>
  )
}

const UnitPage = () => {
  const { id = '' } = useParams()
  const { t } = useTranslation('units')
  const may = useCan()('supervision:incident:work')
  const found = useUnitsNow()
  const unit = found.data?.find((one) => one.id === id)
  return (
    <Page title={unit?.name ?? t('one')} crumbs={[{ label: t('title'), to: '/supervision/units' }]} narrow>
      <div className={field.page}>
        {found.isPending && <Loading />}
        {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
        {found.data && !unit && <Empty title={t('gone')} text={t('goneText')} />}
        {unit && (
          <Stack>
            <p className={field.head}>
              <Doing unit={unit} /> <bdi className="mono">{unit.phone}</bdi>
            </p>
            {unit.assignment ? (
              <OrderOf incidentId={unit.assignment.incidentId} unit={unit} />
            ) : (
              <Empty title={t('waiting')} text={t(unit.onDuty ? 'waitingText' : 'offText')} />
            )}
            {may && !unit.busy && <Duty unit={unit} />}
          </Stack>
        )}
      </div>
    </Page>
  )
}
export default UnitPage
