/** Trips that begin or end at one's offices: how each stands, what its seal said last, and which alarms are open. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { tripStatuses, type DeviceRow, type Trip } from '#schema/supervision'
import { useCan } from '../../app/session.ts'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter, type View } from '../../ui/table/DataTable.tsx'
import { Elide, Id, Instant } from '../../ui/Values.tsx'
import { tripsPath, useFresh, useOpenAlarms, useSeals, type OpenAlarms } from './facts.ts'
import { LockBadge, SeverityBadge, TripBadge, Way } from './words.tsx'

type Known = { alarms: ReadonlyMap<string, OpenAlarms> | undefined; seals: ReadonlyMap<string, DeviceRow> | undefined }

/** What the seal says only while it is on this trip: afterwards it may be on another. */
const sealOf = (trip: Trip, seals: Known['seals']): DeviceRow | undefined =>
  trip.armedAt && !['discharged', 'cancelled'].includes(trip.status) ? seals?.get(trip.sealId) : undefined

const useColumns = ({ alarms, seals }: Known): Column<Trip>[] => {
  const { t, i18n } = useTranslation('supervision')
  return useMemo(
    () => [
      { id: 'reference', header: t('reference'), sortable: true, cell: (row) => <Id value={row.reference} plain /> },
      {
        id: 'alarms',
        header: t('openAlarms'),
        cell: (row) => {
          const mine = alarms?.get(row.id)
          if (mine) return <SeverityBadge severity={mine.worst} count={formatCount(mine.count, i18n.language)} />
          return <span className="muted">{alarms ? t('noAlarms') : '…'}</span>
        },
      },
      { id: 'status', header: t('statusOf'), sortable: true, cell: (row) => <TripBadge status={row.status} /> },
      { id: 'vehicle', header: t('vehicle'), cell: (row) => <Elide max="9rem">{row.vehicle}</Elide> },
      { id: 'office', header: t('way'), sortable: true, cell: (row) => <Way trip={row} /> },
      { id: 'seal', header: t('seal.title'), cell: (row) => <LockBadge seal={sealOf(row, seals)} /> },
      { id: 'report', header: t('lastReport'), cell: (row) => <Instant at={sealOf(row, seals)?.eventAt} /> },
      { id: 'deadlineAt', header: t('deadline'), sortable: true, hidden: true, cell: (row) => <Instant at={row.deadlineAt} /> },
      { id: 'armedAt', header: t('armedAt'), sortable: true, hidden: true, cell: (row) => <Instant at={row.armedAt} /> },
      { id: 'driver', header: t('driver'), hidden: true, cell: (row) => <bdi>{row.driver}</bdi> },
      { id: 'sealId', header: t('seal.number'), hidden: true, cell: (row) => <Id value={row.sealId} plain /> },
      {
        id: 'battery',
        header: t('battery'),
        align: 'end',
        hidden: true,
        cell: (row) => {
          const percent = sealOf(row, seals)?.batteryPct
          return percent === null || percent === undefined ? null : formatPercent(percent / 100, i18n.language)
        },
      },
    ],
    [t, i18n.language, alarms, seals],
  )
}

const TripsPage = () => {
  const { t } = useTranslation('supervision')
  const can = useCan()
  const columns = useColumns({ alarms: useOpenAlarms(), seals: useSeals() })
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
  useFresh(['supervision', 'open'], ['supervision', 'seals'])
  return (
    <Page
      title={t('trips')}
      fill
      actions={
        can('supervision:trip:plan') && (
          <Button kind="primary" to="/supervision/trips/new">
            {t('plan')}
          </Button>
        )
      }
    >
      <DataTable<Trip>
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
