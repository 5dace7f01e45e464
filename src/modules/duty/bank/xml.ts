/** ISO 20022 files are read with libxml2: hostile input comes back as values, no entity is expanded, nothing is fetched. */
import { ParseOption, XmlDocument, XmlElement, XmlLibError } from 'libxml2-wasm'
import { illegalCharacter } from '#kernel/xml.ts'

const options = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_COMPACT | ParseOption.XML_PARSE_NO_SYS_CATALOG

/** An element as a reader wants it: local names, texts trimmed; it lives as long as the document is open. */
export type Node = {
  name: string
  text: () => string
  attribute: (name: string) => string
  all: (name: string) => Node[]
  /** the first one below these names */ at: (...path: string[]) => Node | null
  children: () => Node[]
}

const wrap = (element: XmlElement): Node => {
  const children = (): Node[] => {
    const found: Node[] = []
    for (let child = element.firstChild; child; child = child.next) if (child instanceof XmlElement) found.push(wrap(child))
    return found
  }
  const all = (name: string): Node[] => children().filter((c) => c.name === name)
  return {
    name: element.name,
    text: () => element.content.trim(),
    attribute: (name) => element.attr(name)?.value ?? '',
    all,
    at: (first, ...rest) => {
      const child = first === undefined ? undefined : all(first)[0]
      return child ? (rest.length > 0 ? child.at(...rest) : child) : null
    },
    children,
  }
}

export type XmlFault = { message: string; line: number }

/** Hands over the root and its namespace; what is not well formed, or has a document type, goes to `broken`. */
export const withDocument = <T>(text: string, use: (root: Node, namespace: string) => T, broken: (fault: XmlFault) => T): T => {
  if (/<!DOCTYPE/i.test(text)) return broken({ message: 'a document type is not taken', line: 1 })
  let document: XmlDocument
  try {
    document = XmlDocument.fromString(text, { option: options })
  } catch (fault) {
    if (!(fault instanceof XmlLibError)) throw fault
    const first = fault.details?.[0]
    return broken({ message: (first?.message ?? fault.message).trim().slice(0, 200), line: first?.line ?? 0 })
  }
  try {
    return use(wrap(document.root), document.root.namespaceUri)
  } finally {
    document.dispose()
  }
}

const everyIllegal = new RegExp(illegalCharacter, 'g')

export const escapeXml = (text: string): string =>
  text.replace(everyIllegal, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
