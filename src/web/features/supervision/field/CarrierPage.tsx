/** A carrier's own trips: what to do on each, by when, and its sheet for the driver. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CarrierTrip } from '#schema/supervision'
import { get, problemIn } from '../../../app/api.ts'
import { formatCount, formatInstant } from '../../../i18n/format.ts'
import { Button } from '../../../ui/Button.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, KeyValue, Loading, Note, Section, Stack } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { Id, Instant } from '../../../ui/Values.tsx'
import { useOffices } from '../../people/lookups.ts'
import { TripBadge } from '../words.tsx'
import css from './field.module.css'

const hasEnded = ({ status }: CarrierTrip): boolean => ['discharged', 'cancelled', 'seized'].includes(status)

const useOfficeName = (): ((code: string) => string) => {
  const offices = useOffices()
  return (code) => offices.find((o) => o.code === code)?.name ?? code
}

const Orders = ({ trip }: { trip: CarrierTrip }) => {
  const { t, i18n } = useTranslation('field')
  const nameOf = useOfficeName()
  const office = nameOf(trip.status === 'planned' ? trip.office : trip.destinationOffice)
  const say = (at: string): string => formatInstant(at, i18n.language)
  const number = (n: number): string => formatCount(n, i18n.language)
  return (
    <>
      <Note tone={trip.status === 'incident' ? 'danger' : 'info'} title={t('toDo')}>
        {t(`do.${trip.status}`, { office, seal: trip.seals.map((s) => s.sealId).join(', '), corridor: trip.corridor })}
      </Note>
      {!hasEnded(trip) && (
        <KeyValue
          columns={2}
          items={[
            { label: t('before'), value: trip.deadlineAt ? <Instant at={trip.deadlineAt} /> : t('notArmed') },
            {
              label: t('seal', { count: trip.seals.length }),
              value: (
                <ul className={css.seals}>
                  {trip.seals.map(({ sealId, place }) => (
                    <li key={sealId}>
                      <Id value={sealId} label={t('seal', { count: 1 })} /> <bdi>{place}</bdi>
                    </li>
                  ))}
                </ul>
              ),
            },
            {
              label: t('checkpoints'),
              value: (
                <ol>
                  {trip.checkpoints.map((c) => (
                    <li key={c.id}>
                      {c.name} {c.passedAt ? t('passed', { at: say(c.passedAt) }) : c.latestAt ? t('latest', { at: say(c.latestAt) }) : ''}
                    </li>
                  ))}
                </ol>
              ),
            },
            {
              label: t('stops'),
              value: (
                <ul>
                  {trip.stops.map((s) => (
                    <li key={s.name}>{t('longest', { name: s.name, count: s.longestMin })}</li>
                  ))}
                  {trip.limitKph !== null && <li>{t('speed', { limit: number(trip.limitKph) })}</li>}
                </ul>
              ),
            },
          ]}
        />
      )}
    </>
  )
}

const TripSheet = ({ trip }: { trip: CarrierTrip }) => {
  const { t } = useTranslation('field')
  return (
    <article className={css.trip}>
      <header className={css.head}>
        <h3>
          <Id value={trip.reference} plain />
        </h3>
        <TripBadge status={trip.status} />
      </header>
      <KeyValue
        columns={3}
        items={[
          { label: t('vehicle'), value: <bdi>{[trip.vehicle, trip.trailer].filter(Boolean).join(' / ')}</bdi> },
          { label: t('driver'), value: <bdi>{trip.driver}</bdi> },
          { label: t('containers'), value: <bdi className="mono">{trip.containers.join(', ') || '–'}</bdi> },
        ]}
      />
      <Orders trip={trip} />
    </article>
  )
}

const CarrierPage = () => {
  const { t } = useTranslation('field')
  const found = useQuery({
    queryKey: ['supervision', 'own'],
    queryFn: ({ signal }) => get<CarrierTrip[]>('/api/supervision/own-trips', {}, { signal }),
    refetchInterval: 30_000,
  })
  const trips = found.data ?? []
  const parts = [
    { id: 'open', title: t('underWay'), rows: trips.filter((trip) => !hasEnded(trip)) },
    { id: 'ended', title: t('ended'), rows: trips.filter(hasEnded) },
  ]
  return (
    <Page
      title={t('own')}
      narrow
      actions={
        <Button size="sm" icon="print" onClick={() => window.print()}>
          {t('print')}
        </Button>
      }
    >
      {found.isPending && <Loading />}
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <Empty title={t('ownNone')} text={t('ownNoneText')} />}
      {parts.map(
        ({ id, title, rows }) =>
          rows.length > 0 && (
            <Section key={id} title={title} count={rows.length} collapsible initiallyClosed={id === 'ended'}>
              <Stack>
                {rows.map((trip) => (
                  <TripSheet key={trip.id} trip={trip} />
                ))}
              </Stack>
            </Section>
          ),
      )}
    </Page>
  )
}
export default CarrierPage
