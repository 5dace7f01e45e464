/** Bottles, toiletries, food, books and the small metal of every day. */
import type { Random } from '#kernel/random.ts'
import type { Body } from '../scene.ts'
import type { Good } from './clothes.ts'
import { alongX, at, between, box, capsule, ellipsoid, oval, pick, plate, rod, rounded, shifted, solid, vessel, wire } from './parts.ts'

export const bottle = (random: Random): Good => {
  const [length, diameter] = [between(random, 150, 215), between(random, 58, 76)]
  const contents = pick(random, ['water', 'water', 'fruit'] as const)
  return {
    cls: 'bottle',
    bodies: [
      ...vessel(length, diameter, 0.5, 'polyethylene', contents, between(random, 0.5, 0.95)),
      solid(capsule(26, 58), 'polyethylene', at(length / 2 + 6, 0, 0, alongX), { packing: 0.35 }),
      solid(rod(29, 15), 'polyethylene', at(length / 2 + 28, 0, 0, alongX), { packing: 0.6 }),
    ],
    size: [length + 60, diameter, diameter],
  }
}

export const shampoo = (random: Random): Good => {
  const [length, width, depth] = [between(random, 120, 190), between(random, 54, 78), between(random, 34, 44)]
  return {
    cls: 'toiletries',
    bodies: [
      solid(plate([rounded(length, width, 18)], depth), 'polyethylene', at(0, 0), { cavity: plate([rounded(length - 3, width - 3, 17)], depth - 3) }),
      solid(plate([shifted(rounded(length * 0.84, width - 4, 16), -length * 0.07, 0)], depth - 4), 'shampoo'),
      solid(rod(26, 22), 'polypropylene', at(length / 2 + 9, 0, 0, alongX), { packing: 0.6 }),
    ],
    size: [length + 40, width, depth],
  }
}

export const perfume = (random: Random): Good => {
  const [length, width] = [between(random, 62, 92), between(random, 44, 62)]
  return {
    cls: 'perfume',
    bodies: [
      solid(plate([rounded(length, width, 8)], 30), 'glass', at(0, 0), { cavity: plate([rounded(length - 13, width - 9, 6)], 21) }),
      solid(plate([shifted(rounded(length - 26, width - 10, 6), -6, 0)], 20), 'ethanol'),
      solid(rod(20, 24), 'aluminium', at(length / 2 + 12, 0, 0, alongX), { cavity: rod(17, 22) }),
      ...wire(
        [
          [length / 2, 0, 0],
          [-length * 0.36, 6, 0],
        ],
        2,
        'polyethylene',
      ),
    ],
    size: [length + 34, width, 32],
  }
}

export const toothpaste = (random: Random): Good => {
  const length = between(random, 120, 165)
  const tube = (scale: number) => ({ kind: 'ellipsoid' as const, semi: [length * 0.56, 21 * scale, 16 * scale] as const })
  return {
    cls: 'toiletries',
    bodies: [
      solid(tube(1), 'toothpaste', at(0, 0), { packing: 0.9 }),
      solid(box(4, 52, 1.4), 'polyethylene', at(-length * 0.53, 0)),
      solid(rod(17, 17), 'polypropylene', at(length * 0.56, 0, 0, alongX)),
      // the brush beside it
      ...wire(
        [
          [-90, 34, 0],
          [60, 36, 0],
          [92, 34, 0],
        ],
        9,
        'polypropylene',
      ),
      solid(box(28, 11, 14), 'nylon', at(78, 34, 5), { packing: 0.4 }),
    ],
    size: [190, 86, 34],
  }
}

export const razor = (): Good => ({
  cls: 'razor',
  bodies: [
    ...wire(
      [
        [-70, 0, 0],
        [-20, 4, 0],
        [50, 0, 0],
      ],
      11,
      'polypropylene',
    ),
    solid(box(11, 42, 8), 'abs', at(58, 0)),
    ...[0, 1, 2].map((i) => solid(box(0.9, 38, 1.4), 'iron', at(55 + i * 3.4, 0))),
  ],
  size: [140, 46, 14],
})

export const book = (random: Random): Good => {
  const [width, height, depth] = [between(random, 110, 160), between(random, 170, 230), between(random, 12, 42)]
  return {
    cls: 'book',
    bodies: [
      solid(box(width, height, depth), 'paper', at(0, 0), { grain: { amplitude: 0.03, scaleMm: 3, seed: random.below(1 << 20) } }),
      solid(box(width + 5, height + 6, 2.4), 'paper', at(2, 0)),
      solid(box(4, height + 6, depth), 'paper', at(-width / 2 - 2, 0)),
    ],
    size: [width + 8, height + 8, depth + 3],
  }
}

export const fruit = (random: Random): Good => {
  const bodies: Body[] = Array.from({ length: 2 + random.below(3) }, (_, i) => {
    const diameter = between(random, 62, 80)
    return solid(ellipsoid(diameter, diameter, diameter * 0.94), 'fruit', at((i % 2) * 78 - 39, Math.floor(i / 2) * 74 - 37), {
      cavity: ellipsoid(13, 9, 14),
    })
  })
  return { cls: 'food', bodies, size: [160, 150, 78] }
}

export const chocolate = (random: Random): Good => {
  const [columns, rows] = [8, 3 + random.below(2)]
  const bodies: Body[] = [
    solid(box(columns * 19, rows * 24, 5), 'chocolate'),
    solid(plate([rounded(columns * 19 + 12, rows * 24 + 6, 3), rounded(columns * 19, rows * 24, 1)], 0.4), 'aluminium'),
  ]
  for (let x = 0; x < columns; x++)
    for (let y = 0; y < rows; y++) bodies.push(solid(box(15, 20, 5), 'chocolate', at((x - (columns - 1) / 2) * 19, (y - (rows - 1) / 2) * 24, 5)))
  return { cls: 'food', bodies, size: [columns * 19 + 12, rows * 24 + 8, 14] }
}

export const jar = (random: Random): Good => ({
  cls: 'jar',
  bodies: [
    ...vessel(between(random, 84, 115), 68, 2.6, 'glass', pick(random, ['fruit', 'sugar', 'oil'] as const), 0.92),
    solid(rod(64, 12), 'iron', at(56, 0, 0, alongX), { cavity: rod(63, 11) }),
  ],
  size: [132, 70, 70],
})

/** Biscuits, crisps or sweets: light grains in a bag. */
export const snack = (random: Random): Good => {
  const bodies: Body[] = []
  for (let i = 0; i < 46; i++) {
    const size = between(random, 14, 24)
    bodies.push(
      solid(ellipsoid(size, size * 0.8, size * 0.6), 'starch', at(between(random, -62, 62), between(random, -42, 42), between(random, -14, 14)), {
        packing: 0.9,
      }),
    )
  }
  return { cls: 'food', bodies: [...bodies, solid(plate([rounded(164, 112, 10)], 1), 'polypropylene')], size: [166, 114, 48] }
}

export const glasses = (random: Random): Good => {
  const lens = (x: number): Body[] => [
    solid(plate([shifted(oval(50, 42), x, 0), shifted(oval(46, 38), x, 0)], 4), 'nylon'),
    solid(plate([shifted(oval(46, 38), x, 0)], 2), pick(random, ['glass', 'pvc'] as const)),
  ]
  return {
    cls: 'glasses',
    bodies: [
      ...lens(-32),
      ...lens(32),
      ...wire(
        [
          [-8, -4, 0],
          [8, -4, 0],
        ],
        3,
        'brass',
      ),
      ...wire(
        [
          [-58, -6, 0],
          [-34, 16, 5],
          [66, 19, 5],
        ],
        3.4,
        'brass',
      ),
      ...wire(
        [
          [58, -6, 0],
          [36, 22, 8],
          [-66, 24, 8],
        ],
        3.4,
        'brass',
      ),
      solid(plate([rounded(164, 72, 24), rounded(158, 66, 21)], 40), 'abs'),
    ],
    size: [166, 74, 44],
  }
}

export const watch = (random: Random): Good => {
  const links = random.next() < 0.5
  const strap: Body[] = Array.from({ length: 20 }, (_, i) => {
    const angle = (i / 20) * 2 * Math.PI
    const [x, y] = [34 * Math.cos(angle), 27 * Math.sin(angle)]
    return links ? solid(rod(5, 20), 'iron', at(x, y)) : solid(box(9, 9, 20), 'leather', at(x, y))
  })
  return {
    cls: 'watch',
    bodies: [...strap, solid(rod(38, 9), 'iron', at(38, 0, 0, alongX), { cavity: rod(32, 6) }), solid(rod(24, 4), 'brass', at(38, 0, 0, alongX))],
    size: [110, 70, 36],
  }
}

export const pens = (random: Random): Good => ({
  cls: 'pens',
  bodies: Array.from({ length: 2 + random.below(3) }, (_, i) => {
    const y = i * 13 - 18
    return [
      solid(rod(9, 134), 'abs', at(0, y, 0, alongX), { cavity: rod(6, 130) }),
      solid(rod(2.6, 10), 'brass', at(66, y, 0, alongX)),
      ...wire(
        [
          [-62, y + 6, 2],
          [-26, y + 6, 2],
        ],
        2,
        'iron',
      ),
      ...wire(
        [
          [44, y, 0],
          [60, y, 0],
        ],
        4,
        'iron',
      ),
    ]
  }).flat(),
  size: [146, 56, 12],
})
