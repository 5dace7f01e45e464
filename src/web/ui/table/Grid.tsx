// The rows themselves: a real table, sticky head, sortable headings, rows that are links.
import type { ReactTable } from '@tanstack/react-table'
import type { MouseEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../Icon.tsx'
import type { features } from './DataTable.tsx'
import type { Column } from './types.ts'
import type { TableAddress } from './use-table-address.ts'
import css from './table.module.css'

type GridProps<R> = {
  box: RefObject<HTMLDivElement | null>
  table: ReactTable<typeof features, R & object>
  columns: readonly Column<R>[]
  caption: string
  address: TableAddress
  selectable: boolean
  rowHref: ((row: R) => string) | undefined
  gone: ReadonlySet<string>
  onOpen: (row: R) => void
  /** the link was followed by itself */
  onLeave: (row: R) => void
}

const isControl = (target: EventTarget): boolean => target instanceof HTMLElement && target.closest('a, button, input, label, select, summary') !== null

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

export const Grid = <R,>({ box, table, columns, caption, address, selectable, rowHref, gone, onOpen, onLeave }: GridProps<R>) => {
  const { t } = useTranslation()
  const shown = columns.filter((column) => !address.hidden.has(column.id))
  const rows = table.getRowModel().rows
  const open = (row: R, event: MouseEvent): void => {
    if (isControl(event.target) || event.metaKey || event.ctrlKey || window.getSelection()?.toString()) return
    onOpen(row)
  }
  return (
    <div ref={box} className={css.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={css.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {selectable && (
              <th scope="col" className={css.tick}>
                <input type="checkbox" aria-label={t('table.tickAll')} checked={rows.length > 0 && table.getIsAllRowsSelected()} onChange={(event) => table.toggleAllRowsSelected(event.target.checked)} />
              </th>
            )}
            {shown.map((column) => (
              <Heading key={column.id} column={column} address={address} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            // A click anywhere on the row is a convenience of the mouse; keyboards and screen readers use the link in its first cell.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
            <tr key={row.id} data-row={row.id} data-link={rowHref ? true : undefined} data-ticked={row.getIsSelected() || undefined} data-gone={gone.has(row.id) || undefined} onClick={rowHref ? (event) => open(row.original, event) : undefined}>
              {selectable && (
                <td className={css.tick}>
                  <input type="checkbox" aria-label={t('table.tickRow', { row: row.id })} {...(!rowHref && { 'data-row-focus': true })} checked={row.getIsSelected()} onChange={(event) => row.toggleSelected(event.target.checked)} />
                </td>
              )}
              {shown.map((column, at) => {
                const content = column.cell(row.original)
                const Cell = at === 0 ? 'th' : 'td'
                return (
                  <Cell key={column.id} data-align={column.align} {...(at === 0 && { scope: 'row' })}>
                    {at === 0 && rowHref ? (
                      <Link to={rowHref(row.original)} className={css.link} data-row-focus onClick={() => onLeave(row.original)}>
                        {content}
                      </Link>
                    ) : (
                      content
                    )}
                    {at === 0 && gone.has(row.id) && <span className={css.gone}>{t('table.gone')}</span>}
                  </Cell>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
