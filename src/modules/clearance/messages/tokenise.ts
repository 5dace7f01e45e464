/**
 * The tree of a text that libxml2 has found well formed and free of a DOCTYPE: nothing is judged here, so this can be short, and it is
 * several times faster than asking WebAssembly for node after node. A test holds both trees against each other.
 */
import type { XmlNode } from './xml.ts'

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance'
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

type Namespaces = ReadonlyMap<string, string>
const outermost: Namespaces = new Map([
  ['', ''],
  ['xml', xmlNamespace],
])

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' }

const character = (reference: string): string => {
  if (reference[0] !== '#') return predefined[reference] ?? ''
  return String.fromCodePoint(reference[1] === 'x' ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1)))
}

const resolve = (text: string): string => (text.includes('&') ? text.replace(/&(#?\w+);/g, (_, reference: string) => character(reference)) : text)

const attributePattern = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

type Tag = { prefix: string; local: string; namespaces: Namespaces; attributes: [string, string][] }

const split = (name: string): [string, string] => {
  const colon = name.indexOf(':')
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)]
}

const nameEnd = /[\s]/

/** The inside of a start tag: its name, attributes with their values normalised (XML 1.0, 3.3.3), and the namespaces in force. */
const toTag = (inside: string, outer: Namespaces): Tag => {
  const end = inside.search(nameEnd)
  const [prefix, local] = split(end < 0 ? inside : inside.slice(0, end))
  if (end < 0) return { prefix, local, namespaces: outer, attributes: [] }
  let namespaces: Map<string, string> | undefined
  const attributes: [string, string][] = []
  for (const [, name = '', double, single] of inside.slice(end).matchAll(attributePattern)) {
    const value = resolve((double ?? single ?? '').replace(/[\t\n]/g, ' '))
    if (name === 'xmlns' || name.startsWith('xmlns:')) (namespaces ??= new Map(outer)).set(name.slice(6), value)
    else attributes.push([name, value])
  }
  return { prefix, local, namespaces: namespaces ?? outer, attributes }
}

const toAttributes = ({ attributes, namespaces }: Tag): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const [name, value] of attributes) {
    const [prefix, local] = split(name)
    const namespace = prefix && (namespaces.get(prefix) ?? '')
    if (namespace !== schemaInstance) found[namespace ? `{${namespace}}${local}` : local] = value
  }
  return found
}

/** Where a start tag ends: a `>` outside quotes. */
const tagEnd = (text: string, from: number): number => {
  const plain = text.indexOf('>', from)
  if (!/["']/.test(text.slice(from, plain))) return plain
  let at = from
  for (let quote = ''; ; at++) {
    const c = text[at]!
    if (quote !== '') quote = c === quote ? '' : quote
    else if (c === '"' || c === "'") quote = c
    else if (c === '>') return at
  }
}

type Open = { node: XmlNode; namespaces: Namespaces; counts: Map<string, number> }

const newElement = (tag: Tag, line: number, parent: Open | undefined): XmlNode => {
  const occurrence = (parent?.counts.get(tag.local) ?? 0) + 1
  parent?.counts.set(tag.local, occurrence)
  return {
    name: tag.local,
    namespace: tag.namespaces.get(tag.prefix) ?? '',
    line,
    attributes: tag.attributes.length > 0 ? toAttributes(tag) : {},
    children: [],
    text: '',
    occurrence,
    parent: parent?.node,
  }
}

/** Counts lines as it goes, so that no element costs a search from the start. */
const lineCounter = (text: string): ((to: number) => number) => {
  let line = 1
  let next = text.indexOf('\n')
  return (to) => {
    while (next >= 0 && next < to) {
      line++
      next = text.indexOf('\n', next + 1)
    }
    return line
  }
}

/** Makes the tree. Lines are those on which start tags end, as libxml2 tells them. */
export const tokenise = (source: string): XmlNode => {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source
  const lineAt = lineCounter(text)
  const open: Open[] = []
  let root: XmlNode | undefined
  let at = text.indexOf('<')
  while (at >= 0) {
    const top = open.at(-1)
    let next: number
    if (text[at + 1] === '/') {
      open.pop()
      next = text.indexOf('>', at) + 1
    } else if (text.startsWith('<!--', at)) next = text.indexOf('-->', at + 4) + 3
    else if (text.startsWith('<![CDATA[', at)) {
      next = text.indexOf(']]>', at) + 3
      top!.node.text += text.slice(at + 9, next - 3)
    } else if (text[at + 1] === '?') next = text.indexOf('?>', at) + 2
    else {
      const end = tagEnd(text, at)
      next = end + 1
      const closed = text[end - 1] === '/'
      const tag = toTag(text.slice(at + 1, closed ? end - 1 : end), top?.namespaces ?? outermost)
      const node = newElement(tag, lineAt(end), top)
      if (top) top.node.children.push(node)
      else root = node
      if (!closed) open.push({ node, namespaces: tag.namespaces, counts: new Map() })
    }
    at = text.indexOf('<', next)
    const inside = open.at(-1)
    if (inside && at > next) inside.node.text += resolve(text.slice(next, at))
  }
  return root!
}
