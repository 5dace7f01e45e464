/**
 * A record as text: its content, by which copies are known and which is hashed, and what is stored. Both tell only what the record tells:
 * a third of the bytes. Every record goes through here once, so the text is written field by field and the content is written once for both.
 */
import { blank } from './protocols/codec.ts'
import type { SealRecord } from './schema/record.ts'

/** Of `raw`: the data type under which a record came, wherever a protocol tells it beside the record. */
const aside: ReadonlySet<string> = new Set(['dataType', 'cached', 'source'])
const unknown: Readonly<Record<string, unknown>> = blank('', null)
const fields = (Object.keys(unknown) as (keyof SealRecord)[]).filter((f) => f !== 'origin' && f !== 'serial' && f !== 'raw')

/** What `blank` says already is not told: nulls, empty lists, and a "no" where unknown means no. */
const isTold = (name: string, value: unknown): boolean =>
  value !== null && !(value === false && unknown[name] === false) && !(Array.isArray(value) && value.length === 0)

const textOf = (value: unknown): string => (typeof value === 'number' && Number.isFinite(value) ? String(value) : JSON.stringify(value))

/** `raw` as text, with what lies aside or without it; empty when there is nothing. */
const rawText = (raw: SealRecord['raw'], isAside: boolean): string => {
  let text = ''
  for (const name in raw)
    if (raw[name] !== undefined && aside.has(name) === isAside) text += `${text ? ',' : ''}${JSON.stringify(name)}:${textOf(raw[name])}`
  return text && `{${text}}`
}

/**
 * What makes two copies of a record the same: everything but its data type and serial, because a seal repeats what was not acknowledged
 * as a replay and counts it anew. JSON, with its fields always in one order.
 */
export const contentOf = (record: SealRecord): string => {
  let text = ''
  for (const name of fields) {
    const value = record[name]
    if (isTold(name, value)) text += `${text ? ',' : ''}"${name}":${textOf(value)}`
  }
  const raw = rawText(record.raw, false)
  return raw ? `{${text},"raw":${raw}}` : `{${text}}`
}

/** What is stored of a record whose content is known: beside the content its serial, its origin and what of `raw` lies aside. */
export const storedText = (record: SealRecord, content: string): string => {
  const raw = rawText(record.raw, true)
  const serial = record.serial === null ? '' : `"serial":${record.serial},`
  return `{${raw && `"aside":${raw},`}${serial}"origin":"${record.origin}",${content.slice(1)}`
}

export type Stored = Partial<SealRecord> & { aside?: SealRecord['raw'] }

/** A stored record, whole again. */
export const recordOf = ({ aside: beside, ...stored }: Stored): SealRecord => ({
  ...blank(stored.protocol ?? '', null),
  ...stored,
  ...(beside && { raw: { ...stored.raw, ...beside } }),
})
