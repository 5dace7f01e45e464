/**
 * Pointers of the WCO Data Model and pointers into the canonical document (RFC 6901), both ways. A WCO pointer names class after class,
 * with the occurrence where a class repeats, and in its last step the attribute. Where the message is at hand as a tree, occurrences are
 * counted in it; without it, those of a split class (classification, origin, procedure) cannot be known and are left open.
 */
import type { PointerStep } from '../../schema/notification.ts'
import type { XmlNode } from '../xml.ts'
import { childrenNamed, type Definition, isClass, messages, specialFields } from './definition.ts'
import { splits } from './splits.ts'

const declaration = childrenNamed(messages.declaration, 'Declaration')[0]!
const response = childrenNamed(messages.notification, 'Response')[0]!
const roots: readonly Definition[] = [declaration, response]

const repeats = (definition: Definition): boolean => definition.max > 1
const childById = (definition: Definition, id: string, ofClass: boolean): Definition | undefined =>
  definition.children.find((child) => child.id === id && isClass(child) === ofClass)

const leafPath = (leaf: Definition, base: string): string => {
  if (leaf.target.kind === 'field') return `${base}/${leaf.target.path.join('/')}`
  return leaf.target.kind === 'special' ? `${base}/${specialFields[leaf.target.name]!}` : base
}

type Place = { definition: Definition; node?: XmlNode; path: string; open: boolean }

const enter = (place: Place, step: PointerStep): Place | undefined => {
  const definition = childById(place.definition, step.section ?? '', true)
  if (!definition) return undefined
  const same = place.node?.children.filter((child) => child.name === definition.name)
  const node = repeats(definition) ? same?.[(step.sequence ?? 0) - 1] : same?.[0]
  if (node?.path !== undefined) return { definition, node, path: node.path, open: false }
  const { target } = definition
  if (target.kind === 'field') return { definition, node, path: `${place.path}/${target.path.join('/')}`, open: false }
  if (target.kind !== 'list') return { definition, node, path: place.path, open: target.kind === 'special' }
  const list = `${place.path}/${target.path.join('/')}`
  return step.sequence === undefined
    ? { definition, path: list, open: true }
    : { definition, node, path: `${list}/${Math.max(step.sequence - 1, 0)}`, open: false }
}

/**
 * Where the steps lead in the canonical declaration (or, from 07B, in the notification): as far as they can be followed; undefined when
 * not even the first can.
 */
export const stepsToPath = (steps: readonly PointerStep[], tree?: XmlNode): string | undefined => {
  const [first, ...rest] = steps
  const root = roots.find((one) => one.id === first?.section)
  if (!first || !root) return undefined
  let place: Place = { definition: root, node: tree?.children.find((child) => child.name === root.name), path: '', open: false }
  for (const step of rest) {
    const next = enter(place, step)
    if (!next) return place.path
    place = next
    if (place.open) return place.path
  }
  const tag = steps.at(-1)!.tag
  const leaf = tag === undefined ? undefined : childById(place.definition, tag, false)
  if (!leaf) return place.path
  return place.node?.children.find((child) => child.name === leaf.name)?.path ?? leafPath(leaf, place.path)
}

/** One step on the way: a class with its occurrence, if that is known, or at the end an attribute. */
type Stage = { definition: Definition; occurrence?: number }

/** The leaf that bears the value of a split class: the one that members name, else the first. */
const valueLeaf = (definition: Definition, field: string, member: string | undefined): Definition | undefined => {
  if (definition.target.kind !== 'special') return undefined
  const slot = splits[definition.target.name]?.find((one) => one.field === field)
  const named = Object.entries(slot?.members ?? {}).find(([, name]) => name === member)?.[0]
  if (slot?.members) return definition.children.find((child) => child.name === named)
  return definition.children[0]
}

const startsWith = (words: readonly string[], path: readonly string[]): boolean => path.every((word, i) => words[i] === word)

const findInSplit = (definition: Definition, words: readonly string[]): Stage[] | undefined => {
  if (definition.target.kind !== 'special') return undefined
  const slot = splits[definition.target.name]!.find((one) => one.field === words[0])
  if (!slot) return undefined
  const leaf = valueLeaf(definition, slot.field, words[slot.many ? 2 : 1])
  return [{ definition }, ...(leaf ? [{ definition: leaf }] : [])]
}

const findIn = (owner: Definition, words: readonly string[]): Stage[] | undefined => {
  for (const child of owner.children) {
    const found = isClass(child) ? findThrough(child, words) : findLeaf(child, words)
    if (found) return found
  }
  return undefined
}

const findLeaf = (leaf: Definition, words: readonly string[]): Stage[] | undefined => {
  const { target } = leaf
  if (target.kind === 'field') return target.path.length === words.length && startsWith(words, target.path) ? [{ definition: leaf }] : undefined
  if (
    target.kind === 'special' &&
    words.length === 1 &&
    (words[0] === specialFields[target.name] || (target.name === 'type' && words[0] === 'additionalType'))
  )
    return [{ definition: leaf }]
  return undefined
}

const findThrough = (definition: Definition, words: readonly string[]): Stage[] | undefined => {
  const { target } = definition
  if (target.kind === 'apart') return undefined
  if (target.kind === 'special') return findInSplit(definition, words)
  if (target.kind === 'none' || target.kind === 'entry' || target.kind === 'position') {
    const below = findIn(definition, words)
    return below && [{ definition, ...(repeats(definition) && { occurrence: 1 }) }, ...below]
  }
  if (!startsWith(words, target.path)) return undefined
  const rest = words.slice(target.path.length)
  if (target.kind === 'field') {
    const below = rest.length === 0 ? [] : findIn(definition, rest)
    return below && [{ definition }, ...below]
  }
  if (rest.length === 0) return [{ definition }]
  const below = rest.length === 1 ? [] : findIn(definition, rest.slice(1))
  return below && [{ definition, occurrence: Number(rest[0]) + 1 }, ...below]
}

/** The elements from the content's root down to a node of the tree, with the definition of each. */
const stagesOf = (node: XmlNode, top: XmlNode): Stage[] => {
  if (node === top) return []
  const above = stagesOf(node.parent!, top)
  const definition = childrenNamed(above.at(-1)?.definition ?? declaration, node.name)[0]!
  return [...above, { definition, ...(repeats(definition) && { occurrence: node.occurrence }) }]
}

/** Nodes by their place, the first of a place. Trees do not change once they are built. */
const indexes = new WeakMap<XmlNode, ReadonlyMap<string, XmlNode>>()
const indexOf = (top: XmlNode): ReadonlyMap<string, XmlNode> => {
  const known = indexes.get(top)
  if (known) return known
  const index = new Map<string, XmlNode>()
  const walk = (node: XmlNode): void => {
    if (node.path !== undefined && !index.has(node.path)) index.set(node.path, node)
    node.children.forEach(walk)
  }
  walk(top)
  indexes.set(top, index)
  return index
}

const findInTree = (tree: XmlNode, path: string): Stage[] | undefined => {
  const top = tree.children.find((child) => child.name === declaration.name)
  const node = top && indexOf(top).get(path)
  if (!node) return undefined
  const stages = stagesOf(node, top)
  const last = stages.at(-1)
  const words = path.split('/')
  const leaf = last && valueLeaf(last.definition, words.find((word) => splitFields.has(word)) ?? '', words.at(-1))
  return leaf ? [...stages, { definition: leaf }] : stages
}

const splitFields = new Set(Object.values(splits).flatMap((slots) => slots.map((slot) => slot.field)))

const toSteps = (stages: readonly Stage[]): PointerStep[] => {
  const steps: PointerStep[] = [{ section: declaration.id }]
  for (const { definition, occurrence } of stages) {
    if (!isClass(definition)) steps.at(-1)!.tag = definition.id
    else steps.push({ ...(occurrence !== undefined && { sequence: occurrence }), section: definition.id })
  }
  return steps
}

/** The steps to a place in the canonical declaration; to the nearest place around it where the message has no element for it. */
export const pathToSteps = (path: string, tree?: XmlNode): PointerStep[] => {
  const words = path.split('/').slice(1)
  for (let length = words.length; length > 0; length--) {
    const part = words.slice(0, length)
    const stages = (tree && findInTree(tree, `/${part.join('/')}`)) ?? findIn(declaration, part)
    if (stages) return toSteps(stages)
  }
  return toSteps([])
}
