/** Trips that begin or end at one's offices: how each stands, what its seal said last, and which alarms are open. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { tripStatuses, type TripRow } from '#schema/supervision'
import { useCan } from '../../app/session.ts'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter, type View } from '../../ui/table/DataTable.tsx'
import { Elide, Id, Instant } from '../../ui/Values.tsx'
import { tripsPath, useFresh } from './facts.ts'
import { LockBadge, SeverityBadge, TripBadge, Way } from './words.tsx'

const useColumns = (): Column<TripRow>[] => {
  const { t, i18n } = useTranslation('supervision')
  return useMemo(
    () => [
      { id: 'reference', header: t('reference'), sortable: true, cell: (row) => <Id value={row.reference} plain /> },
      {
        id: 'openAlarms',
        header: t('openAlarms'),
        sortable: true,
        cell: (row) =>
          row.worstAlarm ? (
            <SeverityBadge severity={row.worstAlarm} count={formatCount(row.openAlarms, i18n.language)} />
          ) : (
            <span className="muted">{t('noAlarms')}</span>
          ),
      },
      { id: 'status', header: t('statusOf'), sortable: true, cell: (row) => <TripBadge status={row.status} /> },
      { id: 'vehicle', header: t('vehicle'), cell: (row) => <Elide max="9rem">{row.vehicle}</Elide> },
      { id: 'office', header: t('way'), sortable: true, cell: (row) => <Way trip={row} /> },
      { id: 'seal', header: t('seal.title'), cell: (row) => <LockBadge seal={row.lastEventAt === null ? null : { locked: row.sealLocked }} /> },
      { id: 'lastEventAt', header: t('lastReport'), sortable: true, cell: (row) => <Instant at={row.lastEventAt} /> },
      { id: 'deadlineAt', header: t('deadline'), sortable: true, hidden: true, cell: (row) => <Instant at={row.deadlineAt} /> },
      { id: 'armedAt', header: t('armedAt'), sortable: true, hidden: true, cell: (row) => <Instant at={row.armedAt} /> },
      { id: 'driver', header: t('driver'), hidden: true, cell: (row) => <bdi>{row.driver}</bdi> },
      { id: 'sealIds', header: t('seals'), hidden: true, cell: (row) => <Elide max="14rem">{row.sealIds}</Elide> },
      {
        id: 'battery',
        header: t('battery'),
        align: 'end',
        hidden: true,
        cell: (row) => (row.batteryPct === null ? null : formatPercent(row.batteryPct / 100, i18n.language)),
      },
    ],
    [t, i18n.language],
  )
}

const TripsPage = () => {
  const { t } = useTranslation('supervision')
  const can = useCan()
  const columns = useColumns()
  const filters = useMemo(
    (): Filter[] => [
      { id: 'q', kind: 'text', label: t('search') },
      { id: 'status', kind: 'choice', label: t('statusOf'), options: tripStatuses.map((value) => ({ value, label: t(`status.${value}`) })) },
    ],
    [t],
  )
  const views = useMemo(
    (): View[] => [
      { id: 'all', label: t('allTrips'), query: {} },
      ...(['incident', 'inTransit', 'arrived', 'planned'] as const).map((status) => ({
        id: status,
        label: t(`status.${status}`),
        query: { status },
      })),
    ],
    [t],
  )
  useFresh(['list', tripsPath])
  return (
    <Page
      title={t('trips')}
      fill
      actions={
        <>
          <Button to="/supervision/arrivals">{t('arrivals.title')}</Button>
          {can('supervision:trip:plan') && (
            <>
              <Button to="/supervision/transits">{t('transits.title')}</Button>
              <Button kind="primary" to="/supervision/trips/new">
                {t('plan')}
              </Button>
            </>
          )}
        </>
      }
    >
      <DataTable<TripRow>
        id="trips"
        caption={t('trips')}
        path={tripsPath}
        topic="trip"
        columns={columns}
        filters={filters}
        views={views}
        rowId={(row) => row.id}
        rowHref={(row) => `/supervision/trips/${row.id}`}
        empty={{ title: t('none'), text: t('noneText') }}
        fill
      />
    </Page>
  )
}
export default TripsPage
