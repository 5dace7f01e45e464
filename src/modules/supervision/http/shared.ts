/** What the routes of supervision share. */
import { Type } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'

export const tag = 'supervision'
export const Id = Type.Object({ id: Type.String({ pattern: uuidPattern }) })
export const Name = Type.Object({ id: Type.String({ minLength: 1, maxLength: 60 }) })
export const Done = Type.Object({ id: Type.String() })
