// A cell as one plain text, and texts as a file that spreadsheets open.

/** What is read of a node of the page; the tests bring their own. */
export type TextNode = {
  readonly nodeType: number
  readonly nodeValue: string | null
  readonly childNodes: Iterable<TextNode>
  readonly localName?: string
  getAttribute?(name: string): string | null
}

const isLeftOut = (node: TextNode): boolean => node.localName === 'button' || node.getAttribute?.('aria-hidden') === 'true'

const pieces = (node: TextNode): string[] => {
  if (node.nodeType === 3) return [node.nodeValue ?? '']
  if (isLeftOut(node)) return []
  const plain = node.getAttribute?.('data-plain')
  if (plain !== null && plain !== undefined) return [plain]
  return [...node.childNodes].flatMap(pieces)
}

/** What a screen reader would say of it, without buttons; where an element has `data-plain`, that instead of its words: figures as machines read them. */
export const textOf = (node: TextNode): string =>
  pieces(node)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .join(' ')
    .replace(/\s+/g, ' ')

const cell = (text: string): string => {
  // What a spreadsheet would run as a formula; a negative number is none.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-\d[\d.]*( [A-Z]+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** RFC 4180 with a byte order mark. */
export const csvOf = (rows: readonly (readonly string[])[]): string => `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
