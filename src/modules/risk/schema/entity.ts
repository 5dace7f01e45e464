/** Who stands behind a firm: its history, and what it shares with others. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number) => Type.String({ maxLength: max })

export const tieKinds = ['address', 'phone', 'director', 'bank-account', 'website'] as const
export const NoteTie = Type.Object(
  {
    kind: Type.Enum([...tieKinds]),
    value: Type.String({ minLength: 2, maxLength: 200 }),
    registration: Type.String({ pattern: '^[A-Z]{2}[A-Z0-9]{1,15}$' }),
    source: Type.String({ minLength: 1, maxLength: 500 }),
  },
  closed,
)
export type NoteTie = Static<typeof NoteTie>

export const EntityNode = Type.Object(
  {
    id: text(260),
    kind: Type.Enum(['firm', 'broker', 'seller', 'vehicle', ...tieKinds]),
    label: text(300),
    centre: Type.Boolean(),
    found: nullable(Type.Integer()),
  },
  closed,
)
export type EntityNode = Static<typeof EntityNode>
export const EntityEdge = Type.Object(
  { from: text(260), to: text(260), kind: text(30), declarations: nullable(Type.Integer()), source: nullable(text(500)) },
  closed,
)
export type EntityEdge = Static<typeof EntityEdge>

export const Entity = Type.Object(
  {
    id: text(35),
    name: nullable(text(200)),
    facts: Type.Object(
      {
        firstSeen: nullable(text(40)),
        lastSeen: nullable(text(40)),
        declarations: Type.Integer(),
        examined: Type.Integer(),
        found: Type.Integer(),
        revenueMinor: Type.Integer(),
        offices: Type.Array(Type.Object({ value: text(40), declarations: Type.Integer() }, closed)),
        headings: Type.Array(Type.Object({ value: text(40), declarations: Type.Integer() }, closed)),
        origins: Type.Array(Type.Object({ value: text(40), declarations: Type.Integer() }, closed)),
      },
      closed,
    ),
    nodes: Type.Array(EntityNode),
    edges: Type.Array(EntityEdge),
  },
  { ...closed, title: 'RiskEntity' },
)
export type Entity = Static<typeof Entity>
