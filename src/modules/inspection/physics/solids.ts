/**
 * Solids and how long a ray runs through them. Millimetres throughout. A shape lies in its own frame about the origin; a pose turns and
 * moves it. Rays are parallel, so that what depends on the direction alone is worked out once a body.
 */

export type Vector = readonly [x: number, y: number, z: number]
/** Rotation matrix by rows: world = rotation · local. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number]
export type Pose = { at: Vector; rotation: Rotation }
export type Ring = readonly (readonly [x: number, y: number])[]

export type Shape =
  | { kind: 'box'; half: Vector }
  | { kind: 'ellipsoid'; semi: Vector }
  /** axis along local z */
  | { kind: 'cylinder'; radius: number; halfLength: number }
  | { kind: 'capsule'; radius: number; halfLength: number }
  /** closed outlines in local x and y, inside by even-odd, extruded along local z */
  | { kind: 'prism'; rings: readonly Ring[]; halfDepth: number }

/** Length of a ray inside a shape, from any point on the ray, in the shape's frame. */
export type Chord = (x: number, y: number, z: number) => number

export const upright: Rotation = [1, 0, 0, 0, 1, 0, 0, 0, 1]

export const multiply = (a: Rotation, b: Rotation): Rotation => {
  const cell = (row: number, column: number): number => a[row * 3]! * b[column]! + a[row * 3 + 1]! * b[3 + column]! + a[row * 3 + 2]! * b[6 + column]!
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)]
}

/** A turn about one axis by an angle in radians, right-handed. */
export const turn = (axis: 'x' | 'y' | 'z', angle: number): Rotation => {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  if (axis === 'x') return [1, 0, 0, 0, c, -s, 0, s, c]
  if (axis === 'y') return [c, 0, s, 0, 1, 0, -s, 0, c]
  return [c, -s, 0, s, c, 0, 0, 0, 1]
}

export const apply = (m: Rotation, [x, y, z]: Vector): Vector => [
  m[0] * x + m[1] * y + m[2] * z,
  m[3] * x + m[4] * y + m[5] * z,
  m[6] * x + m[7] * y + m[8] * z,
]

/** Where the local frame sees a direction of the world. */
export const applyInverse = (m: Rotation, [x, y, z]: Vector): Vector => [
  m[0] * x + m[3] * y + m[6] * z,
  m[1] * x + m[4] * y + m[7] * z,
  m[2] * x + m[5] * y + m[8] * z,
]

// Directions nearer to a plane than this are taken as parallel to it: at a metre the error is a nanometre.
const parallel = 1e-9

// Chords are asked for millions of times a picture. Entry and exit are therefore plain numbers and not pairs, which would be garbage.

/** Where a ray enters a slab −half … half; +∞ when it runs beside it. */
const slabIn = (from: number, direction: number, half: number): number => {
  if (Math.abs(direction) < parallel) return Math.abs(from) <= half ? -Infinity : Infinity
  return direction > 0 ? (-half - from) / direction : (half - from) / direction
}
/** Where it leaves it. */
const slabOut = (from: number, direction: number, half: number): number => {
  if (Math.abs(direction) < parallel) return Infinity
  return direction > 0 ? (half - from) / direction : (-half - from) / direction
}

const boxChord =
  ([a, b, c]: Vector, [dx, dy, dz]: Vector): Chord =>
  (x, y, z) => {
    const from = Math.max(slabIn(x, dx, a), slabIn(y, dy, b), slabIn(z, dz, c))
    return Math.max(0, Math.min(slabOut(x, dx, a), slabOut(y, dy, b), slabOut(z, dz, c)) - from)
  }

const ellipsoidChord = ([a, b, c]: Vector, [dx, dy, dz]: Vector): Chord => {
  const [ux, uy, uz] = [dx / a, dy / b, dz / c]
  const square = ux * ux + uy * uy + uz * uz
  return (x, y, z) => {
    const px = x / a
    const py = y / b
    const pz = z / c
    const half = px * ux + py * uy + pz * uz
    const root = half * half - square * (px * px + py * py + pz * pz - 1)
    return root > 0 ? (2 * Math.sqrt(root)) / square : 0
  }
}

const cylinderChord = (radius: number, halfLength: number, [dx, dy, dz]: Vector): Chord => {
  const square = dx * dx + dy * dy
  // A ray along the axis is inside all the way or not at all.
  if (square < parallel) return (x, y) => (x * x + y * y < radius * radius ? 2 * halfLength : 0)
  return (x, y, z) => {
    const half = x * dx + y * dy
    const root = half * half - square * (x * x + y * y - radius * radius)
    if (root <= 0) return 0
    const reach = Math.sqrt(root)
    const from = Math.max((-half - reach) / square, slabIn(z, dz, halfLength))
    return Math.max(0, Math.min((-half + reach) / square, slabOut(z, dz, halfLength)) - from)
  }
}

/** A capsule is convex: the ray's interval is the hull of those in its cylinder and in the balls at its ends. */
const capsuleChord = (radius: number, halfLength: number, [dx, dy, dz]: Vector): Chord => {
  const square = dx * dx + dy * dy
  return (x, y, z) => {
    const flat = x * x + y * y - radius * radius
    const half = x * dx + y * dy
    const round = half * half - square * flat
    // Every part of a capsule lies within the endless cylinder about its axis.
    if (square >= parallel ? round <= 0 : flat >= 0) return 0
    const reach = square >= parallel ? Math.sqrt(round) / square : Infinity
    const middle = square >= parallel ? -half / square : 0
    let from = Math.max(middle - reach, slabIn(z, dz, halfLength))
    let to = Math.min(middle + reach, slabOut(z, dz, halfLength))
    if (to < from) {
      from = Infinity
      to = -Infinity
    }
    for (let end = -halfLength; ; end = halfLength) {
      const nearest = half + (z - end) * dz
      const root = nearest * nearest - (flat + (z - end) * (z - end))
      if (root > 0) {
        from = Math.min(from, -nearest - Math.sqrt(root))
        to = Math.max(to, -nearest + Math.sqrt(root))
      }
      if (end === halfLength) return Math.max(0, to - from)
    }
  }
}

/** The sides of all outlines, four numbers each: x and y of one end and of the other. */
export const sidesOf = (rings: readonly Ring[]): Float64Array =>
  Float64Array.from(rings.flatMap((ring) => ring.flatMap(([x, y], i) => [x, y, ...ring[(i + 1) % ring.length]!])))

const inside = (sides: Float64Array, x: number, y: number): boolean => {
  let odd = false
  for (let i = 0; i < sides.length; i += 4) {
    const y0 = sides[i + 1]!
    const y1 = sides[i + 3]!
    if (y0 > y !== y1 > y && x < ((sides[i + 2]! - sides[i]!) * (y - y0)) / (y1 - y0) + sides[i]!) odd = !odd
  }
  return odd
}

/** Every t at which a slanted ray crosses an outline, ascending: inside between the first and second, the third and fourth, … */
export const crossings = (sides: Float64Array, x: number, y: number, dx: number, dy: number): number[] => {
  const found: number[] = []
  const square = dx * dx + dy * dy
  for (let i = 0; i < sides.length; i += 4) {
    const [x0, y0, x1, y1] = [sides[i]! - x, sides[i + 1]! - y, sides[i + 2]! - x, sides[i + 3]! - y]
    // The side of the ray's line on which each end lies; an end on the line counts to one side, so that no corner counts twice.
    const [s0, s1] = [x0 * dy - y0 * dx, x1 * dy - y1 * dx]
    if (s0 > 0 === s1 > 0) continue
    const share = s0 / (s0 - s1)
    found.push(((x0 + (x1 - x0) * share) * dx + (y0 + (y1 - y0) * share) * dy) / square)
  }
  return found.sort((a, b) => a - b)
}

const prismChord = (rings: readonly Ring[], halfDepth: number, [dx, dy, dz]: Vector): Chord => {
  const sides = sidesOf(rings)
  if (Math.abs(dx) < 1e-6 && Math.abs(dy) < 1e-6) return (x, y) => (inside(sides, x, y) ? 2 * halfDepth : 0)
  return (x, y, z) => {
    const [z0, z1] = [slabIn(z, dz, halfDepth), slabOut(z, dz, halfDepth)]
    const ts = crossings(sides, x, y, dx, dy)
    let sum = 0
    for (let i = 0; i + 1 < ts.length; i += 2) sum += Math.max(0, Math.min(ts[i + 1]!, z1) - Math.max(ts[i]!, z0))
    return sum
  }
}

/** The chord of a shape for rays of one direction (unit vector in the shape's frame). */
export const chordOf = (shape: Shape, direction: Vector): Chord => {
  if (shape.kind === 'box') return boxChord(shape.half, direction)
  if (shape.kind === 'ellipsoid') return ellipsoidChord(shape.semi, direction)
  if (shape.kind === 'cylinder') return cylinderChord(shape.radius, shape.halfLength, direction)
  if (shape.kind === 'capsule') return capsuleChord(shape.radius, shape.halfLength, direction)
  return prismChord(shape.rings, shape.halfDepth, direction)
}

/** How far a shape reaches along a direction of its frame: [least, most]. */
export const reach = (shape: Shape, [x, y, z]: Vector): readonly [number, number] => {
  const both = (most: number): readonly [number, number] => [-most, most]
  if (shape.kind === 'box') return both(Math.abs(x) * shape.half[0] + Math.abs(y) * shape.half[1] + Math.abs(z) * shape.half[2])
  if (shape.kind === 'ellipsoid') return both(Math.hypot(x * shape.semi[0], y * shape.semi[1], z * shape.semi[2]))
  if (shape.kind === 'cylinder') return both(shape.radius * Math.hypot(x, y) + Math.abs(z) * shape.halfLength)
  if (shape.kind === 'capsule') return both(shape.radius + Math.abs(z) * shape.halfLength)
  const depth = Math.abs(z) * shape.halfDepth
  let [least, most] = [Infinity, -Infinity]
  for (const ring of shape.rings)
    for (const [px, py] of ring) {
      least = Math.min(least, px * x + py * y)
      most = Math.max(most, px * x + py * y)
    }
  return [least - depth, most + depth]
}
