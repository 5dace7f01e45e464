/** Electronics and metal things that travel: laptop, telephone, chargers, cables, umbrella, keys. */
import type { Random } from '#kernel/random.ts'
import type { Body } from '../scene.ts'
import type { Vector } from '../solids.ts'
import type { Good } from './clothes.ts'
import { alongX, alongY, at, between, box, curve, oval, pick, plate, rod, rounded, shifted, solid, vessel, wire } from './parts.ts'

/** A board with chips, capacitors and connectors strewn over it. */
const board = (random: Random, width: number, height: number, x: number, y: number): Body[] => {
  const bodies: Body[] = [solid(box(width, height, 1.5), 'circuitBoard', at(x, y))]
  const spot = (w: number, h: number): ReturnType<typeof at> =>
    at(x + between(random, -0.5, 0.5) * (width - w), y + between(random, -0.5, 0.5) * (height - h))
  for (let i = 0; i < 14; i++) {
    const size = between(random, 3, 13)
    bodies.push(
      solid(box(size, size * between(random, 0.6, 1.4), 1.3), pick(random, ['ceramic', 'copper', 'ferrite', 'circuitBoard']), spot(size, size)),
    )
  }
  for (let i = 0; i < 9; i++) bodies.push(solid(rod(between(random, 3, 6), 5), 'aluminium', spot(6, 6)))
  bodies.push(solid(box(width * 0.32, 7, 5), 'brass', at(x - width * 0.3, y + height * 0.46), { packing: 0.4 }))
  return bodies
}

export const laptop = (random: Random): Good => {
  const [width, height] = [between(random, 300, 360), between(random, 210, 245)]
  const metal = random.next() < 0.6
  const case_ = plate([rounded(width, height, 9)], metal ? 2.2 : 4.5)
  const cells = 3 + random.below(4)
  const bodies: Body[] = [
    solid(case_, metal ? 'aluminium' : 'abs'),
    solid(plate([rounded(width - 22, height - 24, 4)], 1.6), 'glass', at(0, -3)),
    ...board(random, width * 0.5, height * 0.36, -width * 0.16, -height * 0.24),
    ...board(random, width * 0.22, height * 0.3, width * 0.33, -height * 0.22),
    solid(plate([shifted(oval(52, 52), width * 0.1, -height * 0.24), shifted(oval(15, 15), width * 0.1, -height * 0.24)], 5), 'aluminium', at(0, 0), {
      packing: 0.55,
    }),
    solid(rod(24, 6), 'copper', at(width * 0.1, -height * 0.24), { packing: 0.35 }),
    ...wire(
      [
        [width * 0.1, -height * 0.3, 0],
        [-width * 0.02, -height * 0.33, 0],
        [-width * 0.2, -height * 0.26, 0],
      ],
      4,
      'copper',
    ),
    solid(box(14, 9, 5), 'iron', at(-width * 0.36, -height * 0.46)),
    solid(box(14, 9, 5), 'iron', at(width * 0.36, -height * 0.46)),
  ]
  for (let i = 0; i < cells; i++) {
    const w = (width * 0.8) / cells
    bodies.push(solid(plate([rounded(w - 3, height * 0.34, 4)], 5.5), 'battery', at(-width * 0.4 + w * (i + 0.5), height * 0.2)))
  }
  return { cls: 'laptop', bodies, size: [width, height, 22] }
}

export const phone = (random: Random): Good => ({
  cls: 'phone',
  bodies: [
    solid(plate([rounded(152, 74, 10)], 1.4), 'glass'),
    solid(plate([rounded(152, 74, 10), rounded(147, 69, 8)], 7.5), 'aluminium'),
    solid(plate([rounded(84, 56, 3)], 4.6), 'battery', at(18, 0)),
    ...board(random, 40, 60, -48, 0),
    solid(rod(9, 6), 'glass', at(-64, 22)),
  ],
  size: [155, 78, 10],
})

export const powerBank = (random: Random): Good => ({
  cls: 'power bank',
  bodies: [
    solid(plate([rounded(140, 68, 9)], 22), 'abs', at(0, 0), { packing: 0.25 }),
    solid(plate([rounded(58, 60, 4)], 9), 'battery', at(-33, 0)),
    solid(plate([rounded(58, 60, 4)], 9), 'battery', at(28, 0)),
    ...board(random, 14, 56, 63, 0),
  ],
  size: [142, 70, 24],
})

/** A lead that lies about as it fell: copper in PVC. */
const lead = (random: Random, span: number, from: Vector): Body[] => {
  const points: Vector[] = [from]
  let heading = random.next() * 2 * Math.PI
  for (let i = 0; i < 9; i++) {
    heading += between(random, -1.5, 1.7)
    const [x, y] = [points.at(-1)![0] + Math.cos(heading) * span * 0.3, points.at(-1)![1] + Math.sin(heading) * span * 0.3]
    points.push([Math.max(-span, Math.min(span, x)), Math.max(-span, Math.min(span, y)), 0])
  }
  const path = curve(points, 4)
  return [...wire(path, 4, 'pvc'), ...wire(path, 1.5, 'copper')]
}

export const charger = (random: Random): Good => {
  const bodies: Body[] = [
    solid(plate([rounded(86, 46, 7)], 28), 'abs', at(0, 0), { packing: 0.3 }),
    solid(box(26, 24, 20), 'ferrite', at(-14, 2)),
    solid(box(15, 30, 16), 'copper', at(-14, 2), { packing: 0.55 }),
    ...board(random, 70, 36, 0, 0),
    solid(rod(12, 24), 'aluminium', at(24, 8, 0, alongX), { packing: 0.6 }),
    solid(rod(4, 18), 'brass', at(-52, -9, 0, alongX)),
    solid(rod(4, 18), 'brass', at(-52, 9, 0, alongX)),
    ...lead(random, 110, [43, 0, 0]),
  ]
  return { cls: 'charger', bodies, size: [200, 170, 30] }
}

export const camera = (random: Random): Good => {
  const ring = (d: number, wall: number, length: number, x: number): Body =>
    solid(plate([oval(d, d), oval(d - 2 * wall, d - 2 * wall)], length), 'aluminium', at(x, 6))
  return {
    cls: 'camera',
    bodies: [
      solid(plate([rounded(132, 88, 12), rounded(126, 82, 10)], 52), 'abs'),
      solid(box(120, 76, 1.5), 'aluminium', at(0, 0), { packing: 0.8 }),
      ring(70, 2.5, 60, 8),
      ring(54, 2, 40, 8),
      solid(rod(50, 9), 'glass', at(8, 6)),
      solid(rod(32, 7), 'glass', at(8, 6)),
      solid(plate([rounded(34, 62, 3)], 12), 'battery', at(-46, 6)),
      ...board(random, 96, 30, 6, -26),
    ],
    size: [134, 92, 76],
  }
}

export const hairdryer = (random: Random): Good => {
  const coil: Vector[] = Array.from({ length: 40 }, (_, i) => [-60 + i * 2.1, 17 * Math.sin(i * 0.95), 17 * Math.cos(i * 0.95)])
  return {
    cls: 'hair dryer',
    bodies: [
      solid(rod(72, 170), 'abs', at(0, 0, 0, alongX), { cavity: rod(67, 168) }),
      solid(rod(40, 42), 'iron', at(46, 0, 0, alongX), { packing: 0.5 }),
      solid(rod(24, 46), 'copper', at(46, 0, 0, alongX), { packing: 0.45 }),
      ...wire(coil, 1, 'iron'),
      solid(plate([shifted(rounded(36, 120, 14), 20, 92)], 34), 'abs', at(0, 0), { packing: 0.4 }),
      ...lead(random, 90, [20, 90, 0]),
    ],
    size: [185, 190, 74],
  }
}

export const umbrella = (random: Random): Good => {
  const length = between(random, 240, 300)
  const ribs = Array.from({ length: 8 }, (_, i) => {
    const angle = (i / 8) * 2 * Math.PI
    const [y, z] = [Math.cos(angle), Math.sin(angle)]
    return wire(
      [
        [-length * 0.4, y * 4, z * 4],
        [-length * 0.05, y * 13, z * 13],
        [length * 0.36, y * 9, z * 9],
      ],
      2.2,
      'iron',
    )
  })
  return {
    cls: 'umbrella',
    bodies: [
      solid(rod(9, length * 0.9), 'iron', at(0, 0, 0, alongX), { cavity: rod(7, length) }),
      ...ribs.flat(),
      solid(rod(42, length * 0.8), 'textile', at(0, 0, 0, alongX)),
      solid(rod(28, 62), 'abs', at(length * 0.45, 0, 0, alongX)),
    ],
    size: [length, 46, 44],
  }
}

export const keys = (random: Random): Good => {
  const bodies: Body[] = [solid(plate([oval(30, 30), oval(26, 26)], 2), 'iron')]
  for (let i = 0; i < 4; i++) {
    const angle = between(random, -1.2, 1.2) + (i % 2) * Math.PI
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    const spot = (d: number): readonly [number, number] => [c * d, s * d]
    bodies.push(solid(plate([shifted(oval(23, 23), ...spot(24)), shifted(oval(6, 6), ...spot(17))], 2.2), 'brass', at(0, 0, i * 2.4)))
    bodies.push(
      ...wire(
        [
          [...spot(34), i * 2.4],
          [...spot(62), i * 2.4],
        ],
        5,
        'brass',
      ),
    )
  }
  return { cls: 'keys', bodies, size: [130, 90, 14] }
}

export const coins = (random: Random): Good => ({
  cls: 'coins',
  bodies: Array.from({ length: 5 + random.below(6) }, () =>
    solid(
      rod(between(random, 18, 26), 1.9),
      pick(random, ['copper', 'brass', 'iron']),
      at(between(random, -32, 32), between(random, -24, 24), between(random, -4, 4)),
    ),
  ),
  size: [90, 72, 12],
})

export const cable = (random: Random): Good => ({ cls: 'cable', bodies: lead(random, 95, [0, 0, 0]), size: [200, 200, 8] })

export const aerosol = (random: Random): Good => {
  const length = between(random, 130, 190)
  return {
    cls: 'aerosol',
    bodies: [
      ...vessel(length, 48, 0.5, pick(random, ['aluminium', 'iron']), 'ethanol', 0.72),
      solid(rod(38, 28), 'abs', at(length / 2 + 12, 0, 0, alongX), { packing: 0.35 }),
      ...wire(
        [
          [length / 2, 0, 0],
          [-length * 0.42, 8, 0],
        ],
        3,
        'polyethylene',
      ),
    ],
    size: [length + 40, 50, 50],
  }
}

export const can = (random: Random): Good => ({
  cls: 'tin',
  bodies: [
    ...vessel(between(random, 90, 120), 70, 0.25, 'iron', pick(random, ['water', 'meat', 'fruit']), 0.95),
    solid(plate([oval(26, 18), oval(18, 10)], 1.5), 'iron', at(0, 0, 30, alongY)),
  ],
  size: [122, 74, 74],
})
