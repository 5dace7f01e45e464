import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { LonLat } from '../schema/corridor.ts'
import { inRing, indexCorridor, locateByForce } from './corridor.ts'
import { distanceM, lonDelta, segmentsOf } from './segments.ts'

const wrap = (lon: number): number => (lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon)

/** A road that wanders from a start, also across the antimeridian. */
const roads = fc
  .record({
    lon: fc.constantFrom(-0.5, 20, 179.9, -179.95),
    lat: fc.double({ min: -65, max: 65, noNaN: true }),
    steps: fc.array(fc.tuple(fc.double({ min: -0.2, max: 0.3, noNaN: true }), fc.double({ min: -0.1, max: 0.1, noNaN: true })), {
      minLength: 1,
      maxLength: 60,
    }),
  })
  .map(({ lon, lat, steps }) => {
    const line: LonLat[] = [{ lon, lat }]
    for (const [dx, dy] of steps) {
      const last = line.at(-1)!
      line.push({ lon: wrap(last.lon + dx), lat: Math.max(-80, Math.min(80, last.lat + dy)) })
    }
    return line
  })

test('the grid answers like trying all pieces, near and far', () => {
  fc.assert(
    fc.property(
      roads,
      fc.double({ min: 50, max: 20_000, noNaN: true }),
      fc.array(fc.tuple(fc.nat(60), fc.double({ min: -1.5, max: 1.5, noNaN: true }), fc.double({ min: -1.5, max: 1.5, noNaN: true }), fc.boolean()), {
        minLength: 20,
        maxLength: 60,
      }),
      (line, halfWidthM, places) => {
        const index = indexCorridor({ line, halfWidthM })
        const segments = segmentsOf(line)
        for (const [at, dx, dy, near] of places) {
          const vertex = line[at % line.length]!
          const scale = near ? halfWidthM / 100_000 : 1
          const [lon, lat] = [wrap(vertex.lon + dx * scale), Math.max(-89, Math.min(89, vertex.lat + dy * scale))]
          const truth = locateByForce(segments, lon, lat)
          assert.deepEqual(index.locate(lon, lat), truth)
          assert.equal(index.contains(lon, lat), truth.distanceM <= halfWidthM)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('metres and chainage agree with the sphere', () => {
  const line = [
    { lon: 36.8, lat: -1.3 },
    { lon: 37.3, lat: -1.6 },
    { lon: 39.6, lat: -4.0 },
  ]
  const index = indexCorridor({ line, halfWidthM: 500 })
  const whole = distanceM(line[0]!, line[1]!) + distanceM(line[1]!, line[2]!)
  assert.ok(Math.abs(index.lengthM - whole) / whole < 0.001, `${index.lengthM} and ${whole}`)
  const north = index.locate(37.3, -1.6 + 0.003)
  assert.ok(north.distanceM < 0.003 * 111_195 && north.distanceM > 0.0015 * 111_195)
  assert.equal(index.contains(37.3, -1.6), true)
  assert.equal(index.contains(37.3, -1.5), false)
  assert.ok(Math.abs(index.locate(37.3, -1.6).chainageM - distanceM(line[0]!, line[1]!)) < 100)
})

test('a ring knows what is inside, also across the antimeridian', () => {
  const ring = [
    { lon: 179, lat: -1 },
    { lon: -179, lat: -1 },
    { lon: -179, lat: 1 },
    { lon: 179, lat: 1 },
  ]
  assert.equal(inRing(ring, 179.5, 0), true)
  assert.equal(inRing(ring, -179.5, 0), true)
  assert.equal(inRing(ring, 178.5, 0), false)
  assert.equal(inRing(ring, 179.5, 1.5), false)
  assert.equal(lonDelta(-179, 179), 2)
})
