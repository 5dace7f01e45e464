/** `tariff search`: one answer a text, or a JSON line `{query, long?, limit?}` each; needs neither server nor database. */
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { cannotStart } from '#platform/cannot-start.ts'
import { finder, prepareFinder } from '#modules/trade/search'
import { answer, say } from '../verb.ts'

type Asked = { query: string; long?: boolean; limit?: number }

const defaultLimit = 10
const limitMax = 100
const isLimit = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= limitMax

const refused = (at: number, path: string, detail: string) => ({
  line: at,
  ok: false,
  issues: [{ code: 'message.input_invalid', severity: 'error', path, params: { detail } }],
})

const readLine = (line: string, at: number): Asked | ReturnType<typeof refused> => {
  let value: Record<string, unknown>
  try {
    value = JSON.parse(line) as Record<string, unknown>
  } catch {
    return refused(at, '', 'not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused(at, '', 'not an object')
  const { query, long, limit } = value
  if (typeof query !== 'string' || query.trim() === '') return refused(at, '/query', 'a text is expected')
  if (long !== undefined && typeof long !== 'boolean') return refused(at, '/long', 'true or false is expected')
  if (limit !== undefined && !isLimit(limit)) return refused(at, '/limit', `a whole number from 1 to ${limitMax} is expected`)
  return { query, ...(long !== undefined && { long }), ...(limit !== undefined && { limit }) }
}

const reply = ({ query, long, limit }: Asked, usual: number): void => {
  const { results, questions, asks } = finder().find(query, { limit: limit ?? usual, ...(long !== undefined && { long }) })
  answer({ query, results, ...(questions.length > 0 && { questions }), ...(asks && { asks }) })
}

const replyToLines = async (usual: number): Promise<boolean> => {
  let all = true
  let at = 0
  for await (const line of createInterface({ input: process.stdin })) {
    at++
    if (line.trim() === '') continue
    const asked = readLine(line, at)
    if ('ok' in asked) {
      all = false
      answer(asked)
    } else reply(asked, usual)
  }
  return all
}

export const run = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { limit: { type: 'string' }, long: { type: 'boolean' } } })
  const limit = values.limit === undefined ? defaultLimit : Number(values.limit)
  if (!isLimit(limit)) throw cannotStart(`tariff search: --limit must be a whole number from 1 to ${limitMax}.`)
  if (positionals.length === 0) throw cannotStart('tariff search: say what the good is, or - to read JSON lines from standard input.')
  await prepareFinder({ waits: true, tell: () => say('preparing the words, once: some seconds') })
  if (positionals.length === 1 && positionals[0] === '-') return (await replyToLines(limit)) ? 0 : 1
  reply({ query: positionals.join(' '), ...(values.long && { long: true }) }, limit)
  return 0
}
