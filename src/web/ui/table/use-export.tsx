/**
 * The list as a file: the columns that show, under their headings and in the words of the screen, of all rows that fit. The cells are drawn
 * out of sight, a page at a time, and read; so a file never says anything else than the screen.
 */
import { useRef, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { get, saveFile, type Query } from '../../app/api.ts'
import { csvOf, textOf, type TextNode } from './as-text.ts'
import type { Column, Page } from './types.ts'

// no list takes fewer
const pageSize = 200
/** as the server's own files */
const mostRows = 50_000

type Source<R> = {
  id: string
  path: string
  query: Query
  columns: readonly Column<R>[]
  rowId: (row: R) => string
  load: ((query: Query) => Promise<Page<R>>) | undefined
}

export const useExport = <R,>({ id, path, query, columns, rowId, load }: Source<R>) => {
  const [drawn, setDrawn] = useState<readonly R[]>([])
  const box = useRef<HTMLTableSectionElement>(null)

  /** Draws some rows and answers their texts. */
  const read = (rows: readonly R[]): string[][] => {
    flushSync(() => setDrawn(rows))
    return [...(box.current?.rows ?? [])].map((row) => [...row.cells].map((one) => textOf(one as TextNode)))
  }

  /** False where the server did not answer. */
  const run = async (): Promise<boolean> => {
    const lines = [columns.map((column) => column.header)]
    const seen = new Set<string>()
    try {
      for (let page = 1; page <= mostRows / pageSize; page += 1) {
        const asked = { ...query, page, size: pageSize }
        const found = await (load ? load(asked) : get<Page<R>>(path, asked))
        // A row that moved on while the pages were read stands in the file once.
        const fresh = found.rows.filter((row) => !seen.has(rowId(row)))
        for (const row of fresh) seen.add(rowId(row))
        lines.push(...read(fresh))
        if (page * pageSize >= found.total || found.rows.length === 0) break
      }
    } catch {
      return false
    } finally {
      setDrawn([])
    }
    saveFile(new Blob([csvOf(lines)], { type: 'text/csv;charset=utf-8' }), `${id}.csv`)
    return true
  }

  const drawing: ReactNode = drawn.length > 0 && (
    <table hidden>
      <tbody ref={box}>
        {drawn.map((row) => (
          <tr key={rowId(row)}>
            {columns.map((column) => (
              <td key={column.id}>{column.cell(row)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
  return { run, drawing }
}
