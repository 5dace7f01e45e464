/** Goods released for transit, as the declaration says: what a trip under seal of them is bound to. Instants are ISO 8601 in UTC. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

/** What the declaration says of the goods, at a glance. */
export const DeclaredGoods = Type.Object(
  {
    items: Type.Integer(),
    packages: orNull(Type.String()),
    grossMassKg: orNull(Type.String()),
    /** of the first item */
    description: Type.String(),
  },
  closed,
)

export const DeclaredTransit = Type.Object(
  {
    mrn: text(40),
    declarationId: Type.String(),
    kind: Type.String({ description: 'DE 1/3: T1, T2' }),
    holder: Type.String({ description: 'registration of the holder of the transit procedure' }),
    guarantee: text(70),
    guaranteeAmount: Type.Object({ minor: Type.Integer({ minimum: 1 }), currency: Type.String({ pattern: '^[A-Z]{3}$' }) }, closed),
    office: text(20),
    destinationOffice: text(20),
    carrier: orNull(text(40)),
    vehicle: orNull(text(40)),
    containers: Type.Array(text(20)),
    goods: DeclaredGoods,
    releasedAt: Type.String(),
  },
  { ...closed, title: 'DeclaredTransit' },
)
export type DeclaredTransit = Static<typeof DeclaredTransit>
