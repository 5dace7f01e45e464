/**
 * Amendment requests (COR messages): pointers say what changes, the message brings the new content at the same places. A pointer to an
 * attribute sets it or, without content, removes it; a pointer to a class replaces, adds or removes the class. Pure.
 */
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { type Change, deltaOf, diff, stepsOf, valueAt } from './changes.ts'
import { pathOf, pointersOf } from './messages/pointers.ts'
import type { DeclarationDocument } from './schema/document.ts'
import type { Unreported } from './schema/lifecycle.ts'

export { type Change, diff } from './changes.ts'

export type Amended = { document: DeclarationDocument; changes: Change[]; delta?: DeclarationDocument; unreported: Unreported }

type Steps = NonNullable<DeclarationDocument['amendments']>[number]['pointers']
type Node = Record<string, unknown> | unknown[]

/** One place to change. `source` is where the message brings the content; a class that is no field of its own brings several places. */
type Operation = { kind: 'set' | 'remove'; path: string; value?: unknown }

const identity = ['/lrn', '/mrn', '/function', '/declarationType', '/additionalType', '/declarant']

/** Classes whose occurrences are different fields here: classification, origin, procedure. */
const splitClasses = new Set(['21A', '92A', '70A'])

/** Steps as people write them: `42A 67A 68A#2 23A.137`. */
const pointerText = (steps: Steps): string =>
  steps.map((s) => `${s.section ?? ''}${s.sequence === undefined ? '' : `#${s.sequence}`}${s.tag ? `.${s.tag}` : ''}`).join(' ')

const sections = (steps: Steps): string => steps.map((s) => s.section ?? '').join(' ')

/** Item numbers, by which requests point at goods items, turned into positions, in which paths count. */
const inPositions = (steps: Steps, items: DeclarationDocument['items']): Steps =>
  steps.map((step) => {
    if (step.section !== '68A') return step
    const at = items.findIndex((item) => item.itemNumber === (step.sequence ?? items[0]?.itemNumber))
    return { ...step, sequence: at + 1 }
  })

/** Paths of all leaves of a value: texts, numbers, and lists of texts as a whole. */
const leaves = (value: unknown, path: string): string[] => {
  if (value === null || typeof value !== 'object') return value === undefined ? [] : [path]
  if (Array.isArray(value)) return value.every((v) => typeof v !== 'object') ? [path] : value.flatMap((v, i) => leaves(v, `${path}/${i}`))
  return Object.entries(value).flatMap(([key, v]) => leaves(v, `${path}/${key}`))
}

const wordsOf = (path: string): string[] => path.split('/').slice(1)

type Context = {
  document: DeclarationDocument
  request: DeclarationDocument
  /** positions that the request points at, by list */ pointed: ReadonlyMap<string, number[]>
}

/** The place in the message that brings the content of a place in the declaration. */
const inRequest = (path: string, { document, request, pointed }: Context): string | undefined => {
  const words = wordsOf(path)
  const found: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const list = valueAt(request, found)
    if (!/^\d+$/.test(word) || !Array.isArray(list)) found.push(word)
    else if (i === 1 && words[0] === 'items') {
      const at = request.items.findIndex((item) => item.itemNumber === document.items[Number(word)]?.itemNumber)
      if (at < 0) return undefined
      found.push(String(at))
    } else {
      // a message brings either just the entries that it points at, or as many as it takes to give each its place
      const positions = pointed.get(`/${words.slice(0, i).join('/')}`) ?? []
      found.push(list.length === positions.length ? String(positions.indexOf(Number(word))) : word)
    }
  }
  return `/${found.join('/')}`
}

const operation = (path: string, context: Context): Operation | undefined => {
  const source = inRequest(path, context)
  const value = source === undefined ? undefined : valueAt(context.request, wordsOf(source))
  if (value !== undefined) return { kind: 'set', path, value }
  return valueAt(context.document, wordsOf(path)) === undefined ? undefined : { kind: 'remove', path }
}

/** A class that the declaration has no field for (a commodity, its measures): every element below it. */
const classOperations = (steps: Steps, base: string, context: Context): Operation[] => {
  const below = (document: DeclarationDocument, at: string | undefined): string[] =>
    at === undefined
      ? []
      : leaves(valueAt(document, wordsOf(at)), at).filter((path) => `${sections(pointersOf(path, document))} `.startsWith(`${sections(steps)} `))
  const source = inRequest(base, context)
  const brought = below(context.request, source).map((path) => base + path.slice(source!.length))
  if (splitClasses.has(steps.at(-1)!.section ?? '')) return brought.flatMap((path) => addition(path, context))
  return [...new Set([...brought, ...below(context.document, base)])].flatMap((path) => operation(path, context) ?? [])
}

/** One more classification, origin or procedure: codes join those that are there, a single value is set where it differs. */
const addition = (path: string, context: Context): Operation[] => {
  const brought = operation(path, context)
  if (brought?.kind !== 'set') return []
  const there = valueAt(context.document, wordsOf(path))
  if (!Array.isArray(there) || !Array.isArray(brought.value)) return there === brought.value ? [] : [brought]
  const more = brought.value.filter((code) => !there.includes(code))
  return more.length > 0 ? [{ kind: 'set', path, value: [...there, ...more] }] : []
}

const itemOperations = (steps: Steps, { document, request }: Context): Operation[] => {
  const number = steps.at(-1)!.sequence
  const at = document.items.findIndex((item) => item.itemNumber === number)
  const brought = request.items.find((item) => item.itemNumber === number)
  if (brought) return [{ kind: 'set', path: `/items/${at < 0 ? document.items.length : at}`, value: brought }]
  return at < 0 ? [] : [{ kind: 'remove', path: `/items/${at}` }]
}

type Resolved = { operations: Operation[] } | { code: 'amendment_target_unknown' | 'amendment_value_missing' | 'amendment_of_identity' }

/** A new entry stands right behind those that are there or that the same request adds. */
const leavesGap = (path: string, { document, pointed }: Context): boolean => {
  const words = wordsOf(path)
  return words.some((word, i) => {
    if (!/^\d+$/.test(word)) return false
    const list = valueAt(document, words.slice(0, i)) ?? []
    const positions = pointed.get(`/${words.slice(0, i).join('/')}`) ?? []
    return (
      Array.isArray(list) &&
      Array.from({ length: Math.max(0, Number(word) - list.length) }, (_, n) => list.length + n).some((n) => !positions.includes(n))
    )
  })
}

const resolve = (steps: Steps, context: Context): Resolved => {
  const { document } = context
  const last = steps.at(-1)!
  if (steps[0]?.section !== '42A') return { code: 'amendment_target_unknown' }
  if (last.section === '68A' && !last.tag) {
    const operations = itemOperations(steps, context)
    return operations.length > 0 ? { operations } : { code: 'amendment_target_unknown' }
  }
  const positions = inPositions(steps, document.items)
  if (positions.some((s) => s.section === '68A' && s.sequence === 0)) return { code: 'amendment_target_unknown' }
  const path = pathOf(positions, document)
  if (path === undefined) return { code: 'amendment_target_unknown' }
  if (identity.some((place) => path === place || path.startsWith(`${place}/`))) return { code: 'amendment_of_identity' }
  const led = pointersOf(path, document)
  const elsewhere = sections(led) !== sections(steps)
  if (last.tag !== undefined && (elsewhere ? !splitClasses.has(last.section ?? '') : led.at(-1)?.tag !== last.tag))
    return { code: 'amendment_target_unknown' }
  if (elsewhere) {
    const operations = classOperations(steps, path, context)
    return operations.length > 0 ? { operations } : { code: 'amendment_target_unknown' }
  }
  if (leavesGap(path, context)) return { code: 'amendment_target_unknown' }
  const one = operation(path, context)
  return one ? { operations: [one] } : { code: 'amendment_value_missing' }
}

const setAt = (root: Node, words: readonly string[], value: unknown): void => {
  const [word, ...rest] = words as [string, ...string[]]
  const node = root as Record<string, unknown>
  if (rest.length === 0) node[word] = structuredClone(value)
  else setAt((node[word] ??= /^\d+$/.test(rest[0]!) ? [] : {}) as Node, rest, value)
}

/** Removes a place, and what is left empty around it. */
const removeAt = (root: Node, words: readonly string[]): void => {
  const [word, ...rest] = words as [string, ...string[]]
  const child = (root as Record<string, unknown>)[word] as Node | undefined
  if (rest.length > 0 && child) removeAt(child, rest)
  const empty = rest.length === 0 || (child !== undefined && Object.keys(child).length === 0 && word !== 'items')
  if (!empty) return
  if (Array.isArray(root)) root.splice(Number(word), 1)
  else delete root[word]
}

const fromTheEnd = (a: Operation, b: Operation): number => b.path.localeCompare(a.path, 'en', { numeric: true })

/** Contents first, then removals from the end, because every pointer counts in the version that it amends. */
const perform = (document: DeclarationDocument, operations: readonly Operation[]): DeclarationDocument => {
  const now = structuredClone(document)
  for (const o of operations) if (o.kind === 'set') setAt(now, wordsOf(o.path), o.value)
  const removals = operations.filter((o) => o.kind === 'remove').sort(fromTheEnd)
  for (const o of removals) removeAt(now, wordsOf(o.path))
  now.items.sort((a, b) => a.itemNumber - b.itemNumber)
  return now
}

/** New items go behind the others; several of them each get a place of their own. */
const spread = (operations: readonly Operation[], count: number): Operation[] => {
  let next = count
  return operations.map((o) => (o.path === `/items/${count}` ? { ...o, path: `/items/${next++}` } : o))
}

const pointedLists = (amendments: readonly { pointers: Steps }[], document: DeclarationDocument): Map<string, number[]> => {
  const lists = new Map<string, Set<number>>()
  for (const { pointers } of amendments) {
    const words = wordsOf(pathOf(inPositions(pointers, document.items), document) ?? '')
    words.forEach((word, i) => {
      if (!/^\d+$/.test(word)) return
      const list = `/${words.slice(0, i).join('/')}`
      lists.set(list, (lists.get(list) ?? new Set()).add(Number(word)))
    })
  }
  return new Map([...lists].map(([list, positions]) => [list, [...positions].sort((a, b) => a - b)]))
}

/** What a DMSRES will tell of it: the statements now point into the response, the pointers count where classes repeat. */
const toUnreported = (
  document: DeclarationDocument,
  now: DeclarationDocument,
  request: DeclarationDocument,
  operations: readonly Operation[][],
): Unreported => {
  const amendments = (request.amendments ?? []).map((a, i) => {
    const path = operations[i]!.length === 1 ? operations[i]![0]!.path : undefined
    const whole = a.pointers.at(-1)?.section === '68A'
    const pointers =
      path === undefined || whole
        ? a.pointers.map((s) => (s.section === '42A' || s.section === '67A' ? { section: s.section, ...(s.tag && { tag: s.tag }) } : s))
        : stepsOf(path, document)
    return { ...(a.reason && { reason: a.reason }), pointers }
  })
  const information = (request.additionalInformation ?? []).map((s) => ({
    ...s,
    ...(s.pointers && { pointers: s.pointers.map((p) => (p.section === '42A' ? { sequence: 1, section: '07B' } : p)) }),
  }))
  const set = operations.flat().filter((o) => o.kind === 'set')
  const inNow = set.map((o) => o.path.replace(/^\/items\/(\d+)/, (_, i: string) => `/items/${positionIn(now, document, o, Number(i))}`))
  const delta = deltaOf(now, inNow)
  return { amendments, information, changes: diff(document, now), ...(delta && { delta }) }
}

/** Where an item of the old version, or a new one, stands in the new version. */
const positionIn = (now: DeclarationDocument, document: DeclarationDocument, { value }: Operation, index: number): number => {
  const number = document.items[index]?.itemNumber ?? (value as { itemNumber: number }).itemNumber
  return now.items.findIndex((item) => item.itemNumber === number)
}

/**
 * Applies an amendment request to a declaration.
 * @returns the new version, each data element that differs, and what a DMSRES tells of it; or every pointer that leads nowhere
 */
export const applyAmendment = (document: DeclarationDocument, request: DeclarationDocument): Outcome<Amended> => {
  const amendments = request.amendments ?? []
  if (amendments.length === 0) return refuse(error('clearance.amendment_empty', '/amendments'))
  const context: Context = { document, request, pointed: pointedLists(amendments, document) }
  const issues: Issue[] = []
  const operations = amendments.map(({ pointers }, i): Operation[] => {
    const at = `/amendments/${i}/pointers`
    if (pointers.length === 0) {
      issues.push(error('clearance.amendment_pointer_missing', at, { change: i + 1 }))
      return []
    }
    const found = resolve(pointers, context)
    if ('operations' in found) return found.operations
    issues.push(error(`clearance.${found.code}`, at, { change: i + 1, pointer: pointerText(pointers) }))
    return []
  })
  if (issues.length > 0) return refuse(...issues)
  const all = spread(operations.flat(), document.items.length)
  const now = perform(document, all)
  const unreported = toUnreported(document, now, request, operations)
  return accept({ document: now, changes: unreported.changes as Change[], ...(unreported.delta && { delta: unreported.delta }), unreported })
}
