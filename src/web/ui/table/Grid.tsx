// The rows themselves: a real table, sticky head, sortable headings, rows that are links.
import type { ReactTable, Row } from '@tanstack/react-table'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../Icon.tsx'
import type { features } from './DataTable.tsx'
import type { Column } from './types.ts'
import type { Place } from './use-place.ts'
import type { TableAddress } from './use-table-address.ts'
import css from './table.module.css'

type GridProps<R> = {
  table: ReactTable<typeof features, R & object>
  columns: readonly Column<R>[]
  caption: string
  address: TableAddress
  place: Place<R>
  selectable: boolean
  rowHref?: (row: R) => string
  gone: ReadonlySet<string>
  onOpen: (row: R) => void
}
type RowModel<R> = Row<typeof features, R & object>

const isControl = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.closest('a, button, input, label, select, summary') !== null

const Heading = <R,>({ column, address }: { column: Column<R>; address: TableAddress }) => {
  const sorted = address.sort === column.id ? 'ascending' : address.sort === `-${column.id}` ? 'descending' : undefined
  return (
    <th scope="col" data-align={column.align} style={{ minWidth: column.width }} aria-sort={sorted}>
      {column.sortable ? (
        <button type="button" className={css.sort} onClick={() => address.toggleSort(column.id)}>
          {column.header}
          <Icon name={sorted === 'ascending' ? 'arrow-up' : sorted === 'descending' ? 'arrow-down' : 'sort'} size={12} />
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}

/** The first cell names the row and carries the link. */
const FirstCell = <R,>({
  row,
  column,
  href,
  isGone,
  onLeave,
}: {
  row: R
  column: Column<R>
  href: string | undefined
  isGone: boolean
  onLeave: () => void
}) => {
  const { t } = useTranslation()
  const content = column.cell(row)
  return (
    <th scope="row" data-align={column.align}>
      {href === undefined ? (
        content
      ) : (
        <Link to={href} className={css.link} data-row-focus onClick={onLeave}>
          {content}
        </Link>
      )}
      {isGone && <span className={css.gone}>{t('table.gone')}</span>}
    </th>
  )
}

type LineProps<R> = Pick<GridProps<R>, 'selectable' | 'rowHref' | 'onOpen' | 'place'> & {
  row: RowModel<R>
  columns: readonly Column<R>[]
  isGone: boolean
}

const Line = <R,>({ row, columns, selectable, rowHref, isGone, onOpen, place }: LineProps<R>) => {
  const { t } = useTranslation()
  const [first, ...others] = columns
  const open = (event: MouseEvent): void => {
    if (isControl(event.target) || event.metaKey || event.ctrlKey || window.getSelection()?.toString()) return
    onOpen(row.original)
  }
  return (
    // A click anywhere on the row is a convenience of the mouse; keyboards and screen readers use the link in its first cell.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <tr
      data-row={row.id}
      data-link={rowHref ? true : undefined}
      data-ticked={row.getIsSelected() || undefined}
      data-gone={isGone || undefined}
      onClick={rowHref ? open : undefined}
    >
      {selectable && (
        <td className={css.tick}>
          <input
            type="checkbox"
            aria-label={t('table.tickRow', { row: row.id })}
            {...(!rowHref && { 'data-row-focus': true })}
            checked={row.getIsSelected()}
            onChange={(event) => row.toggleSelected(event.target.checked)}
          />
        </td>
      )}
      {first && (
        <FirstCell row={row.original} column={first} href={rowHref?.(row.original)} isGone={isGone} onLeave={() => place.keep(row.original)} />
      )}
      {others.map((column) => (
        <td key={column.id} data-align={column.align}>
          {column.cell(row.original)}
        </td>
      ))}
    </tr>
  )
}

export const Grid = <R,>({ table, columns, caption, address, place, selectable, gone, ...line }: GridProps<R>) => {
  const { t } = useTranslation()
  const shown = columns.filter((column) => !address.hidden.has(column.id))
  const rows = table.getRowModel().rows
  return (
    <div ref={place.box} className={css.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={css.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {selectable && (
              <th scope="col" className={css.tick}>
                <input
                  type="checkbox"
                  aria-label={t('table.tickAll')}
                  checked={rows.length > 0 && table.getIsAllRowsSelected()}
                  onChange={(event) => table.toggleAllRowsSelected(event.target.checked)}
                />
              </th>
            )}
            {shown.map((column) => (
              <Heading key={column.id} column={column} address={address} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.id} row={row} columns={shown} selectable={selectable} isGone={gone.has(row.id)} place={place} {...line} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
