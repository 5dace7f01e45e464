/** Incident cases: the open ones first and whole, those that are closed below. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Incident } from '#schema/supervision'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column } from '../../ui/table/DataTable.tsx'
import { Elide, Id, Instant } from '../../ui/Values.tsx'
import { useFresh } from './facts.ts'
import { incidentsPath } from './incidents.ts'
import { SeverityBadge } from './words.tsx'

const rowId = (row: Incident): string => row.id
const rowHref = (row: Incident): string => `/supervision/incidents/${row.id}`
const [open, closed] = [{ status: 'open' }, { status: 'closed' }]

const useColumns = (): { now: Column<Incident>[]; past: Column<Incident>[] } => {
  const { t } = useTranslation('incident')
  return useMemo(() => {
    const head: Column<Incident>[] = [
      { id: 'number', header: t('number'), sortable: true, cell: (row) => <Id value={row.number} plain /> },
      { id: 'severity', header: t('severity'), sortable: true, cell: (row) => <SeverityBadge severity={row.severity} /> },
      { id: 'reference', header: t('trip'), cell: (row) => <Id value={row.reference} plain /> },
      { id: 'openedAt', header: t('openedAt'), sortable: true, cell: (row) => <Instant at={row.openedAt} /> },
      { id: 'summary', header: t('summary'), cell: (row) => <Elide max="22rem">{row.summary}</Elide> },
    ]
    const due: Column<Incident>[] = [
      { id: 'dueAt', header: t('dueAt'), sortable: true, cell: (row) => <Instant at={row.dueAt} form="relative" /> },
      {
        id: 'level',
        header: t('level'),
        align: 'end',
        cell: (row) => (row.level > 0 ? <StatusBadge tone="danger">{row.level}</StatusBadge> : <span className="number">{row.level}</span>),
      },
    ]
    const outcome: Column<Incident> = {
      id: 'outcome',
      header: t('close.done'),
      cell: (row) => row.outcome && <StatusBadge>{t(`outcome.${row.outcome.decision}`)}</StatusBadge>,
    }
    return { now: [...head, ...due], past: [...head, outcome] }
  }, [t])
}

const IncidentsPage = () => {
  const { t } = useTranslation('incident')
  const columns = useColumns()
  useFresh(['list', incidentsPath])
  const shared = { path: incidentsPath, topic: 'incident', rowId, rowHref }
  return (
    <Page title={t('title')}>
      <Stack>
        <Section title={t('open')} flush>
          <DataTable<Incident>
            {...shared}
            id="incidents-open"
            prefix="open-"
            caption={t('open')}
            columns={columns.now}
            fixed={open}
            sort="severity"
            empty={{ title: t('none'), text: t('noneText') }}
          />
        </Section>
        <Section title={t('closed')} flush collapsible>
          <DataTable<Incident>
            {...shared}
            id="incidents-closed"
            caption={t('closed')}
            columns={columns.past}
            fixed={closed}
            size={25}
            empty={{ title: t('noneClosed') }}
          />
        </Section>
      </Stack>
    </Page>
  )
}
export default IncidentsPage
