/** The table of expectations that ships: chapter by chapter, by general knowledge of goods, to be replaced by what is learned on the spot. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Check } from 'typebox/value'
import { type Expectation, ExpectationTable } from '../schema/expectation.ts'

const path = join(import.meta.dirname, '../../../../data/inspection/expectations.json')

/** Every chapter that the table knows. A file that is none is a fault of the installation, not of anybody's input. */
export const shippedExpectations = (text: string = readFileSync(path, 'utf8')): ReadonlyMap<string, Expectation> => {
  const table: unknown = JSON.parse(text)
  if (!Check(ExpectationTable, table)) throw new TypeError('data/inspection/expectations.json is no table of expectations')
  return new Map(Object.entries(table).map(([chapter, limits]) => [chapter, { source: 'table', n: 0, limits }]))
}
