/** Reading a CSV file whose first row names its columns: form is checked here, meaning by the reader of the kind. Pure. */
import { error } from '#kernel/issue.ts'
import { byName, csvRows } from './text.ts'
import type { Chunks, ReadRow } from './types.ts'

const malformed = (line: number, detail: string): ReadRow => ({ line, refused: error('trade.import_row_malformed', `/${line}`, { line, detail }) })

type Asked = { columns: readonly string[]; read: (line: number, row: Record<string, string>) => ReadRow }

export async function* readCsv(chunks: Chunks, { columns, read }: Asked): AsyncGenerator<ReadRow> {
  let header: string[] | undefined
  for await (const row of csvRows(chunks)) {
    if ('broken' in row) yield malformed(row.line, row.broken === 'quote' ? 'a quotation mark is not closed' : 'the row is too long')
    else if (!header) {
      header = row.cells.map((c) => c.trim().toLowerCase())
      const missing = columns.filter((c) => !header!.includes(c))
      if (missing.length > 0) return yield malformed(row.line, `column ${missing.join(', ')} is missing`)
    } else {
      const named = byName(header, row.cells)
      yield named ? read(row.line, named) : malformed(row.line, `it has ${row.cells.length} cells, the first row ${header.length}`)
    }
  }
}
