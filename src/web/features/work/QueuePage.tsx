/** The officer's first screen: what waits, most urgent first. */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeclarationRow } from '#schema/clearance'
import { useCan } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Row } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable } from '../../ui/table/DataTable.tsx'
import type { Filter, View } from '../../ui/table/types.ts'
import { useAssigning } from './assigning.ts'
import { useColumns } from './columns.tsx'
import { GiveDialog } from './GiveDialog.tsx'
import { Load, useWorkload } from './Load.tsx'

const rowId = (row: DeclarationRow): string => row.mrn
const rowHref = (row: DeclarationRow): string => `/declarations/${row.mrn}`

const useFilters = (officers: readonly { personId: string; name: string }[]): readonly Filter[] => {
  const { t } = useTranslation(['work', 'common'])
  return useMemo(
    () => [
      { id: 'q', label: t('work:queue.search'), kind: 'text' },
      {
        id: 'lane',
        label: t('work:column.lane'),
        kind: 'choices',
        options: (['red', 'yellow', 'blue', 'green'] as const).map((value) => ({ value, label: t(`common:lane.${value}`) })),
      },
      {
        id: 'waitsFor',
        label: t('work:column.turn'),
        kind: 'choices',
        options: (['officer', 'examiner', 'agency', 'trader'] as const).map((value) => ({ value, label: t(`work:turn.${value}`) })),
      },
      {
        id: 'regime',
        label: t('work:column.regime'),
        kind: 'choice',
        options: (['import', 'export'] as const).map((value) => ({ value, label: t(`work:regime.${value}`) })),
      },
      {
        id: 'assigned',
        label: t('work:column.assigned'),
        kind: 'choice',
        options: [
          { value: 'me', label: t('work:queue.mine') },
          { value: 'nobody', label: t('work:queue.unassigned') },
          ...officers.map((one) => ({ value: one.personId, label: one.name })),
        ],
      },
      { id: 'overdue', label: t('work:queue.overdue'), kind: 'choice', options: [{ value: 'true', label: t('work:queue.overdue') }] },
      { id: 'request', label: t('work:queue.requests'), kind: 'choice', options: [{ value: 'true', label: t('work:queue.requests') }] },
    ],
    [t, officers],
  )
}

const useViews = (): readonly View[] => {
  const { t } = useTranslation(['work', 'common'])
  return useMemo(
    () => [
      { id: 'all', label: t('work:queue.all'), query: {} },
      { id: 'mine', label: t('work:queue.mine'), query: { assigned: 'me' } },
      { id: 'unassigned', label: t('work:queue.unassigned'), query: { assigned: 'nobody' } },
      { id: 'overdue', label: t('work:queue.overdue'), query: { overdue: 'true' } },
      { id: 'requests', label: t('work:queue.requests'), query: { request: 'true' } },
      ...(['red', 'yellow', 'blue'] as const).map((lane) => ({ id: lane, label: t(`common:lane.${lane}`), query: { lane } })),
    ],
    [t],
  )
}

const nobody: readonly never[] = []

const QueuePage = () => {
  const { t } = useTranslation('work')
  const load = useWorkload()
  const columns = useColumns(
    ['mrn', 'lane', 'trader', 'status', 'turn', 'age', 'items', 'value', 'due', 'assigned', 'regime', 'lodged', 'office'],
    ['status', 'regime', 'lodged', 'office'],
  )
  const filters = useFilters(load?.officers ?? nobody)
  const views = useViews()
  return (
    <Page title={t('queue.title')} lead={load && <Load load={load} />} fill>
      <DataTable<DeclarationRow>
        id="work"
        caption={t('queue.title')}
        path="/api/work"
        columns={columns}
        rowId={rowId}
        rowHref={rowHref}
        filters={filters}
        views={views}
        topic="declaration"
        selection={(ids, clear) => <Selected ids={ids} clear={clear} />}
        empty={{ title: t('queue.empty'), text: t('queue.emptyText') }}
        fill
      />
    </Page>
  )
}
export default QueuePage

const Selected = ({ ids, clear }: { ids: readonly string[]; clear: () => void }) => {
  const { t } = useTranslation('work')
  const can = useCan()
  const { pending, assignAll } = useAssigning()
  const [giving, setGiving] = useState(false)
  const run = async (to: Parameters<typeof assignAll>[1]): Promise<void> => {
    await assignAll(ids, to)
    clear()
  }
  useKeys([{ keys: 't', label: t('queue.take'), run: () => void run('me') }], { group: t('queue.title'), enabled: ids.length > 0 })
  return (
    <Row>
      <Button size="sm" kind="primary" pending={pending} onClick={() => void run('me')}>
        {t('queue.take')}
      </Button>
      <Button size="sm" pending={pending} onClick={() => void run(null)}>
        {t('queue.putBack')}
      </Button>
      {can('clearance:work:assign') && (
        <Button size="sm" onClick={() => setGiving(true)}>
          {t('queue.give')}
        </Button>
      )}
      {giving && (
        <GiveDialog
          count={ids.length}
          onClose={() => setGiving(false)}
          onGive={async (to) => {
            await run(to)
            setGiving(false)
          }}
        />
      )}
    </Row>
  )
}
