/** Readings made elsewhere, from a table. What a picture holds is never taken from the file: the library knows it. Pure. */
import { error, type Issue } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { type Team, teams } from '../schema/figures.ts'

/** A parsed file: every column has `rows` cells, '' where one is empty. */
type Table = { rows: number; names: readonly string[]; columns: ReadonlyMap<string, readonly string[]> }

const key = {
  image: 'Image ID',
  reader: 'Reader',
  team: 'Team',
  decision: 'Decision',
  confidence: 'Confidence',
  seconds: 'Seconds',
  at: 'Read at',
} as const
const needed = Object.values(key)
/** A file that is wrong throughout is not told row by row to its end. */
const mostTold = 10
const longestS = 3600

export type PastReading = {
  imageId: string
  reader: string
  team: Team
  alarm: boolean
  /** 1 (guessed) to 5 (certain) */
  confidence: number
  ms: number
  /** ISO instant */
  at: string
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/
const isBefore = (text: string, now: string): boolean => instant.test(text) && Date.parse(text) <= Date.parse(now)

/** What each cell must be; `images`: ids of the library's pictures. */
const cellRules = (images: ReadonlySet<string>, now: string): [name: string, isRight: (cell: string) => boolean][] => [
  [key.image, (cell) => images.has(cell)],
  [key.reader, (cell) => cell.length > 0 && cell.length <= 100],
  [key.team, (cell) => teams.some((team) => team === cell)],
  [key.decision, (cell) => cell === 'clear' || cell === 'suspect'],
  [key.confidence, (cell) => /^[1-5]$/.test(cell)],
  [key.seconds, (cell) => /^\d{1,4}(\.\d{1,3})?$/.test(cell) && Number(cell) > 0 && Number(cell) <= longestS],
  [key.at, (cell) => isBefore(cell, now)],
]

/** The readings of a file; refused with the first ten cells that are none, and readings that the file says twice. */
export const pastReadings = (table: Table, images: ReadonlySet<string>, now: string): Outcome<{ readings: PastReading[]; ignored: string[] }> => {
  const missing = needed.filter((name) => !table.columns.has(name))
  if (missing.length > 0) return refuse(...missing.map((column) => error('inspection.past_column_missing', '/content', { column })))
  const cell = (name: string, r: number): string => table.columns.get(name)![r]!
  const rules = cellRules(images, now)
  const issues: Issue[] = []
  const seen = new Set<string>()
  const readings: PastReading[] = []
  for (let r = 0; r < table.rows && issues.length < mostTold; r += 1) {
    const row = r + 1
    const wrong = rules.find(([name, isRight]) => !isRight(cell(name, r)))
    const [imageId, reader] = [cell(key.image, r), cell(key.reader, r)]
    const once = JSON.stringify([imageId, reader])
    if (wrong) issues.push(error('inspection.past_cell', '/content', { row, column: wrong[0], value: cell(wrong[0], r).slice(0, 60) }))
    else if (seen.has(once)) issues.push(error('inspection.past_twice', '/content', { row, reader, id: imageId }))
    else
      readings.push({
        imageId,
        reader,
        team: teams.find((team) => team === cell(key.team, r))!,
        alarm: cell(key.decision, r) === 'suspect',
        confidence: Number(cell(key.confidence, r)),
        ms: Math.round(Number(cell(key.seconds, r)) * 1000),
        at: new Date(cell(key.at, r)).toISOString(),
      })
    seen.add(once)
  }
  if (issues.length > 0) return refuse(...issues)
  return accept({ readings, ignored: table.names.filter((name) => !needed.some((one) => one === name)) })
}
