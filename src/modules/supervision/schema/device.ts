/** The registry of seals and vehicle units, and what a device said last. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

export const deviceStates = ['inStock', 'issued', 'armed', 'recharging', 'lost', 'stolen', 'retired'] as const
export const DeviceState = Type.Enum(deviceStates)

/** What is written down when a device comes into the stock. `id` is the number under which it reports. */
export const RegisterDevice = Type.Object(
  {
    id: Type.String({ pattern: '^[0-9A-Za-z]{4,40}$' }),
    protocol: text(20),
    vendor: text(100),
    model: text(100),
    role: Type.Enum(['seal', 'truck']),
    imei: orNull(Type.String({ pattern: '^[0-9]{14,16}$' })),
    sim: orNull(Type.String({ pattern: '^[0-9]{8,22}$' })),
    aliases: Type.Array(Type.String({ pattern: '^[0-9A-Za-z]{4,40}$' }), { maxItems: 10 }),
    office: text(20),
    liable: text(200),
    firmware: Type.Optional(text(60)),
    /** who owns it, where that is not the administration */
    owner: Type.Optional(text(200)),
  },
  { ...closed, title: 'RegisterDevice' },
)
export type RegisterDevice = Static<typeof RegisterDevice>

/** A step of the custody chain: where it is now, in what state, and who answers for it. */
export const ChangeDevice = Type.Object({ state: DeviceState, office: text(20), liable: text(200), passwordChanged: Type.Boolean() }, closed)
export type ChangeDevice = Static<typeof ChangeDevice>

export const DeviceRow = Type.Object(
  {
    id: Type.String(),
    protocol: Type.String(),
    vendor: Type.String(),
    model: Type.String(),
    role: Type.String(),
    state: Type.String(),
    office: Type.String(),
    liable: Type.String(),
    passwordChanged: Type.Boolean(),
    firmware: orNull(Type.String()),
    owner: orNull(Type.String()),
    /** the newest conformance run of its model passed */
    certified: Type.Boolean(),
    lastContactAt: orNull(Type.String()),
    eventAt: orNull(Type.String()),
    lat: orNull(Type.Number()),
    lon: orNull(Type.Number()),
    speedKph: orNull(Type.Number()),
    batteryPct: orNull(Type.Number()),
    locked: orNull(Type.Boolean()),
  },
  { ...closed, title: 'Device' },
)
export type DeviceRow = Static<typeof DeviceRow>

/** A seal on a trip: where it sits, how it stands by its newest report, and its sub-locks. */
export const SealNow = Type.Object(
  {
    ...DeviceRow.properties,
    place: orNull(Type.String()),
    subLocks: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          locked: orNull(Type.Boolean()),
          batteryPct: orNull(Type.Number()),
          cut: Type.Boolean(),
          lost: Type.Boolean(),
          toldAt: Type.String(),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'SealNow' },
)
export type SealNow = Static<typeof SealNow>

const count = Type.Optional(Type.Integer())
/** How many seals of each state an office has. */
export const StockRow = Type.Object(
  {
    office: Type.String(),
    total: Type.Integer(),
    states: Type.Object({ inStock: count, issued: count, armed: count, recharging: count, lost: count, stolen: count, retired: count }, closed),
  },
  { ...closed, title: 'SealStock' },
)
export type StockRow = Static<typeof StockRow>
