/** Results of an older system's examinations, from a table. Pure. */
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { liveColumns } from './learning/live-table.ts'
import { codeText, type Table } from './learning/table.ts'
import { outcomeResults } from './schema/decision.ts'
import type { PastExamination } from './schema/past.ts'

const key = { reference: 'Declaration ID', item: 'Item', result: 'Result', date: 'Date', code: 'HS6 Code' } as const
const needed = [key.reference, key.date, key.code, key.result]
/** A file that is wrong throughout is not told row by row to its end. */
const mostTold = 10

/** The calendar knows no 30 February; a pattern alone would let it through. */
const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}

const isResult = (text: string): text is PastExamination['result'] => (outcomeResults as readonly string[]).includes(text)

/** Rows with what was declared by column; refused with the first ten rows that say no date, no result, or what another row of the file says already. */
export const pastExaminations = (table: Table): Outcome<{ rows: PastExamination[]; ignored: string[] }> => {
  const missing = needed.filter((name) => !table.columns.has(name))
  if (missing.length > 0) return refuse(...missing.map((column) => error('risk.column_missing', '/content', { column })))
  const cell = (name: string, r: number): string => table.columns.get(name)?.[r] ?? ''
  const learned = liveColumns.filter((name) => table.columns.has(name))
  const issues: Issue[] = []
  const seen = new Set<string>()
  const rows: PastExamination[] = []
  for (let r = 0; r < table.rows && issues.length < mostTold; r++) {
    const [reference, result, declaredOn] = [cell(key.reference, r), cell(key.result, r).toLowerCase(), cell(key.date, r)]
    const itemText = cell(key.item, r) || '1'
    const name = `${reference}/${itemText}`
    const row = r + 1
    if (reference === '' || !/^[1-9]\d{0,3}$/.test(itemText)) issues.push(error('risk.past_key', '/content', { row }))
    else if (seen.has(name)) issues.push(error('risk.past_twice', '/content', { row, reference, item: itemText }))
    else if (!isDay(declaredOn)) issues.push(error('risk.past_date', '/content', { row, value: declaredOn }))
    else if (!isResult(result)) issues.push(error('risk.past_result', '/content', { row, value: result }))
    else {
      const declared = learned.flatMap((n): [string, string][] => {
        const value = n === key.code ? codeText(cell(n, r)) : cell(n, r)
        return value === '' ? [] : [[n, value]]
      })
      rows.push({ reference, item: Number(itemText), declaredOn, result, cells: Object.fromEntries(declared) })
    }
    seen.add(name)
  }
  if (issues.length > 0) return refuse(...issues)
  const kept = new Set<string>([...learned, key.reference, key.item, key.result])
  return accept({ rows, ignored: table.names.filter((n) => !kept.has(n)) })
}
