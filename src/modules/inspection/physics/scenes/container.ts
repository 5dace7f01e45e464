/** A forty-foot container from its side, as a cargo portal sees it: corrugated steel, floor, pallets of declared goods, and what hides in them. */
import { type Random, seeded } from '#kernel/random.ts'
import type { Body, Field, Scene, Thing } from '../scene.ts'
import { wareFor } from './carton.ts'
import { at, between, box, plate, rounded, solid } from './parts.ts'
import type { ThreatKind } from './threats.ts'
import { materials, type MaterialName } from '../materials.ts'
import type { Ware } from './wares.ts'

export type ContainerOrder = { seed: number; chapter?: string; threat?: ThreatKind }

const field: Field = { widthPx: 1280, heightPx: 320, mmPerPx: 10 }
// ISO 668, 1AA: inside 12.03 × 2.35 × 2.39 m
const [length, width, height] = [12_030, 2350, 2390]

/** Walls of 1.6 mm with trapezoid corrugation, posts, roof, plywood floor on cross members. Depth is the width of the container. */
const shell = (): Body[] => {
  const bodies: Body[] = [
    solid(box(length, height, 3.2), 'iron'),
    solid(box(length + 80, 4, width), 'iron', at(0, -height / 2 - 2)),
    solid(box(length, 28, width), 'wood', at(0, height / 2 + 14)),
    ...[-1, 1].map((side) => solid(box(90, height + 180, 24), 'iron', at(side * (length / 2 + 45), 20))),
    ...[-1, 1].map((side) => solid(box(length + 160, 70, 9), 'iron', at(0, side * (height / 2 + 60)))),
    // the doors' locking bars at the right end
    ...[-60, 60].map((z) => solid(box(34, height, 8), 'iron', at(length / 2 - 40, 0, z))),
  ]
  // Slanting webs between the flat parts of a corrugation lie longer in the beam.
  for (let x = -length / 2 + 140; x < length / 2; x += 276) bodies.push(solid(box(68, height, 4.6), 'iron', at(x, 0)))
  for (let x = -length / 2 + 150; x < length / 2; x += 305) bodies.push(solid(box(45, 110, width), 'iron', at(x, height / 2 + 85), { packing: 0.06 }))
  return bodies
}

const palletDepth = 1050

/** One pallet of cartons in rows, their density varying a little. Two stand behind each other across the container. */
const palletLoad = (random: Random, ware: Ware, x: number, loadHeight: number, carton: readonly [number, number]): Body[] => {
  const { material, gPerCm3 } = ware.bulk
  const base = height / 2 - 150
  const [columns, rows] = [Math.max(1, Math.round(1080 / carton[0])), Math.max(1, Math.round(loadHeight / carton[1]))]
  const [cw, ch] = [1080 / columns, loadHeight / rows]
  const bodies: Body[] = [
    solid(box(1100, 20, palletDepth), 'wood', at(x, height / 2 - 12)),
    solid(box(1100, 20, palletDepth), 'wood', at(x, height / 2 - 138)),
    ...[-480, 0, 480].map((dx) => solid(box(100, 96, palletDepth), 'wood', at(x + dx, height / 2 - 75))),
  ]
  for (let c = 0; c < columns; c++)
    for (let r = 0; r < rows; r++) {
      const pose = at(x - 540 + cw * (c + 0.5), base - ch * (r + 0.5))
      const packing = (gPerCm3 * (1 + between(random, -0.04, 0.04))) / materials[material].gPerCm3
      const grain = { amplitude: 0.06, scaleMm: 60, seed: random.below(1 << 20) }
      bodies.push(solid(plate([rounded(cw - 8, ch - 6, 10)], palletDepth), material, pose, { packing, grain }))
    }
  return bodies
}

/** How contraband travels by container: weight enough to be worth it, in the middle of the load. */
const consignments: Readonly<Record<ThreatKind, { material: MaterialName; gPerCm3: number; size: readonly [number, number, number] }>> = {
  gun: { material: 'iron', gPerCm3: 2.2, size: [700, 260, 420] },
  knife: { material: 'iron', gPerCm3: 1.5, size: [500, 260, 420] },
  wrench: { material: 'iron', gPerCm3: 2.6, size: [500, 260, 420] },
  explosive: { material: 'rdx', gPerCm3: 1.5, size: [620, 420, 900] },
  drugs: { material: 'cocaine', gPerCm3: 1.05, size: [800, 560, 1000] },
  cigarettes: { material: 'tobacco', gPerCm3: 0.24, size: [2200, 1500, 2100] },
  currency: { material: 'currencyPaper', gPerCm3: 0.8, size: [800, 560, 900] },
}

/** Cuts an empty place into the load and fills it: smugglers make room. Goods whose middle lies there are taken out. */
const smuggled = (random: Random, kind: ThreatKind, loadHeight: number, load: Body[]): { load: Body[]; thing: Thing } => {
  const { material, gPerCm3, size } = consignments[kind]
  const x = between(random, -length / 2 + 900, length / 2 - 1600)
  const tall = Math.min(size[1], loadHeight - 60)
  const y = height / 2 - 150 - tall / 2 - between(random, 0, Math.max(0, loadHeight - tall - 40))
  const inPlace = ({ pose }: Body): boolean => Math.abs(pose.at[0] - x) < size[0] / 2 && Math.abs(pose.at[1] - y) < tall / 2
  const packing = gPerCm3 / materials[material].gPerCm3
  const rows = Math.max(2, Math.round(tall / 190))
  const bodies = Array.from({ length: rows }, (_, r) =>
    solid(plate([rounded(size[0] - 12, tall / rows - 10, 8)], size[2]), material, at(x, y - tall / 2 + ((r + 0.5) * tall) / rows), { packing }),
  )
  // Whatever else stands in that depth stays: a thinner load behind and before the hiding place.
  const share = Math.max(0, 1 - size[2] / (2 * palletDepth))
  const thinned = load.flatMap((body) => (inPlace(body) ? (share > 0 ? [{ ...body, packing: (body.packing ?? 1) * share }] : []) : [body]))
  return { load: thinned, thing: { cls: kind, threat: true, bodies } }
}

/** The scene, and what a correct declaration of it would say. */
export const container = ({ seed, chapter, threat }: ContainerOrder): { scene: Scene; chapter: string } => {
  const random = seeded(seed, 'container')
  const ware = wareFor(random, chapter)
  const loadHeight = between(random, 1250, 2000)
  const carton = [between(random, 260, 540), between(random, 220, 420)] as const
  const clean: Body[] = []
  const pallets = 8 + random.below(3)
  for (let i = 0; i < pallets; i++)
    clean.push(...palletLoad(random, ware, -length / 2 + 600 + i * 1180 + between(random, -16, 16), loadHeight, carton))
  const hidden = threat && smuggled(random, threat, loadHeight, clean)
  const things: Thing[] = [
    { cls: 'container', threat: false, bodies: shell() },
    { cls: `goods of chapter ${ware.chapter}`, threat: false, bodies: hidden ? hidden.load : clean },
    ...(hidden ? [hidden.thing] : []),
  ]
  return { scene: { field, things }, chapter: ware.chapter }
}
