/** Licences: one's own, or the whole register for those who keep it. */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { licenceStatuses, type Licence } from '#schema/trade'
import { useCan } from '../../../app/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Page } from '../../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../../ui/table/DataTable.tsx'
import { Id, LegalDate } from '../../../ui/Values.tsx'
import { IssueDialog } from './IssueDialog.tsx'
import { LicenceBadge, UseBar } from './words.tsx'

const LicencesPage = () => {
  const { t } = useTranslation('quota')
  const can = useCan()
  const [issuing, setIssuing] = useState(false)
  const columns = useMemo(
    (): Column<Licence>[] => [
      { id: 'number', header: t('licences.number'), sortable: true, cell: (row) => <Id value={row.number} plain /> },
      { id: 'documentCode', header: t('licences.kind'), cell: (row) => <Id value={row.documentCode} plain /> },
      { id: 'holder', header: t('licences.holder'), sortable: true, cell: (row) => <Id value={row.holder} plain /> },
      { id: 'status', header: t('status'), cell: (row) => <LicenceBadge status={row.status} /> },
      { id: 'used', header: t('licences.usage'), cell: (row) => <UseBar licence={row} /> },
      { id: 'commodities', header: t('commodities'), cell: (row) => <span className="mono">{row.commodities.join(', ')}</span> },
      { id: 'validTo', header: t('licences.to'), sortable: true, cell: (row) => <LegalDate date={row.validTo} /> },
    ],
    [t],
  )
  const filters = useMemo(
    (): Filter[] => [
      { id: 'q', kind: 'text', label: t('licences.search') },
      { id: 'status', kind: 'choices', label: t('status'), options: licenceStatuses.map((s) => ({ value: s, label: t(`licences.${s}`) })) },
    ],
    [t],
  )
  return (
    <Page
      title={t('licences.title')}
      fill
      actions={
        can('trade:licence:manage') ? (
          <Button icon="plus" onClick={() => setIssuing(true)}>
            {t('licences.issue')}
          </Button>
        ) : undefined
      }
    >
      <DataTable<Licence>
        id="licences"
        caption={t('licences.title')}
        path="/api/trade/licences"
        columns={columns}
        filters={filters}
        rowId={(row) => row.id}
        rowHref={(row) => `/licences/${row.id}`}
        empty={{ title: t('licences.none'), text: t('licences.noneText') }}
        fill
      />
      {issuing && <IssueDialog onClose={() => setIssuing(false)} />}
    </Page>
  )
}
export default LicencesPage
