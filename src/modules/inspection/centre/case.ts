/** What may be decided of an image case, and what a decision makes of it. Pure: lots and settings come in as facts. */
import { type Decision, decided, refused } from '#kernel/decide.ts'
import { error } from '#kernel/issue.ts'
import type { Instant } from '#kernel/time.ts'
import {
  type AiRead,
  type CaseOrigin,
  type CaseStatus,
  caseTransitions,
  type ImageCase,
  type Reading,
  type CentreSetting,
  type ThreatClass,
} from '../schema/case.ts'
import type { MatchLevel } from '../schema/declared.ts'

export type CaseBy = { personId: string; name: string; permissions: ReadonlySet<string> }

type Answer = Pick<Reading, 'decision' | 'classes' | 'confidence' | 'remarks' | 'ms' | 'marks'>
export type CaseCommand =
  | { name: 'note-finding'; ai: AiRead }
  | { name: 'note-match'; matchId: string; level: MatchLevel }
  | ({ name: 'read' | 'adjudicate' } & Answer)
  | { name: 'open'; found: readonly ThreatClass[]; asDeclared?: boolean; remarks: string }
  | { name: 'recall'; reason: string }
  | { name: 'close' }

/** Lots in [0,1), drawn with a key that nobody outside knows. */
export type Lots = { recheck: number; open: number }
export type CaseFacts = {
  at: Instant
  by: CaseBy
  setting: CentreSetting
  lots: Lots
  /** what the projected picture holds; null where nothing is projected */
  tip: { category: string; threat: boolean } | null
}

type Outcome = Reading['decision']
export type CaseEvent =
  | { type: 'case.made'; id: string; origin: CaseOrigin }
  | { type: 'case.finding-noted'; ai: AiRead }
  | { type: 'case.matched'; matchId: string; level: MatchLevel }
  | { type: 'case.auto-cleared'; at: Instant }
  | { type: 'case.reading-asked'; status: 'first-reading' | 'second-reading' | 'adjudication'; recheck: ImageCase['recheck'] }
  | { type: 'case.read'; reading: Reading }
  | { type: 'case.tip-answered'; tip: NonNullable<ImageCase['tip']> }
  | { type: 'case.decided'; decision: NonNullable<ImageCase['decision']>; sampled: boolean }
  | { type: 'case.recalled'; at: Instant; reason: string }
  | { type: 'case.opened'; opening: NonNullable<ImageCase['opening']> }
  | { type: 'case.closed'; at: Instant }

const unmade: Omit<ImageCase, keyof CaseOrigin | 'id'> = {
  status: 'awaiting-ai',
  ai: null,
  recheck: null,
  readings: [],
  decision: null,
  sampled: false,
  opening: null,
  tip: null,
  closedAt: null,
}

/** The case after an event; the first event makes it. */
export const evolveCase = (before: ImageCase | null, e: CaseEvent): ImageCase => {
  if (e.type === 'case.made') return { ...e.origin, id: e.id, ...unmade }
  const c = before!
  switch (e.type) {
    case 'case.finding-noted':
      return { ...c, ai: e.ai }
    case 'case.matched':
      return { ...c, matched: e.level }
    case 'case.auto-cleared':
      return { ...c, status: 'auto-cleared', decision: { outcome: 'clear', by: 'ai', at: e.at } }
    case 'case.reading-asked':
      return { ...c, status: e.status, recheck: e.recheck }
    case 'case.read':
      return { ...c, readings: [...c.readings, e.reading] }
    case 'case.tip-answered':
      return { ...c, tip: e.tip }
    case 'case.decided':
      return { ...c, status: 'decided', decision: e.decision, sampled: e.sampled }
    case 'case.recalled':
      return { ...c, status: 'first-reading', decision: null }
    case 'case.opened':
      return { ...c, status: 'opened', opening: e.opening }
    case 'case.closed':
      return { ...c, status: 'closed', closedAt: e.at }
  }
}

/** The machine alone lets pass only what it knows well, finds nothing in, and what nobody has a reason to look at. */
export const mayAutoClear = (c: CaseOrigin, ai: AiRead, setting: CentreSetting): boolean =>
  setting.autoClear &&
  ai.verdict === 'clear' &&
  ai.score < setting.autoClearBelow &&
  ai.familiar &&
  !ai.failed &&
  !c.highRisk &&
  !c.isTip &&
  (c.matched === null || c.matched === 'green')

/** What differs from its declaration is looked at, also when the machine had let it pass before the declaration was here. */
const noteMatch = (c: ImageCase, { matchId, level }: { matchId: string; level: MatchLevel }, at: Instant): Decision<CaseEvent> => {
  const matched: CaseEvent = { type: 'case.matched', matchId, level }
  if (c.status !== 'auto-cleared' || level !== 'red') return decided([matched])
  return decided([matched, { type: 'case.recalled', at, reason: 'not as declared' }])
}

const drawn = (lot: number, percent: number): boolean => lot * 100 < percent

const noteFinding = (c: ImageCase, ai: AiRead, { at, setting, lots }: CaseFacts): Decision<CaseEvent> => {
  const noted: CaseEvent = { type: 'case.finding-noted', ai }
  if (!mayAutoClear(c, ai, setting)) return decided([noted, { type: 'case.reading-asked', status: 'first-reading', recheck: null }])
  return decided([
    noted,
    drawn(lots.recheck, setting.recheckPercent.autoClear)
      ? { type: 'case.reading-asked', status: 'second-reading', recheck: 'random' }
      : { type: 'case.auto-cleared', at },
  ])
}

/** A cleared item is over unless the lot has it opened or it is not what was declared; a suspect one waits for the bench. */
const conclude = (c: CaseOrigin, outcome: Outcome, by: 'readers' | 'adjudicator', { at, setting, lots }: CaseFacts): CaseEvent[] => {
  const sampled = outcome === 'clear' && drawn(lots.open, setting.openPercent)
  const done: CaseEvent = { type: 'case.decided', decision: { outcome, by, at }, sampled }
  return outcome === 'suspect' || sampled || c.matched === 'red' ? [done] : [done, { type: 'case.closed', at }]
}

/** What the machine holds, when it holds anything: `review` says that it does not know. */
const machineSays = (ai: AiRead | null): Outcome | null =>
  !ai || ai.failed || !ai.familiar || ai.verdict === 'review' ? null : ai.verdict === 'divert' ? 'suspect' : 'clear'

/** A projected picture is answered and over: nothing follows from it for anybody's goods. */
const answerTip = (tip: { category: string; threat: boolean }, said: Outcome, at: Instant): CaseEvent[] => {
  const alarm = said === 'suspect'
  const answer = tip.threat ? (alarm ? 'hit' : 'miss') : alarm ? 'false-alarm' : 'correct-reject'
  return [
    { type: 'case.tip-answered', tip: { answer, category: tip.category } },
    { type: 'case.closed', at },
  ]
}

const afterFirst = (c: ImageCase, said: Outcome, facts: CaseFacts): CaseEvent[] => {
  const machine = machineSays(c.ai)
  const conflict = machine !== null && machine !== said
  if (!conflict && !drawn(facts.lots.recheck, facts.setting.recheckPercent[said])) return conclude(c, said, 'readers', facts)
  return [{ type: 'case.reading-asked', status: 'second-reading', recheck: conflict ? 'conflict' : 'random' }]
}

/** The second reader is held against the first, or against the machine where that had cleared alone. */
const afterSecond = (c: ImageCase, said: Outcome, facts: CaseFacts): CaseEvent[] =>
  said === (c.readings[0]?.decision ?? machineSays(c.ai))
    ? conclude(c, said, 'readers', facts)
    : [{ type: 'case.reading-asked', status: 'adjudication', recheck: c.recheck }]

const roundOf = { 'first-reading': 1, 'second-reading': 2, adjudication: 3 } as const
type Round = keyof typeof roundOf
const isRound = (status: CaseStatus): status is Round => Object.hasOwn(roundOf, status)

/** Does the reader of this round see what the machine marked? Pictures are projected under the same conditions, or they would show. */
export const isAssisted = (c: Pick<ImageCase, 'status'>, setting: CentreSetting): boolean =>
  c.status === 'adjudication' || (c.status === 'first-reading' && setting.firstReading === 'assisted')

const read = (c: ImageCase, answer: Answer, facts: CaseFacts): Decision<CaseEvent> => {
  const { at, by } = facts
  const { decision, classes, confidence, remarks, ms, marks = [] } = answer
  if (!isRound(c.status)) return refused(error('inspection.not_possible_now', '', { command: 'read', status: c.status }))
  if (c.readings.some((r) => r.by.personId === by.personId)) return refused(error('inspection.own_reading', '', { by: by.name }))
  if (c.operatorId === by.personId) return refused(error('inspection.own_image', '', { by: by.name }))
  if (decision === 'suspect' && classes.length === 0) return refused(error('inspection.class_missing', '/classes'))
  const said: CaseEvent = {
    type: 'case.read',
    reading: {
      round: roundOf[c.status],
      by: { personId: by.personId, name: by.name },
      decision,
      classes: decision === 'suspect' ? [...classes] : [],
      confidence,
      remarks,
      assisted: isAssisted(c, facts.setting),
      ms,
      ...(marks.length > 0 && { marks: [...marks] }),
      at,
    },
  }
  if (c.isTip) return facts.tip ? decided([said, ...answerTip(facts.tip, decision, at)]) : refused(error('inspection.tip_unknown'))
  if (c.status === 'first-reading') return decided([said, ...afterFirst(c, decision, facts)])
  if (c.status === 'second-reading') return decided([said, ...afterSecond(c, decision, facts)])
  return decided([said, ...conclude(c, decision, 'adjudicator', facts)])
}

const rule = (c: ImageCase, command: CaseCommand, facts: CaseFacts): Decision<CaseEvent> => {
  const { at, by } = facts
  switch (command.name) {
    case 'note-finding':
      return noteFinding(c, command.ai, facts)
    case 'note-match':
      return noteMatch(c, command, at)
    case 'read':
    case 'adjudicate':
      return read(c, command, facts)
    case 'recall':
      return command.reason.trim().length < 3
        ? refused(error('inspection.reason_missing', '/reason', { by: by.name }))
        : decided([{ type: 'case.recalled', at, reason: command.reason }])
    case 'open': {
      if (c.isTip) return refused(error('inspection.tip_has_no_effect'))
      const opening = {
        by: { personId: by.personId, name: by.name },
        found: [...new Set(command.found)],
        remarks: command.remarks,
        at,
        ...(command.asDeclared !== undefined && { asDeclared: command.asDeclared }),
      }
      return decided([{ type: 'case.opened', opening }])
    }
    case 'close':
      return decided([{ type: 'case.closed', at }])
  }
}

/** Decides a command on a case: first what may happen now and by whom, then the command's own rule. */
export const decideCase = (c: ImageCase, command: CaseCommand, facts: CaseFacts): Decision<CaseEvent> => {
  const transition = caseTransitions[c.status][command.name]
  if (!transition) return refused(error('inspection.not_possible_now', '', { command: command.name, status: c.status }))
  if (transition.by === 'officer' && !facts.by.permissions.has(transition.permission))
    return refused(error('access.denied', '', { permission: transition.permission }))
  return rule(c, command, facts)
}
