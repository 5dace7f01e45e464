/** Goods that a declaration has released for transit and that wait at one's offices for a trip under seal: planning one begins here. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeclaredTransit } from '#schema/supervision'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../ui/table/DataTable.tsx'
import { Elide, Id, Instant, Mass, Money } from '../../ui/Values.tsx'
import { transitsPath } from './facts.ts'
import { Way } from './words.tsx'

const rowId = (row: DeclaredTransit): string => row.mrn
const rowHref = (row: DeclaredTransit): string => `/supervision/trips/new?transit=${row.mrn}`

const TransitsPage = () => {
  const { t } = useTranslation('supervision')
  const columns = useMemo(
    (): Column<DeclaredTransit>[] => [
      { id: 'mrn', header: t('reference'), sortable: true, cell: (row) => <Id value={row.mrn} plain /> },
      { id: 'office', header: t('way'), sortable: true, cell: (row) => <Way trip={row} /> },
      { id: 'goods', header: t('declaredGoods'), cell: (row) => <Elide max="16rem">{row.goods.description}</Elide> },
      { id: 'gross', header: t('transits.gross'), align: 'end', cell: (row) => row.goods.grossMassKg && <Mass kg={row.goods.grossMassKg} /> },
      { id: 'vehicle', header: t('vehicle'), cell: (row) => <bdi>{row.vehicle}</bdi> },
      { id: 'held', header: t('held'), align: 'end', cell: (row) => <Money value={row.guaranteeAmount} /> },
      { id: 'holder', header: t('transits.holder'), hidden: true, cell: (row) => <Id value={row.holder} plain /> },
      { id: 'releasedAt', header: t('transits.released'), sortable: true, cell: (row) => <Instant at={row.releasedAt} /> },
    ],
    [t],
  )
  const filters = useMemo((): Filter[] => [{ id: 'q', kind: 'text', label: t('transits.search') }], [t])
  return (
    <Page title={t('transits.title')} crumbs={[{ label: t('trips'), to: '/supervision/trips' }]} fill>
      <DataTable<DeclaredTransit>
        id="transits"
        caption={t('transits.title')}
        path={transitsPath}
        topic="trip"
        columns={columns}
        filters={filters}
        rowId={rowId}
        rowHref={rowHref}
        empty={{ title: t('transits.none'), text: t('transits.noneText') }}
        fill
      />
    </Page>
  )
}
export default TransitsPage
