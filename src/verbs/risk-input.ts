/** What the actions of `risk` share: tables from files, refusals and lines of answers. */
import { readFileSync } from 'node:fs'
import { error, warning, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { joinTables, parseTable, type Table } from '#modules/risk'
import { sentenceOf } from './sentence.ts'
import { answer, say } from './verb.ts'

/** Text of a file, or of standard input (`-`). */
export const readText = (file: string): Outcome<string> => {
  try {
    return accept(new TextDecoder().decode(readFileSync(file === '-' ? 0 : file)))
  } catch (fault) {
    return refuse(error('risk.file_unreadable', '', { file, detail: (fault as Error).message.slice(0, 120) }))
  }
}

export const refusal = (issues: readonly Issue[]): number => {
  answer({ ok: false, issues: issues.map((i) => ({ ...i, text: sentenceOf(i) })) })
  return 1
}

export const remark = (issues: readonly Issue[]): void => {
  for (const issue of issues) say(sentenceOf(issue))
}

export const readTable = (file: string): Outcome<Table> => {
  const text = readText(file)
  if (!text.ok) return text
  const table = parseTable(text.value)
  return table.ok ? table : refuse(...table.issues.map((i) => ({ ...i, params: { ...i.params, file } })))
}

export const readTables = (files: readonly string[]): Outcome<Table> => {
  const tables: Table[] = []
  const issues: Issue[] = []
  for (const file of files) {
    const table = readTable(file)
    if (table.ok) tables.push(table.value)
    else issues.push(...table.issues)
  }
  if (issues.length > 0) return refuse(...issues)
  const joined = joinTables(tables)
  const dropped = new Set(tables.flatMap((t) => t.names).filter((n) => !joined.columns.has(n)))
  return accept(
    joined,
    [...dropped].map((column) => warning('risk.column_not_everywhere', '', { column })),
  )
}

export const lines = (rows: Iterable<unknown>): void => {
  let text = ''
  for (const row of rows) {
    text += `${JSON.stringify(row)}\n`
    if (text.length > 1 << 20) {
      process.stdout.write(text)
      text = ''
    }
  }
  process.stdout.write(text)
}
