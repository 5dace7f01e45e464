/** Images of one's offices, newest first, each with a small picture and what the first pass says. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { subjectKinds, verdicts, type ImageRow } from '#schema/inspection'
import { formatCount } from '../../i18n/format.ts'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../ui/table/DataTable.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { useDarkRoom } from '../../ui/use-dark-room.ts'
import { imagesPath } from './station-data.ts'
import { VerdictBadge } from './VerdictBadge.tsx'
import css from './inspection.module.css'

const rowId = (row: ImageRow): string => row.id
const rowHref = (row: ImageRow): string => `/inspection/images/${row.id}`

const thumbnail = { side: 160, width: 96, height: 54 }

const useColumns = (): Column<ImageRow>[] => {
  const { t, i18n } = useTranslation('viewer')
  return useMemo(
    () => [
      { id: 'subjectId', header: t('list.subject'), sortable: true, cell: (row) => <Id value={row.subjectId} plain /> },
      {
        id: 'picture',
        header: t('list.picture'),
        cell: (row) => (
          <img
            className={css.thumbnail}
            src={`${imagesPath}/${row.id}/preview?side=${thumbnail.side}`}
            width={thumbnail.width}
            height={thumbnail.height}
            alt=""
            loading="lazy"
          />
        ),
      },
      { id: 'subjectKind', header: t('list.kind'), cell: (row) => t(`subject.${row.subjectKind as (typeof subjectKinds)[number]}`) },
      { id: 'verdict', header: t('list.verdict'), cell: (row) => <VerdictBadge verdict={row.verdict} /> },
      { id: 'takenAt', header: t('list.takenAt'), sortable: true, cell: (row) => <Instant at={row.takenAt} /> },
      { id: 'scannerId', header: t('list.scanner'), sortable: true, cell: (row) => <Id value={row.scannerId} plain /> },
      { id: 'modality', header: t('list.modality'), cell: (row) => t(`modality.${row.modality}`) },
      {
        id: 'size',
        header: t('list.size'),
        align: 'end',
        cell: (row) => [row.widthPx, row.heightPx].map((px) => formatCount(px, i18n.language)).join(' × '),
      },
      { id: 'operator', header: t('list.operator'), hidden: true, cell: (row) => <bdi>{row.operator}</bdi> },
      { id: 'office', header: t('list.office'), hidden: true, cell: (row) => <Id value={row.office} plain /> },
    ],
    [t, i18n.language],
  )
}

const ImagesPage = () => {
  const { t } = useTranslation('viewer')
  const columns = useColumns()
  useDarkRoom()
  const filters = useMemo<Filter[]>(
    () => [
      { id: 'q', kind: 'text', label: t('list.search'), placeholder: t('list.searchHint') },
      {
        id: 'subjectKind',
        kind: 'choice',
        label: t('list.kind'),
        options: subjectKinds.map((value) => ({ value, label: t(`subject.${value}`) })),
      },
      { id: 'verdict', kind: 'choice', label: t('list.verdict'), options: verdicts.map((value) => ({ value, label: t(`verdict.${value}`) })) },
    ],
    [t],
  )
  return (
    <Page title={t('list.title')} fill>
      <DataTable<ImageRow>
        id="inspection-images"
        caption={t('list.title')}
        path={imagesPath}
        topic="inspection"
        columns={columns}
        filters={filters}
        rowId={rowId}
        rowHref={rowHref}
        sort="-takenAt"
        size={25}
        empty={{ title: t('list.none'), text: t('list.noneText') }}
        fill
      />
    </Page>
  )
}
export default ImagesPage
