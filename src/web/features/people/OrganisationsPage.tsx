/** The register of economic operators and agencies. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Organisation } from '#schema/identity'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable } from '../../ui/table/DataTable.tsx'
import type { Column, Filter } from '../../ui/table/types.ts'
import { Elide, Id, Instant } from '../../ui/Values.tsx'

const rowId = (row: Organisation): string => row.id
const rowHref = (row: Organisation): string => `/organisations/${row.id}`
export const organisationTone: Record<Organisation['status'], Tone> = { active: 'ok', suspended: 'warning', ended: 'neutral' }
export const kinds = ['trader', 'broker', 'carrier', 'customs', 'agency'] as const

const OrganisationsPage = () => {
  const { t } = useTranslation('people')
  const columns = useMemo<readonly Column<Organisation>[]>(
    () => [
      { id: 'registration', header: t('organisations.number'), sortable: true, cell: (row) => <Id value={row.registration} plain /> },
      { id: 'name', header: t('organisations.name'), sortable: true, cell: (row) => <Elide max="20rem">{row.name}</Elide> },
      { id: 'kinds', header: t('organisations.kinds'), cell: (row) => row.kinds.map((kind) => t(`kind.${kind}`)).join(', ') },
      { id: 'city', header: t('organisations.city'), cell: (row) => `${row.city} ${row.country}` },
      {
        id: 'status',
        header: t('organisations.status'),
        sortable: true,
        cell: (row) => <StatusBadge tone={organisationTone[row.status]}>{t(`organisationStatus.${row.status}`)}</StatusBadge>,
      },
      { id: 'registeredAt', header: t('organisations.registered'), sortable: true, cell: (row) => <Instant at={row.registeredAt} form="relative" /> },
    ],
    [t],
  )
  const filters = useMemo<readonly Filter[]>(
    () => [
      { id: 'q', label: t('organisations.search'), kind: 'text' },
      { id: 'kind', label: t('organisations.kinds'), kind: 'choice', options: kinds.map((value) => ({ value, label: t(`kind.${value}`) })) },
      {
        id: 'status',
        label: t('organisations.status'),
        kind: 'choice',
        options: (['active', 'suspended', 'ended'] as const).map((value) => ({ value, label: t(`organisationStatus.${value}`) })),
      },
    ],
    [t],
  )
  return (
    <Page title={t('organisations.title')} fill>
      <DataTable<Organisation>
        id="organisations"
        caption={t('organisations.title')}
        path="/api/organisations"
        columns={columns}
        rowId={rowId}
        rowHref={rowHref}
        filters={filters}
        actions={
          <Button size="sm" kind="primary" icon="plus" to="/organisations/register">
            {t('organisations.register')}
          </Button>
        }
        empty={{ title: t('organisations.empty'), text: t('emptyText') }}
        fill
      />
    </Page>
  )
}
export default OrganisationsPage
