/** Additional duties of section 301 as `HTS_Code,Description,List`, codes with dots. Pure. */
import { error, warning } from '#kernel/issue.ts'
import { readCsv } from './csv-file.ts'
import type { FileReader, ImportOptions, ReadRow } from './types.ts'
import { knownList, section301 } from './us.ts'

const reader = ({ administration, from, hs }: ImportOptions) => {
  const seen = new Map<string, number>()
  return (line: number, row: Record<string, string>): ReadRow => {
    const { hts_code: text = '', list = '' } = row
    const code = text.replaceAll('.', '')
    const field = (name: string, value: string): ReadRow => ({
      line,
      refused: error('trade.import_field_malformed', `/${line}/${name}`, { line, field: name, value: value.slice(0, 60) }),
    })
    if (!/^\d{4}\.\d{2}\.\d{2}$/.test(text) && !/^\d{8}$/.test(text)) return field('HTS_Code', text)
    if (!knownList(list)) return { line, refused: error('trade.import_list_unknown', `/${line}/List`, { line, value: list.slice(0, 60) }) }
    const first = seen.get(code)
    if (first !== undefined) return { line, refused: error('trade.import_duplicate', `/${line}/HTS_Code`, { line, code, first }) }
    seen.set(code, line)
    // The lists name codes of HS 2017; those that HS 2022 has given up charge nothing until they are put right.
    const remarks = hs.has(code.slice(0, 6)) ? [] : [warning('trade.import_code_superseded', `/${line}/HTS_Code`, { line, code })]
    return { line, taken: [section301(administration, code, list, from)], remarks }
  }
}

export const readS301: FileReader = (chunks, options) => readCsv(chunks, { columns: ['hts_code', 'list'], read: reader(options) })
