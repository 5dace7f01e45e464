/** Goods as trade packs them, by chapter of the Harmonized System: one sales unit of each, from which cartons and pallets are stacked. */
import type { Random } from '#kernel/random.ts'
import type { MaterialName } from '../materials.ts'
import type { Body } from '../scene.ts'
import { turn } from '../solids.ts'
import { type Good, shirt, shoes } from './clothes.ts'
import { can, charger, phone } from './devices.ts'
import { alongX, at, between, box, ellipsoid, oval, plate, rod, rounded, shifted, solid, wire } from './parts.ts'
import { book, chocolate, jar, shampoo } from './sundries.ts'

/** `bulk`: what a cargo hold sees of it: material and mean density of stacked goods with their packing, g/cm³ (stowage factors, rounded). */
export type Ware = { chapter: string; unit: (random: Random) => Good; bulk: { material: MaterialName; gPerCm3: number } }

const unit = (bodies: Body[], x: number, y: number, z: number): Good => ({ cls: 'goods', bodies, size: [x, y, z] })

const sack =
  (material: MaterialName) =>
  (random: Random): Good => {
    const grain = { amplitude: 0.04, scaleMm: 4, seed: random.below(1 << 20) }
    return unit(
      [
        solid(plate([rounded(104, 168, 20)], 42), material, at(0, 0), { grain }),
        solid(ellipsoid(100, 160, 66), material, at(0, 0), { packing: 0.5 }),
      ],
      110,
      176,
      62,
    )
  }

const apple = (): Good => unit([solid(ellipsoid(74, 74, 70), 'fruit', at(0, 0), { cavity: ellipsoid(14, 9, 16) })], 76, 76, 72)

const wineBottle = (): Good =>
  unit(
    [
      solid(rod(76, 20), 'glass', at(0, 100, 0, turn('x', Math.PI / 2)), { packing: 0.5 }),
      solid(rod(76, 190), 'glass', at(0, 12, 0, turn('x', Math.PI / 2)), { cavity: rod(69, 188) }),
      solid(rod(69, 182), 'water', at(0, 14, 0, turn('x', Math.PI / 2))),
      solid(rod(30, 88), 'glass', at(0, -120, 0, turn('x', Math.PI / 2)), { cavity: rod(22, 90) }),
      solid(rod(21, 44), 'wood', at(0, -138, 0, turn('x', Math.PI / 2))),
    ],
    80,
    306,
    80,
  )

const plasticTub = (): Good =>
  unit(
    [
      solid(rod(128, 90), 'polypropylene', at(0, 0, 0, turn('x', Math.PI / 2)), { cavity: rod(123, 92) }),
      solid(rod(134, 4), 'polypropylene', at(0, -46, 0, turn('x', Math.PI / 2))),
    ],
    136,
    98,
    136,
  )

const tile = (): Good => unit([solid(box(196, 196, 8.5), 'ceramic'), solid(box(198, 198, 1), 'cardboard', at(0, 0, 5))], 200, 200, 10)

const tumbler = (): Good =>
  unit(
    [
      solid(rod(72, 96), 'glass', at(0, 0, 0, turn('x', Math.PI / 2)), { cavity: rod(67, 98) }),
      solid(rod(67, 9), 'glass', at(0, 44, 0, turn('x', Math.PI / 2))),
    ],
    78,
    104,
    78,
  )

const screws = (random: Random): Good => {
  const bodies: Body[] = Array.from({ length: 34 }, () =>
    solid(
      rod(4.5, 38),
      'iron',
      at(between(random, -34, 34), between(random, -24, 24), between(random, -8, 8), turn('z', between(random, 0, 3.1))),
      {},
    ),
  ).map((body) => ({ ...body, pose: { ...body.pose, rotation: alongX } }))
  return unit([...bodies, solid(box(88, 62, 26), 'cardboard', at(0, 0), { cavity: box(86, 60, 24), packing: 5 })], 90, 64, 28)
}

/** A channel section that lies on its back. */
const profile = (): Good =>
  unit([solid(box(380, 38, 4), 'aluminium'), ...[-17.5, 17.5].map((y) => solid(box(380, 3, 16), 'aluminium', at(0, y, 10)))], 384, 42, 22)

const pump = (): Good =>
  unit(
    [
      solid(rod(92, 110), 'iron', at(-36, 0, 0, alongX), { cavity: rod(80, 104) }),
      solid(rod(56, 90), 'copper', at(-36, 0, 0, alongX), { packing: 0.34 }),
      solid(rod(17, 210), 'iron', at(0, 0, 0, alongX)),
      solid(plate([oval(108, 108), oval(34, 34)], 34), 'iron', at(64, 0), { packing: 0.5 }),
      solid(plate([shifted(rounded(70, 18, 4), -30, 58)], 60), 'aluminium'),
    ],
    220,
    124,
    112,
  )

const tyre = (): Good =>
  unit(
    [
      solid(plate([oval(190, 190), oval(112, 112)], 62), 'rubber'),
      ...wire(
        [
          [-56, 0, 30],
          [0, 56, 30],
          [56, 0, 30],
          [0, -56, 30],
          [-56, 0, 30],
        ],
        3,
        'iron',
      ),
    ],
    194,
    194,
    66,
  )

const furniture = (): Good =>
  unit(
    [
      solid(box(370, 18, 60), 'wood', at(0, -60)),
      solid(box(370, 18, 60), 'wood', at(0, 0)),
      solid(box(370, 18, 60), 'wood', at(0, 60)),
      solid(box(40, 22, 30), 'iron', at(-140, 32), { packing: 0.4 }),
    ],
    376,
    150,
    64,
  )

const reel = (): Good =>
  unit(
    [
      solid(plate([oval(116, 116), oval(40, 40)], 60), 'copper', at(0, 0), { packing: 0.22 }),
      solid(plate([oval(124, 124), oval(36, 36)], 5), 'abs', at(0, 0, 30)),
    ],
    126,
    126,
    68,
  )

const cigarettePack = (): Good =>
  unit(
    [
      solid(box(55, 87, 22), 'paper', at(0, 0), { cavity: box(54, 86, 21) }),
      solid(box(53, 60, 20), 'tobacco', at(0, 11), { packing: 0.8 }),
      solid(box(53, 21, 20), 'paper', at(0, -31), { packing: 0.22 }),
    ],
    57,
    90,
    24,
  )

const stone = (): Good => unit([solid(box(180, 120, 24), 'stone')], 184, 124, 28)
const soap = (): Good => unit([solid(plate([rounded(86, 56, 14)], 28), 'oil', at(0, 0), { packing: 1.1 })], 92, 62, 32)

export const wares: readonly Ware[] = [
  { chapter: '08', unit: apple, bulk: { material: 'fruit', gPerCm3: 0.42 } },
  { chapter: '10', unit: sack('starch'), bulk: { material: 'starch', gPerCm3: 0.62 } },
  { chapter: '16', unit: can, bulk: { material: 'meat', gPerCm3: 0.62 } },
  { chapter: '17', unit: sack('granulatedSugar'), bulk: { material: 'sugar', gPerCm3: 0.68 } },
  { chapter: '18', unit: chocolate, bulk: { material: 'chocolate', gPerCm3: 0.42 } },
  { chapter: '20', unit: jar, bulk: { material: 'fruit', gPerCm3: 0.6 } },
  { chapter: '22', unit: wineBottle, bulk: { material: 'water', gPerCm3: 0.58 } },
  { chapter: '24', unit: cigarettePack, bulk: { material: 'tobacco', gPerCm3: 0.22 } },
  { chapter: '25', unit: sack('salt'), bulk: { material: 'salt', gPerCm3: 0.75 } },
  { chapter: '33', unit: shampoo, bulk: { material: 'shampoo', gPerCm3: 0.45 } },
  { chapter: '34', unit: soap, bulk: { material: 'oil', gPerCm3: 0.55 } },
  { chapter: '39', unit: plasticTub, bulk: { material: 'polypropylene', gPerCm3: 0.14 } },
  { chapter: '40', unit: tyre, bulk: { material: 'rubber', gPerCm3: 0.2 } },
  { chapter: '48', unit: book, bulk: { material: 'paper', gPerCm3: 0.55 } },
  { chapter: '61', unit: shirt, bulk: { material: 'textile', gPerCm3: 0.2 } },
  { chapter: '64', unit: shoes, bulk: { material: 'leather', gPerCm3: 0.14 } },
  { chapter: '68', unit: stone, bulk: { material: 'stone', gPerCm3: 0.8 } },
  { chapter: '69', unit: tile, bulk: { material: 'ceramic', gPerCm3: 0.75 } },
  { chapter: '70', unit: tumbler, bulk: { material: 'glass', gPerCm3: 0.3 } },
  { chapter: '73', unit: screws, bulk: { material: 'iron', gPerCm3: 0.8 } },
  { chapter: '74', unit: reel, bulk: { material: 'copper', gPerCm3: 0.7 } },
  { chapter: '76', unit: profile, bulk: { material: 'aluminium', gPerCm3: 0.35 } },
  { chapter: '84', unit: pump, bulk: { material: 'iron', gPerCm3: 0.4 } },
  { chapter: '85', unit: charger, bulk: { material: 'circuitBoard', gPerCm3: 0.25 } },
  { chapter: '85', unit: phone, bulk: { material: 'circuitBoard', gPerCm3: 0.3 } },
  { chapter: '94', unit: furniture, bulk: { material: 'wood', gPerCm3: 0.22 } },
]
