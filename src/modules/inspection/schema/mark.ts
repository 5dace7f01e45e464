/** What a reader drew on an image: a distance, a frame, an arrow, a word, a probe. Places are pixels of the image, fractions allowed. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const coordinate = Type.Number({ minimum: 0, maximum: 65_535 })
const place = Type.Object({ x: coordinate, y: coordinate }, closed)

export const markKinds = ['distance', 'rectangle', 'arrow', 'text', 'probe'] as const

export const Mark = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 40 }),
    kind: Type.Enum(markKinds),
    imageId: Type.String({ minLength: 36, maxLength: 60, description: 'the image, or the slice of a volume: image/plane/number' }),
    from: place,
    to: place,
    text: Type.String({ maxLength: 200 }),
  },
  closed,
)
export type Mark = Static<typeof Mark>

/** The most that one reading keeps: whoever needs more has marked nothing. */
export const mostMarks = 60
