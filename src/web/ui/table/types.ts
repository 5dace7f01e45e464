// What a table is told. The component that takes it, with an example, is DataTable.tsx.
import type { ReactNode } from 'react'
import type { Query } from '../../app/api.ts'
import type { Option } from '../fields.tsx'

export const sizes = [25, 50, 100, 200] as const

export type Column<R> = {
  /** also the name by which the server sorts */
  id: string
  header: string
  cell: (row: R) => ReactNode
  /** numbers, amounts and masses at the end, so that digits stand above one another */
  align?: 'start' | 'end'
  sortable?: boolean
  /** not shown until somebody chooses it */
  hidden?: boolean
  /** CSS width below which it does not shrink */
  width?: string
}

/** `choices` = several, sent separated by commas. The id is the query parameter. */
export type Filter = { id: string; label: string } & (
  | { kind: 'text'; placeholder?: string }
  | { kind: 'date' }
  | { kind: 'choice'; options: readonly Option[] }
  | { kind: 'choices'; options: readonly Option[] }
)

/** A filter and order under a name; what is not named in `query` is off. */
export type View = { id: string; label: string; query: Readonly<Record<string, string | undefined>> }

export type Page<R> = { rows: readonly R[]; total: number; page: number; size: number }

export type DataTableProps<R> = {
  /** names what is remembered: place, columns, saved views */
  id: string
  /** what the rows are, for screen readers and the export */
  caption: string
  /** GET that answers `{ rows, total, page, size }` and takes page, size (to 200 at least), sort and the filters */
  path: string
  /** instead of the server, for rows that are already here: pages, sorts and filters them itself; `path` then only names them */
  load?: (query: Query) => Promise<Page<R>>
  columns: readonly Column<R>[]
  rowId: (row: R) => string
  /** where a row leads: the whole row is then a link, Enter opens it */
  rowHref?: (row: R) => string
  filters?: readonly Filter[]
  /** always sent, not shown */
  fixed?: Query
  /** `-field` = descending; the server's own order when absent */
  sort?: string
  /** rows a page until somebody chooses: 25, 50, 100 or 200; 50 when absent */
  size?: (typeof sizes)[number]
  views?: readonly View[]
  /** live topic whose news concern these rows */
  topic?: string
  /** takes news in by itself, as a running list does; without it they wait behind "12 new" */
  follow?: boolean
  /** what may be done with the rows that are ticked; its presence shows the boxes */
  selection?: (ids: readonly string[], clear: () => void) => ReactNode
  /** more buttons beside the filters */
  actions?: ReactNode
  empty: { title: string; text?: string; action?: ReactNode }
  /** takes the height that the page has (`<Page fill>`) and scrolls inside */
  fill?: boolean
  /** set before parameter names, when a page has two tables */
  prefix?: string
}
