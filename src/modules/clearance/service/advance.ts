/**
 * The one road of a change: facts are gathered, `decide` answers, its events are folded in, and the administration takes its own
 * next steps (assess, settle) until it is somebody else's turn. Everything ends in one transaction, opened by the caller.
 */
import { hasErrors, type Issue } from '#kernel/issue.ts'
import type { Outcome } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import type { Tx } from '#platform/database.ts'
import { enqueue } from '#platform/jobs.ts'
import { chain, type Actor, type Draft, type Head } from '#platform/journal.ts'
import { commandsTotal } from '#platform/metrics.ts'
import { giveBack } from '#modules/duty'
import { automaticStep, type DeclarationEvent, evolve, statusOf } from '../declaration.ts'
import { type By, type Command, decide, type Facts } from '../decide/index.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import type { CommandReply } from '../schema/views.ts'
import { insertDeclaration, updateDeclaration } from '../store.ts'
import type { Clearance } from './clearance.ts'
import { gather } from './gather.ts'
import { giveBackShares } from './quota.ts'
import { referring } from './references.ts'
import { type Happened, toNotifications } from './notify.ts'
import { followTransit } from './transit.ts'
import { tellRisk } from './outcomes.ts'

export type Acting = { actor: Actor; by: By }
export type Start = { state: DeclarationState | null; head: Head | null; documentHash: string }
export type Advanced = { reply: CommandReply; state: DeclarationState; /** runs after the commit */ tell: () => void }

const systemActing: Acting = {
  actor: { personId: 'system', name: 'Portcullis', roles: ['system'], channel: 'system' },
  by: { personId: 'system', name: 'system', registration: null, permissions: [], steppedUp: false },
}

type Run = { state: DeclarationState | null; drafts: Draft[]; happened: Happened[]; issues: Issue[]; at: string }

/** One decision: its facts go into the journal as they were given. Returns the refusal's issues, or null. */
const step = async (
  c: Clearance,
  tx: Tx,
  run: Run,
  command: Command,
  acting: Acting,
  key: string | null,
  given: Partial<Facts>,
): Promise<Issue[] | null> => {
  const facts: Facts = { at: run.at, by: acting.by, ...given, ...(await gather(c, tx, run.state, command, run.at)) }
  const decision = decide(run.state, command, facts)
  commandsTotal.inc({ subject: 'declaration', command: command.name, outcome: decision.ok ? 'accepted' : 'refused' })
  if (!decision.ok) return decision.issues
  run.issues.push(...decision.issues)
  if (decision.events.length === 0 && command.name === 'settle') return null
  const { name, ...payload } = command
  run.drafts.push({
    command: name,
    commandKey: key,
    actor: acting.actor,
    body: { payload: referring(payload, decision.events), facts, events: decision.events },
    at: run.at,
  })
  for (const event of decision.events as DeclarationEvent[]) {
    const before = run.state
    run.state = evolve(before, event)
    run.happened.push({ event, before, after: run.state, command })
  }
  return null
}

/** When the administration lets a declaration rest before it takes the money; a job then goes on. */
const restsUntil = (c: Clearance, state: DeclarationState): string | null => {
  const seconds = c.settings(state.administration, state.acceptedAt!.slice(0, 10)).dwellSeconds
  return seconds > 0 && state.coveredVersion === undefined ? later(state.acceptedAt!, seconds * 1000) : null
}

const automatic = async (c: Clearance, tx: Tx, run: Run): Promise<void> => {
  const done = new Set<string>()
  for (let name = automaticStep(run.state!); name; name = automaticStep(run.state!)) {
    const once = `${name}/${run.state!.version}/${run.state!.releasedAt ?? ''}`
    if (done.has(once)) return
    done.add(once)
    const rest = name === 'settle' ? restsUntil(c, run.state!) : null
    if (rest && rest > run.at) {
      await enqueue(tx, 'clearance:go-on', { mrn: run.state!.mrn }, { runAt: rest, jobKey: `go-on/${run.state!.mrn}` })
      return
    }
    const issues = await step(c, tx, run, { name }, systemActing, null, {})
    if (issues) throw new Error(`${name} of ${run.state!.mrn} was refused: ${issues.map((i) => i.code).join(', ')}`)
  }
}

const replyOf = (state: DeclarationState, issues: Issue[]): CommandReply => ({
  mrn: state.mrn,
  lrn: state.lrn,
  status: statusOf(state) as CommandReply['status'],
  lane: state.lane?.lane ?? null,
  version: state.version,
  issues,
})

/** Writes what a run has brought about: the row, the goods lines, the inboxes, the journal. */
const save = async (c: Clearance, tx: Tx, start: Start, run: Run, reply: CommandReply): Promise<() => void> => {
  const state = run.state!
  run.drafts[0]!.reply = reply
  const { rows, head } = chain({ kind: 'declaration', id: state.id }, start.head, run.drafts)
  const notifications = toNotifications(run.happened, {
    at: run.at,
    newMessageId: () => crypto.randomUUID().replaceAll('-', ''),
    bank: c.settings(state.administration, run.at.slice(0, 10)).bank,
  })
  const change = { state, head, at: run.at, recipients: c.recipients(state), notifications, entries: rows }
  if (start.state)
    await updateDeclaration(
      tx,
      change,
      run.happened.some((h) => h.event.type === 'declaration.amended' || h.event.type === 'declaration.assessed'),
    )
  else insertDeclaration(tx, change, start.documentHash)
  await tellRisk(c, tx, state, run.drafts, run.happened, run.at)
  // What was taken or held for it goes back where it came from (UCC Art. 116(1), 174).
  if (run.happened.some((h) => h.event.type === 'declaration.invalidated'))
    await Promise.all([giveBack(tx, { kind: 'declaration', id: state.id }, `${state.id}/invalidated`, run.at), giveBackShares(tx, state, run.at)])
  // Goods that are seized enter at no rate at all.
  if (run.happened.some((h) => h.event.type === 'declaration.seized')) await giveBackShares(tx, state, run.at)
  return followTransit(c, tx, state, run.happened)
}

/** Decides one command and everything that follows from it by itself. A refusal has written nothing. */
export const advance = async (
  c: Clearance,
  tx: Tx,
  start: Start,
  command: Command,
  acting: Acting,
  key: string | null,
  at: string,
  given: Partial<Facts> = {},
): Promise<Outcome<Advanced>> => {
  const run: Run = { state: start.state, drafts: [], happened: [], issues: [], at }
  const issues = await step(c, tx, run, command, acting, key, given)
  if (issues) return { ok: false, issues }
  if (run.drafts.length === 0) return { ok: true, value: { reply: replyOf(run.state!, []), state: run.state!, tell: () => undefined }, issues: [] }
  await automatic(c, tx, run)
  const reply = replyOf(run.state!, run.issues)
  const tell = await save(c, tx, start, run, reply)
  return { ok: true, value: { reply, state: run.state!, tell }, issues: run.issues.filter((i) => !hasErrors([i])) }
}

/** Goes on where a rest, a payment or another module's answer had left the administration's own steps. */
export const goOn = async (c: Clearance, tx: Tx, start: Start & { state: DeclarationState; head: Head }, at: string): Promise<Advanced | null> => {
  const run: Run = { state: start.state, drafts: [], happened: [], issues: [], at }
  await automatic(c, tx, run)
  if (run.drafts.length === 0) return null
  const reply = replyOf(run.state!, [])
  const tell = await save(c, tx, start, run, reply)
  return { reply, state: run.state!, tell }
}
