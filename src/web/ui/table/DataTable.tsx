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
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { Button } from '../Button.tsx'
import { useKeys } from '../keys.ts'
import { ProblemNote } from '../IssueList.tsx'
import { Empty, Loading } from '../Layout.tsx'
import { Grid } from './Grid.tsx'
import { recall, remember } from './list-memory.ts'
import { Pager } from './Pager.tsx'
import { Toolbar } from './Toolbar.tsx'
import type { DataTableProps, Filter, Page } from './types.ts'
import { useRows } from './use-rows.ts'
import { useTableAddress } from './use-table-address.ts'
import css from './table.module.css'

export type { Column, DataTableProps, Filter, View } from './types.ts'

export const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature })
const noFilters: readonly Filter[] = []

/** Remembers and finds again which row was opened, and tells cases the order of the list. */
const usePlace = <R,>(id: string, page: Page<R> | undefined, rowId: (row: R) => string, rowHref: ((row: R) => string) | undefined) => {
  const { pathname, search } = useLocation()
  const box = useRef<HTMLDivElement>(null)
  const found = useRef(false)
  const latest = useRef({ page, rowId, rowHref })
  latest.current = { page, rowId, rowHref }
  const focusRow = useCallback((row: string): void => {
    const link = box.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"] [data-row-focus]`)
    link?.focus({ preventScroll: true })
    link?.closest('tr')?.scrollIntoView({ block: 'nearest' })
  }, [])
  const keep = useCallback(
    (opened: string | null): void => {
      const { page: now, rowId: idOf, rowHref: hrefOf } = latest.current
      if (!now || !hrefOf) return
      remember(id, { address: pathname + search, ids: now.rows.map(idOf), hrefs: now.rows.map(hrefOf), opened, scroll: box.current?.scrollTop ?? 0 })
    },
    [id, pathname, search],
  )
  useEffect(() => {
    if (found.current || !page) return
    found.current = true
    const memory = recall(id)
    if (memory?.opened && memory.address === pathname + search) {
      box.current?.scrollTo({ top: memory.scroll })
      focusRow(memory.opened)
    }
  }, [id, page, pathname, search, focusRow])
  return { box, keep, focusRow }
}

export const DataTable = <R,>(props: DataTableProps<R>) => {
  const { id, caption, path, columns, rowId, rowHref, filters = noFilters, fixed, sort, topic, selection, empty, fill, prefix = '', load } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const address = useTableAddress({ prefix, columns, filters, sort, fixed })
  const rows = useRows<R>({ path, query: address.query, rowId, topic, load })
  const [ticked, setTicked] = useState<RowSelectionState>({})
  const { box, keep, focusRow } = usePlace(id, rows.page, rowId, rowHref)
  const data = rows.page?.rows
  const columnDefs = useMemo(() => columns.map((column) => ({ id: column.id, header: column.header })), [columns])
  const visibility = useMemo(() => Object.fromEntries(columns.map((column) => [column.id, !address.hidden.has(column.id)])), [columns, address.hidden])
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
  useEffect(clear, [address.query, path, clear])

  const activeRow = (): string | null => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? null
  const move = (by: number): void => {
    const ids = (data ?? []).map(rowId)
    if (ids.length === 0) return
    const active = activeRow() ?? recall(id)?.opened ?? null
    const at = active === null ? -1 : ids.indexOf(active)
    focusRow(ids[at < 0 ? 0 : Math.max(0, Math.min(ids.length - 1, at + by))]!)
  }
  const open = (row: R): void => {
    if (!rowHref) return
    keep(rowId(row))
    void navigate(rowHref(row))
  }
  useKeys(
    [
      { keys: 'j', label: t('table.keyNext'), run: () => move(1) },
      { keys: 'k', label: t('table.keyPrevious'), run: () => move(-1) },
      ...(selection ? [{ keys: 'x', label: t('table.keyTick'), run: () => toggle(activeRow()) }] : []),
      { keys: 'r', label: t('table.keyRefresh'), run: rows.refresh },
    ],
    { group: caption },
  )
  const toggle = (row: string | null): void => {
    if (row !== null) setTicked(({ [row]: was, ...others }) => (was ? others : { ...others, [row]: true }))
  }
  const chosen = Object.keys(ticked)
  const isFiltered = Object.keys(address.filters).length > 0
  return (
    <div className={css.frame} data-fill={fill || undefined}>
      <Toolbar {...props} filters={filters} address={address} total={rows.page?.total} news={rows.news} onRefresh={rows.refresh} />
      {selection && chosen.length > 0 && (
        <div className={css.selection} role="region" aria-label={t('table.ticked', { count: chosen.length })}>
          <span>{t('table.ticked', { count: chosen.length })}</span>
          {selection(chosen, clear)}
          <Button kind="quiet" size="sm" onClick={clear}>
            {t('table.untick')}
          </Button>
        </div>
      )}
      {rows.problem && (
        <div className={css.problem}>
          <ProblemNote problem={rows.problem} onRetry={rows.refresh} />
        </div>
      )}
      {rows.loading && !rows.problem && <Loading label={t('loading')} />}
      {rows.page && (
        <>
          <span className={css.changing} data-on={rows.changing || undefined} aria-hidden="true" />
          <Grid box={box} table={table as never} columns={columns} caption={caption} address={address} selectable={selection !== undefined} rowHref={rowHref} gone={rows.gone} onOpen={open} onLeave={(row) => keep(rowId(row))} />
          {rows.page.rows.length === 0 && (isFiltered ? <Empty title={t('table.noneFit')} action={<Button onClick={() => address.showView(null)}>{t('table.clearFilters')}</Button>} /> : <Empty {...empty} />)}
          <Pager page={rows.page} address={address} />
        </>
      )}
    </div>
  )
}

const noRows: readonly never[] = []
