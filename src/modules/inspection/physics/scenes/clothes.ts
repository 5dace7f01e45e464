/** Clothes and shoes: soft layers with folds, and the metal that sits on them. */
import type { Random } from '#kernel/random.ts'
import type { Body } from '../scene.ts'
import { at, between, box, ellipsoid, oval, pick, plate, rod, rounded, shifted, solid, wire } from './parts.ts'

/** What a builder makes: bodies about the origin, and the room they need. */
export type Good = { cls: string; bodies: Body[]; size: readonly [x: number, y: number, z: number] }

const seedOf = (random: Random): number => random.below(1 << 20)

/** A folded garment: layers, each a little smaller and askew, so that its edges show. */
export const shirt = (random: Random): Good => {
  const [width, height] = [between(random, 190, 260), between(random, 240, 310)]
  const depth = between(random, 14, 30)
  const layers = 3 + random.below(3)
  const bodies: Body[] = Array.from({ length: layers }, (_, i) => {
    const shrink = 1 - between(random, 0, 0.28)
    const ring = i === 0 ? rounded(width, height, 28) : oval(width * shrink * 1.05, height * shrink * 1.05, random, 0.18)
    const pose = at(between(random, -14, 14), between(random, -14, 14), (i / layers - 0.5) * depth)
    return solid(plate([ring], depth / layers), 'textile', pose, {
      grain: { amplitude: 0.55, scaleMm: between(random, 22, 48), seed: seedOf(random) },
    })
  })
  for (let i = 0; i < 5; i++) bodies.push(solid(rod(10, 2), 'nylon', at(0, (i / 4 - 0.5) * height * 0.7, 0)))
  return { cls: 'clothes', bodies, size: [width, height, depth] }
}

export const jeans = (random: Random): Good => {
  const [width, height, depth] = [between(random, 200, 240), between(random, 270, 330), between(random, 26, 40)]
  const folds = (scale: number) => ({ grain: { amplitude: 0.45, scaleMm: scale, seed: seedOf(random) } })
  const bodies: Body[] = [
    solid(plate([rounded(width, height, 22)], depth * 0.6), 'denim', at(0, 0), folds(30)),
    solid(plate([rounded(width * 0.52, height * 0.97, 18)], depth * 0.4), 'denim', at(width * 0.2, 2, depth * 0.3), folds(22)),
    solid(rod(17, 3.5), 'brass', at(-width * 0.3, -height * 0.44)),
    ...wire(
      [
        [-width * 0.3, -height * 0.4, 0],
        [-width * 0.31, -height * 0.12, 0],
      ],
      3.2,
      'brass',
    ),
  ]
  for (let i = 0; i < 6; i++)
    bodies.push(solid(rod(9, 1.6), 'copper', at(between(random, -0.45, 0.45) * width, between(random, -0.45, -0.2) * height)))
  return { cls: 'clothes', bodies, size: [width, height, depth] }
}

export const belt = (random: Random): Good => {
  const turns = 2 + random.below(2)
  const bodies: Body[] = []
  for (let i = 0; i < turns; i++) {
    const diameter = 70 + i * 13
    bodies.push(solid(plate([oval(diameter, diameter * 0.9), oval(diameter - 7, diameter * 0.9 - 7)], 32), 'leather'))
  }
  const buckle = plate([rounded(44, 40, 7), rounded(33, 29, 5)], 4)
  bodies.push(solid(buckle, 'iron', at(66, 22)), solid(box(34, 4, 4), 'iron', at(66, 22)))
  return { cls: 'belt', bodies, size: [170, 110, 36] }
}

/** The outline of a sole, heel to the left. */
const sole = (length: number, width: number): (readonly [number, number])[] =>
  Array.from({ length: 36 }, (_, i) => {
    const angle = (i / 36) * 2 * Math.PI
    const along = Math.cos(angle)
    const waist = 0.74 + 0.26 * Math.cos(2 * Math.PI * (0.42 * along + 0.06)) ** 2 + 0.1 * along
    return [(length / 2) * along, (width / 2) * waist * Math.sin(angle)] as const
  })

const shoe = (random: Random, y: number, formal: boolean, length: number, mirrored: number): Body[] => {
  const width = length * 0.36
  const outline = shifted(sole(length, width), 0, y)
  const inner = shifted(sole(length - 12, width - 12), 0, y)
  const bodies: Body[] = [
    solid(plate([outline], formal ? 8 : 20), 'rubber', at(0, 0, -30), formal ? {} : { packing: 0.45 }),
    solid(plate([outline, inner], 46), formal ? 'leather' : 'textile', at(0, 0, 0)),
    solid(ellipsoid(length * 0.52, width * 0.94, 60), formal ? 'leather' : 'textile', at(length * 0.22, y, -4), {
      cavity: ellipsoid(length * 0.52 - 6, width * 0.94 - 6, 54),
    }),
  ]
  if (formal)
    bodies.push(
      solid(box(78, 13, 1.3), 'iron', at(-length * 0.08, y, -30)),
      solid(plate([shifted(oval(62, 54), -length * 0.34, y)], 22), 'rubber', at(0, 0, -38)),
    )
  for (let i = 0; i < 5; i++)
    for (const side of [-1, 1])
      bodies.push(solid(rod(5.5, 1.4), pick(random, ['aluminium', 'brass']), at(length * (0.02 + i * 0.05), y + side * (13 - i) + mirrored, 26)))
  return bodies
}

export const shoes = (random: Random): Good => {
  const length = between(random, 255, 300)
  const formal = random.next() < 0.5
  const half = length * 0.2
  return {
    cls: 'shoes',
    bodies: [...shoe(random, -half, formal, length, 1), ...shoe(random, half, formal, length, -1)],
    size: [length, length * 0.78, 92],
  }
}
