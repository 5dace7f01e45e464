/** What the routes of inspection share. */
import { Type } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'

export const tag = 'inspection'
export const Id = Type.Object({ id: Type.String({ pattern: uuidPattern }) })
