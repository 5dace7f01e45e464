/** Profiles of one's agency: how each stands, and what its live version did in the last 30 days. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { profileStatuses, type ProfileRow } from '#schema/risk'
import { useSession } from '../../app/session.ts'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { LaneBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter, type View } from '../../ui/table/DataTable.tsx'
import { Elide, Id, Instant } from '../../ui/Values.tsx'
import { lanes, ProfileStatusBadge, Validity } from './words.tsx'

const useColumns = (): Column<ProfileRow>[] => {
  const { t, i18n } = useTranslation('risk')
  return useMemo(() => {
    const count = (n: number): string => formatCount(n, i18n.language)
    return [
      { id: 'code', header: t('code'), sortable: true, cell: (row) => <Id value={row.code} plain /> },
      { id: 'name', header: t('name'), sortable: true, cell: (row) => <Elide max="18rem">{row.name}</Elide> },
      { id: 'lane', header: t('lane'), sortable: true, cell: (row) => <LaneBadge lane={row.lane} /> },
      { id: 'status', header: t('statusOf'), sortable: true, cell: (row) => <ProfileStatusBadge status={row.status} /> },
      { id: 'number', header: t('version'), align: 'end', sortable: true, cell: (row) => count(row.number) },
      { id: 'office', header: t('office'), sortable: true, cell: (row) => row.office ?? t('national') },
      { id: 'percent', header: t('percent'), align: 'end', sortable: true, cell: (row) => formatPercent(row.percent / 100, i18n.language) },
      { id: 'hits30', header: t('hits30'), align: 'end', sortable: true, cell: (row) => count(row.hits30) },
      { id: 'selected30', header: t('selected30'), align: 'end', sortable: true, cell: (row) => count(row.selected30) },
      { id: 'found30', header: t('found30'), align: 'end', sortable: true, cell: (row) => `${count(row.found30)} / ${count(row.examined30)}` },
      { id: 'validTo', header: t('validity'), sortable: true, hidden: true, cell: (row) => <Validity from={row.validFrom} to={row.validTo} /> },
      { id: 'owner', header: t('owner'), hidden: true, cell: (row) => <bdi>{row.owner}</bdi> },
      { id: 'updatedAt', header: t('updatedAt'), sortable: true, hidden: true, cell: (row) => <Instant at={row.updatedAt} /> },
    ]
  }, [t, i18n.language])
}

const ProfilesPage = () => {
  const { t } = useTranslation(['risk', 'common'])
  const { permissions } = useSession()
  const navigate = useNavigate()
  const filters = useMemo(
    (): Filter[] => [
      { id: 'q', kind: 'text', label: t('search') },
      { id: 'status', kind: 'choices', label: t('statusOf'), options: profileStatuses.map((value) => ({ value, label: t(`status.${value}`) })) },
      { id: 'lane', kind: 'choice', label: t('lane'), options: lanes.map((value) => ({ value, label: t(`common:lane.${value}`) })) },
    ],
    [t],
  )
  const views = useMemo(
    (): View[] => [
      { id: 'all', label: t('all'), query: {} },
      ...(['active', 'submitted', 'draft'] as const).map((status) => ({ id: status, label: t(`status.${status}`), query: { status } })),
    ],
    [t],
  )
  return (
    <Page
      title={t('profiles')}
      fill
      actions={
        permissions.includes('risk:profile:write') && (
          <Button kind="primary" icon="edit" onClick={() => void navigate('/risk/profiles/new')}>
            {t('write')}
          </Button>
        )
      }
    >
      <DataTable<ProfileRow>
        id="risk-profiles"
        caption={t('profiles')}
        path="/api/risk/profiles"
        topic="risk"
        columns={useColumns()}
        filters={filters}
        views={views}
        rowId={(row) => row.code}
        rowHref={(row) => `/risk/profiles/${row.code}`}
        empty={{ title: t('none'), text: t('noneText') }}
        fill
      />
    </Page>
  )
}
export default ProfilesPage
