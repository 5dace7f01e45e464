import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'

/** An identifier of something new at an instant; sorted by time. */
export const newId = (at: string): string => uuidv7(Date.parse(at), randomBytes(10))
