/**
 * The structure of WCO DMS messages, read once from the definitions beside this file. One definition serves the XSD, the check with
 * line and path, reading, writing and pointers; the notation is explained in declaration.txt.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Kind of simple content; `code`, `digits` and `letters` are XSD tokens, `id` is one where `token` says so. */
export type ValueKind = 'text' | 'id' | 'code' | 'digits' | 'iddigits' | 'letters' | 'amount' | 'measure' | 'quantity' | 'numeric' | 'dateTime'

export type ValueType = {
  /** as the notation writes it, for the names of XSD types */
  name: string
  kind: ValueKind
  maxLength?: number
  length?: number
  totalDigits?: number
  fractionDigits?: number
  values?: readonly string[]
  /** blank content is allowed */
  blank: boolean
  /** identifiers are tokens: blanks around them mean nothing */
  token: boolean
}

/** Where content goes in the canonical document, relative to the object of the nearest class that is a field itself. */
export type Target =
  | { kind: 'none' }
  | { kind: 'apart' }
  | { kind: 'field'; path: readonly string[]; int: boolean }
  | { kind: 'list'; path: readonly string[] }
  | { kind: 'entry' }
  | { kind: 'position' }
  | { kind: 'special'; name: string }

/** An element of a message: a class with children, or an attribute of the WCO model with a type. */
export type Definition = {
  name: string
  namespace: string
  /** namespace of the elements inside a date */
  typesNamespace: string
  /** WCO id of the class or attribute, as pointers use it; '' where it has none */
  id: string
  min: number
  max: number
  type?: ValueType
  children: readonly Definition[]
  target: Target
}

type Line = { depth: number; words: string[]; target: string; at: string }
type Groups = ReadonlyMap<string, readonly Line[]>
type Context = {
  namespace: string
  typesNamespace: string
  blank: boolean
  token: boolean
  groups: Groups
  references: Readonly<Record<string, Definition>>
}

const toLines = (text: string, file: string): Line[] =>
  text.split('\n').flatMap((raw, i) => {
    if (!raw.trim() || raw.startsWith('#')) return []
    const [left = '', target = ''] = raw.split(' > ')
    const depth = (raw.length - raw.trimStart().length) / 2
    return [{ depth, words: left.trim().split(/\s+/), target: target.trim(), at: `${file}:${i + 1}` }]
  })

const occurrences: Readonly<Record<string, readonly [number, number]>> = { '': [1, 1], '?': [0, 1], '*': [0, Infinity], '+': [1, Infinity] }

const toName = (word: string, at: string): { name: string; min: number; max: number } => {
  const found = /^(\w+)(?:([?*+])|\{(\d+),(\d+)\})?$/.exec(word)
  if (!found) throw new Error(`${at}: "${word}" is no element`)
  const [min, max] = found[3] ? [Number(found[3]), Number(found[4])] : occurrences[found[2] ?? '']!
  return { name: found[1]!, min, max }
}

const typePattern = /^(any-)?(text|id|code|digits|iddigits|letters|amount|measure|quantity|numeric|dateTime)(=)?(\d+)?(?:\.(\d+))?(?:\(([^)]*)\))?$/
const decimalKinds: readonly string[] = ['amount', 'measure', 'quantity', 'numeric']

const toType = (word: string, at: string, context: Context): ValueType => {
  const found = typePattern.exec(word)
  if (!found) throw new Error(`${at}: "${word}" is no type`)
  const [, any, kind, exact, number, fraction, values] = found
  const size = number === undefined ? undefined : Number(number)
  const decimal = decimalKinds.includes(kind!)
  return {
    name: word,
    kind: kind as ValueKind,
    blank: context.blank || any !== undefined,
    token: context.token,
    ...(size !== undefined &&
      (decimal ? { totalDigits: size, fractionDigits: Number(fraction ?? 0) } : exact ? { length: size } : { maxLength: size })),
    ...(values !== undefined && { values: values.split('|') }),
  }
}

const toTarget = (text: string): Target => {
  if (text === '') return { kind: 'none' }
  if (text === '-') return { kind: 'apart' }
  if (text === '.') return { kind: 'entry' }
  if (text === '#') return { kind: 'position' }
  if (text.startsWith('(')) return { kind: 'special', name: text.slice(1, -1) }
  if (text.endsWith('[]')) return { kind: 'list', path: text.slice(0, -2).split('/') }
  return { kind: 'field', path: text.replace(/:int$/, '').split('/'), int: text.endsWith(':int') }
}

/** The lines with every `&group` replaced by the group's own lines, at that depth. */
const expand = (lines: readonly Line[], groups: Groups): Line[] =>
  lines.flatMap((line) => {
    const name = line.words[0]!
    if (!name.startsWith('&')) return [line]
    const group = groups.get(name.slice(1))
    if (!group) throw new Error(`${line.at}: there is no group ${name}`)
    return expand(group, groups).map((inner) => ({ ...inner, depth: inner.depth - 1 + line.depth }))
  })

const build = (lines: readonly Line[], context: Context): Definition[] => {
  const depth = lines[0]?.depth ?? 0
  const starts = lines.flatMap((line, i) => (line.depth === depth ? [i] : []))
  return starts.map((start, i) => {
    const line = lines[start]!
    const [word, id = '', type] = line.words
    if (word === '=') return { ...context.references[id]!, min: 0, max: 1, target: toTarget(line.target) }
    return {
      ...toName(word!, line.at),
      namespace: context.namespace,
      typesNamespace: context.typesNamespace,
      id: id === '-' ? '' : id,
      ...(type && { type: toType(type, line.at, context) }),
      children: build(lines.slice(start + 1, starts[i + 1] ?? lines.length), context),
      target: toTarget(line.target),
    }
  })
}

const fileOf = (name: string): Line[] => toLines(readFileSync(join(import.meta.dirname, `${name}.txt`), 'utf8'), `${name}.txt`)

const toGroups = (lines: readonly Line[]): Groups => {
  const groups = new Map<string, Line[]>()
  for (const line of lines) {
    if (line.depth === 0) groups.set(line.words[1]!, [])
    else [...groups.values()].at(-1)!.push(line)
  }
  return groups
}

const groups = toGroups(fileOf('groups'))

const load = (name: string, token: boolean, references: Readonly<Record<string, Definition>> = {}): Definition => {
  const lines = fileOf(name)
  const isElement = (line: Line): boolean => line.depth > 0 || !['namespace', 'types', 'blank'].includes(line.words[0]!)
  const head = Object.fromEntries(lines.filter((line) => !isElement(line)).map((line) => [line.words[0]!, line.words[1]!]))
  const context = { namespace: head.namespace!, typesNamespace: head.types ?? '', blank: head.blank === 'allowed', token, groups, references }
  return build(expand(lines.filter(isElement), groups), context)[0]!
}

const withContent = (envelope: Definition, content: Definition): Definition => ({ ...envelope, children: [...envelope.children, content] })

const envelope = load('metadata', true)
const declaration = load('declaration', false)
// In a notification the changed part of the declaration follows the types of the response: its identifiers are tokens too.
const response = load('response', true, { declaration: load('declaration', true) })

/** The two messages, from the envelope down. */
export const messages = {
  declaration: withContent(envelope, declaration),
  notification: withContent(envelope, { ...response, max: Infinity }),
} as const
export type MessageName = keyof typeof messages

/** Field of a leaf whose content is converted in its own way. */
export const specialFields: Readonly<Record<string, string>> = { function: 'function', type: 'declarationType' }

export const isClass = (definition: Definition): boolean => definition.type === undefined

/** The children of a class by name; of two with one name the first comes first. */
const indexes = new WeakMap<Definition, ReadonlyMap<string, readonly Definition[]>>()
export const childrenNamed = (definition: Definition, name: string): readonly Definition[] => {
  let index = indexes.get(definition)
  if (!index) {
    index = Map.groupBy(definition.children, (child) => child.name)
    indexes.set(definition, index)
  }
  return index.get(name) ?? []
}
