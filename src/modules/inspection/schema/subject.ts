/** What an image is of. Inspection never speaks of a declaration's inside: a subject is a kind and the identifier that its owner uses. */
import { Type, type Static } from 'typebox'

export const subjectKinds = ['declaration', 'container', 'parcel', 'bag', 'passenger'] as const

export const Subject = Type.Object(
  {
    kind: Type.Enum(subjectKinds),
    id: Type.String({ minLength: 1, maxLength: 70, description: 'MRN, container number (ISO 6346), parcel number, bag tag, traveller reference' }),
  },
  { additionalProperties: false, title: 'InspectionSubject' },
)
export type Subject = Static<typeof Subject>

/** What lies in the machine: it chooses the detector. A bag is cut out of its picture, a carton is the whole picture. */
export const items = ['bag', 'carton', 'cargo'] as const
export const Item = Type.Enum(items)
export type Item = (typeof items)[number]

/** The item that a subject is inspected as when nobody says otherwise. */
export const itemOf: Readonly<Record<Subject['kind'], Item>> = {
  bag: 'bag',
  passenger: 'bag',
  parcel: 'carton',
  container: 'cargo',
  declaration: 'cargo',
}

/** Where a picture comes from. Figures of different columns are never added up (ADR 0011). */
export const columns = ['real', 'tip', 'simulated'] as const
export const Column = Type.Enum(columns)
export type Column = (typeof columns)[number]
