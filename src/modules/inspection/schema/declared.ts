/** What was declared of a subject, as far as a picture can speak for or against it, and what became of holding both together. */
import { Type, type Static, type TSchema } from 'typebox'
import { Limits, metrics } from './expectation.ts'
import { Subject } from './subject.ts'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])

export const DeclaredLine = Type.Object(
  {
    hsCode: Type.String({ pattern: '^[0-9]{4,10}$', description: 'Harmonized System, and what a country adds to it' }),
    description: orNull(text(512)),
    grossMassKg: orNull(Type.Number({ minimum: 0, maximum: 1e9, description: 'with packing' })),
    packages: orNull(Type.Integer({ minimum: 0, maximum: 1e9 })),
    packageKind: Type.Optional(
      Type.String({ pattern: '^[0-9A-Z]{2}$', description: 'UN/ECE Recommendation 21; absent where it is not known or mixed' }),
    ),
  },
  closed,
)

/** A party by its number in the register of traders, by its name, or both. */
const Consignor = Type.Object({ id: orNull(text(35)), name: orNull(text(128)) }, closed)

export const DeclaredGoods = Type.Object(
  {
    lines: Type.Array(DeclaredLine, { minItems: 1, maxItems: 999 }),
    consignor: orNull(Consignor),
    reference: text(100),
    version: Type.Integer({ minimum: 1, description: 'of what the reference names; a changed declaration is another version' }),
  },
  { ...closed, title: 'DeclaredGoods' },
)
export type DeclaredGoods = Static<typeof DeclaredGoods>

/** What somebody notes of a subject: versions are counted here. */
export const NewDeclaredGoods = Type.Omit(DeclaredGoods, ['version'], { ...closed, title: 'NewDeclaredGoods' })
export type NewDeclaredGoods = Static<typeof NewDeclaredGoods>

export const matchLevels = ['green', 'amber', 'red'] as const
export const MatchLevel = Type.Enum(matchLevels)
export type MatchLevel = (typeof matchLevels)[number]

const MatchMetric = Type.Enum([...metrics, 'massRatio', 'packages'])
const Region = Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()])

export const MatchEvidence = Type.Object(
  {
    metric: MatchMetric,
    level: MatchLevel,
    value: Type.Number(),
    /** the value lies in here; absent where it is as good as exact */
    band: Type.Optional(Limits),
    unit: Type.Enum(['1', 'g/cm²', 'units']),
    limits: Limits,
    /** where to look: left, top, width, height in pixels of the image */
    region: Region,
    /** of a volume: first slice and number of slices in which the place lies */
    slices: Type.Optional(Type.Tuple([Type.Number(), Type.Number()])),
  },
  closed,
)
export type MatchEvidence = Static<typeof MatchEvidence>

/** Why a value could not be measured. */
export const unmeasuredReasons = [
  'one-energy',
  'painted-colours',
  'volume',
  'no-scale',
  'no-mass-declared',
  'mixed-goods',
  'no-energy',
  'no-packages-declared',
  'uncounted-kind',
  'voxels-unexplained',
] as const
export type UnmeasuredReason = (typeof unmeasuredReasons)[number]

/** More packages than this are counted and not drawn. */
export const mostUnits = 400

export const Match = Type.Object(
  {
    level: MatchLevel,
    /** what the picture allowed: two energies are measured, of one nothing is known of materials, painted colours are read approximately, else nothing is known of materials */
    basis: Type.Enum(['two-energies', 'one-energy', 'volume', 'colours', 'nothing']),
    chapters: Type.Array(
      Type.Object({ chapter: Type.String(), source: orNull(Type.Enum(['table', 'learned'])), n: Type.Integer({ minimum: 0 }) }, closed),
    ),
    declared: Type.Object({ reference: Type.String(), version: Type.Integer(), grossMassKg: orNull(Type.Number()) }, closed),
    massKg: orNull(Type.Number({ description: 'by attenuation; a lower bound where much is opaque' })),
    /** between what the load weighs if it is the matter that weakens the beam most, and least, for its mass; null where `massKg` is exact enough or unknown */
    massBandKg: orNull(Limits),
    evidence: Type.Array(MatchEvidence),
    /** packages as they were told apart in the picture, in its pixels, in reading order */
    units: Type.Array(Region, { maxItems: mostUnits }),
    /** of a volume: objects that hang together, largest first: left, top, first slice, width, height, slices */
    objects: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number(), Type.Number(), Type.Number()]), {
      maxItems: mostUnits,
    }),
    /** share of the room about the goods that they fill; null where it was not measured */
    fillShare: orNull(Type.Number({ minimum: 0, maximum: 1 })),
    unmeasured: Type.Array(Type.Object({ metric: MatchMetric, because: Type.Enum(unmeasuredReasons) }, closed)),
    rules: Type.String({ description: 'version of the rules by which it was held together' }),
  },
  { ...closed, title: 'DeclaredMatch' },
)
export type Match = Static<typeof Match>

export const StoredMatch = Type.Object(
  { ...Match.properties, id: Type.String(), at: Type.String(), ms: Type.Number() },
  { ...closed, title: 'StoredMatch' },
)
export type StoredMatch = Static<typeof StoredMatch>

/** One of all matches of an image: with which version, and when. */
export const MatchVersion = Type.Object(
  { id: Type.String(), at: Type.String(), level: MatchLevel, reference: Type.String(), version: Type.Integer(), rules: Type.String() },
  closed,
)
export type MatchVersion = Static<typeof MatchVersion>

/** What a workstation shows of declared goods; `match` null where nothing was matched yet, or where it is kept from who reads blind; `history` newest first. */
export const DeclaredView = Type.Object(
  { goods: orNull(DeclaredGoods), match: orNull(StoredMatch), history: Type.Array(MatchVersion) },
  { ...closed, title: 'DeclaredView' },
)
export type DeclaredView = Static<typeof DeclaredView>

/** What was declared after people were done with a case is not what its image shows: the decision stays, somebody looks. */
export const MatchAlert = Type.Object(
  {
    id: Type.String(),
    imageId: Type.String(),
    caseId: Type.String(),
    office: Type.String(),
    subject: Subject,
    reference: Type.String(),
    version: Type.Integer(),
    outcome: orNull(Type.Enum(['clear', 'suspect'], { description: 'what people decided before' })),
    raisedAt: Type.String(),
    acknowledgedBy: orNull(Type.String()),
    acknowledgedAt: orNull(Type.String()),
    remarks: orNull(Type.String()),
  },
  { ...closed, title: 'MatchAlert' },
)
export type MatchAlert = Static<typeof MatchAlert>
