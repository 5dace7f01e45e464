/**
 * Goods lines as in a spreadsheet: arrows and Enter move between lines, Enter on the last one adds a line, Ctrl+D takes the value from above,
 * Ctrl+Enter opens the line's details. A page of lines at a time, so that 999 stay quick.
 */
import { memo, useCallback, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { isDecimal } from '#kernel/decimal.ts'
import type { DeclarationItem } from '#schema/clearance'
import { editableDecimal, formatCount, parseDecimal } from '../../../i18n/format.ts'
import { Button } from '../../../ui/Button.tsx'
import { Row } from '../../../ui/Layout.tsx'
import { valueAt, withValueAt } from '../../../ui/pointer.ts'
import { commodityOf, splitCommodity } from './document.ts'
import css from './filing.module.css'

type ColumnId =
  | 'commodity'
  | 'description'
  | 'origin'
  | 'procedure'
  | 'price'
  | 'currency'
  | 'net'
  | 'gross'
  | 'packageCount'
  | 'packageType'
  | 'supplementary'
type Column = { id: ColumnId; path: string; width: string; kind: 'code' | 'text' | 'number'; maxLength?: number }

const columns: readonly Column[] = [
  { id: 'commodity', path: '/hsCode', width: '6.25rem', kind: 'code', maxLength: 13 },
  { id: 'description', path: '/description', width: '8.5rem', kind: 'text', maxLength: 512 },
  { id: 'origin', path: '/origin', width: '3rem', kind: 'code', maxLength: 2 },
  { id: 'procedure', path: '/procedure', width: '3.75rem', kind: 'code', maxLength: 4 },
  { id: 'price', path: '/itemPrice/amount', width: '5.75rem', kind: 'number' },
  { id: 'currency', path: '/itemPrice/currency', width: '3.25rem', kind: 'code', maxLength: 3 },
  { id: 'net', path: '/netMassKg', width: '4.5rem', kind: 'number' },
  { id: 'gross', path: '/grossMassKg', width: '4.5rem', kind: 'number' },
  { id: 'packageCount', path: '/packages/0/count', width: '3.5rem', kind: 'number' },
  { id: 'packageType', path: '/packages/0/type', width: '3rem', kind: 'code', maxLength: 2 },
  { id: 'supplementary', path: '/supplementary/value', width: '3.5rem', kind: 'number' },
]
export const pageSize = 25

const shownOf = (item: DeclarationItem, column: Column): string =>
  column.id === 'commodity' ? commodityOf(item) : ((valueAt(item, column.path) as string | undefined) ?? '')

/** The line with this cell changed. */
const changed = (item: DeclarationItem, column: Column, text: string, currency: string | undefined): DeclarationItem => {
  if (column.id === 'commodity') return { ...item, ...splitCommodity(text) }
  const next = withValueAt(item, column.path, text === '' ? undefined : text)
  if (column.id === 'price' && text !== '' && !next.itemPrice?.currency && currency) return withValueAt(next, '/itemPrice/currency', currency)
  return next
}

type CellProps = {
  item: DeclarationItem
  at: number
  column: Column
  isWrong: boolean
  label: string
  onText: (at: number, column: Column, text: string) => void
  onLeave: (at: number, column: Column) => void
  onKey: (event: KeyboardEvent<HTMLInputElement>) => void
}

const Cell = ({ item, at, column, isWrong, label, onText, onLeave, onKey }: CellProps) => {
  const { i18n } = useTranslation()
  const [typing, setTyping] = useState<string | null>(null)
  const value = shownOf(item, column)
  const shown = typing ?? (column.kind === 'number' && isDecimal(value) ? editableDecimal(value, i18n.language) : value)
  return (
    <td style={{ minWidth: column.width }}>
      <input
        className={css.cell}
        data-cell={`${at}:${column.id}`}
        data-number={column.kind === 'number' || undefined}
        data-mono={column.kind === 'code' || undefined}
        aria-label={label}
        aria-invalid={isWrong || undefined}
        inputMode={column.kind === 'number' ? 'decimal' : undefined}
        maxLength={column.maxLength}
        autoComplete="off"
        spellCheck={false}
        value={shown}
        onKeyDown={onKey}
        onChange={(event) => {
          const text = event.target.value
          setTyping(column.kind === 'number' ? text : null)
          onText(
            at,
            column,
            column.kind === 'number' ? (parseDecimal(text, i18n.language) ?? text) : column.kind === 'code' ? text.toUpperCase() : text,
          )
        }}
        onBlur={() => {
          setTyping(null)
          onLeave(at, column)
        }}
      />
    </td>
  )
}

type LineProps = {
  item: DeclarationItem
  at: number
  isOpen: boolean
  /** ids of cells with errors, joined */ wrong: string
  onText: CellProps['onText']
  onLeave: CellProps['onLeave']
  onKey: CellProps['onKey']
  onOpen: (at: number) => void
}

const Line = memo(({ item, at, isOpen, wrong, onText, onLeave, onKey, onOpen }: LineProps) => {
  const { t } = useTranslation('filing')
  const bad = new Set(wrong.split(' '))
  return (
    <tr data-open={isOpen || undefined}>
      <th scope="row">
        <Button kind="quiet" size="sm" aria-pressed={isOpen} aria-label={t('list.detail', { number: at + 1 })} onClick={() => onOpen(at)}>
          {at + 1}
        </Button>
      </th>
      {columns.map((column) => (
        <Cell
          key={column.id}
          item={item}
          at={at}
          column={column}
          isWrong={bad.has(column.id)}
          label={`${t(`column.${column.id}`)}, ${at + 1}`}
          onText={onText}
          onLeave={onLeave}
          onKey={onKey}
        />
      ))}
    </tr>
  )
})
Line.displayName = 'Line'

export type LineGridProps = {
  items: readonly DeclarationItem[]
  currency: string | undefined
  open: number | null
  onOpen: (at: number) => void
  onItem: (at: number, item: DeclarationItem) => void
  onTouch: (path: string) => void
  /** adds a line at the end */
  onAdd: () => void
  /** paths with an error that is to be shown */
  wrongPaths: readonly string[]
}

const wrongCells = (at: number, paths: readonly string[]): string =>
  columns
    .filter((column) => paths.some((path) => path === `/items/${at}${column.path}` || (column.id === 'price' && path === `/items/${at}/itemPrice`)))
    .map((column) => column.id)
    .join(' ')

export const LineGrid = ({ items, currency, open, onOpen, onItem, onTouch, onAdd, wrongPaths }: LineGridProps) => {
  const { t, i18n } = useTranslation('filing')
  const box = useRef<HTMLDivElement>(null)
  const [page, setPage] = useState(0)
  const last = Math.max(0, Math.ceil(items.length / pageSize) - 1)
  const now = Math.min(page, last)
  const latest = useRef({ items, onItem, onTouch, currency })
  latest.current = { items, onItem, onTouch, currency }
  const onText = useCallback((at: number, column: Column, text: string) => {
    const item = latest.current.items[at]
    if (item) latest.current.onItem(at, changed(item, column, text, latest.current.currency))
  }, [])
  const onLeave = useCallback((at: number, column: Column) => latest.current.onTouch(`/items/${at}${column.path}`), [])
  /** Goes to a cell, which is drawn at once: whoever types on must not find the focus moving later. */
  const focus = (at: number, column: string, before?: () => void): void => {
    flushSync(() => {
      before?.()
      setPage(Math.floor(at / pageSize))
    })
    const cell = box.current?.querySelector<HTMLInputElement>(`[data-cell="${at}:${column}"]`)
    cell?.focus()
    cell?.select()
  }
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    const [atText, id] = event.currentTarget.dataset['cell']?.split(':') ?? []
    if (atText === undefined || id === undefined) return
    const at = Number(atText)
    const column = columns.find((one) => one.id === id)
    const withControl = event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && withControl) onOpen(at)
    else if (event.key === 'd' && withControl && at > 0 && column) onText(at, column, shownOf(items[at - 1]!, column))
    else if (event.key === 'ArrowUp' && at > 0) focus(at - 1, id)
    else if ((event.key === 'ArrowDown' || event.key === 'Enter') && at < items.length - 1) focus(at + 1, id)
    else if (event.key === 'Enter') focus(items.length, 'commodity', onAdd)
    else return
    event.preventDefault()
  }
  const latestPress = useRef(press)
  latestPress.current = press
  const onKey = useCallback<CellProps['onKey']>((event) => latestPress.current(event), [])
  const from = now * pageSize
  return (
    <>
      <div ref={box} className={css.scroll}>
        <table className={css.grid}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('totals.lines')}</span>
              </th>
              {columns.map((column) => (
                <th key={column.id} scope="col">
                  {t(`column.${column.id}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.slice(from, from + pageSize).map((item, i) => (
              <Line
                key={from + i}
                item={item}
                at={from + i}
                isOpen={open === from + i}
                wrong={wrongCells(from + i, wrongPaths)}
                onText={onText}
                onLeave={onLeave}
                onKey={onKey}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        </table>
      </div>
      {last > 0 && (
        <Row end>
          <span className="muted number">
            {t('list.page', { from: from + 1, to: Math.min(items.length, from + pageSize), total: formatCount(items.length, i18n.language) })}
          </span>
          <Button size="sm" disabled={now === 0} onClick={() => setPage(now - 1)}>
            {t('list.earlier')}
          </Button>
          <Button size="sm" disabled={now === last} onClick={() => setPage(now + 1)}>
            {t('list.later')}
          </Button>
        </Row>
      )}
    </>
  )
}
