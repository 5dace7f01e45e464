/** Routes of licences: list, one with its write-offs, issue, suspend and revoke. */
import { randomBytes } from 'node:crypto'
import { Type } from 'typebox'
import { uuidv7 } from '#kernel/ids.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { actorOf, once } from '#platform/command.ts'
import { violates } from '#platform/database.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal } from '#platform/permissions.ts'
import { findParties } from '#modules/identity'
import { loadReference } from '#modules/reference'
import { home } from '#schema/reference'
import { changeStatus, issue } from './licence.ts'
import { ChangeLicence, IssueLicence, Licence, LicenceParams, LicenceQuery, LicenceView } from './schema.ts'
import { applyLicence, findLicence, listLicences, lockLicences, usesOf } from './store.ts'
import type { Meant } from '../http/meant.ts'

const tag = 'licences'
const holdersFor = (p: Principal): string[] | null => (p.permissions.has('trade:licence:read') ? null : p.represents.map((r) => r.registration))
const ListQuery = listQuery(['number', 'holder', 'validTo'], { ...LicenceQuery.properties, status: Type.Optional(Type.String({ maxLength: 60 })) })
const Done = Type.Object({ id: Type.String() }, { additionalProperties: false })

/** A licence for nobody, or of no office, could be used by nobody and answered for by nobody. */
const unknownIn = async (deps: Deps, body: IssueLicence, today: string): Promise<Issue[]> => {
  const [holders, reference] = await Promise.all([findParties(deps.sql, [body.holder]), loadReference(deps.sql)])
  return [
    ...(holders.has(body.holder) ? [] : [error('trade.licence_holder_unknown', '/holder', { holder: body.holder })]),
    ...(reference.office(body.office, today) ? [] : [error('trade.licence_office_unknown', '/office', { office: body.office })]),
  ]
}

const issuing = (deps: Deps, meant: Meant): Route =>
  route({
    method: 'POST',
    path: '/api/trade/licences',
    permission: 'trade:licence:manage',
    summary: 'Issues a licence',
    tag,
    body: IssueLicence,
    out: Done,
    successStatus: 201,
    handler: async ({ body, principal, key, now }) => {
      const wrong = await unknownIn(deps, body, (await meant({}, now)).date)
      if (wrong.length > 0) return refuse(...wrong)
      const id = uuidv7(Date.parse(now), randomBytes(10))
      const command = { key, actor: actorOf(principal), name: 'licence.register', subject: { kind: 'licence-register', id }, creates: true, at: now }
      try {
        return await once(deps.sql, command, async (tx) => {
          const decision = issue(body, { id, administration: body.administration ?? home })
          if (!decision.ok) return decision
          await applyLicence(tx, null, decision.events, { actor: actorOf(principal), at: now, command: 'licence.issue', payload: body })
          return accept({ body: { payload: body, facts: { id }, events: [] }, reply: { id } })
        })
      } catch (fault) {
        if (violates(fault, 'licence_number')) return refuse(error('trade.licence_number_used', '/number', { number: body.number }))
        throw fault
      }
    },
  })

const changing = (deps: Deps): Route =>
  route({
    method: 'POST',
    path: '/api/trade/licences/:id/change',
    permission: 'trade:licence:manage',
    summary: 'Suspends, resumes or revokes a licence',
    tag,
    params: LicenceParams,
    body: ChangeLicence,
    out: Done,
    handler: async ({ params, body, principal, key, now }) =>
      once(
        deps.sql,
        { key, actor: actorOf(principal), name: 'licence.change', subject: { kind: 'licence-change', id: params.id }, at: now },
        async (tx) => {
          const licence = (await lockLicences(tx, [params.id])).get(params.id)
          if (!licence) return refuse(error('trade.licence_unknown'))
          const decision = changeStatus(licence, body)
          if (!decision.ok) return decision
          await applyLicence(tx, licence, decision.events, { actor: actorOf(principal), at: now, command: `licence.${body.action}`, payload: body })
          return accept({ body: { payload: body, facts: {}, events: [] }, reply: { id: params.id } })
        },
      ),
  })

export const licenceRoutes = (deps: Deps, meant: Meant): Route[] => [
  route({
    method: 'GET',
    path: '/api/trade/licences',
    permission: 'signed-in',
    summary: 'Licences: one’s own, or all for those who keep the register',
    tag,
    query: ListQuery,
    out: pageOf(Licence),
    handler: async ({ query, principal }) =>
      answerList(
        query,
        await listLicences(deps.sql, { ...query, administration: query.administration ?? home, holders: holdersFor(principal) }),
        'licences',
        ['number', 'documentCode', 'holder', 'quantity', 'used', 'unit', 'validFrom', 'validTo', 'status'],
      ),
  }),
  route({
    method: 'GET',
    path: '/api/trade/licences/:id',
    permission: 'signed-in',
    summary: 'A licence and what was written off it',
    tag,
    params: LicenceParams,
    out: LicenceView,
    handler: async ({ params, principal }) => {
      const licence = await findLicence(deps.sql, params.id)
      const holders = holdersFor(principal)
      if (!licence || (holders && !holders.includes(licence.holder))) return refuse(error('trade.licence_unknown'))
      return accept({ licence, uses: await usesOf(deps.sql, licence.id) })
    },
  }),
  issuing(deps, meant),
  changing(deps),
]
