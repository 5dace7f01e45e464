/** RFC 6901 JSON pointers into a document, as the paths of issues are. Changing answers a new document and shares what did not change. */
export type Pointer = string

export const segmentsOf = (pointer: Pointer): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
export const pointerOf = (...segments: (string | number)[]): Pointer =>
  segments.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What stands there; undefined when nothing does. */
export const valueAt = (document: unknown, pointer: Pointer): unknown =>
  segmentsOf(pointer).reduce<unknown>(
    (at, part) => (isObject(at) && Object.hasOwn(at, part) ? (at as Record<string, unknown>)[part] : undefined),
    document,
  )

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

const withPart = (container: unknown, [part, ...rest]: string[], value: unknown): unknown => {
  if (part === undefined) return value
  if (forbidden.has(part)) throw new RangeError(`no such field: ${part}`)
  if (Array.isArray(container) || (container === undefined && /^\d+$/.test(part))) {
    const list = Array.isArray(container) ? [...container] : []
    list[Number(part)] = withPart(list[Number(part)], rest, value)
    return list
  }
  const now = isObject(container) ? container : {}
  const inner = withPart(now[part], rest, value)
  const { [part]: _gone, ...others } = now
  return inner === undefined ? others : { ...now, [part]: inner }
}

/** The document with this value there; containers are made as needed; `undefined` takes a member away. */
export const withValueAt = <T>(document: T, pointer: Pointer, value: unknown): T => withPart(document, segmentsOf(pointer), value) as T

/** Is `pointer` the same place as `ancestor`, or inside it? */
export const isWithin = (pointer: Pointer, ancestor: Pointer): boolean => pointer === ancestor || pointer.startsWith(`${ancestor}/`)
