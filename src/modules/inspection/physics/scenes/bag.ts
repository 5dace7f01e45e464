/** A packed bag: a suitcase, a backpack or a holdall filled layer by layer, as people pack. */
import { type Random, seeded } from '#kernel/random.ts'
import type { MaterialName } from '../materials.ts'
import { type Body, type Field, placed, type Scene, type Thing } from '../scene.ts'
import { turn, type Vector } from '../solids.ts'
import { belt, type Good, jeans, shirt, shoes } from './clothes.ts'
import { aerosol, cable, camera, can, charger, coins, hairdryer, keys, laptop, phone, powerBank, umbrella } from './devices.ts'
import { alongX, alongY, at, between, box, hoop, oval, pick, plate, rod, rounded, shifted, solid, wire } from './parts.ts'
import { book, bottle, chocolate, fruit, glasses, jar, pens, perfume, razor, shampoo, snack, toothpaste, watch } from './sundries.ts'
import { type ThreatKind, threats } from './threats.ts'

type Maker = (random: Random) => Good
type Bag = { bodies: Body[]; inside: readonly [width: number, height: number, depth: number] }

/** A telescopic handle: two square tubes with inner tubes, and the grip. */
const trolley = (width: number, height: number, gap: number): Body[] =>
  [-1, 1]
    .flatMap((side) => [
      solid(box(22, height * 0.86, 13), 'aluminium', at(side * gap, 0, 0), { cavity: box(19.4, height, 10.4) }),
      solid(box(16, height * 0.8, 9), 'aluminium', at(side * gap, height * 0.03, 0), { cavity: box(13.6, height, 6.6) }),
      solid(rod(6, 16), 'iron', at(side * gap, -height * 0.36, 0)),
      solid(rod(5, 14), 'iron', at(side * gap, height * 0.4, 0)),
      ...(side < 0
        ? [
            solid(box(gap * 2 + 20, 20, 18), 'abs', at(0, -height * 0.47, 0), { packing: 0.7 }),
            solid(rod(4, gap * 2), 'iron', at(0, -height * 0.47, 0, alongX)),
          ]
        : []),
    ])
    .concat(solid(box(width * 0.5, 5, 3), 'abs', at(0, height * 0.42)))

const wheels = (width: number, height: number): Body[] =>
  [-1, 1].flatMap((side) => [
    solid(plate([oval(44, 44), oval(34, 34)], 20), 'rubber', at(side * (width / 2 - 26), height / 2 + 12)),
    solid(plate([oval(34, 34), oval(9, 9)], 16), 'polypropylene', at(side * (width / 2 - 26), height / 2 + 12), { packing: 0.6 }),
    solid(rod(8, 34), 'iron', at(side * (width / 2 - 26), height / 2 + 12)),
    solid(box(50, 26, 30), 'abs', at(side * (width / 2 - 26), height / 2 - 12), { packing: 0.3 }),
    ...[-14, 14].map((dx) => solid(rod(5, 14), 'iron', at(side * (width / 2 - 26) + dx, height / 2 - 14))),
  ])

/** Zip teeth and pulls along the edge. */
const zip = (random: Random, width: number, height: number, z: number): Body[] => [
  ...hoop(rounded(width, height, 40), z, 2, random.next() < 0.5 ? 'nylon' : 'brass'),
  ...[0, 14].flatMap((dx) => [
    solid(box(9, 14, 4), 'brass', at(width * 0.2 + dx, -height / 2, z)),
    ...wire(
      [
        [width * 0.2 + dx, -height / 2, z],
        [width * 0.2 + dx + 6, -height / 2 + 32, z],
      ],
      3.4,
      'brass',
    ),
  ]),
]

const suitcase = (random: Random): Bag => {
  const [width, height, depth] = [between(random, 330, 400), between(random, 470, 560), between(random, 170, 230)]
  const shell: MaterialName = pick(random, ['polypropylene', 'abs', 'polyethylene'] as const)
  const wall = between(random, 1.8, 3)
  const outline = rounded(width, height, 42)
  const bodies: Body[] = [
    solid(plate([outline], depth), shell, at(0, 0), { cavity: plate([rounded(width - 2 * wall, height - 2 * wall, 40)], depth - 2 * wall) }),
    // ribs pressed into the shell
    ...[-0.3, -0.1, 0.1, 0.3].map((x) => solid(box(7, height - 60, 3), shell, at(x * width, 0, depth / 2))),
    ...zip(random, width, height, 6),
    ...hoop(rounded(width - 16, height - 16, 36), -12, 3.2, 'iron'),
    ...trolley(width, height, width * between(random, 0.17, 0.24)),
    ...wheels(width, height),
    solid(plate([shifted(rounded(120, 30, 12), 0, -height / 2 - 12), shifted(rounded(100, 16, 7), 0, -height / 2 - 9)], 20), 'rubber'),
    ...[-52, 52].map((x) => solid(rod(7, 20), 'iron', at(x, -height / 2 - 4))),
  ]
  for (let i = 0; i < 12; i++) {
    const angle = (i / 12) * 2 * Math.PI + 0.2
    bodies.push(solid(rod(7, 9), 'iron', at(Math.cos(angle) * width * 0.43, Math.sin(angle) * height * 0.44, depth / 2 - 6)))
  }
  return { bodies, inside: [width - 30, height - 30, depth - 20] }
}

const strap = (points: readonly Vector[]): Body[] => wire(points, 9, 'nylon').map((body) => ({ ...body, packing: 0.5 }))

const backpack = (random: Random): Bag => {
  const [width, height, depth] = [between(random, 290, 340), between(random, 420, 490), between(random, 150, 190)]
  const cloth = (ring: ReturnType<typeof rounded>, z: number): Body =>
    solid(plate([ring], 1.6), 'nylon', at(0, 0, z), { grain: { amplitude: 0.5, scaleMm: 24, seed: random.below(1 << 20) } })
  const bodies: Body[] = [
    cloth(oval(width * 1.1, height * 1.06, random, 0.05), -depth / 2),
    cloth(rounded(width, height, 90), depth / 2),
    solid(plate([rounded(width, height, 90), rounded(width - 5, height - 5, 88)], depth), 'nylon', at(0, 0), { packing: 0.5 }),
    solid(plate([shifted(rounded(width * 0.76, height * 0.38, 40), 0, height * 0.22)], 2), 'nylon', at(0, 0, depth / 2 + 6)),
    ...zip(random, width * 0.94, height * 0.94, 8),
    ...strap([
      [-70, -height * 0.46, -depth / 2],
      [-150, -height * 0.1, -depth / 2],
      [-120, height * 0.42, -depth / 2],
    ]),
    ...strap([
      [70, -height * 0.46, -depth / 2],
      [158, -height * 0.06, -depth / 2],
      [124, height * 0.42, -depth / 2],
    ]),
    ...[-1, 1].map((side) =>
      solid(plate([shifted(rounded(34, 26, 4), side * 126, height * 0.34), shifted(rounded(24, 12, 3), side * 126, height * 0.34)], 4), 'abs'),
    ),
    solid(plate([shifted(oval(22, 34), 0, -height / 2 - 14), shifted(oval(14, 26), 0, -height / 2 - 14)], 8), 'nylon'),
  ]
  return { bodies, inside: [width - 40, height - 50, depth - 14] }
}

const holdall = (random: Random): Bag => {
  const [width, height, depth] = [between(random, 420, 520), between(random, 270, 320), between(random, 180, 230)]
  const bodies: Body[] = [
    solid(plate([rounded(width, height, 60)], depth), 'leather', at(0, 0), {
      cavity: plate([rounded(width - 3, height - 3, 58)], depth - 3),
      packing: 0.9,
    }),
    ...zip(random, width * 0.9, 24, depth / 2),
    ...[-1, 1].flatMap((side) => [
      ...wire(
        [
          [side * 70, -height / 2, 20],
          [side * 66, -height / 2 - 60, 20],
          [side * 30, -height / 2 - 86, 20],
          [0, -height / 2 - 90, 20],
        ],
        11,
        'leather',
      ),
      solid(plate([shifted(rounded(30, 24, 5), side * 70, -height / 2 + 6), shifted(rounded(21, 15, 4), side * 70, -height / 2 + 6)], 4), 'brass'),
      ...[-1, 1].map((end) => solid(rod(11, 5), 'brass', at(side * (width / 2 - 34), end * (height / 2 - 26), -depth / 2))),
    ]),
    solid(rod(8, 12), 'brass', at(width * 0.42, 0, 0, alongY)),
  ]
  return { bodies, inside: [width - 40, height - 40, depth - 14] }
}

/** How full the bag is at each place, in cells of a centimetre: things are laid on what lies there, and no deeper than the bag. */
const packer = (inside: Bag['inside']) => {
  const cell = 10
  const [columns, rows] = [Math.ceil(inside[0] / cell), Math.ceil(inside[1] / cell)]
  const used = new Float32Array(columns * rows)
  const cells = (x: number, y: number, w: number, h: number, visit: (at: number) => void): void => {
    for (let r = Math.max(0, Math.floor((y - h / 2 + inside[1] / 2) / cell)); r < Math.min(rows, Math.ceil((y + h / 2 + inside[1] / 2) / cell)); r++)
      for (
        let c = Math.max(0, Math.floor((x - w / 2 + inside[0] / 2) / cell));
        c < Math.min(columns, Math.ceil((x + w / 2 + inside[0] / 2) / cell));
        c++
      )
        visit(r * columns + c)
  }
  return {
    /** depth already taken under a rectangle */
    under: (x: number, y: number, w: number, h: number): number => {
      let most = 0
      cells(x, y, w, h, (i) => (most = Math.max(most, used[i]!)))
      return most
    },
    fill: (x: number, y: number, w: number, h: number, to: number): void => cells(x, y, w, h, (i) => (used[i] = to)),
  }
}

type Place = { x: number; y: number; w: number; h: number; angle: number; base: number }

/** Where a thing sinks deepest, among some tries. */
const placeFor = (random: Random, [width, height]: Good['size'], inside: Bag['inside'], space: ReturnType<typeof packer>): Place | undefined => {
  let best: Place | undefined
  for (let i = 0; i < 18; i++) {
    const angle = random.below(4) * (Math.PI / 2) + between(random, -0.22, 0.22)
    const [c, s] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
    const [w, h] = [width * c + height * s, width * s + height * c]
    if (w > inside[0] * 1.02 || h > inside[1] * 1.02) continue
    const [x, y] = [between(random, -0.5, 0.5) * Math.max(0, inside[0] - w), between(random, -0.5, 0.5) * Math.max(0, inside[1] - h)]
    const base = space.under(x, y, w, h)
    if (!best || base < best.base) best = { x, y, w, h, angle, base }
  }
  return best
}

/** Lays a thing in, unless the bag is too small for it or, by more than cloth gives way, too full. */
const layIn = (random: Random, good: Good, inside: Bag['inside'], space: ReturnType<typeof packer>, threat: boolean): Thing | undefined => {
  const place = placeFor(random, good.size, inside, space)
  const give = threat ? Infinity : 70
  if (!place || place.base + good.size[2] > inside[2] + give) return undefined
  space.fill(place.x, place.y, place.w * 0.85, place.h * 0.85, place.base + good.size[2])
  const pose = at(place.x, place.y, place.base + good.size[2] / 2 - inside[2] / 2, turn('z', place.angle))
  return { cls: good.cls, threat, bodies: placed(good.bodies, pose) }
}

const bulky: readonly Maker[] = [shirt, shirt, shirt, jeans, shoes, shirt]
const toiletries: readonly Maker[] = [bottle, shampoo, toothpaste, razor, perfume, aerosol, hairdryer]
const electronics: readonly Maker[] = [charger, cable, phone, powerBank, camera]
const oddments: readonly Maker[] = [book, glasses, watch, pens, keys, coins, belt, umbrella]
const food: readonly Maker[] = [fruit, chocolate, jar, snack, can]
const small: readonly Maker[] = [...toiletries, ...electronics, ...oddments, ...food]

const kinds: readonly ((random: Random) => Bag)[] = [suitcase, suitcase, backpack, holdall]

/** The largest bag with its wheels and handles fits: 640 × 480 pixels of 1.25 mm. */
const tunnel: Field = { widthPx: 640, heightPx: 480, mmPerPx: 1.25 }

/** What is inside, in the order in which it is laid: the bulky first, the threat in the middle, small things in the gaps. */
const contents = (random: Random, threat: ThreatKind | undefined): { maker: Maker; threat: boolean }[] => {
  const benign = (maker: Maker) => ({ maker, threat: false })
  const clothes = Array.from({ length: 3 + random.below(4) }, () => benign(pick(random, bulky)))
  const sundries = Array.from({ length: 10 + random.below(12) }, () => benign(pick(random, small)))
  const middle = threat ? [{ maker: threats[threat] as Maker, threat: true }] : []
  const laptops = random.next() < 0.4 ? [benign(laptop)] : []
  const before = sundries.splice(0, 3)
  return [...clothes, ...before, ...middle, ...laptops, ...sundries]
}

/** A packed bag on the belt, askew; with a threat, if one is named, somewhere in the middle of it. The same seed packs the same bag. */
export const bag = (seed: number, threat?: ThreatKind): Scene => {
  const random = seeded(seed, 'bag')
  const { bodies, inside } = pick(random, kinds)(random)
  const space = packer(inside)
  const things: Thing[] = [{ cls: 'bag', threat: false, bodies }]
  for (const { maker, threat: forbidden } of contents(random, threat)) {
    let thing = layIn(random, maker(random), inside, space, forbidden)
    // A threat that was asked for is in there, whatever the next draw of its shape must be.
    for (let i = 0; forbidden && !thing && i < 40; i++) thing = layIn(random, maker(random), inside, space, forbidden)
    if (thing) things.push(thing)
  }
  const upside = inside[1] > inside[0] ? Math.PI / 2 : 0
  const rotation = turn('z', upside + random.below(2) * Math.PI + between(random, -0.3, 0.3))
  return { field: tunnel, things: things.map((thing) => ({ ...thing, bodies: placed(thing.bodies, { at: [0, 0, 0], rotation }) })) }
}
