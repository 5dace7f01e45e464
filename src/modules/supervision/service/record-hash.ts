import { createHash } from 'node:crypto'
import { contentOf } from '../record-text.ts'
import type { SealRecord } from '../schema/record.ts'

/** 128 bits of SHA-256 over the content: what makes two copies of a record one. */
export const hashOf = (record: SealRecord, receivedMs: number, content = contentOf(record)): string => {
  const hash = createHash('sha256').update(content)
  // What tells no time of its own is another event each time that it comes.
  if (!record.eventTime) hash.update(String(receivedMs))
  return hash.digest('base64url').slice(0, 22)
}
