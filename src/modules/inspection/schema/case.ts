/**
 * The life of an image case: one subject on one scan, from the detector's first pass to the opened bag. Its state, its events' shapes and
 * the one table that says what may happen next. Instants are ISO 8601 in UTC, durations milliseconds.
 */
import { Type, type Static, type TSchema } from 'typebox'
import { MatchLevel } from './declared.ts'
import { Mark, mostMarks } from './mark.ts'
import { Column, Item, Subject } from './subject.ts'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z$', maxLength: 30 })
const person = Type.Object({ personId: Type.String(), name: Type.String() }, closed)

export const caseStatuses = ['awaiting-ai', 'auto-cleared', 'first-reading', 'second-reading', 'adjudication', 'decided', 'opened', 'closed'] as const
export const CaseStatus = Type.Enum(caseStatuses)
export type CaseStatus = (typeof caseStatuses)[number]

/** What may be found; `other` is anything forbidden that has no name here. */
export const threatClasses = ['gun', 'knife', 'tool', 'explosive', 'drugs', 'cigarettes', 'currency', 'foreign-body', 'other'] as const
export const ThreatClass = Type.Enum(threatClasses)
export type ThreatClass = (typeof threatClasses)[number]

/** What a model said of the picture, as far as the case weighs it. */
export const AiRead = Type.Object(
  {
    findingId: Type.String(),
    verdict: Type.Enum(['clear', 'review', 'divert']),
    score: Type.Number({ minimum: 0, maximum: 1 }),
    classes: Type.Array(text(40), { maxItems: 50 }),
    card: Type.String({ description: 'id and version of the model card' }),
    thresholdSet: Type.String(),
    ms: Type.Number({ minimum: 0 }),
    familiar: Type.Boolean({ description: 'false: the picture is unlike what the model was trained on' }),
    failed: Type.Boolean({ description: 'no answer, or none in time' }),
    at: instant,
  },
  closed,
)
export type AiRead = Static<typeof AiRead>

export const outcomes = ['clear', 'suspect'] as const
export const Reading = Type.Object(
  {
    round: Type.Integer({ minimum: 1, maximum: 3, description: '1 first, 2 blind second, 3 adjudication' }),
    by: person,
    decision: Type.Enum(outcomes),
    classes: Type.Array(ThreatClass, { maxItems: 9 }),
    confidence: Type.Integer({ minimum: 1, maximum: 5 }),
    remarks: Type.String({ maxLength: 2000 }),
    assisted: Type.Boolean({ description: 'the detector’s boxes could be seen' }),
    ms: Type.Integer({ minimum: 0, description: 'first complete rendering to decision, idle time excluded' }),
    /** what the reader drew; absent from lists */
    marks: Type.Optional(Type.Array(Mark, { maxItems: mostMarks })),
    at: instant,
  },
  closed,
)
export type Reading = Static<typeof Reading>

export const Opening = Type.Object(
  {
    by: person,
    found: Type.Array(ThreatClass, { maxItems: 9, description: 'empty: nothing forbidden' }),
    asDeclared: Type.Optional(Type.Boolean({ description: 'are the goods what was declared; absent where nobody looked for that' })),
    remarks: Type.String({ maxLength: 2000 }),
    at: instant,
  },
  closed,
)

/** What a case is opened with. */
export const CaseOrigin = Type.Object(
  {
    imageId: Type.String(),
    subject: Subject,
    /** what lies in the machine; a reader must be trained for it */
    item: Item,
    office: text(20),
    riskScore: Type.Integer({ minimum: 0, maximum: 100 }),
    highRisk: Type.Boolean(),
    matched: orNull(MatchLevel),
    column: Column,
    isTip: Type.Boolean(),
    operatorId: orNull(Type.String({ description: 'who took the picture, and so never reads it' })),
    trayId: orNull(text(40)),
    movement: orNull(text(40)),
    createdAt: instant,
    dueAt: instant,
  },
  { ...closed, title: 'CaseOrigin' },
)
export type CaseOrigin = Static<typeof CaseOrigin>

export const ImageCase = Type.Object(
  {
    ...CaseOrigin.properties,
    id: Type.String(),
    status: CaseStatus,
    ai: orNull(AiRead),
    /** why a second reader looks: by lot, or because machine and person differ */
    recheck: orNull(Type.Enum(['random', 'conflict'])),
    readings: Type.Array(Reading),
    decision: orNull(Type.Object({ outcome: Type.Enum(outcomes), by: Type.Enum(['ai', 'readers', 'adjudicator']), at: instant }, closed)),
    /** cleared, and by lot opened all the same, so that what is missed can be measured */
    sampled: Type.Boolean(),
    opening: orNull(Opening),
    tip: orNull(Type.Object({ answer: Type.Enum(['hit', 'miss', 'false-alarm', 'correct-reject']), category: text(40) }, closed)),
    closedAt: orNull(instant),
  },
  { ...closed, title: 'ImageCase' },
)
export type ImageCase = Static<typeof ImageCase>

export const caseCommands = ['note-finding', 'note-match', 'read', 'adjudicate', 'recall', 'open', 'close'] as const
export type CaseCommandName = (typeof caseCommands)[number]

type Transition = { permission: `${string}:${string}:${string}`; by: 'officer' | 'system'; next: readonly CaseStatus[] }
const officer = (permission: Transition['permission'], ...next: CaseStatus[]): Transition => ({ permission, by: 'officer', next })
/** A comparison with the declaration may come at any time, as long as something can still follow from it. */
const note = (...next: CaseStatus[]): Partial<Record<CaseCommandName, Transition>> => ({
  'note-match': { permission: 'inspection:case:oversee', by: 'system', next },
})
const work = 'inspection:case:work'
const bench = 'inspection:case:open'

/** What may happen next, by state and command: server guard and screens read it. */
export const caseTransitions: Readonly<Record<CaseStatus, Partial<Record<CaseCommandName, Transition>>>> = {
  'awaiting-ai': {
    ...note('awaiting-ai'),
    'note-finding': { permission: 'inspection:case:oversee', by: 'system', next: ['auto-cleared', 'first-reading', 'second-reading'] },
  },
  'auto-cleared': {
    ...note('auto-cleared', 'first-reading'),
    recall: officer('inspection:case:oversee', 'first-reading'),
    open: officer(bench, 'opened'),
  },
  'first-reading': { ...note('first-reading'), read: officer(work, 'second-reading', 'decided', 'closed') },
  'second-reading': { ...note('second-reading'), read: officer(work, 'adjudication', 'decided', 'closed') },
  adjudication: { ...note('adjudication'), adjudicate: officer('inspection:case:adjudicate', 'decided', 'closed') },
  decided: { ...note('decided'), open: officer(bench, 'opened') },
  opened: { close: officer(bench, 'closed') },
  closed: {},
}

/** How an office weighs and draws; a change is journalled. */
export const CentreSetting = Type.Object(
  {
    autoClear: Type.Boolean(),
    autoClearBelow: Type.Number({ minimum: 0, maximum: 1, description: 'score; at most the review threshold that the model card froze' }),
    /** percent of each outcome that a second reader sees */
    recheckPercent: Type.Object(
      {
        autoClear: Type.Number({ minimum: 0, maximum: 100 }),
        clear: Type.Number({ minimum: 0, maximum: 100 }),
        suspect: Type.Number({ minimum: 0, maximum: 100 }),
      },
      closed,
    ),
    openPercent: Type.Number({ minimum: 0, maximum: 100, description: 'percent of cleared items that are opened by lot' }),
    firstReading: Type.Enum(['assisted', 'blind'], { description: 'does the first reader see the detector’s boxes' }),
    answerWithinS: Type.Integer({ minimum: 10, maximum: 86_400, description: 'deadline of a reading after the picture came' }),
    leaseS: Type.Integer({ minimum: 10, maximum: 3600 }),
    viewingMin: Type.Integer({ minimum: 5, maximum: 120, description: 'longest continuous viewing' }),
    restMin: Type.Integer({ minimum: 1, maximum: 60 }),
    linkLostAfterS: Type.Integer({ minimum: 5, maximum: 3600 }),
  },
  { ...closed, title: 'CentreSetting' },
)
export type CentreSetting = Static<typeof CentreSetting>
