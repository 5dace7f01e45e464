/** Everybody who can sign in, with the roles they hold today. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '#schema/identity'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable } from '../../ui/table/DataTable.tsx'
import type { Column, Filter } from '../../ui/table/types.ts'
import { Elide, Id, Instant } from '../../ui/Values.tsx'
import { useOffices, useRoles } from './lookups.ts'

const rowId = (row: PersonRow): string => row.id
const rowHref = (row: PersonRow): string => `/people/${row.id}`
export const personTone: Record<PersonRow['status'], Tone> = { invited: 'info', active: 'ok', ended: 'neutral' }

const useColumns = (): readonly Column<PersonRow>[] => {
  const { t } = useTranslation(['people', 'common'])
  return useMemo(
    () => [
      { id: 'name', header: t('people:column.name'), sortable: true, cell: (row) => <Elide max="14rem">{row.name}</Elide> },
      {
        id: 'status',
        header: t('people:column.status'),
        sortable: true,
        cell: (row) => <StatusBadge tone={personTone[row.status]}>{t(`people:status.${row.status}`)}</StatusBadge>,
      },
      {
        id: 'roles',
        header: t('people:column.roles'),
        cell: (row) => <Elide max="18rem">{[...new Set(row.roles.map(({ role }) => t(`common:role.${role}`)))].join(', ') || '–'}</Elide>,
      },
      {
        id: 'organisation',
        header: t('people:column.organisation'),
        sortable: true,
        cell: (row) => <Elide max="14rem">{row.organisation ?? '–'}</Elide>,
      },
      { id: 'homeOffice', header: t('people:column.office'), cell: (row) => <Id value={row.homeOffice} plain /> },
      { id: 'totp', header: t('people:column.totp'), cell: (row) => (row.totp ? t('people:yes') : <span className="muted">{t('people:no')}</span>) },
      {
        id: 'lastSeenAt',
        header: t('people:column.lastSeen'),
        sortable: true,
        cell: (row) => (row.lastSeenAt ? <Instant at={row.lastSeenAt} form="relative" /> : <span className="muted">{t('people:never')}</span>),
      },
      { id: 'email', header: t('people:column.email'), sortable: true, hidden: true, cell: (row) => row.email },
      {
        id: 'joinedAt',
        header: t('people:column.joined'),
        sortable: true,
        hidden: true,
        cell: (row) => <Instant at={row.joinedAt} form="relative" />,
      },
    ],
    [t],
  )
}

const useFilters = (): readonly Filter[] => {
  const { t } = useTranslation(['people', 'common'])
  const offices = useOffices()
  const roles = useRoles()
  return useMemo(
    () => [
      { id: 'q', label: t('people:filter.search'), kind: 'text' },
      {
        id: 'role',
        label: t('people:filter.role'),
        kind: 'choice',
        options: roles.map(({ role }) => ({ value: role, label: t(`common:role.${role as 'officer'}`) })),
      },
      { id: 'office', label: t('people:filter.office'), kind: 'choice', options: offices.map(({ code, name }) => ({ value: code, label: name })) },
      {
        id: 'status',
        label: t('people:filter.status'),
        kind: 'choice',
        options: (['active', 'invited', 'ended'] as const).map((value) => ({ value, label: t(`people:status.${value}`) })),
      },
    ],
    [t, offices, roles],
  )
}

const PeoplePage = () => {
  const { t } = useTranslation('people')
  const columns = useColumns()
  const filters = useFilters()
  return (
    <Page title={t('title')} fill>
      <DataTable<PersonRow>
        id="people"
        caption={t('title')}
        path="/api/people"
        columns={columns}
        rowId={rowId}
        rowHref={rowHref}
        filters={filters}
        sort="name"
        actions={
          <Button size="sm" kind="primary" icon="plus" to="/people/invite">
            {t('invite')}
          </Button>
        }
        empty={{ title: t('empty'), text: t('emptyText') }}
        fill
      />
    </Page>
  )
}
export default PeoplePage
