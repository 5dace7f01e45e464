/** Finding a code by what a good is called: what is asked and what is answered. */
import { Type, type Static } from 'typebox'
import { AdministrationCode, LegalDate } from '#schema/reference'
import { closed, language, optional, text } from './common.ts'

/** Words of the query that were found, and in which text of which code. */
export const FinderReason = Type.Object(
  { words: Type.Array(text(200)), in: Type.Enum(['keyword', 'description', 'meaning']), of: text(10), text: text(500) },
  closed,
)

/** A question whose answer tells the best headings apart (`material`: plastic 3924, wood 4419). */
export const DividingQuestion = Type.Object(
  {
    code: text(30, 'material, make, state, power, whole'),
    answers: Type.Array(Type.Object({ code: text(30), headings: Type.Array(text(4)) }, closed)),
  },
  closed,
)
export type DividingQuestion = Static<typeof DividingQuestion>

export const FinderResult = Type.Object(
  {
    code: text(6, 'the best subheading (six digits), or the heading where none could be told'),
    heading: text(4),
    guessed: optional(
      Type.Literal(true, { description: 'no word told the subheadings apart: it is the last, which takes what the others do not name' }),
    ),
    description: text(1000),
    score: Type.Number(),
    reasons: Type.Array(FinderReason),
  },
  closed,
)
export type FinderResult = Static<typeof FinderResult>

/** `asks`: what was typed says too little (`part`, `gift`): `words` are to be replaced by what the good is. */
export const FinderAnswer = Type.Object(
  {
    results: Type.Array(FinderResult),
    questions: Type.Array(DividingQuestion),
    asks: optional(Type.Object({ code: Type.Enum(['what_is_it', 'nothing_known']), words: Type.Array(text(200)) }, closed)),
    unknown: Type.Array(text(200)),
  },
  closed,
)
export type FinderAnswer = Static<typeof FinderAnswer>

/** Whether a described good fits a declared code. `unsure`: the text says too little to tell. */
export const DescriptionCheck = Type.Object(
  {
    verdict: Type.Enum(['fits', 'doubtful', 'unsure']),
    heading: text(4),
    /** place of the declared heading among all, from 1; none where no word of the text leads to it */
    place: optional(Type.Integer()),
    suggestions: Type.Array(FinderResult),
  },
  closed,
)
export type DescriptionCheck = Static<typeof DescriptionCheck>

// ── what routes take and give ──────────────────────────────────────────────────────────────────────────────────────────
export const FinderQuery = Type.Object(
  {
    q: Type.String({ minLength: 1, maxLength: 2000 }),
    administration: optional(AdministrationCode),
    date: optional(LegalDate),
    language,
    limit: optional(Type.Integer({ minimum: 1, maximum: 50 })),
  },
  closed,
)
/** A result with the lines of the national tariff that may be declared under it, each with its duty for third countries. */
export const FinderCandidate = Type.Object(
  {
    ...FinderResult.properties,
    commodities: Type.Array(
      Type.Object({ code: text(10), name: text(500), duty: optional(text(500)), supplementaryUnit: optional(text(12)) }, closed),
    ),
  },
  closed,
)
export type FinderCandidate = Static<typeof FinderCandidate>
export const FinderReply = Type.Object({ ...FinderAnswer.properties, results: Type.Array(FinderCandidate) }, closed)
export type FinderReply = Static<typeof FinderReply>
export const CheckParams = Type.Object({ code: Type.String({ pattern: '^[0-9]{4,10}$' }) }, closed)
export const CheckQuery = Type.Object({ text: Type.String({ minLength: 1, maxLength: 2000 }) }, closed)
