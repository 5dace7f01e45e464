/** The register of scanners. What a scanner delivers is stored under its office; an image of an unknown scanner is refused. */
import { Type, type Static } from 'typebox'
import { Item } from './subject.ts'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })

export const Scanner = Type.Object(
  {
    id: Type.String({ pattern: '^[0-9A-Za-z][0-9A-Za-z._-]{0,59}$' }),
    name: text(100),
    office: text(20),
    vendor: text(100),
    model: text(100),
    item: Item,
    /** how its files are read: the name of an adapter; `files` for PNG, JPEG, TIFF and DICOM as they are */
    adapter: text(40),
    /** null where the picture itself says it, or nobody knows */
    mmPerPx: Type.Union([Type.Number({ exclusiveMinimum: 0, maximum: 100 }), Type.Null()]),
    active: Type.Boolean(),
  },
  { ...closed, title: 'Scanner' },
)
export type Scanner = Static<typeof Scanner>
