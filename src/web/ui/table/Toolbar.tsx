// Above the rows: views, filters, what is new, columns, export.
import { Menu, Popover } from '@mantine/core'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../i18n/format.ts'
import { Button, IconButton } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import { toast } from '../toast.tsx'
import { useDrop } from '../use-drop.ts'
import { Views } from './Views.tsx'
import { useExport } from './use-export.tsx'
import type { Column, DataTableProps, Filter } from './types.ts'
import type { TableAddress } from './use-table-address.ts'
import css from './toolbar.module.css'

const typingMs = 300

/** A box is ticked at once; the address, and with it the list, follows in its own time. */
const useTicked = (fromAddress: string): [string, (next: string) => void] => {
  const [ticked, setTicked] = useState(fromAddress)
  useEffect(() => setTicked(fromAddress), [fromAddress])
  return [ticked, setTicked]
}

type Of<K extends Filter['kind']> = Extract<Filter, { kind: K }>

const TextFilter = ({ filter, address }: { filter: Of<'text'>; address: TableAddress }) => {
  const set = address.filters[filter.id] ?? ''
  const [text, setText] = useState(set)
  const latest = useRef(address)
  latest.current = address
  // What this box has itself put into the address comes back a moment later, when more may have been typed.
  const own = useRef(set)
  useEffect(() => {
    if (set !== own.current) setText(set)
    own.current = set
  }, [set])
  useEffect(() => {
    if (text.trim() === set) return undefined
    const timer = setTimeout(() => {
      own.current = text.trim()
      latest.current.setFilter(filter.id, own.current)
    }, typingMs)
    return () => clearTimeout(timer)
  }, [text, set, filter.id])
  return (
    <label className={css.search}>
      <Icon name="filter" size={14} />
      <span className="visually-hidden">{filter.label}</span>
      <input
        type="search"
        value={text}
        placeholder={filter.placeholder ?? filter.label}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
    </label>
  )
}

const ChoiceFilter = ({ filter, address }: { filter: Of<'choice'>; address: TableAddress }) => {
  const { t } = useTranslation()
  const set = filter.options.find((option) => option.value === address.filters[filter.id])
  const choices = [{ value: '', label: t('table.any') }, ...filter.options]
  const drop = useDrop()
  return (
    <Menu position="bottom-start" {...drop.props}>
      <Menu.Target>
        <button ref={drop.button} type="button" className={css.choice} data-set={set ? true : undefined}>
          <span>{filter.label}</span>
          {set && <b>{set.label}</b>}
          <Icon name="chevron-down" size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah="22rem" style={{ overflowY: 'auto' }}>
        {choices.map((option) => {
          const isSet = option.value === (set?.value ?? '')
          return (
            <Menu.Item
              key={option.value}
              role="menuitemradio"
              aria-checked={isSet}
              rightSection={isSet ? <Icon name="check" /> : undefined}
              onClick={() => address.setFilter(filter.id, option.value)}
            >
              {option.label}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

const DateFilter = ({ filter, address }: { filter: Of<'date'>; address: TableAddress }) => (
  <label className={css.choice} data-set={address.filters[filter.id] ? true : undefined}>
    <span>{filter.label}</span>
    <input type="date" value={address.filters[filter.id] ?? ''} onChange={(event) => address.setFilter(filter.id, event.target.value)} />
  </label>
)

const ChoicesFilter = ({ filter, address }: { filter: Of<'choices'>; address: TableAddress }) => {
  const { t } = useTranslation()
  const id = useId()
  const drop = useDrop()
  const [ticked, setTicked] = useTicked(address.filters[filter.id] ?? '')
  const set = ticked.split(',').filter(Boolean)
  const names = filter.options.filter((option) => set.includes(option.value)).map((option) => option.label)
  const toggle = (value: string, on: boolean): void => {
    const next = filter.options
      .map((option) => option.value)
      .filter((one) => (one === value ? on : set.includes(one)))
      .join(',')
    setTicked(next)
    address.setFilter(filter.id, next)
  }
  return (
    <Popover position="bottom-start" trapFocus returnFocus {...drop.props}>
      <Popover.Target>
        <button ref={drop.button} type="button" className={css.choice} onClick={drop.toggle} data-set={set.length > 0 || undefined}>
          <span>{filter.label}</span>
          {set.length > 0 && <b>{names.length === 1 ? names[0] : t('table.several', { count: set.length })}</b>}
          <Icon name="chevron-down" size={12} />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.drop} aria-labelledby={id}>
        <p id={id} className={css.dropTitle}>
          {filter.label}
        </p>
        {filter.options.map((option) => (
          <label key={option.value} className={css.dropLine}>
            <input type="checkbox" checked={set.includes(option.value)} onChange={(event) => toggle(option.value, event.target.checked)} />
            {option.label}
          </label>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}

const OneFilter = ({ filter, address }: { filter: Filter; address: TableAddress }) => {
  if (filter.kind === 'text') return <TextFilter filter={filter} address={address} />
  if (filter.kind === 'date') return <DateFilter filter={filter} address={address} />
  return filter.kind === 'choice' ? <ChoiceFilter filter={filter} address={address} /> : <ChoicesFilter filter={filter} address={address} />
}

const ColumnChoice = ({ columns, address }: { columns: readonly Column<never>[]; address: TableAddress }) => {
  const { t } = useTranslation()
  const id = useId()
  const drop = useDrop()
  const [ticked, setTicked] = useTicked([...address.hidden].join(','))
  const hidden = new Set(ticked.split(',').filter(Boolean))
  const toggle = (column: string, on: boolean): void => {
    const next = new Set(hidden)
    if (on) next.delete(column)
    else next.add(column)
    setTicked([...next].join(','))
    address.setHidden(next)
  }
  return (
    <Popover position="bottom-end" trapFocus returnFocus {...drop.props}>
      <Popover.Target>
        <IconButton ref={drop.button} onClick={drop.toggle} icon="columns" label={t('table.columns')} />
      </Popover.Target>
      <Popover.Dropdown className={css.drop} aria-labelledby={id}>
        <p id={id} className={css.dropTitle}>
          {t('table.columns')}
        </p>
        {columns.map((column, at) => (
          <label key={column.id} className={css.dropLine}>
            <input
              type="checkbox"
              disabled={at === 0}
              checked={!hidden.has(column.id)}
              onChange={(event) => toggle(column.id, event.target.checked)}
            />
            {column.header}
          </label>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}

type ToolbarProps<R> = DataTableProps<R> & {
  filters: readonly Filter[]
  address: TableAddress
  news: number
  onRefresh: () => void
}

export const Toolbar = <R,>(props: ToolbarProps<R>) => {
  const { id, caption, columns, filters, views, actions, address, news, onRefresh } = props
  const { t, i18n } = useTranslation()
  const [exporting, setExporting] = useState(false)
  const shown = columns.filter((column) => !address.hidden.has(column.id))
  const file = useExport({ id, path: props.path, query: address.query, columns: shown, rowId: props.rowId, load: props.load })
  const exportRows = async (): Promise<void> => {
    setExporting(true)
    const done = await file.run()
    setExporting(false)
    if (!done) toast(t('table.exportFailed'), { tone: 'danger', action: { label: t('retry'), run: () => void exportRows() } })
  }
  const isFiltered = Object.keys(address.filters).length > 0
  return (
    <div className={css.toolbar}>
      <Views id={id} views={views} address={address} />
      {filters.map((filter) => (
        <OneFilter key={filter.id} filter={filter} address={address} />
      ))}
      {isFiltered && (
        <Button kind="quiet" size="sm" icon="close" onClick={() => address.showView(null)}>
          {t('table.clearFilters')}
        </Button>
      )}
      <span role="status" className={css.news}>
        {news > 0 && (
          <Button size="sm" kind="primary" icon="arrow-up" onClick={onRefresh}>
            {t('table.news', { count: news, number: formatCount(news, i18n.language) })}
          </Button>
        )}
      </span>
      <div className={css.tools}>
        {actions}
        <ColumnChoice columns={columns as readonly Column<never>[]} address={address} />
        <IconButton
          icon="download"
          label={t('table.export', { what: caption })}
          aria-busy={exporting || undefined}
          onClick={() => !exporting && void exportRows()}
        />
        {file.drawing}
      </div>
    </div>
  )
}
