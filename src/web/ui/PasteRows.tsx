/**
 * `<PasteRows open columns={columns} onClose={…} onRows={(rows) => append(rows.map((row) => row.values))} />`: lines out of a spreadsheet. One
 * pastes, sees which column was taken for which, corrects that, sees what does not fit, and adds the rows.
 */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { Checkbox, TextArea } from './fields.tsx'
import { Note } from './Layout.tsx'
import { guessColumns, hasHeadings, mapRows, parseTsv, type PasteColumn, type PastedRow } from './spreadsheet.ts'
import css from './PasteRows.module.css'

export type PasteRowsProps = {
  open: boolean
  title?: string
  columns: readonly PasteColumn[]
  /** rows that still fit, 999 lines in a declaration */ most?: number
  onClose: () => void
  onRows: (rows: readonly PastedRow[]) => void
}

const shownRows = 8

type Pasted = {
  text: string
  cells: readonly (readonly string[])[]
  body: readonly (readonly string[])[]
  width: number
  withHeadings: boolean
  mapping: readonly (string | null)[]
  rows: readonly PastedRow[]
  take: (text: string | undefined) => void
  setHeadings: (on: boolean) => void
  assign: (at: number, id: string) => void
}

/** The text, cut into cells, with a column of ours for each column of theirs: guessed, until somebody chooses. */
const usePasted = (columns: readonly PasteColumn[], most: number): Pasted => {
  const [text, setText] = useState('')
  const [headings, setHeadings] = useState<boolean | null>(null)
  const [chosen, setChosen] = useState<readonly (string | null)[] | null>(null)
  const cells = useMemo(() => parseTsv(text), [text])
  const withHeadings = headings ?? hasHeadings(cells, columns)
  const width = Math.max(0, ...cells.map((row) => row.length))
  const inOrder = (): (string | null)[] => Array.from({ length: width }, (_, at) => columns[at]?.id ?? null)
  const mapping = chosen ?? (withHeadings ? guessColumns(cells[0] ?? [], columns) : inOrder())
  const body = withHeadings ? cells.slice(1) : cells
  const change = (next: string, on: boolean | null): void => {
    setText(next)
    setHeadings(on)
    setChosen(null)
  }
  const assigned = (at: number, id: string): (string | null)[] =>
    Array.from({ length: width }, (_, i) => {
      if (i === at) return id || null
      // A column of ours is taken once.
      return mapping[i] === id ? null : (mapping[i] ?? null)
    })
  return {
    text,
    cells,
    body,
    width,
    withHeadings,
    mapping,
    rows: mapRows(body.slice(0, most), mapping, columns),
    take: (next) => change(next ?? '', null),
    setHeadings: (on) => change(text, on),
    assign: (at, id) => setChosen(assigned(at, id)),
  }
}

type PreviewProps = { pasted: Pasted; columns: readonly PasteColumn[] }

const PreviewHead = ({ pasted, columns }: PreviewProps) => {
  const { t } = useTranslation()
  return (
    <tr>
      {Array.from({ length: pasted.width }, (_, at) => (
        <th key={at} scope="col">
          <select
            aria-label={t('paste.column', { number: at + 1 })}
            value={pasted.mapping[at] ?? ''}
            onChange={(event) => pasted.assign(at, event.target.value)}
          >
            <option value="">{t('paste.leaveOut')}</option>
            {columns.map((column) => (
              <option key={column.id} value={column.id}>
                {column.label}
              </option>
            ))}
          </select>
          {pasted.withHeadings && <span className={css.heading}>{pasted.cells[0]?.[at]}</span>}
        </th>
      ))}
    </tr>
  )
}

const PreviewCell = ({ text, id, row }: { text: string | undefined; id: string | null | undefined; row: PastedRow | undefined }) => {
  const { t } = useTranslation()
  const isBad = typeof id === 'string' && (row?.bad.includes(id) ?? false)
  return (
    <td data-bad={isBad || undefined} data-out={!id || undefined}>
      {text}
      {isBad && <span className="visually-hidden"> {t('paste.badCell')}</span>}
    </td>
  )
}

const Preview = ({ pasted, columns }: PreviewProps) => {
  const { t } = useTranslation()
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={t('paste.preview')}>
      <table className={css.preview}>
        <thead>
          <PreviewHead pasted={pasted} columns={columns} />
        </thead>
        <tbody>
          {pasted.body.slice(0, shownRows).map((row, at) => (
            <tr key={at}>
              {Array.from({ length: pasted.width }, (_, i) => (
                <PreviewCell key={i} text={row[i]} id={pasted.mapping[i]} row={pasted.rows[at]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Remarks = ({ pasted, most }: { pasted: Pasted; most: number }) => {
  const { t } = useTranslation()
  const bad = pasted.rows.filter((row) => row.bad.length > 0).length
  return (
    <>
      {pasted.body.length > shownRows && <p className="muted">{t('paste.more', { count: pasted.body.length - shownRows })}</p>}
      {pasted.body.length > most && <Note tone="warning">{t('paste.tooMany', { most, count: pasted.body.length - most })}</Note>}
      {bad > 0 && <Note tone="warning">{t('paste.bad', { count: bad })}</Note>}
    </>
  )
}

export const PasteRows = ({ open, title, columns, most = 999, onClose, onRows }: PasteRowsProps) => {
  const { t } = useTranslation()
  const pasted = usePasted(columns, most)
  const isNothing = pasted.rows.length === 0 || pasted.mapping.every((id) => id === null)
  const add = (): void => {
    onRows(pasted.rows)
    pasted.take(undefined)
    onClose()
  }
  const actions = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button kind="primary" disabled={isNothing} onClick={add}>
        {t('paste.add', { count: pasted.rows.length })}
      </Button>
    </>
  )
  return (
    <Dialog open={open} title={title ?? t('paste.title')} onClose={onClose} size="xl" actions={actions}>
      <TextArea label={t('paste.label')} hint={t('paste.hint')} rows={4} value={pasted.text} onChange={pasted.take} autoFocus />
      {pasted.cells.length > 0 && (
        <>
          <Checkbox label={t('paste.headings')} value={pasted.withHeadings} onChange={(on) => pasted.setHeadings(on ?? false)} />
          <Preview pasted={pasted} columns={columns} />
          <Remarks pasted={pasted} most={most} />
        </>
      )}
    </Dialog>
  )
}
