/** The one road of a proposal: lock, gather the tariff of now, decide, write, journal; once for each key. */
import { createHash, randomBytes } from 'node:crypto'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { fold } from '#kernel/decide.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { later, type Instant } from '#kernel/time.ts'
import { actorOf, once } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal } from '#platform/permissions.ts'
import { checkChanges } from '../change/check.ts'
import { indexOf, inverse } from '../change/difference.ts'
import { decideProposal, evolveProposal, type ProposalCommand, type ProposalEvent, type ProposalFacts } from '../change/proposal.ts'
import type { Change, EditChanges, Proposal } from '../schema.ts'
import { createTariff } from '../snapshot.ts'
import { loadRows } from '../store/load.ts'
import { changedSince, dropChanges, findProposal, lockProposal, putChanges, readChanges, saveProposal } from '../store/proposal.ts'
import { countChange, lastChange } from '../store/record.ts'
import { recordChanges } from './record.ts'
import { wantEffect } from './effect.ts'

export type Asking = { principal: Principal; key: string | null; at: string }

/** More changes than this are told to the journal by their hash. */
const toldAtMost = 200

const hashOf = (changes: readonly Change[]): string => {
  const h = createHash('sha256')
  for (const c of changes) h.update(canonicalJson(c)).update('\n')
  return h.digest('hex')
}

const told = (changes: readonly Change[]): { changes: readonly Change[] } | { count: number; hash: string } =>
  changes.length <= toldAtMost ? { changes } : { count: changes.length, hash: hashOf(changes) }

type Work = { before: Proposal | null; command: ProposalCommand; facts: ProposalFacts; payload: unknown }

/** Remarks kept by the journal and answered; a file of thousands may raise thousands. */
const remarksAtMost = 100
const bounded = (issues: Issue[]): Issue[] =>
  [...issues.filter((i) => i.severity === 'error'), ...issues.filter((i) => i.severity !== 'error')].slice(0, remarksAtMost)

const conclude = async (tx: Tx, w: Work): Promise<Outcome<{ body: { payload: unknown; facts: unknown; events: unknown[] }; reply: Proposal }>> => {
  const decision = decideProposal(w.before, w.command, w.facts)
  if (!decision.ok) return refuse(...decision.issues)
  const proposal = fold<Proposal | null, ProposalEvent>(evolveProposal, w.before, decision.events)!
  await saveProposal(tx, proposal, w.facts.at)
  return accept({ body: { payload: w.payload, facts: w.facts, events: decision.events }, reply: proposal }, decision.issues)
}

const subjectOf = (id: string) => ({ kind: 'tariff-proposal', id })
const base = (id: string, a: Asking): Omit<ProposalFacts, 'changes'> => ({
  id,
  at: a.at,
  by: { personId: a.principal.personId, name: a.principal.name },
  issues: [],
  stale: [],
})

/** Drafts a proposal, empty or with changes (of an import, or such as take another proposal back). */
export const draftProposal = (
  deps: Deps,
  a: Asking,
  content: Omit<Extract<ProposalCommand, { type: 'proposal.draft' }>, 'type'>,
  changes: readonly Change[] = [],
): Promise<Outcome<Proposal>> => {
  const id = uuidv7(Date.parse(a.at), randomBytes(10))
  const command: ProposalCommand = { type: 'proposal.draft', ...content }
  return once(
    deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: command.type, subject: subjectOf(id), creates: true, at: a.at },
    async (tx) => {
      const facts: ProposalFacts = { ...base(id, a), changes: changes.length, ...(changes.length > toldAtMost && { hash: hashOf(changes) }) }
      const done = await conclude(tx, { before: null, command, facts, payload: { ...command, ...told(changes) } })
      if (done.ok) await putChanges(tx, id, changes)
      return done
    },
  )
}

const command = (deps: Deps, a: Asking, id: string, name: string, work: (tx: Tx, before: Proposal | null) => ReturnType<typeof conclude>) =>
  once(deps.sql, { key: a.key, actor: actorOf(a.principal), name, subject: subjectOf(id), at: a.at }, async (tx) =>
    work(tx, await lockProposal(tx, id)),
  )

/** Adds changes, takes the place of those of the same record, leaves others out. */
export const editProposal = (deps: Deps, a: Asking, id: string, edit: EditChanges): Promise<Outcome<Proposal>> =>
  command(deps, a, id, 'proposal.edit', async (tx, before) => {
    const rows = await loadRows(tx)
    const there = (await readChanges(tx, id)).filter((c) => !edit.drop?.includes(c.number)).map((c) => c.change)
    const issues = checkChanges(createTariff(rows), indexOf(rows), edit.put ?? [], { among: there })
    if (before?.status === 'draft') {
      if (edit.drop) await dropChanges(tx, id, edit.drop)
      if (edit.put) await putChanges(tx, id, edit.put)
    }
    const now = before ? (await readChanges(tx, id)).map((c) => c.change) : []
    const facts: ProposalFacts = { ...base(id, a), issues, changes: now.length, ...(now.length > toldAtMost && { hash: hashOf(now) }) }
    return conclude(tx, { before, command: { type: 'proposal.edit' }, facts, payload: { ...told(edit.put ?? []), drop: edit.drop ?? [] } })
  })

const checked = async (tx: Tx, id: string, before: Proposal | null): Promise<{ changes: Change[]; issues: ProposalFacts['issues'] }> => {
  const rows = await loadRows(tx)
  const changes = (await readChanges(tx, id)).map((c) => c.change)
  return { changes, issues: bounded(checkChanges(createTariff(rows), indexOf(rows), changes, { lenient: before?.kind === 'import' })) }
}

export const submitProposal = (deps: Deps, a: Asking, id: string): Promise<Outcome<Proposal>> =>
  command(deps, a, id, 'proposal.submit', async (tx, before) => {
    const { changes, issues } = await checked(tx, id, before)
    const done = await conclude(tx, {
      before,
      command: { type: 'proposal.submit' },
      facts: { ...base(id, a), changes: changes.length, issues },
      payload: told(changes),
    })
    if (done.ok) await wantEffect(tx, id, a.at)
    return done
  })

/** Versions and their instants rise together, whoever waited for whom: else what was known under a version could not be told by time. */
const risingInstant = async (tx: Tx, at: Instant): Promise<Instant> => {
  const last = await lastChange(tx)
  return last !== null && at <= last ? later(last, 1) : at
}

/** Puts a proposal into force: its records are known from now on, as a batch that can be taken back. */
export const activateProposal = async (deps: Deps, a: Asking, id: string): Promise<Outcome<Proposal>> => {
  const done = await command(deps, a, id, 'proposal.activate', async (tx, before) => {
    // One activation at a time, so that versions and their instants rise together.
    await tx`select pg_advisory_xact_lock(hashtextextended('trade/activation', 0))`
    const at = await risingInstant(tx, a.at)
    const { changes, issues } = await checked(tx, id, before)
    const stale = before?.proposedAt ? await changedSince(tx, id, before.proposedAt) : []
    const facts = { ...base(id, { ...a, at }), changes: changes.length, issues, stale }
    const version = await countChange(tx, `proposal ${id}`, at)
    const decided = await conclude(tx, { before, command: { type: 'proposal.activate' }, facts: { ...facts, version }, payload: told(changes) })
    if (!decided.ok) return decided
    await recordChanges(tx, changes, at, id)
    await wantEffect(tx, id, at)
    return decided
  })
  if (done.ok) deps.bus.announce({ topic: 'trade', id })
  return done
}

export const remarkOnProposal = (
  deps: Deps,
  a: Asking,
  id: string,
  type: 'proposal.send-back' | 'proposal.withdraw',
  remark: string,
): Promise<Outcome<Proposal>> =>
  command(deps, a, id, type, async (tx, before) =>
    conclude(tx, { before, command: { type, remark }, facts: { ...base(id, a), changes: before?.changeCount ?? 0 }, payload: { remark } }),
  )

/** A draft that takes an activated proposal back; it walks the same road, with its own second person. */
export const reverseProposal = async (deps: Deps, a: Asking, id: string, reason: string): Promise<Outcome<Proposal>> => {
  const p = await findProposal(deps.sql, id)
  if (!p) return refuse(error('trade.proposal_unknown'))
  if (p.status !== 'activated') return refuse(error('trade.proposal_not_possible_now', '', { status: p.status, command: 'proposal.reverse' }))
  const superseded = await changedSince(deps.sql, id, p.decidedAt!)
  if (superseded.length > 0)
    return refuse(error('trade.proposal_stale', '/changes', { keys: superseded.slice(0, 5).join(', '), count: superseded.length }))
  const before = await loadRows(deps.sql, { version: p.version! - 1 })
  const changes = (await readChanges(deps.sql, id)).map((c) => c.change)
  const content = {
    administration: p.administration,
    kind: 'reversal' as const,
    title: p.title,
    reason,
    effectiveFrom: p.effectiveFrom,
    reverses: id,
  }
  return draftProposal(deps, a, content, inverse(indexOf(before), changes))
}
