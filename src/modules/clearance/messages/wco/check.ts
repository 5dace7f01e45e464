/**
 * Does a tree follow its definition? The same verdict as the XSD's, but every breach at once, each with its line, its element and its
 * place in the canonical document. Trees that are read and trees that are to be written are checked alike.
 */
import { canonicalPath, elementPath, isBlank, type XmlNode } from '../xml.ts'
import type { IssueList } from '../issues.ts'
import { childrenNamed, type Definition, isClass, specialFields, type ValueType } from './definition.ts'
import { checkDate, checkValue, dateFormats, type Refusal } from './values.ts'

export type CheckOptions = {
  issues: IssueList
  /** namespaces are not looked at: the message has none (told once, elsewhere) */
  bare: boolean
  /** slips that real notifications show are remarks, not errors */
  lenient: boolean
}

const at = (node: XmlNode, path?: string) => {
  const element = elementPath(node)
  return { path: path ?? node.path ?? canonicalPath(node) ?? '', element, ...(node.line > 0 && { line: node.line }) }
}

const refuse = (o: CheckOptions, node: XmlNode, refusal: Refusal, severity: 'error' | 'warning' = 'error'): void =>
  o.issues.add(() => {
    const where = at(node)
    return {
      code: refusal.code,
      severity,
      ...where,
      path: node.path ?? (where.path || where.element),
      params: { element: node.name, ...refusal.params },
    }
  }, severity)

/** Pointer to the place that a missing child would have. */
const placeOf = (node: XmlNode, child: Definition): string => {
  const base = canonicalPath(node) ?? ''
  if (child.target.kind === 'special' && specialFields[child.target.name]) return `${base}/${specialFields[child.target.name]}`
  return child.target.kind === 'field' || child.target.kind === 'list' ? `${base}/${child.target.path.join('/')}` : base
}

const textAttributes: ReadonlySet<string> = new Set(['languageID'])
const idAttributes: ReadonlySet<string> = new Set([
  'schemeID',
  'schemeName',
  'schemeAgencyID',
  'schemeAgencyName',
  'schemeVersionID',
  'schemeDataURI',
  'schemeURI',
])
const codeAttributes: ReadonlySet<string> = new Set([
  'listID',
  'listAgencyID',
  'listAgencyName',
  'listName',
  'listVersionID',
  'name',
  'languageID',
  'listURI',
  'listSchemeURI',
])
const none: ReadonlySet<string> = new Set()

const attributesOf = (type: ValueType): ReadonlySet<string> => {
  if (type.kind === 'text') return textAttributes
  if (type.kind === 'id' || type.kind === 'iddigits') return idAttributes
  if (type.kind === 'amount') return new Set(['currencyID'])
  if (type.kind === 'measure' || type.kind === 'quantity') return new Set(['unitCode'])
  return type.kind === 'numeric' || type.kind === 'dateTime' ? none : codeAttributes
}

/** Attributes with a form of their own; a URI's form is left to the schema. */
const attributeForms: Readonly<Record<string, RegExp>> = {
  currencyID: /^[A-Z]{3}$/,
  unitCode: /^.{1,5}$/su,
  languageID: /^[ \t\n\r]*[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*[ \t\n\r]*$/,
  listAgencyID: /^[^\n\r]{1,3}$/u,
  schemeAgencyID: /^[^\n\r]{1,3}$/u,
}

const checkAttributes = (o: CheckOptions, node: XmlNode, allowed: ReadonlySet<string>, loose: boolean): void => {
  for (const [name, value] of Object.entries(node.attributes)) {
    if (!allowed.has(name)) refuse(o, node, { code: 'message.attribute_unexpected', params: { attribute: name } })
    else if (!(loose && name === 'languageID') && attributeForms[name] && !attributeForms[name].test(value))
      refuse(o, node, { code: 'message.attribute_invalid', params: { attribute: name, value: value.slice(0, 40) } })
  }
}

/** `<AcceptanceDateTime><DateTimeString formatCode="304">`: the date stands one element deeper, in the namespace of the types. */
const checkDateTime = (o: CheckOptions, node: XmlNode, definition: Definition): void => {
  checkAttributes(o, node, none, false)
  if (!isBlank(node.text)) refuse(o, node, { code: 'message.text_unexpected' })
  const [inner, ...more] = node.children
  for (const other of more) refuse(o, other, { code: 'message.element_unexpected', params: { expected: '' } })
  if (!inner) return refuse(o, node, { code: 'message.element_missing', params: { missing: 'DateTimeString' } })
  if (inner.name !== 'DateTimeString' || (!o.bare && inner.namespace !== definition.typesNamespace))
    return refuse(o, inner, { code: 'message.element_unexpected', params: { expected: 'DateTimeString', namespace: inner.namespace } })
  for (const child of inner.children) refuse(o, child, { code: 'message.element_unexpected', params: { expected: '' } })
  const { formatCode, ...others } = inner.attributes
  const slip = o.lenient ? 'warning' : 'error'
  if (formatCode === undefined) refuse(o, inner, { code: 'message.attribute_missing', params: { attribute: 'formatCode' } }, slip)
  else if (!dateFormats.includes(formatCode))
    refuse(o, inner, { code: 'message.attribute_invalid', params: { attribute: 'formatCode', value: formatCode.slice(0, 40) } })
  for (const attribute of Object.keys(others)) refuse(o, inner, { code: 'message.attribute_unexpected', params: { attribute } })
  const wrong = checkDate(inner.text)
  // A date that the calendar of another system wrote is understood, if it can be, by the reader.
  if (wrong) refuse(o, inner, wrong, o.lenient && !Number.isNaN(Date.parse(inner.text)) ? 'warning' : 'error')
}

const checkLeaf = (o: CheckOptions, node: XmlNode, definition: Definition): void => {
  const type = definition.type!
  if (type.kind === 'dateTime') return checkDateTime(o, node, definition)
  checkAttributes(o, node, attributesOf(type), type.name.startsWith('any-'))
  for (const child of node.children) refuse(o, child, { code: 'message.element_unexpected', params: { expected: '' } })
  if (node.children.length > 0) return
  const wrong = checkValue(type, node.text)
  if (wrong) refuse(o, node, wrong)
}

/** Which of the definitions from `from` on the child can be, and whether one of those before would have fitted. */
const place = (o: CheckOptions, owner: Definition, child: XmlNode, from: number): { index: number; before: boolean } => {
  const fitting = childrenNamed(owner, child.name).filter((d) => o.bare || d.namespace === child.namespace)
  const indexes = fitting.map((d) => owner.children.indexOf(d))
  return { index: indexes.find((i) => i >= from) ?? -1, before: indexes.length > 0 }
}

const missing = (o: CheckOptions, node: XmlNode, definition: Definition): void =>
  o.issues.add(() => {
    const where = at(node, placeOf(node, definition))
    return {
      code: 'message.element_missing',
      severity: 'error',
      ...where,
      path: where.path || where.element,
      params: { element: node.name, missing: definition.name },
    }
  })

const unexpected = (o: CheckOptions, child: XmlNode, owner: Definition, from: number): void => {
  const renamed = o.lenient && childrenNamed(owner, child.name.replace(/^_\d+/, '')).length > 0
  const expected = owner.children
    .slice(from, from + 6)
    .map((d) => d.name)
    .join(', ')
  const foreign = !o.bare && childrenNamed(owner, child.name).length > 0
  const params = { expected, ...(foreign && { namespace: child.namespace || '-' }) }
  refuse(o, child, { code: foreign ? 'message.namespace_wrong' : 'message.element_unexpected', params }, renamed ? 'warning' : 'error')
}

const checkClass = (o: CheckOptions, node: XmlNode, definition: Definition): void => {
  checkAttributes(o, node, none, false)
  if (node.text !== '' && !isBlank(node.text)) refuse(o, node, { code: 'message.text_unexpected' })
  let from = 0
  let count = 0
  for (const child of node.children) {
    const { index: first, before } = place(o, definition, child, from)
    let index = first
    if (index === from && count >= definition.children[from]!.max) {
      const next = place(o, definition, child, from + 1)
      if (next.index < 0) {
        refuse(o, child, { code: 'message.element_repeated', params: { max: definition.children[from]!.max } })
        continue
      }
      index = next.index
    }
    if (index < 0) {
      if (before) refuse(o, child, { code: 'message.element_misplaced', params: { before: definition.children[from]?.name ?? '' } })
      else unexpected(o, child, definition, from)
      continue
    }
    for (let skipped = from; skipped < index; skipped++)
      if (definition.children[skipped]!.min > (skipped === from ? count : 0)) missing(o, node, definition.children[skipped]!)
    count = index === from ? count + 1 : 1
    from = index
    checkNode(o, child, definition.children[index]!)
  }
  for (let rest = from; rest < definition.children.length; rest++)
    if (definition.children[rest]!.min > (rest === from ? count : 0)) missing(o, node, definition.children[rest]!)
}

/** Checks one element, already known to be the one that the definition is about, and everything below it. */
export const checkNode = (o: CheckOptions, node: XmlNode, definition: Definition): void =>
  isClass(definition) ? checkClass(o, node, definition) : checkLeaf(o, node, definition)
