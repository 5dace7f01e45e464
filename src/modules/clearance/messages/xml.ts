/** The XML tree that reading and writing share: elements with their line, no comments, no insignificant blanks. */

export type XmlNode = {
  name: string
  namespace: string
  /** 1-based line in the source; 0 in a tree that is being written */
  line: number
  attributes: Record<string, string>
  children: XmlNode[]
  /** character data directly inside, joined; of a class only blanks are expected */
  text: string
  /** 1-based occurrence among the siblings of its name */
  occurrence: number
  parent?: XmlNode
  /** where its content stands in the canonical document (RFC 6901) */
  path?: string
}

/** XML knows four blanks; a no-break space, for example, is content. */
export const isBlank = (text: string): boolean => !/[^ \t\n\r]/.test(text)
export const trimBlanks = (text: string): string => text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, '')

/** The element's own path as people read it: `/MetaData/Declaration/AuthorisationHolder[2]/ID`. */
export const elementPath = (node: XmlNode): string => {
  const repeated = node.occurrence > 1 || node.parent?.children.some((other) => other !== node && other.name === node.name)
  return `${node.parent ? elementPath(node.parent) : ''}/${node.name}${repeated ? `[${node.occurrence}]` : ''}`
}

/** Path of the nearest element around it that has a place in the canonical document. */
export const canonicalPath = (node: XmlNode | undefined): string | undefined => node && (node.path ?? canonicalPath(node.parent))

export const append = (parent: XmlNode, child: XmlNode): void => {
  child.parent = parent
  child.occurrence = (parent.children.findLast((other) => other.name === child.name)?.occurrence ?? 0) + 1
  parent.children.push(child)
}

export const newNode = (name: string, namespace: string, text = ''): XmlNode => ({
  name,
  namespace,
  line: 0,
  attributes: {},
  children: [],
  text,
  occurrence: 1,
})

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}
const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (c) => escapes[c]!)
const escapeAttribute = (text: string): string => text.replace(/[&<>"\r\n\t]/g, (c) => escapes[c]!)

const write = (node: XmlNode, prefixes: ReadonlyMap<string, string>, indent: string, out: string[], declarations: string): void => {
  const prefix = prefixes.get(node.namespace)
  const name = prefix ? `${prefix}:${node.name}` : node.name
  const attributes = Object.entries(node.attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
  const open = `${indent}<${name}${declarations}${attributes.join('')}`
  if (node.children.length === 0) {
    out.push(node.text === '' ? `${open}/>` : `${open}>${escapeText(node.text)}</${name}>`)
    return
  }
  out.push(`${open}>`)
  for (const child of node.children) write(child, prefixes, `${indent}  `, out, '')
  out.push(`${indent}</${name}>`)
}

/** UTF-8 text with the namespaces declared at the root; `prefixes` maps namespace to prefix, '' for the default one. */
export const serialise = (root: XmlNode, prefixes: ReadonlyMap<string, string>): string => {
  const declarations = [...prefixes].map(([namespace, prefix]) => ` xmlns${prefix && `:${prefix}`}="${escapeAttribute(namespace)}"`).join('')
  const out = ['<?xml version="1.0" encoding="UTF-8"?>']
  write(root, prefixes, '', out, declarations)
  return `${out.join('\n')}\n`
}
