/** Several packages in one picture, as a belt for parcels sees them, with their number: apart, or equal ones stacked against each other. */
import { type Random, seeded } from '#kernel/random.ts'
import { type Body, type Field, placed, type Scene, type Thing } from '../scene.ts'
import { turn } from '../solids.ts'
import { packedCarton } from './carton.ts'
import { at, between, pick } from './parts.ts'
import { type Ware, wares } from './wares.ts'

export const layouts = ['apart', 'stacked', 'mixed'] as const
export type Layout = (typeof layouts)[number]

const field: Field = { widthPx: 500, heightPx: 380, mmPerPx: 2 }
/** What the packages may take of the field, in millimetres. */
const [roomX, roomY] = [940, 700]

type Placed = { x: number; y: number; width: number; height: number; bodies: Body[] }

const cartonOf = (random: Random, ware: Ware): Omit<Placed, 'x' | 'y'> => {
  const most = [between(random, 130, 240), between(random, 120, 200), between(random, 80, 150)] as const
  const { bodies, size } = packedCarton(random, ware, most)
  return { bodies, width: size[0], height: size[1] }
}

/** Cartons of different goods, each turned a little, none nearer to the next than a centimetre. */
const apart = (random: Random): Placed[] => {
  const wanted = 1 + random.below(8)
  const found: Placed[] = []
  for (let tries = 0; found.length < wanted && tries < 400; tries++) {
    const { bodies, width, height } = cartonOf(random, pick(random, wares))
    const [x, y] = [between(random, -0.5, 0.5) * (roomX - width), between(random, -0.5, 0.5) * (roomY - height)]
    const tilt = between(random, -0.06, 0.06)
    // Turned by that little, a side reaches so much further.
    const room = 10 + 0.06 * Math.max(width, height)
    const isFree = found.every(
      (one) => Math.abs(one.x - x) > (one.width + width) / 2 + room || Math.abs(one.y - y) > (one.height + height) / 2 + room,
    )
    if (isFree) found.push({ x, y, width, height, bodies: placed(bodies, at(0, 0, 0, turn('z', tilt))) })
  }
  return found
}

/** Equal cartons in columns and rows, pushed together by hand; the uppermost row is not always full. */
const stackedEqual = (random: Random): Placed[] => {
  const one = cartonOf(random, pick(random, wares))
  const [columns, rows] = [
    1 + random.below(Math.min(5, Math.floor(roomX / one.width))),
    1 + random.below(Math.min(4, Math.floor(roomY / one.height))),
  ]
  const upper = rows > 1 && random.next() < 0.4 ? 1 + random.below(columns) : columns
  const found: Placed[] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < (row === rows - 1 ? upper : columns); column++)
      found.push({
        ...one,
        x: (column - (columns - 1) / 2) * (one.width + 1.5) + between(random, -0.7, 0.7),
        y: ((rows - 1) / 2 - row) * (one.height + 0.5),
      })
  return found
}

/** Cartons of different sizes and goods in rows, side against side, as a van is loaded. */
const mixed = (random: Random): Placed[] => {
  const found: Placed[] = []
  let floor = roomY / 2
  for (let row = 0; row < 1 + random.below(3); row++) {
    let [left, tallest] = [-roomX / 2 + between(random, 0, 200), 0]
    for (let n = 0; n < 1 + random.below(4); n++) {
      const one = cartonOf(random, pick(random, wares))
      if (left + one.width > roomX / 2 || floor - one.height < -roomY / 2) break
      found.push({ ...one, x: left + one.width / 2, y: floor - one.height / 2 })
      left += one.width + between(random, 0, 2)
      tallest = Math.max(tallest, one.height)
    }
    floor -= tallest + 1
  }
  return found
}

const arrange: Readonly<Record<Layout, (random: Random) => Placed[]>> = { apart, stacked: stackedEqual, mixed }

/** The scene, and how many packages there really are. */
export const packages = (seed: number, layout: Layout): { scene: Scene; count: number } => {
  const random = seeded(seed, `packages/${layout}`)
  const found = arrange[layout](random)
  const tilt = turn('z', between(random, -0.02, 0.02))
  const things = found.map(({ x, y, bodies }): Thing => ({
    cls: 'package',
    threat: false,
    bodies: placed(placed(bodies, at(x, y)), at(0, 0, 0, tilt)),
  }))
  return { scene: { field, things }, count: found.length }
}
