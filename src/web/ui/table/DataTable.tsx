/**
 * The table of every desk and list. It pages, sorts and filters on the server, keeps all of that in the address, exports what it shows,
 * remembers its place, and never jumps when news arrives.
 *
 *   <DataTable<DeclarationRow> id="queue" caption={t('queue')} path="/api/work" topic="declaration" fill
 *     rowId={(row) => row.mrn} rowHref={(row) => `/declarations/${row.mrn}`}
 *     columns={[
 *       { id: 'mrn', header: t('mrn'), sortable: true, cell: (row) => <Id value={row.mrn} plain /> },
 *       { id: 'value', header: t('value'), align: 'end', sortable: true, cell: (row) => <Money value={row.value} /> },
 *     ]}
 *     filters={[{ id: 'q', kind: 'text', label: t('search') }, { id: 'lane', kind: 'choices', label: t('lane'), options }]}
 *     views={[{ id: 'mine', label: t('mine'), query: { assigned: 'me' } }]}
 *     selection={(ids, clear) => <Button onClick={…}>…</Button>}
 *     empty={{ title: t('nothing waits') }} />
 *
 * Keep `columns` and `filters` stable (module scope or useMemo). Keys: j k move, Enter opens, x ticks, r takes in what is new. The first
 * column carries the link and names the row.
 */
import { columnVisibilityFeature, rowSelectionFeature, tableFeatures, useTable, type RowSelectionState } from '@tanstack/react-table'
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '../Button.tsx'
import { useKeys } from '../keys.ts'
import { ProblemNote } from '../IssueList.tsx'
import { Empty, Loading } from '../Layout.tsx'
import { Grid } from './Grid.tsx'
import { Pager } from './Pager.tsx'
import { Toolbar } from './Toolbar.tsx'
import type { Column, DataTableProps, Filter } from './types.ts'
import { usePlace, type Place } from './use-place.ts'
import { useRows, type Rows } from './use-rows.ts'
import { useTableAddress, type TableAddress } from './use-table-address.ts'
import css from './table.module.css'

export type { Column, DataTableProps, Filter, View } from './types.ts'

export const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature })
const noFilters: readonly Filter[] = []

const noRows: readonly never[] = []

/** The model of the rows: which columns show, which rows are ticked. */
const useModel = <R,>(columns: readonly Column<R>[], data: readonly R[] | undefined, rowId: (row: R) => string, address: TableAddress) => {
  const [ticked, setTicked] = useState<RowSelectionState>({})
  const columnDefs = useMemo(() => columns.map((column) => ({ id: column.id, header: column.header })), [columns])
  const visibility = useMemo(
    () => Object.fromEntries(columns.map((column) => [column.id, !address.hidden.has(column.id)])),
    [columns, address.hidden],
  )
  const table = useTable({
    features,
    data: (data ?? noRows) as readonly (R & object)[],
    columns: columnDefs,
    getRowId: rowId,
    state: { rowSelection: ticked, columnVisibility: visibility },
    onRowSelectionChange: setTicked,
  })
  const clear = useCallback(() => setTicked({}), [])
  // What is ticked and out of sight would be acted on unseen.
  useEffect(clear, [address.query, clear])
  const toggle = (row: string | null): void => {
    if (row !== null) setTicked(({ [row]: was, ...others }) => (was ? others : { ...others, [row]: true }))
  }
  return { table, ticked: Object.keys(ticked), clear, toggle }
}

type TableKeys<R> = { caption: string; place: Place<R>; tick: ((row: string | null) => void) | null; refresh: () => void }

const useTableKeys = <R,>({ caption, place, tick, refresh }: TableKeys<R>): void => {
  const { t } = useTranslation()
  const ticking = tick ? [{ keys: 'x', label: t('table.keyTick'), run: () => tick(place.active()) }] : []
  useKeys(
    [
      { keys: 'j', label: t('table.keyNext'), run: () => place.move(1) },
      { keys: 'k', label: t('table.keyPrevious'), run: () => place.move(-1) },
      ...ticking,
      { keys: 'r', label: t('table.keyRefresh'), run: refresh },
    ],
    { group: caption },
  )
}

const Selected = ({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) => {
  const { t } = useTranslation()
  const words = t('table.ticked', { count })
  return (
    <div className={css.selection} role="region" aria-label={words}>
      <span>{words}</span>
      {children}
      <Button kind="quiet" size="sm" onClick={onClear}>
        {t('table.untick')}
      </Button>
    </div>
  )
}

const Nothing = ({ empty, address }: { empty: DataTableProps<never>['empty']; address: TableAddress }) => {
  const { t } = useTranslation()
  if (Object.keys(address.filters).length === 0) return <Empty {...empty} />
  return <Empty title={t('table.noneFit')} action={<Button onClick={() => address.showView(null)}>{t('table.clearFilters')}</Button>} />
}

/** Before there are rows, or instead of them. */
const State = <R,>({ rows }: { rows: Rows<R> }) => {
  const { t } = useTranslation()
  if (!rows.problem) return rows.loading ? <Loading label={t('loading')} /> : null
  return (
    <div className={css.problem}>
      <ProblemNote problem={rows.problem} onRetry={rows.refresh} />
    </div>
  )
}

export const DataTable = <R,>(props: DataTableProps<R>) => {
  const { id, caption, path, columns, rowId, rowHref, filters = noFilters, topic, follow = false, selection, empty, load } = props
  const navigate = useNavigate()
  const address = useTableAddress({ ...props, columns, filters })
  const rows = useRows<R>({ path, query: address.query, rowId, topic, follow, load })
  const place = usePlace({ id, page: rows.page, rowId, rowHref })
  const model = useModel(columns, rows.page?.rows, rowId, address)
  useTableKeys({ caption, place, tick: selection ? model.toggle : null, refresh: rows.refresh })
  const open = (row: R): void => {
    place.keep(row)
    if (rowHref) void navigate(rowHref(row))
  }
  return (
    <div className={css.frame} data-table={id} data-fill={props.fill || undefined} data-empty={rows.page?.rows.length === 0 || undefined}>
      <Toolbar {...props} filters={filters} address={address} news={rows.news} onRefresh={rows.refresh} />
      {selection && model.ticked.length > 0 && (
        <Selected count={model.ticked.length} onClear={model.clear}>
          {selection(model.ticked, model.clear)}
        </Selected>
      )}
      <State rows={rows} />
      {rows.page && (
        <>
          <span className={css.changing} data-on={rows.changing || undefined} aria-hidden="true" />
          <Grid
            {...props}
            address={address}
            place={place}
            table={model.table as never}
            selectable={selection !== undefined}
            gone={rows.gone}
            onOpen={open}
          />
          {rows.page.rows.length === 0 && <Nothing empty={empty} address={address} />}
          <Pager page={rows.page} address={address} />
        </>
      )}
    </div>
  )
}
