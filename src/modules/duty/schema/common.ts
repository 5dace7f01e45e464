/** Shapes that all of duty uses. */
import { Type } from 'typebox'
import { decimalPattern } from '#kernel/decimal.ts'
import { uuidPattern } from '#kernel/ids.ts'

export const closed = { additionalProperties: false } as const
export const optional = Type.Optional
export const orNone = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
export const text = (max = 200, description?: string) => Type.String({ maxLength: max, ...(description && { description }) })
export const numeral = Type.String({ pattern: decimalPattern, maxLength: 50 })
export const instant = Type.String({ description: 'instant, ISO 8601 UTC' })
export const Id = Type.String({ pattern: uuidPattern })

export const MoneyShape = Type.Object({ minor: Type.Integer(), currency: Type.String({ pattern: '^[A-Z]{3}$' }) }, { ...closed, title: 'Money' })
export const grounds = Type.String({ minLength: 3, maxLength: 2000 })
export const reference = Type.String({ minLength: 1, maxLength: 70 })
