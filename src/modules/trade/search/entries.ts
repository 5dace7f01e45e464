/**
 * The texts that are searched: one line an entry, tab-separated `CODE<TAB>description<TAB>keyword; keyword phrase; …`, CODE of 2, 4, 6, 8 or
 * 10 digits; `#` begins a comment. Pure.
 */
export type Entry = { code: string; description: string; keywords: readonly string[] }

const codes = /^(?:\d{2}){1,5}$/

/** A line that cannot be read stops with its file and number. */
export const readEntries = (text: string, file: string): Entry[] =>
  text.split(/\r?\n/).flatMap((line, at): Entry[] => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const [code = '', description = '', keywords = ''] = line.split('\t')
    if (!codes.test(code) || description.trim() === '') throw new Error(`${file}, line ${at + 1}: expected a code, a tab and a description`)
    const phrases = keywords.split(';').map((k) => k.trim())
    return [{ code, description: description.trim(), keywords: phrases.filter((k) => k !== '') }]
  })

/** Which subheadings (six digits) there are: one line a heading, `8501 10 20 31`, the two further digits of each. */
export const readCodes = (text: string, file: string): string[] =>
  text.split(/\r?\n/).flatMap((line, at): string[] => {
    if (line.trim() === '' || line.startsWith('#')) return []
    if (!/^\d{4}(?: \d{2})+$/.test(line)) throw new Error(`${file}, line ${at + 1}: expected a heading and the two further digits of each subheading`)
    const [heading, ...further] = line.split(' ')
    return further.map((two) => heading + two)
  })

/** Words that mean the same or nearly so (`trousers, pants`), and what a thing is a kind of (`polypropylene > plastic`). One rule a line. */
export type Relation = { words: readonly string[]; kindOf?: readonly string[] }

export const readRelations = (text: string, file: string): Relation[] =>
  text.split(/\r?\n/).flatMap((line, at): Relation[] => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const list = (part: string): string[] =>
      part
        .split(',')
        .map((w) => w.trim())
        .filter((w) => w !== '')
    const [left = '', right, ...rest] = line.split('>')
    const words = list(left)
    const kindOf = right === undefined ? undefined : list(right)
    if (rest.length > 0 || words.length === 0 || kindOf?.length === 0 || (!kindOf && words.length < 2))
      throw new Error(`${file}, line ${at + 1}: expected "word, word" or "word, … > kind"`)
    return [{ words, ...(kindOf && { kindOf }) }]
  })
