/**
 * From the canonical document to the tree of a message: the elements in the order of the definition, each with the pointer of what it
 * says. What the message has no place for is refused, never left out.
 */
import type { IssueList } from '../issues.ts'
import { append, newNode, type XmlNode } from '../xml.ts'
import { childrenNamed, type Definition, isClass } from './definition.ts'
import { dateNode, modeOf, writeLeaf } from './leaves.ts'
import type { Remainder } from './read-tree.ts'
import { type Slot, splits, usualOrder } from './splits.ts'

type Json = Record<string, unknown>

type Building = {
  issues: IssueList
  /** pointers of everything that has been said */
  said: Set<string>
  /** occurrences of split classes that stand for something kept in `other`, by owner */
  places: WeakMap<XmlNode, Map<string, XmlNode>>
}

type Scope = { object: Json; path: string; index: number; entry?: unknown; other: readonly Remainder[]; trail: string }

const get = (object: Json, path: readonly string[]): unknown => path.reduce<unknown>((at, name) => (at as Json | undefined)?.[name], object)
const below = (trail: string, name: string): string => (trail === '' ? name : `${trail}/${name}`)

const say = (b: Building, node: XmlNode, path: string): XmlNode => {
  node.path = path
  b.said.add(path)
  return node
}

const functionCodes: Readonly<Record<string, string>> = { original: '9', request: '13' }

const specials: Readonly<Record<string, (b: Building, definition: Definition, scope: Scope) => XmlNode | undefined>> = {
  function: (b, definition, { object, path }) =>
    say(b, newNode(definition.name, definition.namespace, functionCodes[String(object.function ?? 'original')] ?? ''), `${path}/function`),
  type: (b, definition, { object, path }) => {
    if (object.declarationType === undefined && object.additionalType === undefined) return undefined
    if (object.additionalType !== undefined) b.said.add(`${path}/additionalType`)
    return say(
      b,
      newNode(definition.name, definition.namespace, `${String(object.declarationType ?? '')}${String(object.additionalType ?? '')}`),
      `${path}/declarationType`,
    )
  },
}

const buildLeaf = (b: Building, definition: Definition, scope: Scope): XmlNode | undefined => {
  const { target } = definition
  if (target.kind === 'special') return specials[target.name]!(b, definition, scope)
  if (target.kind === 'position') return newNode(definition.name, definition.namespace, String(scope.index + 1))
  if (target.kind === 'entry') return say(b, writeLeaf(definition, scope.entry), scope.path)
  if (target.kind !== 'field') return undefined
  const value = get(scope.object, target.path)
  if (value === undefined) return undefined
  const path = `${scope.path}/${target.path.join('/')}`
  const node = say(b, writeLeaf(definition, value), path)
  for (const inner of node.children) inner.path = path
  if (modeOf(definition) === 'amount' || modeOf(definition) === 'quantity')
    for (const member of Object.keys(value as object)) b.said.add(`${path}/${member}`)
  return node
}

/** What stands in `other` for the class below it, or for the class itself. */
const remaindersOf = (object: Json): readonly Remainder[] => (object.other as Remainder[] | undefined) ?? []

const buildObject = (b: Building, definition: Definition, scope: Scope): XmlNode => {
  const node = say(b, newNode(definition.name, definition.namespace), scope.path)
  buildClass(b, definition, node, scope)
  if (scope.object.other !== undefined) placeRemainders(b, definition, node, scope)
  return node
}

const ownerScope = (object: Json, path: string, index: number, from: Scope, definition: Definition): Scope => {
  const owns = object.other !== undefined || definition.id === '42A' || (definition.id === '68A' && path.includes('/items/'))
  return {
    object,
    path,
    index,
    other: owns ? remaindersOf(object) : from.other,
    trail: owns ? '' : below(from.trail, definition.max === 1 ? definition.name : `${definition.name}[${index + 1}]`),
  }
}

const buildList = (b: Building, definition: Definition, parent: XmlNode, scope: Scope, listPath: readonly string[]): void => {
  const list = get(scope.object, listPath)
  if (!Array.isArray(list)) return
  b.said.add(`${scope.path}/${listPath.join('/')}`)
  list.forEach((entry: unknown, index) => {
    const path = `${scope.path}/${listPath.join('/')}/${index}`
    const isObject = typeof entry === 'object' && entry !== null
    const own = ownerScope(isObject ? (entry as Json) : {}, path, index, scope, definition)
    append(parent, buildObject(b, definition, { ...own, ...(!isObject && { entry }) }))
  })
}

const splitNode = (b: Building, definition: Definition, slot: Slot, value: unknown, path: string): XmlNode | undefined => {
  const leaves = slot.write(value)
  if (!leaves) return undefined
  const node = say(b, newNode(definition.name, definition.namespace), path)
  for (const child of definition.children) {
    const text = leaves[child.name]
    if (text === undefined) continue
    append(node, say(b, newNode(child.name, child.namespace, text), slot.members?.[child.name] ? `${path}/${slot.members[child.name]}` : path))
  }
  return node
}

const slotNodes = (b: Building, definition: Definition, slot: Slot, scope: Scope): XmlNode[] => {
  const value = scope.object[slot.field]
  if (value === undefined) return []
  const path = `${scope.path}/${slot.field}`
  const values = slot.many ? (value as unknown[]).map((one, i): [unknown, string] => [one, `${path}/${i}`]) : [[value, path] as [unknown, string]]
  if (slot.many) b.said.add(path)
  return values.flatMap(([one, at]) => splitNode(b, definition, slot, one, at) ?? [])
}

/** The remembered order, if it still tells of the same things; `*` keeps a place for what `other` holds. */
const orderFor = (scope: Scope, definition: Definition, slots: readonly Slot[], keys: readonly string[]): { order: string[]; original: string[] } => {
  const at = scope.other.find((remainder) => remainder.order !== undefined && remainder.path === below(scope.trail, definition.name))
  const original = at?.order?.split(' ') ?? []
  const usual = usualOrder(slots, keys)
  const remembered = original.filter((key) => key !== '*').toSorted()
  const same = remembered.length === keys.length && remembered.every((key, i) => key === keys.toSorted()[i])
  return { order: same ? original : [...usual, ...original.filter((key) => key === '*')], original }
}

const buildSplit = (b: Building, definition: Definition, parent: XmlNode, scope: Scope, name: string): void => {
  const slots = splits[name]!
  const nodes = new Map(slots.map((slot) => [slot.key, slotNodes(b, definition, slot, scope)]))
  const keys = [...nodes].flatMap(([key, made]) => made.map(() => key))
  const { order, original } = orderFor(scope, definition, slots, keys)
  const occurrences = original.flatMap((key, i) => (key === '*' ? [i + 1] : []))
  for (const key of order) {
    const node = key === '*' ? newNode(definition.name, definition.namespace) : nodes.get(key)!.shift()!
    append(parent, node)
    if (key !== '*') continue
    const places = b.places.get(parent) ?? new Map<string, XmlNode>()
    b.places.set(parent, places.set(`${definition.name}[${occurrences.shift()}]`, node))
  }
}

const buildClass = (b: Building, definition: Definition, node: XmlNode, scope: Scope): void => {
  for (const child of definition.children) {
    const { target } = child
    if (!isClass(child)) {
      const leaf = buildLeaf(b, child, scope)
      if (leaf) append(node, leaf)
    } else if (target.kind === 'special') buildSplit(b, child, node, scope, target.name)
    else if (target.kind === 'list') buildList(b, child, node, scope, target.path)
    else if (target.kind === 'field') {
      const value = get(scope.object, target.path)
      if (value !== undefined)
        append(node, buildObject(b, child, ownerScope(value as Json, `${scope.path}/${target.path.join('/')}`, 0, scope, child)))
    } else if (target.kind === 'none') {
      const passing = newNode(child.name, child.namespace)
      buildClass(b, child, passing, { ...scope, trail: below(scope.trail, child.max === 1 ? child.name : `${child.name}[1]`) })
      if (passing.children.length > 0 || child.min > 0) append(node, passing)
    }
  }
}

const insert = (owner: Definition, parent: XmlNode, child: XmlNode): void => {
  const rank = (node: XmlNode): number => owner.children.findIndex((d) => d.name === node.name)
  const next = parent.children.findIndex((other) => rank(other) > rank(child))
  child.parent = parent
  parent.children.splice(next < 0 ? parent.children.length : next, 0, child)
  parent.children.filter((other) => other.name === child.name).forEach((other, i) => (other.occurrence = i + 1))
}

/** The element at one step of a remainder's path, made if it is the next of its name. */
const step = (b: Building, owner: Definition, parent: XmlNode, word: string): { definition: Definition; node: XmlNode } | undefined => {
  const [, name = '', occurrence = '1'] = /^(\w+)(?:\[(\d+)\])?$/.exec(word) ?? []
  const definition = childrenNamed(owner, name)[0]
  if (!definition) return undefined
  const reserved = b.places.get(parent)?.get(word)
  if (reserved) return { definition, node: reserved }
  const same = parent.children.filter((child) => child.name === name)
  const there = same[Number(occurrence) - 1]
  if (there) return { definition, node: there }
  if (Number(occurrence) !== same.length + 1) return undefined
  const node = newNode(name, definition.namespace)
  insert(owner, parent, node)
  return { definition, node }
}

const placeOne = (b: Building, owner: Definition, root: XmlNode, remainder: Remainder): boolean => {
  let at: { definition: Definition; node: XmlNode } | undefined = { definition: owner, node: root }
  for (const word of remainder.path.split('/')) {
    at = at && step(b, at.definition, at.node, word)
    if (!at) return false
  }
  const { definition, node } = at
  if (definition.type?.kind === 'dateTime') {
    const { children } = dateNode(definition, remainder.value ?? '', remainder.attributes?.formatCode ?? '')
    if (remainder.attributes?.formatCode === undefined) delete children[0]!.attributes.formatCode
    node.children = children
    children[0]!.parent = node
    return true
  }
  if (remainder.value !== undefined) node.text = remainder.value
  Object.assign(node.attributes, remainder.attributes)
  return true
}

const placeRemainders = (b: Building, definition: Definition, node: XmlNode, scope: Scope): void => {
  remaindersOf(scope.object).forEach((remainder, i) => {
    const path = `${scope.path}/other/${i}`
    b.said.add(path)
    for (const member of Object.keys(remainder)) b.said.add(`${path}/${member}`)
    if (remainder.order !== undefined || placeOne(b, definition, node, remainder)) return
    b.issues.add({ code: 'message.not_representable', severity: 'error', path, params: { value: remainder.path.slice(0, 80) } })
  })
}

/** Everything that the document says and the message did not. */
const refuseUnsaid = (b: Building, value: unknown, path: string): void => {
  if (value === undefined) return
  if (typeof value !== 'object' || value === null) {
    if (!b.said.has(path)) b.issues.add({ code: 'message.not_representable', severity: 'error', path, params: { value: String(value).slice(0, 40) } })
    return
  }
  if (path.endsWith('/attributes') && b.said.has(path)) return
  for (const [name, inner] of Object.entries(value)) refuseUnsaid(b, inner, `${path}/${name}`)
}

/** Builds a whole message; the issues say what could not be placed. Values are checked afterwards, by check.ts. */
export const buildTree = (definition: Definition, document: object, issues: IssueList): XmlNode => {
  const b: Building = { issues, said: new Set(), places: new WeakMap() }
  const root = buildObject(b, definition, { object: document as Json, path: '', index: 0, other: remaindersOf(document as Json), trail: '' })
  refuseUnsaid(b, document, '')
  return root
}
