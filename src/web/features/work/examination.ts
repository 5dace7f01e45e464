/** The state of an examination in hand: what was looked at, line by line. Pure. */
import type { DeclarationDocument } from '#schema/clearance'
import type { Found } from './actions.ts'

export type LineResult = 'conform' | 'different'
export type Examination = { lines: Record<string, LineResult>; findings: Found[]; remarks: string }

export const begun: Examination = { lines: {}, findings: [], remarks: '' }

/** Marks a line; a line that is as declared has no findings. */
export const markLine = (examination: Examination, itemNumber: number, result: LineResult | undefined): Examination => {
  const { [itemNumber]: _before, ...others } = examination.lines
  const findings = result === 'different' ? examination.findings : examination.findings.filter((one) => one.itemNumber !== itemNumber)
  return { ...examination, lines: result ? { ...others, [itemNumber]: result } : others, findings }
}

/** Findings about one line, replaced. */
export const withFindings = (examination: Examination, itemNumber: number, findings: Found[]): Examination => ({
  ...examination,
  findings: [...examination.findings.filter((one) => one.itemNumber !== itemNumber), ...findings],
})

export const checkedLines = (examination: Examination): number => Object.keys(examination.lines).length

/** What is still missing before the result may be recorded. */
export const missingIn = (examination: Examination, document: DeclarationDocument): 'lines' | 'findings' | 'remarks' | null => {
  const different = document.items.filter((item) => examination.lines[item.itemNumber] === 'different')
  if (checkedLines(examination) === 0) return 'lines'
  if (different.some((item) => !examination.findings.some((one) => one.itemNumber === item.itemNumber && one.found.trim() !== ''))) return 'findings'
  return examination.remarks.trim() === '' ? 'remarks' : null
}

export const isConform = (examination: Examination): boolean => !Object.values(examination.lines).includes('different')

/** Body of the request that records it. */
export const resultOf = (examination: Examination): { conform: boolean; remarks: string; findings: Found[] } => ({
  conform: isConform(examination),
  remarks: examination.remarks.trim(),
  findings: isConform(examination) ? [] : examination.findings.filter((one) => one.found.trim() !== ''),
})
