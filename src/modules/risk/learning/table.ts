/**
 * Tables from CSV (RFC 4180), as spreadsheets and statistical offices write them: byte order mark, CRLF or LF, quoted cells with doubled
 * quotes and line breaks, comma, semicolon or tabulator. Cells stay text: a commodity code keeps its leading zero.
 */
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'

/** Columns by name; every list has `rows` cells, '' where a cell is empty. Names are unique. */
export type Table = { rows: number; names: string[]; columns: Map<string, string[]> }

const separators = [',', ';', '\t']
const columnLimit = 2000

/** The separator that the first line has most of, outside quotes. */
const separatorOf = (text: string): string => {
  const end = text.search(/[\r\n]/)
  const line = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/g, '')
  const counts = separators.map((s) => line.split(s).length)
  return separators[counts.indexOf(Math.max(...counts))]!
}

type Take = (cells: string[], line: number) => boolean

/** One quoted cell from its opening quote; answers its text and where it ends, or undefined when it never does. */
const quoted = (text: string, from: number): { cell: string; end: number } | undefined => {
  let cell = ''
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return undefined
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 }
    cell += '"'
    at = quote + 2
  }
}

const lineFeed = 10
const carriageReturn = 13
const quoteMark = 34

/** Walks the text once; `take` gets each line's cells and may stop. Answers the line of an unclosed quote, or 0. */
const walk = (text: string, separator: string, take: Take): number => {
  const mark = separator.charCodeAt(0)
  let [at, line] = [0, 1]
  while (at < text.length) {
    const cells: string[] = []
    const began = line
    for (;;) {
      if (text.charCodeAt(at) === quoteMark) {
        const found = quoted(text, at)
        if (!found) return began
        for (let i = text.indexOf('\n', at); i >= 0 && i < found.end; i = text.indexOf('\n', i + 1)) line++
        cells.push(found.cell)
        at = found.end
      } else {
        const start = at
        for (let c = text.charCodeAt(at); at < text.length && c !== mark && c !== lineFeed && c !== carriageReturn; c = text.charCodeAt(++at));
        cells.push(text.slice(start, at))
      }
      if (text.charCodeAt(at) !== mark || at >= text.length) break
      at++
    }
    // What follows a closing quote up to the separator or line end is no part of any cell.
    while (at < text.length && text.charCodeAt(at) !== lineFeed && text.charCodeAt(at) !== carriageReturn) at++
    if (text.charCodeAt(at) === carriageReturn) at++
    if (text.charCodeAt(at) === lineFeed) at++
    line++
    if (!take(cells, began)) return 0
  }
  return 0
}

const headerIssues = (names: readonly string[]): Issue[] => {
  if (names.length > columnLimit) return [error('risk.csv_wide', '', { columns: names.length, most: columnLimit })]
  const seen = new Set<string>()
  return names.flatMap((name, i) => {
    if (name === '') return names.length === 1 ? [error('risk.csv_empty')] : [error('risk.csv_column_unnamed', '', { column: i + 1 })]
    if (seen.has(name)) return [error('risk.csv_column_twice', '', { column: name })]
    seen.add(name)
    return []
  })
}

/** Parses a whole file. Refuses an empty one, unnamed or repeated columns, lines of another length (the first ten are named) and an unclosed quote. */
export const parseTable = (given: string): Outcome<Table> => {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given
  if (text.trim() === '') return refuse(error('risk.csv_empty'))
  const separator = separatorOf(text)
  let names: string[] | undefined
  let lists: string[][] = []
  const issues: Issue[] = []
  const unclosed = walk(text, separator, (cells, line) => {
    if (!names) {
      names = cells.map((c) => c.trim())
      issues.push(...headerIssues(names))
      lists = names.map(() => [])
      return issues.length === 0
    }
    if (cells.length === 1 && cells[0] === '' && names.length > 1) return true
    if (cells.length !== names.length) issues.push(error('risk.csv_line_length', '', { line, cells: cells.length, columns: names.length }))
    else for (let c = 0; c < cells.length; c++) lists[c]!.push(cells[c]!.trim())
    return issues.length < 10
  })
  if (unclosed > 0) issues.push(error('risk.csv_quote_open', '', { line: unclosed }))
  if (issues.length > 0 || !names) return refuse(...issues)
  return accept({ rows: lists[0]!.length, names, columns: new Map(names.map((n, c) => [n, lists[c]!])) })
}

/** Files of one kind as one table, in the order given. A column that one of them lacks is refused by name unless nobody needs it: then it is left out. */
export const joinTables = (tables: readonly Table[]): Table => {
  const [first, ...rest] = tables
  const names = first!.names.filter((n) => rest.every((t) => t.columns.has(n)))
  const columns = new Map(names.map((n) => [n, tables.flatMap((t) => t.columns.get(n)!)]))
  return { rows: tables.reduce((t, x) => t + x.rows, 0), names, columns }
}

/** Some rows of a table, in the order of the numbers. */
export const pick = (table: Table, rows: Int32Array): Table => ({
  rows: rows.length,
  names: table.names,
  columns: new Map(table.names.map((n) => [n, Array.from(rows, (r) => table.columns.get(n)![r]!)])),
})

const numeral = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i

/** A cell as a number; NaN where it is empty or no plain numeral. */
export const numberOf = (cell: string): number => (numeral.test(cell) ? Number(cell) : Number.NaN)

/** A commodity code with the zero that a spreadsheet took for a number's and dropped: codes have an even count of figures (HS, 2 to 10 and more). */
export const codeText = (cell: string): string => (/^\d+$/.test(cell) && cell.length % 2 === 1 ? `0${cell}` : cell)
