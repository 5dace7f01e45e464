import { error, type Issue } from '#kernel/issue.ts'
import { refuse, type Outcome } from '#kernel/outcome.ts'
import { backtest, fieldsRead, profileHash, readProfileFile, subjectsOf, type Currency, type Table } from '#modules/risk'
import { readTables, readText, refusal, remark } from './risk-input.ts'
import { sentenceOf } from './sentence.ts'
import { answer, say } from './verb.ts'

type Flags = { data?: string[]; label?: string; positive?: string; currency?: string }
type Read = ReturnType<typeof readProfileFile>

const readProfile = (file: string, currency: Currency): Read => {
  const text = readText(file)
  return text.ok ? readProfileFile(text.value, currency) : text
}

/** Findings by row: the label column's, undefined where it is empty. Without --label, a column Fraud (1 is a finding) is taken if it is there. */
const findingsOf = (table: Table, { label, positive }: Flags): Outcome<(boolean | undefined)[]> => {
  const name = label ?? (table.columns.has('Fraud') ? 'Fraud' : undefined)
  if (name === undefined) return { ok: true, value: Array.from({ length: table.rows }, () => undefined), issues: [] }
  const cells = table.columns.get(name)
  if (!cells) return refuse(error('risk.column_missing', '', { column: name }))
  const wanted = positive ?? '1'
  const same = (c: string): boolean => c === wanted || (c !== '' && wanted !== '' && Number(c) === Number(wanted))
  return { ok: true, value: cells.map((c) => (c === '' ? undefined : same(c))), issues: [] }
}

const told = (issues: readonly Issue[]) => issues.map((i) => ({ ...i, text: sentenceOf(i) }))

/** One line a profile, in order. A profile that reads a field which no column fills is refused: it could never fire. */
export const runBacktest = (files: readonly string[], flags: Flags): number => {
  const table = readTables(flags.data!)
  if (!table.ok) return refusal(table.issues)
  remark(table.issues)
  const findings = findingsOf(table.value, flags)
  if (!findings.ok) return refusal(findings.issues)
  // Amounts of a table are in its own currency, whatever that is (XXX, unless told); cents keep them exact.
  const currency: Currency = { code: flags.currency ?? 'XXX', digits: 2 }
  const { subjects, filled } = subjectsOf(table.value, currency)
  const read = files
    .map((file) => readProfile(file, currency))
    .map((profile): Read => {
      if (!profile.ok) return profile
      const unfilled = fieldsRead(profile.value.when).filter((f) => !filled.includes(f))
      return unfilled.length === 0 ? profile : refuse(...unfilled.map((field) => error('risk.field_unfilled', '', { field })))
    })
  say(`${subjects.length} rows; fields: ${filled.join(', ')}`)
  const good = read.flatMap((r) => (r.ok ? [r.value] : []))
  const results = backtest(good, { subjects, findings: findings.value }, currency)
  let next = 0
  files.forEach((file, i) => {
    const profile = read[i]!
    if (!profile.ok) answer({ profile: file, ok: false, issues: told(profile.issues) })
    else {
      const { name, lane } = profile.value
      answer({ profile: file, ok: true, name, lane, hash: profileHash(profile.value), ...results[next++]!, issues: told(profile.issues) })
    }
  })
  return read.every((r) => r.ok) ? 0 : 1
}
