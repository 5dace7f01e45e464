/** An image of an inspection: who made it, of what, and which files it consists of. Pixels are not in here: they lie in the file store. */
import { Type, type Static } from 'typebox'
import { Column, Item, Subject } from './subject.ts'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$', maxLength: 30, description: 'ISO 8601 in UTC' })
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** What the pixels mean: colours that a scanner has painted, one or two measured transmissions, or a volume. */
export const modalities = ['colour', 'grey', 'dual-energy', 'volume'] as const
export const Modality = Type.Enum(modalities)
export type Modality = (typeof modalities)[number]

export const fileRoles = ['image', 'low', 'high'] as const
export const FileRole = Type.Enum(fileRoles)
export type FileRole = (typeof fileRoles)[number]

export const fileFormats = ['png', 'jpeg', 'tiff', 'dicom'] as const
export const FileFormat = Type.Enum(fileFormats)
export type FileFormat = (typeof fileFormats)[number]

export const StoredFile = Type.Object({ role: FileRole, format: FileFormat, sha256, bytes: Type.Integer({ minimum: 1 }) }, closed)
export type StoredFile = Static<typeof StoredFile>

/** What a scanner knows of a picture and the picture's file does not say. Energies as peak tube voltage or mean energy, whatever the maker states. */
export const Sidecar = Type.Object(
  {
    energiesKeV: Type.Optional(
      Type.Tuple([Type.Number({ exclusiveMinimum: 0, maximum: 20_000 }), Type.Number({ exclusiveMinimum: 0, maximum: 20_000 })], {
        description: 'low and high',
      }),
    ),
    mmPerPx: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100 })),
    mmPerSlice: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100, description: 'distance of the slices of a volume' })),
    voxels: Type.Optional(Type.Enum(['g-per-cm3'], { description: 'what the rescaled values of a volume mean; absent: the maker’s own' })),
    geometry: Type.Optional(Type.Enum(['fan', 'parallel', 'cone', 'helical'])),
    view: Type.Optional(text(40)),
  },
  { ...closed, title: 'Sidecar' },
)
export type Sidecar = Static<typeof Sidecar>

/** Everything about a new image but its files. */
export const NewImage = Type.Object(
  {
    subject: Subject,
    item: Item,
    scannerId: text(60),
    takenAt: instant,
    column: Column,
    /** a threat was projected into it (TIP): then no decision with legal effect may rest on it */
    isTip: Type.Boolean(),
    sidecar: Sidecar,
  },
  { ...closed, title: 'NewImage' },
)
export type NewImage = Static<typeof NewImage>

export const Image = Type.Object(
  {
    ...NewImage.properties,
    id: Type.String(),
    office: text(20),
    operator: Type.Object({ personId: Type.String(), name: Type.String() }, closed),
    receivedAt: instant,
    modality: Modality,
    widthPx: Type.Integer({ minimum: 1 }),
    heightPx: Type.Integer({ minimum: 1 }),
    /** of each sample; 8 or 16 */
    depthBits: Type.Integer({ minimum: 8, maximum: 16 }),
    /** pages of a volume; 1 for a picture */
    slices: Type.Integer({ minimum: 1 }),
    files: Type.Array(StoredFile, { minItems: 1, maxItems: 2 }),
  },
  { ...closed, title: 'InspectionImage' },
)
export type Image = Static<typeof Image>

/** The longer side of the picture for people that is made of every image before anybody opens it, in pixels. */
export const stationPreviewPx = 800

/** Planes that a viewer can ask for, by what the pixels mean. */
export const planes = ['low', 'high', 'rgb', 'grey'] as const
export const Plane = Type.Enum(planes)
export type Plane = (typeof planes)[number]

/** Summary of the newest finding of an image, for lists. */
const findingSummary = {
  verdict: orNull(Type.Enum(['clear', 'review', 'divert'])),
  score: orNull(Type.Number()),
}

export const ImageRow = Type.Object(
  {
    id: Type.String(),
    subjectKind: Type.String(),
    subjectId: Type.String(),
    item: Item,
    scannerId: Type.String(),
    office: Type.String(),
    takenAt: Type.String(),
    receivedAt: Type.String(),
    operator: Type.String(),
    column: Column,
    modality: Modality,
    widthPx: Type.Integer(),
    heightPx: Type.Integer(),
    depthBits: Type.Integer(),
    ...findingSummary,
  },
  { ...closed, title: 'InspectionImageRow' },
)
export type ImageRow = Static<typeof ImageRow>
