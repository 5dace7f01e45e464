/** Routes of firms and what they share. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { actorOf, once } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { findParties, organisationsAtSameAddress } from '#modules/identity'
import { networkOf, type Tied } from '../network.ts'
import { Entity, NoteTie } from '../schema.ts'
import type { Risk } from '../service/live.ts'
import { firmFacts, noteTie, sharedBy, tiesOf } from '../store/entities.ts'
import { noteReading } from '../store/readings.ts'
import { closed, daysBefore, tag } from './shared.ts'

/** Ties older than that say little of who trades with whom now. */
const lookBackDays = 730
const Registration = Type.Object({ id: Type.String({ pattern: '^[A-Z]{2}[A-Z0-9]{1,15}$' }) })

const entityOf = async (r: Risk, id: string, now: string): Promise<Entity | null> => {
  const { sql } = r.deps
  const since = daysBefore(now, lookBackDays)
  const [facts, links, noted, addresses] = await Promise.all([
    firmFacts(sql, id, since),
    sharedBy(sql, id, since),
    tiesOf(sql, id),
    organisationsAtSameAddress(sql, id),
  ])
  const registered = addresses.map((o): Tied => ({
    kind: 'address',
    value: o.address,
    registration: o.registration,
    source: 'register of operators',
  }))
  const ties = [...registered, ...noted]
  const everybody = [
    id,
    ...links.flatMap((l) => [...(l.kind === 'broker' ? [l.value] : []), ...l.others.map((o) => o.id)]),
    ...ties.map((t) => t.registration),
  ]
  const parties = await findParties(sql, [...new Set(everybody)])
  if (facts.declarations === 0 && !parties.has(id) && ties.length === 0) return null
  const names = new Map([...parties].map(([registration, p]) => [registration, p.name]))
  return { id, name: names.get(id) ?? null, facts, ...networkOf(id, links, ties, names, facts.found) }
}

export const entityRoutes = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/entities/:id',
    permission: 'risk:entity:read',
    summary:
      'A firm: what it declared, what was found, and what it shares with others (addresses, telephones, directors, brokers, vehicles, sellers)',
    tag,
    params: Registration,
    out: Entity,
    handler: async ({ params, principal, now }) => {
      const entity = await entityOf(r, params.id, now)
      if (!entity) return refuse(error('risk.entity_unknown', '/id', params))
      await noteReading(r.deps.sql, { personId: principal.personId, name: principal.name, kind: 'entity', subject: params.id, at: now })
      return entity
    },
  }),
  route({
    method: 'POST',
    path: '/api/risk/ties',
    permission: 'risk:entity:note',
    summary: 'Note an address, telephone, director, account or website of a firm, with where it is known from',
    tag,
    body: NoteTie,
    out: Type.Object({ added: Type.Boolean() }, closed),
    successStatus: 201,
    handler: ({ body, principal, key, now }) =>
      once(
        r.deps.sql,
        { key, actor: actorOf(principal), name: 'risk-tie.note', subject: { kind: 'risk-entity', id: body.registration }, at: now },
        async (tx) => {
          const added = await noteTie(tx, body, principal.personId, now)
          return accept({ body: { payload: body, facts: {}, events: added ? [{ type: 'risk-tie.noted', at: now }] : [] }, reply: { added } })
        },
      ),
  }),
]
