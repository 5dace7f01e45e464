/** Lines and CSV rows out of a stream of text, with their line numbers. Nothing is held but the row under way. Pure. */
import type { Chunks } from './types.ts'

/** Longest row that is looked at; a longer one is no row of a tariff. */
const longest = 1_000_000

export type Line = { line: number; text: string }

export async function* linesOf(chunks: Chunks): AsyncGenerator<Line> {
  let rest = ''
  let line = 0
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop()!.slice(0, longest)
    for (const part of parts) yield { line: ++line, text: clean(part, line) }
  }
  if (rest !== '') yield { line: ++line, text: clean(rest, line) }
}

const clean = (text: string, line: number): string => (line === 1 ? text.replace(/^\uFEFF/, '') : text).replace(/\r$/, '')

export type CsvRow = { line: number; cells: string[] } | { line: number; broken: 'quote' | 'length' }

type State = { cells: string[]; cell: string; quoted: boolean; from: number; length: number }

const begin = (from: number): State => ({ cells: [], cell: '', quoted: false, from, length: 0 })

/** Takes one line into the row under way; true when the row is whole (a quoted cell may run over several lines). */
const take = (s: State, text: string): boolean => {
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (s.quoted) {
      if (c !== '"') s.cell += c
      else if (text[i + 1] === '"') s.cell += text[i++]!
      else s.quoted = false
    } else if (c === '"' && s.cell === '') s.quoted = true
    else if (c === ',') {
      s.cells.push(s.cell)
      s.cell = ''
    } else s.cell += c
  }
  if (s.quoted) s.cell += '\n'
  else s.cells.push(s.cell)
  s.length += text.length
  return !s.quoted
}

/** RFC 4180, with or without byte order mark, line ends of either kind. A quote that is never closed is told once, at its line. */
export async function* csvRows(chunks: Chunks): AsyncGenerator<CsvRow> {
  let state: State | undefined
  for await (const { line, text } of linesOf(chunks)) {
    if (!state && text.trim() === '') continue
    state ??= begin(line)
    if (take(state, text)) {
      yield { line: state.from, cells: state.cells }
      state = undefined
    } else if (state.length > longest) {
      yield { line: state.from, broken: 'length' }
      state = undefined
    }
  }
  if (state) yield { line: state.from, broken: 'quote' }
}

/** Cells by the names of the first row; undefined for a row with another number of cells. */
export const byName = (header: readonly string[], cells: readonly string[]): Record<string, string> | undefined =>
  cells.length === header.length ? Object.fromEntries(header.map((h, i) => [h, cells[i]!.trim()])) : undefined
