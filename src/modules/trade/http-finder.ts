/** Routes of the finder: a text to codes with their duty, and whether a text fits a code. Open to everybody, as the tariff is. */
import type { LegalDate } from '#kernel/time.ts'
import { route, type Route } from '#platform/http.ts'
import { printExpression } from './expression.ts'
import { CheckParams, CheckQuery, DescriptionCheck, FinderQuery, FinderReply, type FinderCandidate, type FinderResult } from './schema/finder.ts'
import { finder, prepareFinder } from './search/index.ts'
import type { Tariff } from './snapshot.ts'

const tag = 'tariff'
const home = 'XV'
const mostLines = 6

type On = { administration: string; date: LegalDate; language?: string }

/** Lines that may be declared under a code: those drawn up below it, else its own eight digits where the chapter takes them. */
const linesUnder = (tariff: Tariff, { code, heading, guessed }: FinderResult, on: On): string[] => {
  const drawn = tariff.search({ ...on, q: heading, limit: 100 }).filter((c) => c.declarable)
  const nearer = guessed ? drawn : drawn.filter((c) => c.code.startsWith(code))
  if (drawn.length > 0) return (nearer.length > 0 ? nearer : drawn).slice(0, mostLines).map((c) => c.code)
  const whole = code.padEnd(8, '0')
  return tariff.commodity(on.administration, whole, on.date).declarable ? [whole] : []
}

const candidate = (tariff: Tariff, result: FinderResult, on: On): FinderCandidate => ({
  ...result,
  commodities: linesUnder(tariff, result, on).map((code) => {
    const measures = tariff.measuresOf({ administration: on.administration, hsCode: code, date: on.date })
    const duty = measures.find((m) => m.preferences?.includes('100') && m.expression)
    const { supplementaryUnit } = tariff.commodity(on.administration, code, on.date)
    return {
      code,
      name: tariff.describe(on.administration, code, on.date, on.language)?.name ?? result.description,
      ...(duty?.expression && { duty: printExpression(duty.expression) }),
      ...(supplementaryUnit && { supplementaryUnit }),
    }
  }),
})

export const finderRoutes = (tariff: () => Promise<Tariff>): Route[] => [
  route({
    method: 'GET',
    path: '/api/trade/codes',
    permission: 'public',
    summary: 'Codes for what a good is called, with reasons, duty, and questions that tell them apart',
    tag,
    query: FinderQuery,
    out: FinderReply,
    handler: async ({ query, now }) => {
      const on = {
        administration: query.administration ?? home,
        date: query.date ?? now.slice(0, 10),
        ...(query.language && { language: query.language }),
      }
      void prepareFinder({ waits: false })
      const found = finder().find(query.q, { limit: query.limit ?? 10 })
      const current = await tariff()
      return { ...found, results: found.results.map((result) => candidate(current, result, on)) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/trade/codes/:code/fit',
    permission: 'public',
    summary: 'Whether a described good fits a code: a warning to look again, never a refusal',
    tag,
    params: CheckParams,
    query: CheckQuery,
    out: DescriptionCheck,
    handler: async ({ params, query }) => finder().checkDescription(params.code, query.text),
  }),
]
