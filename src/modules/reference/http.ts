/** Routes of reference data: code lists with search, offices, countries, currencies, rates. */
import { Type } from 'typebox'
import { refuse, accept, type Outcome } from '#kernel/outcome.ts'
import { actorOf, once } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal } from '#platform/permissions.ts'
import { decideRate } from './rate.ts'
import { CodeChoice, ExchangeRate, home, ListParams, ListSearch, Office, OfficeSearch, RateSearch, SetRate } from './schema.ts'
import { dayIn, type Reference } from './snapshot.ts'
import { keepFresh } from './store/live.ts'
import { countChange, endRate, loadReference, lockRates, saveRates } from './store/load.ts'

const tag = 'reference data'
/** The date that a question means: that of today, where the administration is, when it names none. */
const dateOf = (reference: Reference, q: { administration?: string; date?: string }, now: string): string =>
  q.date ?? dayIn(reference, q.administration ?? home, now)

const setRate = (deps: Deps, reference: Reference, principal: Principal, key: string, at: string, rate: SetRate): Promise<Outcome<ExchangeRate>> =>
  once(
    deps.sql,
    { key, actor: actorOf(principal), name: 'rate.set', subject: { kind: 'exchange-rate', id: `${rate.administration}/${rate.currency}` }, at },
    async (tx) => {
      const today = dayIn(reference, rate.administration, at)
      const existing = await lockRates(tx, rate.administration, rate.currency, rate.validFrom)
      const facts = {
        today,
        administrationKnown: reference.administration(rate.administration, today) !== undefined,
        currencyKnown: reference.has('currency', rate.currency, today) !== false,
        existing,
      }
      const decision = decideRate(rate, facts)
      if (!decision.ok) return refuse(...decision.issues)
      for (const { ends } of decision.events) if (ends) await endRate(tx, rate.administration, rate.currency, ends, rate.validFrom)
      await saveRates(tx, [rate])
      await countChange(tx, `rate of ${rate.currency}`, at)
      return accept({ body: { payload: rate, facts, events: decision.events }, reply: rate })
    },
  )

const asked = <T>(list: T[]): { rows: T[]; total: number } => ({ rows: list, total: list.length })
const found = <T extends ReturnType<typeof Type.Object>>(row: T) =>
  Type.Object({ rows: Type.Array(row), total: Type.Integer() }, { additionalProperties: false })

export const routes = (deps: Deps): Route[] => {
  const reference = keepFresh(deps.bus, 'reference', () => loadReference(deps.sql))
  const search = async (
    list: Parameters<Reference['search']>[0],
    q: { q?: string; date?: string; language?: string; limit?: number },
    now: string,
  ) => {
    const known = await reference()
    return asked(known.search(list, { q: q.q ?? '', date: dateOf(known, q, now), language: q.language ?? 'en', limit: q.limit ?? 50 }))
  }
  return [
    route({
      method: 'GET',
      path: '/api/reference/lists/:list',
      permission: 'signed-in',
      summary: 'Codes of a list: by code or by words of the meaning, as of a date',
      tag,
      params: ListParams,
      query: ListSearch,
      out: found(CodeChoice),
      handler: ({ params, query, now }) => search(params.list, query, now),
    }),
    route({
      method: 'GET',
      path: '/api/reference/countries',
      permission: 'public',
      summary: 'Countries as of a date',
      tag,
      query: ListSearch,
      out: found(CodeChoice),
      handler: ({ query, now }) => search('country', { limit: 1000, ...query }, now),
    }),
    route({
      method: 'GET',
      path: '/api/reference/offices',
      permission: 'signed-in',
      summary: 'Customs offices with their places of goods',
      tag,
      query: OfficeSearch,
      out: found(Office),
      handler: async ({ query, now }) => {
        const known = await reference()
        return asked(known.offices({ administration: query.administration ?? home, date: dateOf(known, query, now) }))
      },
    }),
    route({
      method: 'GET',
      path: '/api/reference/rates',
      permission: 'signed-in',
      summary: 'Rates of exchange as of a date',
      tag,
      query: RateSearch,
      out: found(ExchangeRate),
      handler: async ({ query, now }) => {
        const known = await reference()
        return asked(known.rates(query.administration ?? home, dateOf(known, query, now)))
      },
    }),
    route({
      method: 'POST',
      path: '/api/reference/rates',
      permission: 'reference:data:manage',
      summary: 'Set a rate of exchange from a coming day on',
      tag,
      body: SetRate,
      out: ExchangeRate,
      successStatus: 201,
      handler: async ({ body, principal, key, now }) => {
        const done = await setRate(deps, await reference(), principal, key!, now, body)
        if (done.ok) deps.bus.announce({ topic: 'reference', id: `${body.administration}/${body.currency}` })
        return done
      },
    }),
  ]
}
