/** What must not travel: weapons, explosive devices, drugs, cigarettes, currency. Shapes vary by seed, so that no two are alike. */
import type { Random } from '#kernel/random.ts'
import type { MaterialName } from '../materials.ts'
import type { Body } from '../scene.ts'
import { type Ring, turn, type Vector } from '../solids.ts'
import type { Good } from './clothes.ts'
import { alongX, at, between, box, curve, ellipsoid, oval, pick, plate, rod, rounded, shifted, solid, wire } from './parts.ts'

const scaled = (ring: Ring, factor: number): Ring => ring.map(([x, y]) => [x * factor, y * factor] as const)

/** Cartridges in a magazine along the grip: case, powder left out, lead in front. */
const cartridges = (count: number, lean: number, factor: number): Body[] =>
  Array.from({ length: count }, (_, i) => {
    const [x, y] = [(48 - lean * i * 8.4) * factor, (26 + i * 9.6) * factor]
    return [solid(rod(9, 19), 'brass', at(x, y, 0, alongX), { cavity: rod(8, 17.5) }), solid(rod(8.6, 11), 'lead', at(x - 14 * factor, y, 0, alongX))]
  }).flat()

/** A self-loading pistol from its side: slide, barrel, frame with guard, grip, magazine. Muzzle to the left. */
export const pistol = (random: Random): Good => {
  const factor = between(random, 0.88, 1.14)
  const polymer = random.next() < 0.3
  const lean = between(random, 0.12, 0.3)
  const slide: Ring = scaled(
    [
      [-96, -15],
      [84, -15],
      [90, -9],
      [90, 7],
      [-94, 7],
      [-98, 2],
    ],
    factor,
  )
  const port: Ring = scaled(
    [
      [6, -14],
      [34, -14],
      [34, -4],
      [6, -4],
    ],
    factor,
  )
  const frame: Ring = scaled(
    [
      [-70, 7],
      [92, 7],
      [99, 12],
      [86, 18],
      [84 - 30 * lean, 40],
      [88 - 105 * lean, 112],
      [44 - 105 * lean, 116],
      [40 - 38 * lean, 44],
      [30, 36],
      [-6, 38],
      [-14, 30],
      [-16, 18],
      [-70, 18],
    ],
    factor,
  )
  const guard: Ring = scaled(
    [
      [-9, 20],
      [30, 20],
      [32, 31],
      [-4, 32],
      [-9, 27],
    ],
    factor,
  )
  const trigger: Ring = scaled(
    [
      [16, 18],
      [21, 18],
      [15, 29],
      [11, 30],
    ],
    factor,
  )
  const grip: Ring = scaled(
    [
      [50 - 30 * lean, 44],
      [78 - 30 * lean, 42],
      [80 - 96 * lean, 104],
      [52 - 96 * lean, 106],
    ],
    factor,
  )
  const bodies: Body[] = [
    solid(plate([slide, port], 24), 'iron', at(0, 0), {
      cavity: plate(
        [
          scaled(
            [
              [-94, -8],
              [70, -8],
              [70, 3],
              [-94, 3],
            ],
            factor,
          ),
        ],
        14,
      ),
    }),
    solid(rod(15 * factor, 118 * factor), 'iron', at(-34 * factor, -5 * factor, 0, alongX), { cavity: rod(9, 140) }),
    solid(plate([frame, guard, grip], polymer ? 26 : 22), polymer ? 'nylon' : 'iron', at(0, 0), polymer ? {} : { packing: 0.42 }),
    // grip panels, and the flat walls of the magazine between them
    solid(plate([grip], 22), 'nylon', at(0, 0), { packing: 0.45 }),
    solid(plate([grip], 2.4), 'iron'),
    solid(plate([trigger], 7), 'iron'),
    ...wire(
      Array.from({ length: 26 }, (_, i) => [(-76 + i * 3.6) * factor, (12 + (i % 2 ? 2.6 : -2.6)) * factor, 0] as const),
      1.4,
      'iron',
    ),
    solid(
      plate(
        [
          scaled(
            [
              [86, 6],
              [98, 2],
              [101, 9],
              [92, 15],
            ],
            factor,
          ),
        ],
        8,
      ),
      'iron',
    ),
    // the magazine's walls, seen on edge
    ...wire(
      [
        [50 * factor, 24 * factor, 0],
        [(50 - 88 * lean) * factor, 108 * factor, 0],
      ],
      2.4,
      'iron',
    ),
    ...wire(
      [
        [74 * factor, 24 * factor, 0],
        [(74 - 88 * lean) * factor, 108 * factor, 0],
      ],
      2.4,
      'iron',
    ),
  ]
  if (random.next() < 0.75) bodies.push(...cartridges(5 + random.below(5), lean, factor))
  return { cls: 'gun', bodies, size: [200 * factor, 142 * factor, 30] }
}

export const knife = (random: Random): Good => {
  const [blade, width] = [between(random, 110, 210), between(random, 22, 40)]
  const handle = between(random, 95, 125)
  const point = between(random, 0.55, 0.85)
  const outline: Ring = [
    [0, -width / 2],
    [-blade * point, -width / 2],
    [-blade, width * 0.1],
    [-blade * 0.8, width / 2 - 3],
    [0, width / 2],
  ]
  const wood = random.next() < 0.5
  const bodies: Body[] = [
    solid(plate([outline], between(random, 1.8, 3.2)), 'iron'),
    solid(plate([shifted(rounded(handle, width * 0.42, 4), handle / 2, 0)], 2.6), 'iron'),
    solid(plate([shifted(rounded(handle, width * 0.86, 10), handle / 2, 0)], 17), wood ? 'wood' : 'abs'),
    ...[0.2, 0.5, 0.8].map((share) => solid(rod(6, 19), 'brass', at(handle * share, 0))),
  ]
  if (random.next() < 0.6) bodies.push(solid(box(6, width + 10, 14), 'iron', at(2, 0)))
  return { cls: 'knife', bodies, size: [blade + handle + 10, width + 12, 20] }
}

export const wrench = (random: Random): Good => {
  const [length, jaw] = [between(random, 150, 260), between(random, 13, 24)]
  const head = jaw * 1.95
  const end = length / 2
  const mouth = (x: number, y: number): boolean => x <= -end - head * 0.18 && Math.abs(y) <= jaw / 2
  const open: Ring = shifted(oval(head, head), -end, 0).filter(([x, y]) => !mouth(x, y))
  const hexagon = (d: number): Ring =>
    Array.from({ length: 12 }, (_, i) => [(d / 2) * Math.cos((i * Math.PI) / 6) + end, (d / 2) * Math.sin((i * Math.PI) / 6)] as const)
  return {
    cls: 'wrench',
    bodies: [
      solid(plate([open, shifted(rounded(head * 0.6, jaw, 3), -end - head * 0.28, 0)], 7), 'iron'),
      solid(plate([rounded(length - head * 1.1, jaw * 0.9, 3), rounded(length - head * 1.5, jaw * 0.4, 3)], 7), 'iron'),
      solid(plate([rounded(length - head * 1.5, jaw * 0.4, 3)], 4), 'iron'),
      solid(plate([shifted(oval(head * 0.92, head * 0.92), end, 0), hexagon(jaw * 1.05)], 9), 'iron'),
    ],
    size: [length + head * 2, head, 12],
  }
}

/** A block of plastic explosive or TNT with detonator, leads, battery and a timer board. */
export const explosive = (random: Random): Good => {
  const material: MaterialName = pick(random, ['rdx', 'tnt'] as const)
  const [width, height, depth] = [between(random, 110, 180), between(random, 60, 95), between(random, 26, 48)]
  const turnBy = between(random, -0.3, 0.3)
  const [bx, by] = [width * 0.5 + 52, between(random, -20, 20)]
  const leads = (offset: number): Body[] => {
    const points: Vector[] = [
      [width * 0.5 - 4, offset, 0],
      [width * 0.5 + 12, offset + 12, 4],
      [bx - 34, by - 24 + offset * 3, 4],
      [bx, by + offset * 4, 4],
    ]
    return wire(curve(points, 5), 1.4, 'copper')
  }
  return {
    cls: 'explosive',
    bodies: [
      solid(plate([rounded(width, height, 7)], depth), material),
      solid(plate([rounded(width + 3, height + 3, 8)], depth + 2), 'polyethylene', at(0, 0), {
        cavity: plate([rounded(width + 1, height + 1, 7)], depth),
      }),
      solid(rod(7, 62), 'aluminium', at(width * 0.32, 0, 0, turn('y', Math.PI / 2 + turnBy)), { cavity: rod(6, 60) }),
      solid(rod(6, 16), 'lead', at(width * 0.22, 0, 0, turn('y', Math.PI / 2 + turnBy)), { packing: 0.35 }),
      ...leads(-2),
      ...leads(2),
      solid(box(48, 26, 17), 'battery', at(bx, by + 26)),
      solid(box(48, 26, 17), 'iron', at(bx, by + 26), { cavity: box(47.4, 25.4, 16.4) }),
      solid(box(46, 30, 1.6), 'circuitBoard', at(bx, by - 12)),
      solid(box(12, 9, 3), 'ceramic', at(bx - 8, by - 14)),
      solid(rod(6, 10), 'aluminium', at(bx + 12, by - 8)),
    ],
    size: [width + 160, Math.max(height, 100), depth + 4],
  }
}

/** Pressed packets wrapped in film. */
export const drugs = (random: Random): Good => {
  const material: MaterialName = pick(random, ['cocaine', 'heroin', 'methamphetamine', 'cannabis'] as const)
  const [columns, rows] = [1 + random.below(2), 1 + random.below(3)]
  const [width, height, depth] = [between(random, 110, 150), between(random, 64, 90), between(random, 30, 46)]
  const bodies: Body[] = []
  for (let c = 0; c < columns; c++)
    for (let r = 0; r < rows; r++) {
      const place = at((c - (columns - 1) / 2) * (width + 4), (r - (rows - 1) / 2) * (height + 4), 0, turn('z', between(random, -0.04, 0.04)))
      const grain = { amplitude: 0.06, scaleMm: 9, seed: random.below(1 << 20) }
      bodies.push(solid(plate([rounded(width, height, 14)], depth * 0.72), material, place, { grain }))
      bodies.push(solid(ellipsoid(width * 0.94, height * 0.94, depth * 0.5), material, place, { packing: 0.7 }))
      bodies.push(solid(plate([rounded(width + 3, height + 3, 15), rounded(width, height, 14)], depth * 0.72), 'polyethylene', place))
    }
  return { cls: 'drugs', bodies, size: [columns * (width + 8), rows * (height + 8), depth] }
}

/** Packs of twenty, side by side, as a carton holds them. */
export const cigarettes = (random: Random): Good => {
  const [columns, rows] = [3 + random.below(3), 2]
  const bodies: Body[] = []
  for (let c = 0; c < columns; c++)
    for (let r = 0; r < rows; r++) {
      const [x, y] = [(c - (columns - 1) / 2) * 57, (r - (rows - 1) / 2) * 90]
      bodies.push(solid(box(55, 87, 22), 'paper', at(x, y), { cavity: box(54, 86, 21) }))
      bodies.push(solid(box(54, 85, 20.5), 'aluminium', at(x, y), { cavity: box(53.9, 84.9, 20.4) }))
      for (let i = 0; i < 7; i++) {
        bodies.push(solid(box(7, 60, 20), 'tobacco', at(x + (i - 3) * 7.6, y + 11), { packing: 0.85 }))
        bodies.push(solid(box(7, 21, 20), 'paper', at(x + (i - 3) * 7.6, y - 31), { packing: 0.22 }))
      }
    }
  return { cls: 'cigarettes', bodies, size: [columns * 57, rows * 90, 24] }
}

/** Bundles of notes with their bands; a security thread gives them a fine line. */
export const currency = (random: Random): Good => {
  const [columns, rows] = [1 + random.below(2), 2 + random.below(3)]
  const bodies: Body[] = []
  for (let c = 0; c < columns; c++)
    for (let r = 0; r < rows; r++) {
      const [x, y] = [(c - (columns - 1) / 2) * 160, (r - (rows - 1) / 2) * 70]
      const depth = between(random, 20, 44)
      bodies.push(solid(box(155, 66, depth), 'currencyPaper', at(x, y)))
      bodies.push(solid(box(18, 67, depth + 1), 'paper', at(x, y), { cavity: box(18, 66, depth) }))
      bodies.push(solid(box(1.4, 66, depth), 'aluminium', at(x + 34, y), { packing: 0.02 }))
    }
  return { cls: 'currency', bodies, size: [columns * 160, rows * 70, 46] }
}

export const threats = { gun: pistol, knife, wrench, explosive, drugs, cigarettes, currency } as const
export type ThreatKind = keyof typeof threats
