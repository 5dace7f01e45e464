/** What a second person must agree to, and what happens when that person does. */
import { hash, randomBytes } from 'node:crypto'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import { mayReadOf } from '../access.ts'
import { decideRiskProposal, evolveRiskProposal, type ProposalCommand } from '../proposal.ts'
import type { Person } from '../schema/profile.ts'
import type { ListContent, ModelPlacement, ProposalAsk, RiskProposal, Setting } from '../schema/proposal.ts'
import { currentLists, insertList, lockProposal, saveProposal } from '../store/lists.ts'
import { findModel, placeModel } from '../store/models.ts'
import { saveSetting } from '../store/settings.ts'
import type { Static } from 'typebox'
import { agencyOf, readerOf, type Risk } from './live.ts'

const subjectOf = (id: string) => ({ kind: 'risk-proposal', id })
const personOf = (a: Asking): Person => ({ personId: a.principal.personId, name: a.principal.name })

type List = Static<typeof ListContent>
/** Entries in order and once each, so that equal lists have equal hashes. */
const tidy = (l: List): List => ({ ...l, entries: [...new Set(l.entries.map((e) => e.trim()).filter((e) => e !== ''))].sort() })

/** Proposes a list, a setting or a model's place. A list of another agency cannot be changed. */
export const propose = async (r: Risk, a: Asking, given: ProposalAsk): Promise<Outcome<RiskProposal>> => {
  const ask = given.kind === 'list' ? { ...given, content: tidy(given.content) } : given
  const id = uuidv7(Date.parse(a.now), randomBytes(10))
  return once<RiskProposal>(
    r.deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: 'risk-proposal.submit', subject: subjectOf(id), creates: true, at: a.now },
    async (tx) => {
      if (ask.kind === 'list') {
        const known = (await currentLists(tx)).find((l) => l.name === ask.content.name)
        if (known && known.agency !== agencyOf(a.principal)) return refuse(error('risk.list_foreign', '/content/name', { name: known.name }))
      }
      if (ask.kind === 'model' && !(await findModel(tx, ask.content.hash)))
        return refuse(error('risk.model_unknown', '/content/hash', { hash: ask.content.hash }))
      const command: ProposalCommand = { name: 'submit', id, agency: agencyOf(a.principal), ask }
      return conclude(tx, null, command, a)
    },
  )
}

const conclude = async (tx: Tx, before: RiskProposal | null, command: ProposalCommand, a: Asking) => {
  const facts = { at: a.now, by: personOf(a) }
  const decision = decideRiskProposal(before, command, facts)
  if (!decision.ok) return refuse(...decision.issues)
  const reply = decision.events.reduce(evolveRiskProposal, before)!
  await saveProposal(tx, reply)
  return accept({ body: { payload: command, facts, events: decision.events }, reply })
}

/** What an approved proposal changes. */
const effect = async (tx: Tx, p: RiskProposal, a: Asking): Promise<void> => {
  if (p.kind === 'list') {
    const { name, about, entries } = p.content as List
    const digest = hash('sha256', canonicalJson(entries))
    await insertList(tx, { name, about, entries, agency: p.agency, hash: digest, author: p.author, approver: personOf(a), at: a.now })
  }
  if (p.kind === 'setting') await saveSetting(tx, p.content as Setting)
  if (p.kind === 'model') {
    const { hash: model, as } = p.content as Static<typeof ModelPlacement>
    await placeModel(tx, { hash: model, as, how: 'promotion', proposedBy: p.author.personId, approvedBy: a.principal.personId, at: a.now })
  }
}

/** Approves, rejects or withdraws. What was agreed to holds at once, in the same transaction. */
export const decideProposal = async (
  r: Risk,
  a: Asking,
  id: string,
  command: Exclude<ProposalCommand, { name: 'submit' }>,
): Promise<Outcome<RiskProposal>> => {
  const done = await once<RiskProposal>(
    r.deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: `risk-proposal.${command.name}`, subject: subjectOf(id), at: a.now },
    async (tx) => {
      const before = await lockProposal(tx, id)
      if (!before || !mayReadOf(readerOf(a.principal), before.agency)) return refuse(error('risk.proposal_unknown', '/id', { id }))
      const decided = await conclude(tx, before, command, a)
      if (decided.ok && command.name === 'approve') await effect(tx, before, a)
      return decided
    },
  )
  if (done.ok && command.name === 'approve') r.deps.bus.announce({ topic: 'risk', id: done.value.kind })
  return done
}
