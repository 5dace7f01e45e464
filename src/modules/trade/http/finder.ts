/** Routes of the finder: a text to codes with their duty, and whether a text fits a code. Open to everybody, as the tariff is. */
import type { LegalDate } from '#kernel/time.ts'
import { route, type Route } from '#platform/http.ts'
import { printExpression } from '../expression.ts'
import { CheckParams, CheckQuery, DescriptionCheck, FinderQuery, FinderReply, type FinderCandidate, type FinderResult } from '../schema/finder.ts'
import { finder, prepareFinder } from '../search/index.ts'
import { keyOf, type Commodity } from '../schema/nomenclature.ts'
import type { Tariff } from '../snapshot.ts'
import { type Meant } from './meant.ts'

const tag = 'tariff'
const mostLines = 8
const declaredDigits = 8

type On = { administration: string; date: LegalDate; language?: string }

/** Codes at the ends of the tree below a line, as they are declared: the eight digits of a line that was not drawn up further. */
const ends = (tariff: Tariff, line: Commodity, on: On): string[] => {
  const below = tariff.children(on.administration, keyOf(line), on.date)
  return below.length > 0 ? below.flatMap((one) => ends(tariff, one, on)) : [line.code.padEnd(declaredDigits, '0')]
}

/** Lines that may be declared under a result: those below its subheading, else all of its heading. */
const linesUnder = (tariff: Tariff, { code, heading, guessed }: FinderResult, on: On): string[] => {
  const line = tariff.line(on.administration, heading, on.date)
  const all = line ? ends(tariff, line, on) : []
  const usable = [...new Set(all.length > 0 ? all : [code.padEnd(declaredDigits, '0')])].filter(
    (one) => tariff.commodity(on.administration, one, on.date).declarable,
  )
  const nearer = guessed ? [] : usable.filter((one) => one.startsWith(code))
  return (nearer.length > 0 ? nearer : usable).slice(0, mostLines)
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

export const finderRoutes = (tariff: () => Promise<Tariff>, meant: Meant): Route[] => [
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
        ...(await meant(query, now)),
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
