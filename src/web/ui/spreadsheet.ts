/** What a spreadsheet puts on the clipboard → rows of our own columns. */

/** Tab-separated text with quoted cells (which may hold tabs, quotes doubled, and line breaks) → cells. Trailing empty lines are dropped. */
export const parseTsv = (text: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = (): void => {
    row.push(cell.trim())
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    rows.push(row)
    row = []
  }
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === '\t') endCell()
    else if (char === '\n') endRow()
    else if (char !== '\r') cell += char
  }
  if (cell !== '' || row.length > 0) endRow()
  while (rows.length > 0 && rows.at(-1)!.every((one) => one === '')) rows.pop()
  return rows
}

export type PasteColumn = {
  id: string
  label: string
  /** other headings under which spreadsheets have it */
  aliases?: readonly string[]
  required?: boolean
  /** what was pasted → what the document wants; null = does not fit */
  parse?: (text: string) => string | null
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Which of our columns each pasted one is, by its heading; null = left out. A column is taken once. */
export const guessColumns = (headings: readonly string[], columns: readonly PasteColumn[]): (string | null)[] => {
  const free = new Set(columns.map((column) => column.id))
  return headings.map((heading) => {
    const wanted = plain(heading)
    if (!wanted) return null
    const names = (column: PasteColumn): string[] => [column.label, column.id, ...(column.aliases ?? [])].map(plain)
    const found = columns.find((column) => free.has(column.id) && names(column).includes(wanted))
    if (found) free.delete(found.id)
    return found?.id ?? null
  })
}

/** Does the first row name columns rather than hold values? Yes when at least two, or half, of its cells are names that we know. */
export const hasHeadings = (rows: readonly (readonly string[])[], columns: readonly PasteColumn[]): boolean => {
  const found = guessColumns(rows[0] ?? [], columns).filter((id) => id !== null).length
  return found >= 2 || (found > 0 && found * 2 >= (rows[0]?.length ?? 0))
}

export type PastedRow = { values: Record<string, string>; /** ids of columns whose cell does not fit */ bad: string[] }

export const mapRows = (rows: readonly (readonly string[])[], mapping: readonly (string | null)[], columns: readonly PasteColumn[]): PastedRow[] => {
  const byId = new Map(columns.map((column) => [column.id, column]))
  return rows.map((cells) => {
    const values: Record<string, string> = {}
    const bad: string[] = []
    mapping.forEach((id, at) => {
      const column = id === null ? undefined : byId.get(id)
      const text = cells[at] ?? ''
      if (!column || text === '') return
      const value = column.parse ? column.parse(text) : text
      if (value === null) bad.push(column.id)
      values[column.id] = value ?? text
    })
    for (const column of columns) if (column.required && values[column.id] === undefined) bad.push(column.id)
    return { values, bad }
  })
}
