/** A mandate: one organisation lets another act for it towards customs (UCC, Articles 18 and 19). Only the represented side gives it. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { Instant, LegalDate } from '#kernel/time.ts'
import type { GiveMandate, Mandate, MandateScope, OrganisationKind } from './schema.ts'

export type MandateEvent =
  | { type: 'mandate.given'; at: Instant; mandate: Omit<Mandate, 'givenAt' | 'endedAt'> }
  | { type: 'mandate.ended'; at: Instant; validTo: LegalDate; by: 'represented' | 'representative'; reason: string }

export type MandateCommand = { type: 'mandate.give'; id: string; give: GiveMandate } | { type: 'mandate.end'; reason: string }

/** `to` is the organisation that registration belongs to; `between` are the mandates that stand between the two. */
export type MandateFacts = {
  at: Instant
  today: LegalDate
  organisationId: string
  to: { id: string; kinds: OrganisationKind[]; status: string } | null
  between: readonly Pick<Mandate, 'scope' | 'validFrom' | 'validTo'>[]
}

export const evolveMandate = (s: Mandate | null, e: MandateEvent): Mandate =>
  e.type === 'mandate.given' ? { ...e.mandate, givenAt: e.at, endedAt: null } : { ...s!, validTo: e.validTo, endedAt: e.at }

const covers = (a: MandateScope, b: MandateScope): boolean => a === b || a === 'all' || b === 'all'
type Range = Pick<Mandate, 'validFrom' | 'validTo'>
const overlap = (a: Range, b: Range): boolean => (b.validTo === null || a.validFrom < b.validTo) && (a.validTo === null || b.validFrom < a.validTo)

const give = (c: Extract<MandateCommand, { type: 'mandate.give' }>, facts: MandateFacts): Decision<MandateEvent> => {
  const { scope, validFrom = facts.today, validTo = null } = c.give
  const issues: Issue[] = []
  if (!facts.to || facts.to.status === 'ended') issues.push(error('identity.organisation_unknown', '/to', { registration: c.give.to }))
  else if (facts.to.id === facts.organisationId) issues.push(error('identity.mandate_self', '/to'))
  else if (!facts.to.kinds.includes('broker')) issues.push(error('identity.mandate_not_broker', '/to', { registration: c.give.to }))
  if (validFrom < facts.today) issues.push(error('identity.mandate_past', '/validFrom'))
  if (validTo !== null && validTo <= validFrom) issues.push(error('identity.range_reversed', '/validTo'))
  if (facts.between.some((m) => covers(m.scope, scope) && overlap(m, { validFrom, validTo })))
    issues.push(error('identity.mandate_overlaps', '/scope'))
  if (issues.length > 0) return refused(...issues)
  const mandate = { id: c.id, fromOrganisation: facts.organisationId, toOrganisation: facts.to!.id, scope, validFrom, validTo }
  return decided([{ type: 'mandate.given', at: facts.at, mandate }])
}

/** Either side may end it, at once; what was lodged under it stays lodged. */
const end = (s: Mandate, reason: string, facts: MandateFacts): Decision<MandateEvent> => {
  if (s.endedAt !== null || (s.validTo !== null && s.validTo <= facts.today)) return refused(error('identity.mandate_over'))
  const validTo = s.validFrom > facts.today ? s.validFrom : facts.today
  return decided([
    { type: 'mandate.ended', at: facts.at, validTo, by: s.fromOrganisation === facts.organisationId ? 'represented' : 'representative', reason },
  ])
}

export const decideMandate = (s: Mandate | null, c: MandateCommand, facts: MandateFacts): Decision<MandateEvent> => {
  if (c.type === 'mandate.give') return s ? refused(error('request.conflict')) : give(c, facts)
  // To anybody else it does not exist.
  if (!s || ![s.fromOrganisation, s.toOrganisation].includes(facts.organisationId)) return refused(error('identity.mandate_unknown'))
  return end(s, c.reason, facts)
}
