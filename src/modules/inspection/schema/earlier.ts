/** An earlier image that is worth comparing with: of the same subject, of goods of the same code, of the same shipper. */
import { Type, type Static, type TSchema } from 'typebox'
import { outcomes } from './case.ts'
import { Column, Subject } from './subject.ts'

const closed = { additionalProperties: false } as const
const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])

export const EarlierImage = Type.Object(
  {
    id: Type.String(),
    subject: Subject,
    scannerId: Type.String(),
    takenAt: Type.String(),
    column: Column,
    sameSubject: Type.Boolean(),
    /** six digits, those that both images show; empty where they share none */
    codes: Type.Array(Type.String()),
    sameConsignor: Type.Boolean(),
    /** what was decided; null while it is not, or where nobody had to */
    outcome: orNull(Type.Enum(outcomes)),
    /** was something forbidden in it; null where nobody opened it */
    found: orNull(Type.Boolean()),
  },
  { ...closed, title: 'EarlierImage' },
)
export type EarlierImage = Static<typeof EarlierImage>
