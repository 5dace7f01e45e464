/** Values with typed arrays as canonical JSON and one block of bytes (little-endian, each array at a multiple of eight). */
import { canonicalJson } from '#kernel/canonical-json.ts'

const kinds = { Uint8Array, Int16Array, Int32Array, Uint32Array, Float64Array } as const
type Kind = keyof typeof kinds
type Numbers = Uint8Array | Int16Array | Int32Array | Uint32Array | Float64Array
type Place = { array: Kind; at: number; length: number }

const isPlace = (v: object): v is Place => 'array' in v && 'at' in v && 'length' in v && Object.hasOwn(kinds, String(v.array))

const padded = (length: number): number => Math.ceil(length / 8) * 8

export const encode = (value: unknown): { json: string; bytes: Uint8Array } => {
  const arrays: { at: number; numbers: Numbers }[] = []
  let end = 0
  const replace = (v: unknown): unknown => {
    if (ArrayBuffer.isView(v)) {
      const numbers = v as Numbers
      arrays.push({ at: end, numbers })
      const place: Place = { array: numbers.constructor.name as Kind, at: end, length: numbers.length }
      end += padded(numbers.byteLength)
      return place
    }
    if (Array.isArray(v)) return v.map(replace)
    if (typeof v !== 'object' || v === null) return v
    return Object.fromEntries(
      Object.entries(v)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([k, x]) => [k, replace(x)]),
    )
  }
  const json = canonicalJson(replace(value))
  const bytes = new Uint8Array(end)
  for (const { at, numbers } of arrays) bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), at)
  return { json, bytes }
}

/** The value again; throws a RangeError when an array lies outside the bytes. */
export const decode = (json: string, bytes: Uint8Array): unknown => {
  // A copy that begins where its memory begins: a Buffer's slice would share the pool that it lies in, anywhere.
  const aligned = new Uint8Array(bytes)
  return JSON.parse(json, (_, v: unknown) => {
    if (typeof v !== 'object' || v === null || !isPlace(v)) return v
    return new kinds[v.array](aligned.buffer, v.at, v.length)
  }) as unknown
}
