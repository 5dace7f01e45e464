/** Messages: reading and writing them, their schemas, and the pointers in which they speak of a declaration. */
import type { DeclarationDocument } from '../schema/document.ts'
import type { Notification } from '../schema/notification.ts'
import { createEngine } from './engine.ts'
import type { ReadOptions, ReadResult } from './read.ts'
import type { Written } from './write.ts'

export { bytesAtMost } from './decode.ts'
export type { MessageIssue } from './issues.ts'
export { kindNamed, kinds } from './kinds.ts'
export { pathOf, pointersOf } from './pointers.ts'
export type { ReadResult } from './read.ts'
export { schemaFiles } from './wco/xsd.ts'

const engine = createEngine()

/** Reads anything that is sent (see `ReadResult`); what is wrong with it comes back as issues. Never throws. */
export const read = (bytes: Uint8Array, options: ReadOptions = {}): ReadResult => engine.run({ name: 'read', bytes, options }) as ReadResult

/** Writes a declaration, request or notification as XML valid against its schema, or says why it cannot. Never throws. */
export const write = (document: DeclarationDocument | Notification, kind: string): Written => engine.run({ name: 'write', document, kind }) as Written
