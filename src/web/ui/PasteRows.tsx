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

export type PasteRowsProps = { open: boolean; title?: string; columns: readonly PasteColumn[]; /** rows that still fit, 999 lines in a declaration */ most?: number; onClose: () => void; onRows: (rows: readonly PastedRow[]) => void }

const shownRows = 8

export const PasteRows = ({ open, title, columns, most = 999, onClose, onRows }: PasteRowsProps) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [headings, setHeadings] = useState<boolean | null>(null)
  const [chosen, setChosen] = useState<readonly (string | null)[] | null>(null)
  const cells = useMemo(() => parseTsv(text), [text])
  const withHeadings = headings ?? hasHeadings(cells, columns)
  const width = Math.max(0, ...cells.map((row) => row.length))
  const guessed = withHeadings ? guessColumns(cells[0] ?? [], columns) : Array.from({ length: width }, (_, at) => columns[at]?.id ?? null)
  const mapping = chosen ?? guessed
  const body = withHeadings ? cells.slice(1) : cells
  const rows = useMemo(() => mapRows(body.slice(0, most), mapping, columns), [body, most, mapping, columns])
  const bad = rows.filter((row) => row.bad.length > 0).length
  const take = (value: string | undefined): void => {
    setText(value ?? '')
    setChosen(null)
    setHeadings(null)
  }
  const assign = (at: number, id: string): void => setChosen(Array.from({ length: width }, (_, i) => (i === at ? id || null : mapping[i] === id ? null : (mapping[i] ?? null))))
  const add = (): void => {
    onRows(rows)
    take(undefined)
    onClose()
  }
  return (
    <Dialog
      open={open}
      title={title ?? t('paste.title')}
      onClose={onClose}
      size="xl"
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" disabled={rows.length === 0 || mapping.every((id) => id === null)} onClick={add}>
            {t('paste.add', { count: rows.length })}
          </Button>
        </>
      }
    >
      <TextArea label={t('paste.label')} hint={t('paste.hint')} rows={4} value={text} onChange={take} autoFocus />
      {cells.length > 0 && (
        <>
          <Checkbox label={t('paste.headings')} value={withHeadings} onChange={(on) => (setHeadings(on ?? false), setChosen(null))} />
          <div className={css.scroll} tabIndex={0} role="region" aria-label={t('paste.preview')}>
            <table className={css.preview}>
              <thead>
                <tr>
                  {Array.from({ length: width }, (_, at) => (
                    <th key={at} scope="col">
                      <select aria-label={t('paste.column', { number: at + 1 })} value={mapping[at] ?? ''} onChange={(event) => assign(at, event.target.value)}>
                        <option value="">{t('paste.leaveOut')}</option>
                        {columns.map((column) => (
                          <option key={column.id} value={column.id}>
                            {column.label}
                          </option>
                        ))}
                      </select>
                      {withHeadings && <span className={css.heading}>{cells[0]?.[at]}</span>}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {body.slice(0, shownRows).map((row, at) => (
                  <tr key={at}>
                    {Array.from({ length: width }, (_, i) => {
                      const id = mapping[i]
                      const isBad = id !== null && id !== undefined && (rows[at]?.bad.includes(id) ?? false)
                      return (
                        <td key={i} data-bad={isBad || undefined} data-out={!id || undefined}>
                          {row[i]}
                          {isBad && <span className="visually-hidden"> {t('paste.badCell')}</span>}
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {body.length > shownRows && <p className="muted">{t('paste.more', { count: body.length - shownRows })}</p>}
          {body.length > most && <Note tone="warning">{t('paste.tooMany', { most, count: body.length - most })}</Note>}
          {bad > 0 && <Note tone="warning">{t('paste.bad', { count: bad })}</Note>}
        </>
      )}
    </Dialog>
  )
}
