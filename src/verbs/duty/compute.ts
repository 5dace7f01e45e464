/** `duty compute`: duty, excise, VAT and rates from inputs as JSON. Needs neither server nor database. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { error, type Issue } from '#kernel/issue.ts'
import type { Outcome } from '#kernel/outcome.ts'
import { cannotStart } from '#platform/cannot-start.ts'
import { computeDuty, readExchangeRates, readSeasonal, type Tables } from '#rules/duty'
import { jsonLines, parseObject } from '../json-lines.ts'
import { sentenceOf } from '../sentence.ts'
import { answer } from '../verb.ts'

type Fields = Record<string, unknown>
type Work = { tables: Tables; /** rates of United States lines that earlier records named */ before: Map<string, string> }

const told = (issues: readonly Issue[]) => issues.map((issue) => ({ ...issue, text: sentenceOf(issue) }))
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A record `{id, name?, inputs}`, or bare inputs. */
const reply = (record: Fields, { tables, before }: Work): boolean => {
  const inputs = isObject(record['inputs']) ? record['inputs'] : record
  const name = [record['name'], inputs['name']].find((n): n is string => typeof n === 'string')
  const outcome = computeDuty(inputs, tables, name, before)
  const id = record['id'] === undefined ? {} : { id: record['id'] }
  if (outcome.ok) answer({ ...id, ok: true, result: outcome.value, ...(outcome.issues.length > 0 && { issues: told(outcome.issues) }) })
  else answer({ ...id, ok: false, issues: told(outcome.issues) })
  return outcome.ok
}

const refuse = (where: Fields, detail: string): false => {
  answer({ ...where, ok: false, issues: told([error('message.input_invalid', '', { detail })]) })
  return false
}

const fromLines = async (work: Work): Promise<boolean> => {
  let all = true
  for await (const line of jsonLines()) all = ('value' in line ? reply(line.value, work) : refuse({ line: line.number }, line.fault)) && all
  return all
}

/** A file holds one record, an array of them, or one a line. */
const fromFile = async (file: string, work: Work): Promise<boolean> => {
  const text = await readText(file)
  let whole: unknown
  try {
    whole = JSON.parse(text)
  } catch {
    const lines = text.split('\n').map((line, at) => ({ at: at + 1, line }))
    return lines
      .filter(({ line }) => line.trim() !== '')
      .map(({ at, line }) => {
        const parsed = parseObject(line)
        return 'value' in parsed ? reply(parsed.value, work) : refuse({ file, line: at }, parsed.fault)
      })
      .every(Boolean)
  }
  const records: unknown[] = Array.isArray(whole) ? whole : [whole]
  return records.map((record, at) => (isObject(record) ? reply(record, work) : refuse({ file, line: at + 1 }, 'it is no object'))).every(Boolean)
}

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (fault) {
    throw cannotStart(`duty compute: ${(fault as Error).message}`)
  }
}

const tableOf = async <T>(file: string, parse: (text: string) => Outcome<T>): Promise<T> => {
  const outcome = parse(await readText(file))
  if (!outcome.ok) throw cannotStart(`duty compute: ${file}: ${outcome.issues.map((i) => `${i.path} ${sentenceOf(i)}`).join('; ')}`)
  return outcome.value
}

const exchangeRates = (text: string) => {
  try {
    return readExchangeRates(JSON.parse(text))
  } catch (fault) {
    throw cannotStart(`duty compute: --rates: ${(fault as Error).message}`)
  }
}

/** Exit code 0 when everything was computed, 1 when something could not be, 2 when it could not run. */
export const run = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { rates: { type: 'string' }, seasonal: { type: 'string' } } })
  if (positionals.length === 0 && process.stdin.isTTY) throw cannotStart('duty compute: name a file, or - to read JSON lines from standard input.')
  const tables: Tables = {
    ...(values.rates !== undefined && { rates: await tableOf(values.rates, exchangeRates) }),
    ...(values.seasonal !== undefined && { seasonal: await tableOf(values.seasonal, readSeasonal) }),
  }
  const work: Work = { tables, before: new Map() }
  let all = true
  for (const file of positionals.length === 0 ? ['-'] : positionals) all = (file === '-' ? await fromLines(work) : await fromFile(file, work)) && all
  return all ? 0 : 1
}
