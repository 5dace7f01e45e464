/**
 * What a model says of an image. A finding decides nothing: the decision on a case weighs it. Boxes are [x, y, width, height] in
 * pixels of the image itself, from its upper left corner.
 */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const probability = Type.Number({ minimum: 0, maximum: 1 })

export const Box = Type.Tuple([Type.Number(), Type.Number(), Type.Number({ minimum: 0 }), Type.Number({ minimum: 0 })])
export type Box = Static<typeof Box>

/** Mildest first. `review`: a person looks. `divert`: the belt sets it aside at once. */
export const verdicts = ['clear', 'review', 'divert'] as const
export const Verdict = Type.Enum(verdicts)
export type Verdict = (typeof verdicts)[number]

export const Detection = Type.Object({ class: Type.String({ maxLength: 60 }), confidence: probability, box: Box }, closed)
export type Detection = Static<typeof Detection>

export const Bag = Type.Object(
  {
    box: Box,
    decision: Verdict,
    score: probability,
    findings: Type.Array(Detection, { maxItems: 100 }),
    /** how far this lies from what the model was trained on; null where the model cannot say */
    unfamiliarity: Type.Union([Type.Number(), Type.Null()]),
  },
  closed,
)
export type Bag = Static<typeof Bag>

const Reason = Type.Object(
  {
    code: Type.String(),
    severity: Type.Enum(['error', 'warning', 'info']),
    path: Type.String(),
    params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
  },
  closed,
)

export const Finding = Type.Object(
  {
    bags: Type.Array(Bag, { maxItems: 100 }),
    decision: Verdict,
    score: probability,
    /** `id@version` of the model card; null when no model could look */
    model: Type.Union([Type.String(), Type.Null()]),
    thresholdSet: Type.Union([Type.String(), Type.Null()]),
    /** from the file's bytes to the verdict */
    ms: Type.Number({ minimum: 0 }),
    /** why a person must look although the score is low: failure, time-out, unfamiliar goods */
    issues: Type.Array(Reason),
  },
  { ...closed, title: 'Finding' },
)
export type Finding = Static<typeof Finding>

export const StoredFinding = Type.Object(
  { ...Finding.properties, id: Type.String(), imageId: Type.String(), at: Type.String() },
  { ...closed, title: 'StoredFinding' },
)
export type StoredFinding = Static<typeof StoredFinding>
