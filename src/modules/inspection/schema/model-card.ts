/**
 * The card of a detector, `data/models/<id>/card.json`, beside its `model.onnx`. It says what the network reads and answers, which
 * thresholds were frozen and on what, how well it did on what it had never seen, and what it must not be used for. The network's
 * input is float32 [N,3,H,W], RGB/255 on white; it answers `heat` [N,C,H/s,W/s] (probabilities), `size` [N,2,h,w] (width and height
 * in input pixels), `offset` [N,2,h,w] (from the cell's upper left corner, in cells) and, where the card has a familiarity,
 * `embedding` [N,D] (ADR 0011).
 */
import { Type, type Static } from 'typebox'
import { Column, Item } from './subject.ts'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const share = Type.Number({ minimum: 0, maximum: 1 })
const interval = Type.Tuple([share, share], { description: 'lower and upper bound at 95 %' })
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const count = Type.Integer({ minimum: 0 })

/** One cell of the three-column table: figures per screened item at the frozen `review` threshold. */
export const Measured = Type.Object(
  {
    n: Type.Integer({ minimum: 1 }),
    positives: count,
    negatives: count,
    /** independent groups (scenes, bags), which the bootstrap draws */
    groups: Type.Integer({ minimum: 1 }),
    truePositiveRate: orNull(share),
    falseAlarmRate: orNull(share),
    accuracy: share,
    balancedAccuracy: Type.Optional(share),
    auc: orNull(share),
    /** share of found objects at the claimed false alarm rate of 4.67 %, threshold read off these negatives */
    truePositiveRateAtClaimedFar: Type.Optional(orNull(share)),
    map50: Type.Optional(orNull(share)),
    intervals: Type.Object(
      {
        truePositiveRate: Type.Optional(interval),
        falseAlarmRate: Type.Optional(interval),
        accuracy: Type.Optional(interval),
        auc: Type.Optional(interval),
        map50: Type.Optional(interval),
      },
      closed,
    ),
    msPerItem: Type.Optional(Type.Number({ minimum: 0 })),
    hardware: Type.Optional(text(200)),
    note: Type.Optional(text(1000)),
  },
  closed,
)
export type Measured = Static<typeof Measured>

/**
 * Distance from the training data in the space of embeddings: `Σ ((x − mean)·componentₖ)² · inverseVarianceₖ`, and, where one more
 * inverse variance than components is given, the squared rest beside the components times it. Above the threshold nobody has ever
 * seen such goods here, and a person looks.
 */
export const Familiarity = Type.Object(
  {
    mean: Type.Array(Type.Number(), { minItems: 1, maxItems: 4096 }),
    components: Type.Array(Type.Array(Type.Number(), { maxItems: 4096 }), { minItems: 1, maxItems: 512 }),
    inverseVariances: Type.Array(Type.Number({ minimum: 0 }), { minItems: 1, maxItems: 513 }),
    threshold: Type.Number({ exclusiveMinimum: 0 }),
    /** share of ordinary items that it fires on, measured on validation data */
    firesOnValidation: Type.Optional(share),
    auc: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), share)),
  },
  closed,
)
export type Familiarity = Static<typeof Familiarity>

export const Thresholds = Type.Object(
  {
    set: text(60),
    review: share,
    divert: share,
    chosenOn: Type.Literal('validation'),
    approvedBy: orNull(text(100)),
    note: Type.Optional(text(1000)),
  },
  closed,
)

/**
 * Where the first look leaves a score from `from` to `to`, the picture is looked at once more and the mean of both looks counts: its mirror
 * image, or (squares only) the picture turned by a quarter.
 */
const Second = Type.Object({ view: Type.Enum(['mirror', 'turn']), from: share, to: share }, closed)
export type SecondView = Static<typeof Second>['view']

export const ModelCard = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$', description: 'the name of its folder' }),
    version: text(40),
    title: text(120),
    purpose: text(1000),
    item: Item,
    modalities: Type.Array(text(60), { minItems: 1 }),
    /** of model.onnx */
    sha256,
    date: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
    licence: text(500),
    input: Type.Object(
      {
        name: text(60),
        /** `square`: cut out and fitted on white; `native`: the picture as it is, on a multiple of `multiple` pixels */
        fit: Type.Enum(['square', 'native']),
        /** side of the square in pixels; of a native picture the largest that is read whole */
        side: Type.Integer({ minimum: 32, maximum: 4096 }),
        multiple: Type.Integer({ minimum: 1, maximum: 64 }),
      },
      closed,
    ),
    stride: Type.Integer({ minimum: 1, maximum: 64 }),
    /** in the order of the heat's channels; the columns that each was learned from */
    classes: Type.Array(Type.Object({ name: text(60), learnedFrom: Type.Array(Column, { minItems: 1 }) }, closed), { minItems: 1, maxItems: 100 }),
    second: orNull(Second),
    /** peaks kept for a picture, the least confidence that is told, and the overlap above which the weaker of two is dropped */
    decode: Type.Object({ most: Type.Integer({ minimum: 1, maximum: 100 }), least: share, nmsIou: share }, closed),
    thresholds: Thresholds,
    familiarity: orNull(Familiarity),
    training: Type.Object(
      {
        manifestSha256: sha256,
        images: count,
        groups: count,
        seed: Type.Integer(),
        hardware: Type.Optional(text(200)),
        minutes: Type.Optional(Type.Number({ minimum: 0 })),
        note: Type.Optional(text(1000)),
      },
      closed,
    ),
    measured: Type.Object({ real: orNull(Measured), tip: orNull(Measured), simulated: orNull(Measured) }, closed),
    limits: Type.Array(text(500), { minItems: 1 }),
  },
  { ...closed, title: 'ModelCard' },
)
export type ModelCard = Static<typeof ModelCard>
