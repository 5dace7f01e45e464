/** What a second person must agree to, and what happens when that person does. */
import { hash, randomBytes } from 'node:crypto'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import { officeAllowed } from '#platform/permissions.ts'
import { mayReadOf } from '../access.ts'
import { decideRiskProposal, evolveRiskProposal, type ProposalCommand } from '../proposal.ts'
import { settingIssues } from '../schema/capacity.ts'
import type { Person } from '../schema/profile.ts'
import type { ListContent, ModelPlacement, ProposalAsk, RiskProposal, Setting } from '../schema/proposal.ts'
import { currentLists, insertList, lockProposal, saveProposal } from '../store/lists.ts'
import { findModel, placeModel } from '../store/models.ts'
import { readSettings, saveSetting } from '../store/settings.ts'
import type { Static } from 'typebox'
import { agencyOf, readerOf, type Risk } from './live.ts'

const subjectOf = (id: string) => ({ kind: 'risk-proposal', id })
const personOf = (a: Asking): Person => ({ personId: a.principal.personId, name: a.principal.name })

type List = Static<typeof ListContent>
/** Entries in order and once each, so that equal lists have equal hashes. */
const tidy = (l: List): List => ({ ...l, entries: [...new Set(l.entries.map((e) => e.trim()).filter((e) => e !== ''))].sort() })

const mayPropose = 'risk:capacity:propose'

/** Why a proposal may not be made at all. Rates and models are customs' own: another agency at the border has lists only. */
const against = async (tx: Tx, a: Asking, ask: ProposalAsk): Promise<Issue[]> => {
  if (ask.kind === 'list') {
    const known = (await currentLists(tx)).find((l) => l.name === ask.content.name)
    return known && known.agency !== agencyOf(a.principal) ? [error('risk.list_foreign', '/content/name', { name: known.name })] : []
  }
  if (ask.kind === 'model') {
    if (!a.principal.permissions.has('risk:model:read')) return [error('access.denied', '', { permission: 'risk:model:read' })]
    return (await findModel(tx, ask.content.hash)) ? [] : [error('risk.model_unknown', '/content/hash', { hash: ask.content.hash })]
  }
  const { administration, office } = ask.content
  if (!a.principal.permissions.has(mayPropose)) return [error('access.denied', '', { permission: mayPropose })]
  // The country's setting (no office) is for those who may propose everywhere.
  if (!officeAllowed(a.principal, office, mayPropose)) return [error('risk.setting_foreign', '/content/office', { office })]
  const national = (await readSettings(tx)).find((s) => s.administration === administration && s.office === '')
  return settingIssues(ask.content, national ?? null)
}

/** Proposes a list, a setting or a model's place. */
export const propose = async (r: Risk, a: Asking, given: ProposalAsk): Promise<Outcome<RiskProposal>> => {
  const ask = given.kind === 'list' ? { ...given, content: tidy(given.content) } : given
  const id = uuidv7(Date.parse(a.now), randomBytes(10))
  const done = await once<RiskProposal>(
    r.deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: 'risk-proposal.submit', subject: subjectOf(id), creates: true, at: a.now },
    async (tx) => {
      const issues = await against(tx, a, ask)
      if (issues.length > 0) return refuse(...issues)
      const command: ProposalCommand = { name: 'submit', id, agency: agencyOf(a.principal), ask }
      return conclude(tx, null, command, a)
    },
  )
  if (done.ok) r.deps.bus.announce({ topic: 'risk-proposal', id: done.value.kind })
  return done
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
  if (!done.ok) return done
  r.deps.bus.announce({ topic: 'risk-proposal', id: done.value.kind })
  if (command.name === 'approve') r.deps.bus.announce({ topic: 'risk', id: done.value.kind })
  return done
}
