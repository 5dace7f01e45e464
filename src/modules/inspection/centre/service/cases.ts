/** Commands of people on cases: facts gathered, decided, journalled and written in one transaction. */
import { error, type Issue } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { type Reader, type Tx, violates } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed, type Principal } from '#platform/permissions.ts'
import { caseTransitions, type ImageCase } from '../../schema/case.ts'
import type { CaseView } from '../../schema/case-view.ts'
import { newId } from '../../service/ids.ts'
import { followCase } from '../../sorting/service/route.ts'
import { type CaseCommand, type CaseEvent, type CaseFacts, decideCase, evolveCase } from '../case.ts'
import { findCase, type Held, insertReading, lockCase, saveCase } from '../store/cases.ts'
import { findDrawKey, lockReader } from '../store/readers.ts'
import { strayMarks } from '../marks.ts'
import { viewsOf } from '../../store/images.ts'
import { findTipItem, insertTrials, type NewTrial } from '../store/trials.ts'
import { viewOf, type Viewer } from '../view.ts'
import { journalled } from './intake.ts'
import { subjectLots } from './lots.ts'
import { readSettings, type SettingsByOffice } from './settings.ts'

export type Core = Pick<Deps, 'sql' | 'bus'>

export const viewerOf = (p: Principal): Viewer => ({ personId: p.personId, overseer: p.permissions.has('inspection:case:oversee') })

/** The case as this person may see it. */
export const toView = ({ state, lease }: Held, p: Principal, settings: SettingsByOffice, at: string): CaseView =>
  viewOf(state, viewerOf(p), {
    setting: settings.of(state.office),
    linkLost: settings.isLost(state.office, at),
    claim: lease && lease.until > at ? lease : null,
  })

/** May this person know of the case: at his office, and projected pictures only while he holds them or runs the programme. */
export const mayKnow = ({ state, lease }: Held, p: Principal): boolean =>
  officeAllowed(p, state.office, 'inspection:case:read') &&
  (!state.isTip || viewerOf(p).overseer || lease?.personId === p.personId || state.readings.some((r) => r.by.personId === p.personId))

export const unknownCase = (id: string) => refuse(error('inspection.case_unknown', '/id', { id }))

export const readCase = async (db: Reader, p: Principal, id: string, at: string): Promise<Outcome<CaseView>> => {
  const held = await findCase(db, id)
  return held && mayKnow(held, p) ? accept(toView(held, p, await readSettings(db), at)) : unknownCase(id)
}

const factsOf = async (tx: Tx, c: ImageCase, { principal, now }: Asking): Promise<CaseFacts> => ({
  at: now,
  by: { personId: principal.personId, name: principal.name, permissions: principal.permissions },
  setting: (await readSettings(tx)).of(c.office),
  lots: subjectLots(await findDrawKey(tx), c.subject),
  tip: c.isTip ? await findTipItem(tx, c.imageId) : null,
})

/** Sure of a threat is high, sure of none is low. */
export const ratingOf = (decision: 'clear' | 'suspect', confidence: number): number => (decision === 'suspect' ? confidence : -confidence)

/** The judgements of a case whose truth is known: what was projected, or what the opened bag held. */
const trialsOf = async (
  tx: Tx,
  c: ImageCase,
  truth: { threat: boolean; category: string | null },
  column: ImageCase['column'],
): Promise<NewTrial[]> => {
  const shared = { column, itemId: c.imageId, category: truth.category, threat: truth.threat, caseId: c.id }
  const trials: NewTrial[] = []
  for (const r of c.readings) {
    const reader = await lockReader(tx, r.by.personId)
    if (!reader) continue
    trials.push({
      ...shared,
      id: newId(r.at),
      reader: r.by.personId,
      readerName: r.by.name,
      team: reader.team,
      simulatedReader: reader.simulated,
      alarm: r.decision === 'suspect',
      rating: ratingOf(r.decision, r.confidence),
      assisted: r.assisted || r.round === 3,
      ms: r.ms,
      at: r.at,
    })
  }
  const { ai } = c
  if (ai && !ai.failed && !c.isTip)
    trials.push({
      ...shared,
      id: newId(ai.at),
      reader: `model/${ai.card}`,
      readerName: ai.card,
      team: 'ai',
      simulatedReader: false,
      alarm: ai.verdict !== 'clear',
      rating: ai.score,
      assisted: false,
      ms: Date.parse(ai.at) - Date.parse(c.createdAt),
      at: ai.at,
    })
  return trials
}

/** What is written beside the row when these events have happened. */
const follow = async (tx: Tx, c: ImageCase, events: readonly CaseEvent[], facts: CaseFacts): Promise<void> => {
  for (const e of events) {
    if (e.type === 'case.read') await insertReading(tx, c.id, e.reading)
    if (e.type === 'case.tip-answered' && facts.tip) {
      const tip = await findTipItem(tx, c.imageId)
      await insertTrials(tx, await trialsOf(tx, c, facts.tip, tip!.column))
    }
    if (e.type === 'case.opened')
      await insertTrials(tx, await trialsOf(tx, c, { threat: e.opening.found.length > 0, category: e.opening.found[0] ?? null }, c.column))
  }
  await followCase(tx, c, facts.by.name, facts.at)
}

/** A reader decides on what he holds: his lease may have run out, but nobody else may have taken the case since. */
const leaseIssue = ({ state, lease }: Held, command: CaseCommand, { principal }: Asking) =>
  (command.name === 'read' || command.name === 'adjudicate') && caseTransitions[state.status][command.name] && lease?.personId !== principal.personId
    ? [error('inspection.not_claimed', '', { by: lease?.name ?? '' })]
    : []

/** Marks lie on the image, or on another view of the subject that was taken with it. */
const markIssues = async (tx: Tx, { state }: Held, command: CaseCommand): Promise<Issue[]> => {
  const marks = 'marks' in command ? (command.marks ?? []) : []
  return marks.length === 0 ? [] : strayMarks(marks, await viewsOf(tx, state.imageId))
}

/** Viewing cannot have taken longer than the case was held. */
const bounded = (command: CaseCommand, { lease }: Held, now: string): CaseCommand =>
  'ms' in command && lease ? { ...command, ms: Math.min(command.ms, Math.max(0, Date.parse(now) - Date.parse(lease.since))) } : command

export const commandCase = async ({ sql, bus }: Core, asking: Asking, id: string, given: CaseCommand): Promise<Outcome<CaseView>> => {
  const { principal, now } = asking
  const subject = { kind: 'image-case', id }
  const command = { key: asking.key, actor: actorOf(principal), name: `image-case.${given.name}`, subject, at: now }
  try {
    const outcome = await once<CaseView>(sql, command, async (tx) => {
      const held = await lockCase(tx, id)
      if (!held || !mayKnow(held, principal)) return unknownCase(id)
      const permission = caseTransitions[held.state.status][given.name]?.permission
      if (permission && !officeAllowed(principal, held.state.office, permission)) return refuse(error('access.denied', '', { permission }))
      const issues = [...leaseIssue(held, given, asking), ...(await markIssues(tx, held, given))]
      if (issues.length > 0) return refuse(...issues)
      const done = bounded(given, held, now)
      const facts = await factsOf(tx, held.state, asking)
      const decision = decideCase(held.state, done, facts)
      if (!decision.ok) return decision
      const next = decision.events.reduce<ImageCase>(evolveCase, held.state)
      await saveCase(tx, next, now)
      await follow(tx, next, decision.events, facts)
      const view = toView({ state: next, lease: null }, principal, await readSettings(tx), now)
      return accept({ body: { payload: done, facts: journalled(facts), events: decision.events }, reply: view })
    })
    if (outcome.ok) bus.announce({ topic: 'inspection', id, office: outcome.value.office, what: 'case' })
    return outcome
  } catch (fault) {
    if (violates(fault, 'reading_once_each')) return refuse(error('inspection.own_reading', '', { by: principal.name }))
    throw fault
  }
}
