/** Shapes that all of the tariff uses. */
import { Type } from 'typebox'
import { decimalPattern } from '#kernel/decimal.ts'
import { LegalDate } from '#schema/reference'

export const closed = { additionalProperties: false } as const
export const optional = Type.Optional
export const text = (max = 200, description?: string) => Type.String({ maxLength: max, ...(description && { description }) })
export const numeral = Type.String({ pattern: decimalPattern, maxLength: 50 })
/** Legal validity, half-open: `validTo` is the first day on which it no longer holds. */
export const validity = { validFrom: LegalDate, validTo: optional(LegalDate) }
export const language = optional(Type.Enum(['en', 'fr', 'es', 'zh', 'ar']))
