// Page, size, order, filters and columns of a table: all in the address, so that a link shows the same and Back goes back.
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Query } from '../../app/api.ts'
import type { Column, Filter, View } from './types.ts'

export type TableAddress = {
  page: number
  size: number
  sort: string | undefined
  filters: Readonly<Record<string, string>>
  hidden: ReadonlySet<string>
  /** what goes to the server */
  query: Query
  setPage: (page: number) => void
  setSize: (size: number) => void
  toggleSort: (column: string) => void
  setFilter: (id: string, value: string) => void
  setHidden: (hidden: ReadonlySet<string>) => void
  showView: (view: View | null) => void
  /** filters and order as a view's query */
  asView: Readonly<Record<string, string>>
}

type Options = { prefix?: string; columns: readonly Column<never>[]; filters: readonly Filter[]; sort?: string; size?: number; fixed?: Query }

const whole = (text: string | null, otherwise: number): number =>
  text !== null && /^\d{1,7}$/.test(text) && Number(text) > 0 ? Number(text) : otherwise

export const useTableAddress = ({ prefix = '', columns, filters, sort: standardSort, size: standardSize = 50, fixed }: Options): TableAddress => {
  const [search, setSearch] = useSearchParams()
  const read = (name: string): string | null => search.get(prefix + name)
  const change = useCallback(
    (changes: Readonly<Record<string, string | null | undefined>>, replace = false) =>
      setSearch(
        (now) => {
          for (const [name, value] of Object.entries({ page: null, ...changes })) {
            if (value === null || value === undefined || value === '') now.delete(prefix + name)
            else now.set(prefix + name, value)
          }
          return now
        },
        { replace, preventScrollReset: true },
      ),
    [setSearch, prefix],
  )
  const page = whole(read('page'), 1)
  const size = whole(read('size'), standardSize)
  const sort = read('sort') ?? standardSort
  const active = useMemo(() => {
    const all = new URLSearchParams(search)
    return Object.fromEntries(filters.map(({ id }) => [id, all.get(prefix + id) ?? '']).filter(([, value]) => value !== '')) as Record<string, string>
  }, [search, filters, prefix])
  const chosen = read('cols')
  const hidden = useMemo(() => {
    if (chosen === null) return new Set(columns.filter((column) => column.hidden).map((column) => column.id))
    const shown = new Set(chosen.split(','))
    return new Set(columns.map((column) => column.id).filter((id) => !shown.has(id)))
  }, [columns, chosen])
  // By what it says: a new object of the same query is no new query.
  const said = JSON.stringify({ ...fixed, ...active, page, size, ...(sort && { sort }) })
  const query = useMemo(() => JSON.parse(said) as Query, [said])
  return {
    page,
    size,
    sort,
    filters: active,
    hidden,
    query,
    setPage: (next) => change({ page: next === 1 ? null : String(next) }),
    setSize: (next) => change({ size: next === standardSize ? null : String(next) }),
    toggleSort: (column) => change({ sort: sort === column ? `-${column}` : sort === `-${column}` ? null : column }),
    setFilter: (id, value) => change({ [id]: value }, true),
    setHidden: (next) =>
      change(
        {
          page: page === 1 ? null : String(page),
          cols: columns
            .map((column) => column.id)
            .filter((id) => !next.has(id))
            .join(','),
        },
        true,
      ),
    showView: (view) => change({ sort: null, ...Object.fromEntries(filters.map(({ id }) => [id, null])), ...view?.query }),
    asView: { ...active, ...(read('sort') && { sort: read('sort') ?? '' }) },
  }
}

/** Does the address show exactly this view? */
export const isView = (view: View, address: Pick<TableAddress, 'asView'>): boolean => {
  const now = Object.entries(address.asView)
  return now.length === Object.values(view.query).filter(Boolean).length && now.every(([name, value]) => view.query[name] === value)
}
