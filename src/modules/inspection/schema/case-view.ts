/** An image case as one person may see it: what would spoil a blind reading, or give a projected picture away, is not in it. */
import { Type, type Static, type TSchema } from 'typebox'
import { AiRead, CaseOrigin, CaseStatus, ImageCase, Opening, outcomes, Reading, ThreatClass } from './case.ts'
import { Mark, mostMarks } from './mark.ts'
import { Column } from './subject.ts'

const closed = { additionalProperties: false } as const
const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const { column: _column, isTip: _isTip, operatorId: _operatorId, ...origin } = CaseOrigin.properties

export const CaseView = Type.Object(
  {
    ...origin,
    id: Type.String(),
    status: CaseStatus,
    /** null while it is to be read: it would give projected pictures away */
    column: orNull(Column),
    /** the machine and other readers are kept from this person until he has decided */
    blind: Type.Boolean(),
    ai: orNull(AiRead),
    recheck: ImageCase.properties.recheck,
    readings: Type.Array(Reading),
    decision: ImageCase.properties.decision,
    sampled: Type.Boolean(),
    opening: orNull(Opening),
    tip: ImageCase.properties.tip,
    closedAt: ImageCase.properties.closedAt,
    claim: orNull(Type.Object({ name: Type.String(), since: Type.String(), until: Type.String(), mine: Type.Boolean() }, closed)),
    linkLost: Type.Boolean({ description: 'the site has not been heard of; the case stays, and commands to its belt are sent when it is back' }),
  },
  { ...closed, title: 'ImageCaseView' },
)
export type CaseView = Static<typeof CaseView>

/** What a claim brings: a case, a rest that must be kept, or nothing to read. */
export const Claimed = Type.Object(
  { case: orNull(CaseView), restUntil: orNull(Type.String()), viewingSince: orNull(Type.String()) },
  { ...closed, title: 'ClaimedCase' },
)
export type Claimed = Static<typeof Claimed>

export const ReadBody = Type.Object(
  {
    decision: Type.Enum(outcomes),
    classes: Type.Array(ThreatClass, { maxItems: 9, uniqueItems: true }),
    confidence: Type.Integer({ minimum: 1, maximum: 5 }),
    remarks: Type.String({ maxLength: 2000 }),
    marks: Type.Optional(Type.Array(Mark, { maxItems: mostMarks, description: 'what you drew, kept with your reading' })),
    ms: Type.Integer({ minimum: 0, maximum: 3_600_000, description: 'first complete rendering to decision, without idle time' }),
  },
  { ...closed, title: 'ReadImageCase' },
)
export type ReadBody = Static<typeof ReadBody>
export const OpenBody = Type.Object(
  {
    found: Type.Array(ThreatClass, { maxItems: 9, uniqueItems: true }),
    asDeclared: Type.Optional(Type.Boolean()),
    remarks: Type.String({ maxLength: 2000 }),
  },
  { ...closed, title: 'OpenImageCase' },
)

/** Groups in which lists show cases: first and second readings are one, because no reader may tell them apart. */
export const caseGroups = {
  'to-read': ['first-reading', 'second-reading'],
  adjudication: ['adjudication'],
  bench: ['decided', 'opened'],
  waiting: ['awaiting-ai'],
  cleared: ['auto-cleared'],
  closed: ['closed'],
} as const satisfies Record<string, readonly CaseStatus[]>
export type CaseGroup = keyof typeof caseGroups
export const caseGroupNames = Object.keys(caseGroups) as CaseGroup[]
