/** A document that a command brought and its event keeps is written into the journal once; the payload then refers to the event (RFC 6901 pointer). */
import type { DeclarationEvent } from '../declaration.ts'

const reference = { $ref: '#/events/0/document' } as const

const isReference = (v: unknown): boolean => typeof v === 'object' && v !== null && (v as { $ref?: unknown }).$ref === reference.$ref

export const referring = (payload: object, events: readonly DeclarationEvent[]): object => {
  const first = events[0]
  return 'document' in payload && first && 'document' in first && first.document === payload.document ? { ...payload, document: reference } : payload
}

export const resolved = (payload: object, events: readonly unknown[]): object =>
  'document' in payload && isReference(payload.document) ? { ...payload, document: (events[0] as { document?: unknown }).document } : payload
