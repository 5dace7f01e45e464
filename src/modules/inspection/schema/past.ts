/** Readings made elsewhere, of pictures of the library: an older system's, or invented ones that show how the table of teams works. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })

export const ImportReadings = Type.Object(
  {
    /** where they come from: a file's name, a system's */
    source: text(200),
    /** no person has read: shown apart from people, and said so wherever they are counted */
    invented: Type.Boolean(),
    /** CSV, one row a reading: Image ID, Reader, Team, Decision, Confidence, Seconds, Read at */
    content: text(5_000_000),
  },
  { ...closed, title: 'ImportReadings' },
)
export type ImportReadings = Static<typeof ImportReadings>

export const ReadingsImported = Type.Object(
  {
    readings: Type.Integer(),
    /** of the file's, such as this reader had given of this image already: the first one stays */
    known: Type.Integer(),
    /** columns of the file that nothing is kept of */
    ignored: Type.Array(Type.String()),
  },
  { ...closed, title: 'ReadingsImported' },
)
export type ReadingsImported = Static<typeof ReadingsImported>

export const PastReadings = Type.Array(
  Type.Object(
    {
      source: Type.String(),
      invented: Type.Boolean(),
      readers: Type.Integer(),
      readings: Type.Integer(),
      from: Type.String(),
      to: Type.String(),
    },
    { ...closed, title: 'PastReadings' },
  ),
)
export type PastReadings = Static<typeof PastReadings>
