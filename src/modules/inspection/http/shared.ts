/** What the routes of inspection share. */
import { Type } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'
import type { Context } from '#platform/http.ts'
import type { Asking } from '../service/asking.ts'

export const tag = 'inspection'
export const Id = Type.Object({ id: Type.String({ pattern: uuidPattern }) })

export const askingOf = ({ principal, key, now }: Pick<Context<unknown, unknown, unknown>, 'principal' | 'key' | 'now'>): Asking => ({
  principal,
  key,
  now,
})
