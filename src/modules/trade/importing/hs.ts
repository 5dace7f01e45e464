/** The Harmonized System as `section,hscode,description,parent,level`: chapters, headings, subheadings. Pure. */
import { error, type Issue } from '#kernel/issue.ts'
import { readCsv } from './csv-file.ts'
import type { FileReader, ImportOptions, ReadRow } from './types.ts'

/** UN Comtrade lists goods "not elsewhere specified" as chapter 99, and a sum of all; neither is of the HS. */
const notGoods = (code: string): boolean => code === 'TOTAL' || code.startsWith('99')

const formIssue = (line: number, row: Record<string, string>): Issue | undefined => {
  const { hscode = '', description = '', parent = '', level = '' } = row
  const field = (name: string, value: string): Issue =>
    error('trade.import_field_malformed', `/${line}/${name}`, { line, field: name, value: value.slice(0, 60) })
  if (!/^([0-9]{2}|[0-9]{4}|[0-9]{6})$/.test(hscode)) return field('hscode', hscode)
  if (level !== String(hscode.length)) return field('level', level)
  if (description === '') return field('description', description)
  if (hscode.length === 2 ? parent !== 'TOTAL' && parent !== '' : parent !== hscode.slice(0, -2)) return field('parent', parent)
  return undefined
}

const reader = ({ administration, from }: ImportOptions) => {
  const seen = new Map<string, number>()
  return (line: number, row: Record<string, string>): ReadRow => {
    const code = row['hscode'] ?? ''
    if (notGoods(code)) return { line, ignored: error('trade.import_not_goods', `/${line}`, { line, code }) }
    const wrong = formIssue(line, row)
    if (wrong) return { line, refused: wrong }
    const first = seen.get(code)
    if (first !== undefined) return { line, refused: error('trade.import_duplicate', `/${line}/hscode`, { line, code, first }) }
    const parent = code.length === 2 ? undefined : code.slice(0, -2)
    if (parent !== undefined && !seen.has(parent))
      return { line, refused: error('trade.import_parent_missing', `/${line}/parent`, { line, code, parent }) }
    seen.set(code, line)
    const commodity = {
      administration,
      code,
      ...(parent && { parent }),
      names: { en: row['description']!.slice(0, 500) },
      declarable: false,
      validFrom: from,
    }
    return { line, taken: [{ what: 'commodity', row: commodity }], remarks: [] }
  }
}

export const readHs: FileReader = (chunks, options) =>
  readCsv(chunks, { columns: ['hscode', 'description', 'parent', 'level'], read: reader(options) })
