/** Commands on referrals. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { inTransaction, type Tx } from '#platform/database.ts'
import { record } from '#platform/journal.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { decideReferral, evolveReferral, type ReferralCommand, type ReferralFacts } from '../referral.ts'
import type { IssueReferral, Referral } from '../schema/referral.ts'
import { addressee, findReferral, lockReferral, overdueReferrals, saveReferral } from '../store/referrals.ts'
import { tellReferral } from '../subscription.ts'
import { agencyOf, type Risk } from './live.ts'

const subjectOf = (id: string) => ({ kind: 'referral', id })

const factsOf = (a: Asking, previous: Referral | null): ReferralFacts => ({
  at: a.now,
  by: {
    personId: a.principal.personId,
    name: a.principal.name,
    agency: agencyOf(a.principal),
    permissions: [...a.principal.permissions].filter((p) => p.startsWith('risk:referral:')),
  },
  represents: a.principal.represents.map((x) => x.registration),
  previous,
})

const conclude = async (tx: Tx, before: Referral | null, command: ReferralCommand, facts: ReferralFacts) => {
  const decision = decideReferral(before, command, facts)
  if (!decision.ok) return refuse(...decision.issues)
  const reply = decision.events.reduce(evolveReferral, before)!
  await saveReferral(tx, reply, facts.at)
  await tellReferral(tx, reply)
  return accept({ body: { payload: command, facts, events: decision.events }, reply })
}

/** Asks the declarant of goods that were selected for, or orders them not to be loaded. */
export const issueReferral = async (r: Risk, a: Asking, ask: IssueReferral): Promise<Outcome<Referral>> => {
  const id = uuidv7(Date.parse(a.now), randomBytes(10))
  const done = await once<Referral>(
    r.deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: 'referral.issue', subject: subjectOf(id), creates: true, at: a.now },
    async (tx) => {
      const goods = await addressee(tx, ask.reference)
      if (!goods) return refuse(error('risk.referral_nobody', '/reference', { reference: ask.reference }))
      const previous = ask.previousId ? await findReferral(tx, ask.previousId) : null
      const subject = { kind: goods.kind, id: goods.id }
      const command: ReferralCommand = {
        name: 'issue',
        id,
        ask,
        subject,
        recipient: goods.declarant,
        office: goods.office,
        agency: agencyOf(a.principal),
      }
      return conclude(tx, null, command, factsOf(a, previous))
    },
  )
  if (done.ok) announce(r, done.value)
  return done
}

const announce = (r: Risk, x: Referral): void =>
  r.deps.bus.announce({ topic: 'referral', id: x.id, office: x.office, organisations: [x.recipient], status: x.status })

export const commandReferral = async (
  r: Risk,
  a: Asking,
  id: string,
  command: Exclude<ReferralCommand, { name: 'issue' }>,
): Promise<Outcome<Referral>> => {
  const done = await once<Referral>(
    r.deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: `referral.${command.name}`, subject: subjectOf(id), at: a.now },
    async (tx) => conclude(tx, await lockReferral(tx, id), command, factsOf(a, null)),
  )
  if (done.ok) announce(r, done.value)
  return done
}

const system = systemPrincipal('Portcullis')

/** What was not answered in time. The goods go on waiting: silence is no answer. Answers how many. */
export const expireReferrals = async (r: Risk): Promise<number> => {
  const now = r.deps.clock()
  const ids = await overdueReferrals(r.deps.sql, now)
  for (const id of ids)
    await inTransaction(r.deps.sql, async (tx) => {
      const facts = factsOf({ principal: system, key: null, now }, null)
      const done = await conclude(tx, await lockReferral(tx, id), { name: 'expire' }, facts)
      // Answered between the list and the lock: then there is nothing to expire.
      if (!done.ok) return
      await record(tx, subjectOf(id), { command: 'referral.expire', commandKey: null, actor: actorOf(system), ...done.value, at: now })
    })
  return ids.length
}
