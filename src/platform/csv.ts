/**
 * Rows → CSV (RFC 4180) with a byte order mark, as spreadsheets expect. A text that a spreadsheet would run as a formula is
 * preceded by an apostrophe. Money becomes `1234.50 EUR`, other structures JSON.
 */
import { formatMoney, type Money } from '#kernel/money.ts'

const isMoney = (v: unknown): v is Money => typeof v === 'object' && v !== null && 'minor' in v && 'currency' in v

const plain = (v: unknown): string => {
  if (v === null || v === undefined) return ''
  if (isMoney(v)) return `${formatMoney(v)} ${v.currency}`
  return typeof v === 'object' ? JSON.stringify(v) : String(v)
}

const cell = (v: unknown): string => {
  const text = plain(v)
  const safe = typeof v === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const toCsv = (rows: readonly Record<string, unknown>[], columns: readonly string[] = Object.keys(rows[0] ?? {})): string =>
  `\uFEFF${[columns.join(','), ...rows.map((r) => columns.map((c) => cell(r[c])).join(','))].join('\r\n')}\r\n`
