/** What the routes of supervision share. */
import { Type } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'
import type { Context } from '#platform/http.ts'
import type { Asking } from '../service/asking.ts'

export const tag = 'supervision'
export const Id = Type.Object({ id: Type.String({ pattern: uuidPattern }) })
export const Name = Type.Object({ id: Type.String({ minLength: 1, maxLength: 60 }) })
export const Done = Type.Object({ id: Type.String() })

export const askingOf = ({ principal, key, now }: Pick<Context<unknown, unknown, unknown>, 'principal' | 'key' | 'now'>): Asking => ({
  principal,
  key,
  now,
})
