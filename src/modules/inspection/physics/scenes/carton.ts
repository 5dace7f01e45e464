/** A carton of one kind of goods in rows and layers, as a factory packs it; with foreign bodies or contraband, if asked for, between them. */
import { type Random, seeded } from '#kernel/random.ts'
import { type Body, type Field, placed, type Scene, type Thing } from '../scene.ts'
import { turn } from '../solids.ts'
import { at, between, box, ellipsoid, pick, solid } from './parts.ts'
import { type ThreatKind, threats } from './threats.ts'
import { type Ware, wares } from './wares.ts'

/** `chapter` of the Harmonized System; without it the seed chooses. `foreign`: how many stray bodies of stone, glass, metal or bone. */
export type CartonOrder = { seed: number; chapter?: string; threat?: ThreatKind; foreign?: number }

const field: Field = { widthPx: 480, heightPx: 400, mmPerPx: 1 }

/** The ware of an order; throws a RangeError when no ware of that chapter is known. */
export const wareFor = (random: Random, chapter: string | undefined): Ware => {
  const fitting = chapter === undefined ? wares : wares.filter((ware) => ware.chapter === chapter)
  if (fitting.length === 0) throw new RangeError(`no simulated goods of chapter ${chapter}`)
  return pick(random, fitting)
}

type Inside = readonly [width: number, height: number, depth: number]

type Stack = { inside: Inside; bodies: Body[] }

/** So many layers lie behind each other: their densities add, their grains average. */
const layered = (body: Body, layers: number): Body => ({
  ...body,
  packing: (body.packing ?? 1) * layers,
  grain: body.grain && { ...body.grain, amplitude: body.grain.amplitude / Math.sqrt(layers) },
})

/** Rows and columns of a unit fill the carton, which is made to fit. One layer stands for all, as many times as dense. */
const stacked = (random: Random, ware: Ware, most: Inside): Stack => {
  const { bodies, size } = ware.unit(random)
  const count = (axis: 0 | 1 | 2): number => Math.max(1, Math.floor(most[axis] / size[axis]))
  const [columns, rows, layers] = [count(0), count(1), count(2)]
  const out: Body[] = []
  for (let c = 0; c < columns; c++)
    for (let r = 0; r < rows; r++) {
      const [x, y] = [(c - (columns - 1) / 2) * size[0] + between(random, -0.7, 0.7), (r - (rows - 1) / 2) * size[1] + between(random, -0.7, 0.7)]
      // The last layer of a column is now and then left out, but never a whole column.
      const full = layers > 3 && random.next() < 0.06 ? layers - 1 : layers
      out.push(...placed(bodies, at(x, y)).map((body) => layered(body, full)))
    }
  return { inside: [columns * size[0] + 6, rows * size[1] + 6, layers * size[2] + 4], bodies: out }
}

const wall = ([width, height, depth]: Inside): Body[] => [
  solid(box(width + 8, height + 8, depth + 8), 'cardboard', at(0, 0), { cavity: box(width, height, depth), packing: 1.4 }),
  // the flaps meet in the middle under a strip of tape
  solid(box(width + 8, 50, 0.2), 'polypropylene', at(0, 0, depth / 2 + 5)),
]

/** A closed carton of a ware about the origin, at most so large, and its outer size. */
export const packedCarton = (random: Random, ware: Ware, most: Inside): { bodies: Body[]; size: Inside } => {
  const { inside, bodies } = stacked(random, ware, most)
  const [width, height, depth] = inside
  return { bodies: [...wall(inside), ...bodies], size: [width + 8, height + 8, depth + 8] }
}

const stray = (random: Random, [width, height]: Inside): Thing => {
  const material = pick(random, ['stone', 'glass', 'iron', 'aluminium', 'stone'] as const)
  const size = between(random, 6, 16)
  const pose = at(between(random, -0.44, 0.44) * width, between(random, -0.44, 0.44) * height, 0, turn('z', between(random, 0, 3)))
  const shape = random.next() < 0.5 ? ellipsoid(size, size * between(random, 0.5, 1), size) : box(size, size * between(random, 0.3, 0.8), size)
  return { cls: 'foreign body', threat: true, bodies: [solid(shape, material, pose)] }
}

/** Contraband is a parcel of its own among the goods, laid along the carton's longer side where it fits no other way. */
const hidden = (random: Random, kind: ThreatKind, [width, height]: Inside): Thing => {
  const { cls, bodies, size } = threats[kind](random)
  const across = (size[0] > width || size[1] > height) && size[0] <= height
  const [w, h] = across ? [size[1], size[0]] : [size[0], size[1]]
  const room = (extent: number, needed: number): number => between(random, -0.5, 0.5) * Math.max(0, extent - needed)
  const rotation = turn('z', (across ? Math.PI / 2 : 0) + between(random, -0.08, 0.08))
  return { cls, threat: true, bodies: placed(bodies, at(room(width, w), room(height, h), 0, rotation)) }
}

/** The scene, and what a correct declaration of it would say. */
export const carton = ({ seed, chapter, threat, foreign = 0 }: CartonOrder): { scene: Scene; chapter: string } => {
  const random = seeded(seed, 'carton')
  const ware = wareFor(random, chapter)
  const { inside, bodies } = stacked(random, ware, [between(random, 380, 410), between(random, 300, 340), between(random, 70, 120)])
  const things: Thing[] = [
    { cls: 'carton', threat: false, bodies: wall(inside) },
    { cls: `goods of chapter ${ware.chapter}`, threat: false, bodies },
    ...Array.from({ length: foreign }, () => stray(random, inside)),
    ...(threat ? [hidden(random, threat, inside)] : []),
  ]
  const rotation = turn('z', between(random, -0.05, 0.05))
  return {
    chapter: ware.chapter,
    scene: { field, things: things.map((one) => ({ ...one, bodies: placed(one.bodies, { at: [0, 0, 0], rotation }) })) },
  }
}
