/** Lists: `GET /api/x?page=1&size=50&sort=-field&…` answers `{rows, total, page, size}`; the same address with `format=csv` gives the file. */
import { Type, type TProperties, type TSchema } from 'typebox'
import { toCsv } from './csv.ts'
import type { Reader } from './database.ts'
import { raw, type Raw } from './http.ts'

/** Query of a list: page, size, sort (`field` or `-field` among `sortable`), csv, and the list's own filters. */
export const listQuery = <F extends TProperties>(sortable: readonly string[], filters: F) =>
  Type.Object(
    {
      page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
      size: Type.Integer({ minimum: 1, maximum: 500, default: 50 }),
      sort: Type.Optional(Type.String({ pattern: `^-?(${sortable.join('|')})$`, description: 'a leading minus = descending' })),
      format: Type.Optional(Type.Literal('csv')),
      ...filters,
    },
    { additionalProperties: false },
  )

export const pageOf = <T extends TSchema>(row: T) =>
  Type.Object({ rows: Type.Array(row), total: Type.Integer(), page: Type.Integer(), size: Type.Integer() }, { additionalProperties: false })

export type Page<T> = { rows: T[]; total: number; page: number; size: number }
export type ListQuery = { page: number; size: number; sort?: string; format?: 'csv' }

/** Most rows of one csv file. */
export const mostRows = 50_000

/** What a store needs of a query: a csv holds all rows of the filter. */
export const windowOf = (q: ListQuery): { limit: number; offset: number } =>
  q.format === 'csv' ? { limit: mostRows, offset: 0 } : { limit: q.size, offset: (q.page - 1) * q.size }

/** `order by` from a whitelist: field → SQL expression (trusted text); ties by `last`, so that pages never overlap. */
export const orderBy = (db: Reader, sort: string | undefined, expressions: Readonly<Record<string, string>>, otherwise: string, last: string) => {
  const field = (sort ?? otherwise).replace(/^-/, '')
  const expression = expressions[field] ?? expressions[otherwise.replace(/^-/, '')]!
  return db.unsafe(`order by ${expression} ${(sort ?? otherwise).startsWith('-') ? 'desc nulls last' : 'asc nulls first'}, ${last}`)
}

/** A list's text filter as a pattern for `like`: anywhere, with the user's own % and _ taken literally. */
export const containing = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** The answer: a page, or the csv of all rows with these columns. */
export const answerList = <T extends Record<string, unknown>>(
  q: ListQuery,
  found: { rows: T[]; total: number },
  name: string,
  columns: readonly (keyof T & string)[],
): Page<T> | Raw =>
  q.format === 'csv' ? raw('text/csv; charset=utf-8', toCsv(found.rows, columns), `${name}.csv`) : { ...found, page: q.page, size: q.size }
