/** What a reader of a foreign tariff gives, row by row. Pure. */
import type { Issue } from '#kernel/issue.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { Area, Commodity, Measure, Term } from '../schema.ts'

export const importKinds = ['hs', 'usitc', 'uk', 's301'] as const
export type ImportKind = (typeof importKinds)[number]

/** Codes of the Harmonized System with what they are called; readers ask whether a code can be right. */
export type HsList = { has: (code: string) => boolean; name: (code: string) => string | undefined; size: number }

export type ImportOptions = {
  administration: string
  /** first day of what the file says, where it does not say its own */
  from: LegalDate
  hs: HsList
  /** take a code that lost its leading zero for what it was meant to be */
  repair: boolean
}

/** A measure's `id` is its name without a date: the same name in the next file is the same measure. */
export type Imported =
  | { what: 'commodity'; row: Commodity; /** leaves a line that is there as it is */ missingOnly?: boolean }
  | { what: 'measure'; row: Measure }
  | { what: 'area'; row: Area }
  | { what: 'term'; row: Term }

/** One row of the file: taken, with remarks; refused for a reason; or left out because it stands for no goods. */
export type ReadRow = { line: number; taken: Imported[]; remarks: Issue[] } | { line: number; refused: Issue } | { line: number; ignored: Issue }

/** Text of the file in pieces as they come from the disk. */
export type Chunks = AsyncIterable<string> | Iterable<string>
export type FileReader = (chunks: Chunks, options: ImportOptions) => AsyncGenerator<ReadRow>
