// The table: full, empty, failed.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { LaneBadge, StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Columns, Section } from '../../ui/Layout.tsx'
import { AgeBar } from '../../ui/Progress.tsx'
import { DataTable, type Column, type Filter, type View } from '../../ui/table/DataTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Elide, Id, Mass, Money } from '../../ui/Values.tsx'
import { loadSample, type SampleRow } from './sample.ts'

const tones = { lodged: 'neutral', underControl: 'warning', paymentDue: 'info', released: 'ok' } as const

const useParts = (): { columns: Column<SampleRow>[]; filters: Filter[]; views: View[] } => {
  const { t } = useTranslation(['kit', 'common'])
  return useMemo(
    () => ({
      columns: [
        { id: 'mrn', header: t('mrn'), sortable: true, cell: (row) => <Id value={row.mrn} plain /> },
        { id: 'lane', header: t('lane'), sortable: true, cell: (row) => <LaneBadge lane={row.lane} /> },
        { id: 'importer', header: t('importer'), sortable: true, cell: (row) => <Elide max="16rem">{row.importer}</Elide> },
        { id: 'status', header: t('status'), cell: (row) => <StatusBadge tone={tones[row.status]}>{t(row.status)}</StatusBadge> },
        { id: 'value', header: t('value'), align: 'end', sortable: true, cell: (row) => <Money value={row.value} /> },
        { id: 'gross', header: t('gross'), align: 'end', sortable: true, cell: (row) => <Mass kg={row.grossMassKg} /> },
        { id: 'waits', header: t('waits'), sortable: true, cell: (row) => <AgeBar since={row.since} dueAt={row.dueAt} /> },
        { id: 'office', header: t('office'), hidden: true, cell: (row) => row.office },
      ],
      filters: [
        { id: 'q', kind: 'text', label: t('search') },
        {
          id: 'lane',
          kind: 'choices',
          label: t('lane'),
          options: (['green', 'yellow', 'red', 'blue'] as const).map((lane) => ({ value: lane, label: t(`common:lane.${lane}`) })),
        },
      ],
      views: [
        { id: 'all', label: t('all'), query: {} },
        { id: 'red', label: t('mine'), query: { lane: 'red' } },
      ],
    }),
    [t],
  )
}

const nobody = async (): Promise<{ rows: SampleRow[]; total: number; page: number; size: number }> => ({ rows: [], total: 0, page: 1, size: 25 })

export const TableParts = () => {
  const { t } = useTranslation('kit')
  const parts = useParts()
  const empty = { title: t('tableEmpty'), text: t('tableEmptyText') }
  return (
    <>
      <DataTable<SampleRow>
        {...parts}
        id="kit"
        caption={t('tableCaption')}
        path="kit"
        load={loadSample}
        size={25}
        rowId={(row) => row.mrn}
        rowHref={(row) => `/kit/${row.mrn}`}
        selection={(ids, clear) => (
          <Button
            size="sm"
            onClick={() => {
              toast(t('taken', { count: ids.length }), { tone: 'ok' })
              clear()
            }}
          >
            {t('take')}
          </Button>
        )}
        empty={empty}
      />
      <Section title={t('tableStates')}>
        <Columns
          aside={
            <DataTable<SampleRow>
              id="kit-failed"
              prefix="f"
              caption={t('tableStates')}
              path="/api/kit/none"
              columns={parts.columns.slice(0, 3)}
              rowId={(row) => row.mrn}
              empty={empty}
            />
          }
        >
          <DataTable<SampleRow>
            id="kit-empty"
            prefix="e"
            caption={t('tableEmpty')}
            path="kit-empty"
            load={nobody}
            columns={parts.columns.slice(0, 3)}
            rowId={(row) => row.mrn}
            empty={empty}
          />
        </Columns>
      </Section>
    </>
  )
}
