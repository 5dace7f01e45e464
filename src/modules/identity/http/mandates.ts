/** Mandates: the represented side gives, sees and ends them; the representative sees what it may do for whom, and may lay one down. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse, type Outcome } from '#kernel/outcome.ts'
import type { Tx } from '#platform/database.ts'
import { route, type Context, type Route } from '#platform/http.ts'
import type { Required } from '#platform/permissions.ts'
import { today, type IdentityDeps } from '../deps.ts'
import { decideMandate, evolveMandate, type MandateCommand, type MandateEvent, type MandateFacts } from '../mandate.ts'
import { GiveMandate, IdParams, Mandate, MandateRow, MaybeReason } from '../schema.ts'
import { act } from '../store/act.ts'
import { listMandates, lockMandate, mandatesBetween, saveMandate } from '../store/mandate.ts'
import { readOrganisation } from '../store/organisation.ts'
import { newId } from '../tokens.ts'

const tag = 'mandates'
const permission: Required = 'identity:mandate:manage-own'
type At = Pick<Context<undefined, undefined, unknown>, 'principal' | 'key' | 'now'>

const gather = async (deps: IdentityDeps, tx: Tx, at: string, organisationId: string, command: MandateCommand): Promise<MandateFacts> => {
  const facts = { at, today: today(deps, at), organisationId }
  if (command.type === 'mandate.end') return { ...facts, to: null, between: [] }
  const to = await readOrganisation(tx, { registration: command.give.to })
  return {
    ...facts,
    to: to && { id: to.id, kinds: to.kinds, status: to.status },
    between: to ? await mandatesBetween(tx, organisationId, to.id, facts.today) : [],
  }
}

const change = async (deps: IdentityDeps, x: At, id: string, command: MandateCommand): Promise<Outcome<Mandate>> => {
  const { organisationId } = x.principal
  if (organisationId === null) return refuse(error('identity.organisation_unknown'))
  const done = await act<Mandate, MandateCommand, MandateFacts, MandateEvent, Mandate>(deps.sql, {
    principal: x.principal,
    key: x.key,
    at: x.now,
    subject: { kind: 'mandate', id },
    creates: command.type === 'mandate.give',
    command,
    read: (tx) => lockMandate(tx, id),
    facts: (tx) => gather(deps, tx, x.now, organisationId, command),
    decide: decideMandate,
    evolve: evolveMandate,
    save: saveMandate,
    reply: (m) => m,
  })
  // What the representative may do has changed for all its people.
  if (done.ok) deps.bus.announce({ topic: 'session', id: done.value.toOrganisation, organisationId: done.value.toOrganisation, changed: true })
  return done
}

export const mandateRoutes = (deps: IdentityDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/mandates',
    permission,
    summary: 'Mandates one’s organisation gave and received',
    tag,
    out: Type.Array(MandateRow),
    handler: async ({ principal, now }) =>
      principal.organisationId === null ? [] : listMandates(deps.sql, principal.organisationId, today(deps, now)),
  }),
  route({
    method: 'POST',
    path: '/api/mandates',
    permission,
    summary: 'Let a broker act for one’s organisation',
    tag,
    body: GiveMandate,
    out: Mandate,
    successStatus: 201,
    handler: async (x) => {
      const id = newId(x.now)
      return change(deps, x, id, { type: 'mandate.give', id, give: x.body })
    },
  }),
  route({
    method: 'POST',
    path: '/api/mandates/:id/end',
    permission,
    summary: 'End a mandate at once, from either side',
    tag,
    params: IdParams,
    body: MaybeReason,
    out: Mandate,
    handler: (x) => change(deps, x, x.params.id, { type: 'mandate.end', reason: x.body.reason ?? '' }),
  }),
]
