/**
 * From the tree of a message to the canonical document, along the targets of its definition. The tree need not be sound: what is wrong
 * is told by check.ts, and every element gets the pointer of its place so that this can be said in the document's own terms.
 */
import { elementPath, isBlank, trimBlanks, type XmlNode } from '../xml.ts'
import type { IssueList } from '../issues.ts'
import { childrenNamed, type Definition, isClass } from './definition.ts'
import { readLeaf } from './leaves.ts'
import { type Leaves, type Slot, splits, usualOrder } from './splits.ts'

type Json = Record<string, unknown>
export type Remainder = { path: string; value?: string; attributes?: Record<string, string>; order?: string }

type Reading = { issues: IssueList; bare: boolean }

/** The object that fields go to, its pointer, and where what has no field is kept. */
type Scope = {
  object: Json
  path: string
  other: Remainder[]
  /** element path below the class that owns `other` */
  trail: string
  /** 0-based position in the list that this entry belongs to */
  index: number
  /** value of an entry that is no object */
  entry?: unknown
}

const put = (object: Json, path: readonly string[], value: unknown): void => {
  let at = object
  for (const name of path.slice(0, -1)) at = (at[name] ??= {}) as Json
  at[path.at(-1)!] = value
}

const segment = (definition: Definition | undefined, node: XmlNode): string =>
  definition && definition.max === 1 ? node.name : `${node.name}[${node.occurrence}]`
const below = (trail: string, name: string): string => (trail === '' ? name : `${trail}/${name}`)

/** Keeps an element with all that is in it, as it was written. */
const keep = (definition: Definition | undefined, node: XmlNode, trail: string, other: Remainder[]): void => {
  const path = below(trail, segment(definition, node))
  const attributes = Object.keys(node.attributes).length > 0 ? { attributes: node.attributes } : {}
  if (definition?.type?.kind === 'dateTime') {
    const inner = node.children[0]
    other.push({ path, value: inner?.text ?? '', ...(inner && { attributes: inner.attributes }) })
  } else if (node.children.length > 0)
    for (const child of node.children) keep(definition && childrenNamed(definition, child.name)[0], child, path, other)
  else other.push({ path, ...(!isBlank(node.text) && { value: node.text }), ...attributes })
}

const definitionOf = (r: Reading, owner: Definition, child: XmlNode): Definition | undefined => {
  const named = childrenNamed(owner, child.name)
  if (r.bare) return named[Math.min(child.occurrence, named.length) - 1]
  return named.find((d) => d.namespace === child.namespace)
}

const refuse = (r: Reading, node: XmlNode, code: string, path: string): void =>
  r.issues.add(() => ({
    code,
    severity: 'error',
    path,
    element: elementPath(node),
    ...(node.line > 0 && { line: node.line }),
    params: { element: node.name, value: node.text.trim().slice(0, 40) },
  }))

const keepAttributes = (definition: Definition, node: XmlNode, scope: Scope, attributes: Record<string, string> | undefined): void => {
  if (attributes) scope.other.push({ path: below(scope.trail, segment(definition, node)), attributes })
}

/** Message function: 9 lodges, 13 asks for something about a declaration that is there. The other codes of UN/EDIFACT 1225 have no procedure. */
const functions: Readonly<Record<string, string>> = { '9': 'original', '13': 'request' }

const specials: Readonly<Record<string, (r: Reading, node: XmlNode, scope: Scope) => void>> = {
  function: (r, node, scope) => {
    node.path = `${scope.path}/function`
    const meaning = functions[trimBlanks(node.text)]
    if (meaning) scope.object.function = meaning
    else if (!isBlank(node.text)) refuse(r, node, 'message.function_unknown', node.path)
  },
  /** DE 1/1 and 1/2 share one element: `IMA`; the types of requests (`COR`, `INV`, `GPR`) are one word. */
  type: (_r, node, scope) => {
    node.path = `${scope.path}/declarationType`
    const text = trimBlanks(node.text)
    if (text === '') return
    const original = scope.object.function === 'original' && text.length === 3
    scope.object.declarationType = original ? text.slice(0, 2) : text
    if (original) scope.object.additionalType = text.slice(2)
  },
}

const readValue = (r: Reading, definition: Definition, node: XmlNode, scope: Scope): void => {
  const { target } = definition
  if (target.kind === 'none' || target.kind === 'apart') {
    if (!isBlank(node.text) || node.children.length > 0 || Object.keys(node.attributes).length > 0) keep(definition, node, scope.trail, scope.other)
    return
  }
  if (target.kind === 'special') return specials[target.name]!(r, node, scope)
  if (target.kind === 'position') {
    if (Number(node.text) !== scope.index + 1) keep(definition, node, scope.trail, scope.other)
    return
  }
  node.path = target.kind === 'field' ? `${scope.path}/${target.path.join('/')}` : scope.path
  const { value, attributes, refusal } = readLeaf(definition, node)
  // A version that is no number, for example, is kept as it is.
  if (refusal && definition.type!.kind === 'id') return keep(definition, node, scope.trail, scope.other)
  if (refusal) return refuse(r, node, refusal, node.path)
  keepAttributes(definition, node, scope, attributes)
  if (value === undefined) return
  if (target.kind === 'entry') scope.entry = value
  else if (target.kind === 'field') put(scope.object, target.path, value)
}

const get = (object: Json, path: readonly string[]): unknown => path.reduce<unknown>((at, name) => (at as Json | undefined)?.[name], object)

const isScalarList = (definition: Definition): boolean => definition.children.some((child) => child.target.kind === 'entry')

/** Items and declarations own what they cannot name; what is inside smaller classes is kept there too. */
const ownsOther = (definition: Definition): boolean =>
  definition.id === '68A' && definition.target.kind === 'list' && definition.target.path[0] === 'items'

const inner = (definition: Definition, node: XmlNode, scope: Scope, path: string, index: number): Scope => {
  const owns = ownsOther(definition) || definition.id === '42A'
  return { object: {}, path, index, other: owns ? [] : scope.other, trail: owns ? '' : below(scope.trail, segment(definition, node)) }
}

const finish = (scope: Scope, from: Scope): void => {
  if (scope.other !== from.other && scope.other.length > 0) scope.object.other = scope.other
}

const readEntry = (r: Reading, definition: Definition, node: XmlNode, scope: Scope, listPath: readonly string[]): void => {
  let list = get(scope.object, listPath) as unknown[] | undefined
  if (!list) put(scope.object, listPath, (list = []))
  node.path = `${scope.path}/${listPath.join('/')}/${list.length}`
  const entry = inner(definition, node, scope, node.path, list.length)
  readClass(r, definition, node, entry)
  finish(entry, scope)
  if (!isScalarList(definition)) list.push(entry.object)
  else if (entry.entry !== undefined) list.push(entry.entry)
  else refuse(r, node, 'message.entry_empty', node.path)
}

const readOne = (r: Reading, definition: Definition, node: XmlNode, scope: Scope): void => {
  const { target } = definition
  if (target.kind === 'list') return readEntry(r, definition, node, scope, target.path)
  if (target.kind === 'field') {
    node.path = `${scope.path}/${target.path.join('/')}`
    const own = inner(definition, node, scope, node.path, 0)
    readClass(r, definition, node, own)
    finish(own, scope)
    return put(scope.object, target.path, own.object)
  }
  // A class without a field passes its content on; only its first occurrence can.
  if (target.kind === 'apart' || node.occurrence > 1) return keep(definition, node, scope.trail, scope.other)
  readClass(r, definition, node, { ...scope, trail: below(scope.trail, segment(definition, node)) }, scope)
}

const leavesOf = (definition: Definition, node: XmlNode): Leaves | undefined => {
  const leaves: Record<string, string> = {}
  for (const child of node.children) {
    const leaf = childrenNamed(definition, child.name)[0]
    if (
      !leaf?.type ||
      leaf.type.kind === 'dateTime' ||
      child.children.length > 0 ||
      Object.keys(child.attributes).length > 0 ||
      leaves[child.name] !== undefined
    )
      return undefined
    const { value } = readLeaf(leaf, child)
    if (typeof value === 'string') leaves[child.name] = value
  }
  return leaves
}

const takeSlot = (slots: readonly Slot[], leaves: Leaves, scope: Scope): { slot: Slot; value: unknown } | undefined => {
  for (const slot of slots) {
    if (!slot.many && scope.object[slot.field] !== undefined) continue
    const value = slot.read(leaves)
    if (value !== undefined) return { slot, value }
  }
  return undefined
}

/** Gives a split occurrence and its leaves their pointers. */
const markSplit = (node: XmlNode, slot: Slot, path: string): void => {
  node.path = path
  for (const child of node.children) child.path = slot.members?.[child.name] ? `${path}/${slot.members[child.name]}` : path
}

const readSplit = (definition: Definition, nodes: readonly XmlNode[], scope: Scope, name: string): void => {
  const slots = splits[name]!
  const keys = nodes.map((node) => {
    const leaves = leavesOf(definition, node)
    const taken = leaves && takeSlot(slots, leaves, scope)
    if (!taken) {
      keep(definition, node, scope.trail, scope.other)
      return '*'
    }
    const { slot, value } = taken
    if (!slot.many) scope.object[slot.field] = value
    else ((scope.object[slot.field] ??= []) as unknown[]).push(value)
    markSplit(node, slot, `${scope.path}/${slot.field}${slot.many ? `/${(scope.object[slot.field] as unknown[]).length - 1}` : ''}`)
    return slot.key
  })
  if (keys.includes('*') || keys.join(' ') !== usualOrder(slots, keys).join(' '))
    scope.other.push({ path: below(scope.trail, definition.name), order: keys.join(' ') })
}

const readClass = (r: Reading, definition: Definition, node: XmlNode, scope: Scope, entryOf?: Scope): void => {
  const split = new Map<Definition, XmlNode[]>()
  for (const child of node.children) {
    const found = definitionOf(r, definition, child)
    if (!found) continue
    if (!isClass(found)) readValue(r, found, child, scope)
    else if (found.target.kind === 'special') {
      const nodes = split.get(found)
      if (nodes) nodes.push(child)
      else split.set(found, [child])
    } else readOne(r, found, child, scope)
  }
  for (const [found, nodes] of split) if (found.target.kind === 'special') readSplit(found, nodes, scope, found.target.name)
  if (entryOf && scope.entry !== undefined) entryOf.entry = scope.entry
}

/** Reads a whole message from its envelope down. */
export const readTree = (definition: Definition, root: XmlNode, options: Reading): Record<string, unknown> => {
  const scope: Scope = { object: {}, path: '', other: [], trail: '', index: 0 }
  readClass(options, definition, root, scope)
  if (scope.other.length > 0) scope.object.other = scope.other
  return scope.object
}
