/** Words in which goods are built: solids with a place, outlines, wires. Millimetres; things lie in the plane of the picture, flat along z. */
import type { Random } from '#kernel/random.ts'
import type { MaterialName } from '../materials.ts'
import type { Body } from '../scene.ts'
import { multiply, type Pose, type Ring, type Rotation, type Shape, turn, upright, type Vector } from '../solids.ts'

export const between = (random: Random, least: number, most: number): number => least + random.next() * (most - least)
export const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)]!

export const at = (x: number, y: number, z = 0, rotation: Rotation = upright): Pose => ({ at: [x, y, z], rotation })
/** Local z, the axis of cylinders, laid along x or y of the picture. */
export const alongX: Rotation = turn('y', Math.PI / 2)
export const alongY: Rotation = turn('x', Math.PI / 2)

export const solid = (shape: Shape, material: MaterialName, pose: Pose = at(0, 0), more: Pick<Body, 'cavity' | 'packing' | 'grain'> = {}): Body => ({
  shape,
  material,
  pose,
  ...more,
})

export const box = (x: number, y: number, z: number): Shape => ({ kind: 'box', half: [x / 2, y / 2, z / 2] })
export const ellipsoid = (x: number, y: number, z: number): Shape => ({ kind: 'ellipsoid', semi: [x / 2, y / 2, z / 2] })
export const rod = (diameter: number, length: number): Shape => ({ kind: 'cylinder', radius: diameter / 2, halfLength: length / 2 })
export const capsule = (diameter: number, length: number): Shape => ({
  kind: 'capsule',
  radius: diameter / 2,
  halfLength: Math.max(0, (length - diameter) / 2),
})
export const plate = (rings: readonly Ring[], depth: number): Shape => ({ kind: 'prism', rings, halfDepth: depth / 2 })

/** A rectangle with round corners. */
export const rounded = (width: number, height: number, radius: number): Ring => {
  const r = Math.min(radius, width / 2, height / 2)
  const corners = [
    [width / 2 - r, height / 2 - r, 0],
    [-width / 2 + r, height / 2 - r, 1],
    [-width / 2 + r, -height / 2 + r, 2],
    [width / 2 - r, -height / 2 + r, 3],
  ] as const
  return corners.flatMap(([x, y, quarter]) =>
    [0, 1, 2, 3, 4].map((i) => {
      const angle = ((quarter + i / 4) * Math.PI) / 2
      return [x + r * Math.cos(angle), y + r * Math.sin(angle)] as const
    }),
  )
}

/** An ellipse as an outline; with `wobble`, a soft irregular one. */
export const oval = (width: number, height: number, random?: Random, wobble = 0): Ring => {
  const phases = [0, 1, 2].map(() => (random ? random.next() * 2 * Math.PI : 0))
  return Array.from({ length: 28 }, (_, i) => {
    const angle = (i / 28) * 2 * Math.PI
    const swell = 1 + wobble * phases.reduce((sum, phase, n) => sum + Math.sin((n + 2) * angle + phase) / (n + 2), 0)
    return [(width / 2) * swell * Math.cos(angle), (height / 2) * swell * Math.sin(angle)] as const
  })
}

export const shifted = (ring: Ring, dx: number, dy: number): Ring => ring.map(([x, y]) => [x + dx, y + dy] as const)

/** A round stick from one point to another. */
const stick = (from: Vector, to: Vector, diameter: number, material: MaterialName): Body => {
  const [dx, dy, dz] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
  const length = Math.hypot(dx, dy, dz)
  const yaw = turn('z', Math.atan2(dy, dx))
  const rotation = multiply(yaw, turn('y', Math.acos(Math.max(-1, Math.min(1, dz / (length || 1))))))
  const middle: Pose = { at: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2], rotation }
  return solid({ kind: 'capsule', radius: diameter / 2, halfLength: length / 2 }, material, middle)
}

/** A wire through points. */
export const wire = (points: readonly Vector[], diameter: number, material: MaterialName): Body[] =>
  points.slice(1).map((point, i) => stick(points[i]!, point, diameter, material))

/** A smooth closed or open curve through few points (Catmull and Rom 1974), as many short pieces. */
export const curve = (points: readonly Vector[], pieces = 6): Vector[] => {
  const out: Vector[] = []
  for (let i = 0; i + 1 < points.length; i++) {
    const [p0, p1, p2, p3] = [points[Math.max(0, i - 1)]!, points[i]!, points[i + 1]!, points[Math.min(points.length - 1, i + 2)]!]
    for (let k = 0; k < pieces; k++) {
      const t = k / pieces
      const mix = (c: 0 | 1 | 2): number =>
        0.5 *
        (2 * p1[c] + (p2[c] - p0[c]) * t + (2 * p0[c] - 5 * p1[c] + 4 * p2[c] - p3[c]) * t * t + (3 * p1[c] - p0[c] - 3 * p2[c] + p3[c]) * t ** 3)
      out.push([mix(0), mix(1), mix(2)])
    }
  }
  out.push(points.at(-1)!)
  return out
}

/** A closed line of round wire along an outline. */
export const hoop = (ring: Ring, z: number, diameter: number, material: MaterialName): Body[] =>
  wire(
    [...ring, ring[0]!].map(([x, y]) => [x, y, z] as const),
    diameter,
    material,
  )

/** A vessel that lies along x: wall, and its contents up to a share of its width. */
export const vessel = (length: number, diameter: number, wallMm: number, wall: MaterialName, contents: MaterialName, fill: number): Body[] => {
  const inner = diameter - 2 * wallMm
  // Lying on its side the liquid is a segment; as seen from above that is, to a few per cent, a flatter round of the same width.
  return [
    solid(rod(diameter, length), wall, at(0, 0, 0, alongX), { cavity: rod(inner, length - 2 * wallMm) }),
    solid({ kind: 'ellipsoid', semi: [inner * 0.5 * fill, inner * 0.5, (length - 2 * wallMm) * 0.56] }, contents, at(0, 0, 0, alongX)),
  ]
}
