/** Trips under way to one's offices: what each carries, when it may be expected, and when it must be there. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArrivalRow } from '#schema/supervision'
import { formatCount } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../ui/table/DataTable.tsx'
import { Elide, Id, Instant } from '../../ui/Values.tsx'
import { arrivalsPath, useFresh } from './facts.ts'
import { SeverityBadge, TripBadge, Way } from './words.tsx'

const rowId = (row: ArrivalRow): string => row.id
const rowHref = (row: ArrivalRow): string => `/supervision/trips/${row.id}`
const isLate = ({ expectedAt, deadlineAt, arrivedAt }: ArrivalRow): boolean =>
  arrivedAt === null && expectedAt !== null && deadlineAt !== null && expectedAt > deadlineAt

const ArrivalsPage = () => {
  const { t, i18n } = useTranslation('supervision')
  const columns = useMemo(
    (): Column<ArrivalRow>[] => [
      { id: 'reference', header: t('reference'), sortable: true, cell: (row) => <Id value={row.reference} plain /> },
      { id: 'status', header: t('statusOf'), sortable: true, cell: (row) => <TripBadge status={row.status} /> },
      { id: 'vehicle', header: t('vehicle'), cell: (row) => <Elide max="9rem">{[row.vehicle, row.trailer].filter(Boolean).join(' / ')}</Elide> },
      { id: 'office', header: t('way'), sortable: true, cell: (row) => <Way trip={row} /> },
      {
        id: 'remaining',
        header: t('arrivals.remaining'),
        align: 'end',
        cell: (row) => (row.remainingKm === null ? null : t('arrivals.km', { km: formatCount(Math.round(row.remainingKm), i18n.language) })),
      },
      {
        id: 'expectedAt',
        header: t('arrivals.expected'),
        cell: (row) => (row.arrivedAt ? <Instant at={row.arrivedAt} /> : <Instant at={row.expectedAt} />),
      },
      {
        id: 'deadlineAt',
        header: t('deadline'),
        sortable: true,
        cell: (row) => (
          <>
            <Instant at={row.deadlineAt} /> {isLate(row) && <StatusBadge tone="warning">{t('arrivals.late')}</StatusBadge>}
          </>
        ),
      },
      {
        id: 'alarms',
        header: t('openAlarms'),
        cell: (row) => row.worstAlarm && <SeverityBadge severity={row.worstAlarm} count={formatCount(row.openAlarms, i18n.language)} />,
      },
      { id: 'goods', header: t('declaredGoods'), hidden: true, cell: (row) => <Elide max="16rem">{row.declared?.goods.description ?? ''}</Elide> },
      { id: 'seals', header: t('seals'), hidden: true, cell: (row) => <Elide max="14rem">{row.sealIds}</Elide> },
      { id: 'lastEventAt', header: t('lastReport'), sortable: true, hidden: true, cell: (row) => <Instant at={row.lastEventAt} /> },
    ],
    [t, i18n.language],
  )
  const filters = useMemo((): Filter[] => [{ id: 'q', kind: 'text', label: t('search') }], [t])
  useFresh(['list', arrivalsPath])
  return (
    <Page title={t('arrivals.title')} crumbs={[{ label: t('trips'), to: '/supervision/trips' }]} fill>
      <DataTable<ArrivalRow>
        id="arrivals"
        caption={t('arrivals.title')}
        path={arrivalsPath}
        topic="trip"
        columns={columns}
        filters={filters}
        rowId={rowId}
        rowHref={rowHref}
        empty={{ title: t('arrivals.none'), text: t('arrivals.noneText') }}
        fill
      />
    </Page>
  )
}
export default ArrivalsPage
