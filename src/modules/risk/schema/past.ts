/** What an older system examined and found: learned from, and never counted among what this one decided. */
import { Type, type Static } from 'typebox'
import type { outcomeResults } from './decision.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })

export const ImportPast = Type.Object(
  {
    administration: Type.String({ pattern: '^[A-Z]{2}$' }),
    /** where it comes from: a file's name, a system's */ source: text(200, 1),
    /** CSV, one row a goods item: Declaration ID, Date, HS6 Code and Result (none, minor, major, critical) at least */
    content: text(14_000_000, 1),
  },
  { ...closed, title: 'ImportPastExaminations' },
)
export type ImportPast = Static<typeof ImportPast>

export type PastExamination = {
  reference: string
  item: number
  /** ISO date */ declaredOn: string
  result: (typeof outcomeResults)[number]
  /** by column name; what was empty is absent */ cells: Record<string, string>
}

export const PastImported = Type.Object(
  { rows: Type.Integer(), withFinding: Type.Integer(), /** columns that nothing is learned from */ ignored: Type.Array(text(200)) },
  { ...closed, title: 'PastExaminationsImported' },
)
export type PastImported = Static<typeof PastImported>

export const PastSummary = Type.Object(
  {
    rows: Type.Integer(),
    withFinding: Type.Integer(),
    from: nullable(text(10)),
    to: nullable(text(10)),
    sources: Type.Array(Type.Object({ source: text(200), rows: Type.Integer(), importedBy: text(200), importedAt: text(40) }, closed)),
  },
  { ...closed, title: 'PastExaminations' },
)
export type PastSummary = Static<typeof PastSummary>
