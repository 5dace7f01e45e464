import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutOf, eyeOf, greatestAlong, middleOf, placeAt, slicePitchMm, sliceOf, slicesIn, stretched, type Volume, inSlice } from './volume.ts'

/** 4 × 3 × 2 voxels that hold their own number. */
const numbered: Volume = { size: [4, 3, 2], spacingMm: [1, 2, 5], hasSliceDistance: true, voxels: Uint16Array.from({ length: 24 }, (_, at) => at) }

test('slices along the three axes: size, pitch and content', () => {
  for (const [plane, count, width, height, pitch, first] of [
    ['axial', 2, 4, 3, [1, 2], [0, 1, 2, 3, 4]],
    ['coronal', 3, 4, 2, [1, 5], [0, 1, 2, 3, 12]],
    ['sagittal', 4, 3, 2, [2, 5], [0, 4, 8, 12, 16]],
  ] as const) {
    const slice = sliceOf(numbered, plane, 0)
    assert.equal(slicesIn(numbered, plane), count)
    assert.deepEqual([slice.width, slice.height], [width, height])
    assert.deepEqual(slicePitchMm(numbered, plane), pitch)
    assert.deepEqual([...slice.grey.subarray(0, 5)], first)
  }
})

test('a point of one slice is shown by the two others, and each says where they cut it', () => {
  const start = middleOf(numbered)
  assert.deepEqual(start, { axial: 1, coronal: 1, sagittal: 2 })
  const place = placeAt(numbered, start, 'coronal', { x: 3.2, y: 0.4 })
  assert.deepEqual(place, { axial: 0, coronal: 1, sagittal: 3 })
  assert.deepEqual(cutOf(place, 'coronal'), { x: 3.5, y: 0.5 })
  assert.deepEqual(cutOf(place, 'sagittal'), { x: 1.5, y: 0.5 })
  assert.deepEqual(placeAt(numbered, start, 'axial', { x: -5, y: 99 }), { axial: 1, coronal: 2, sagittal: 0 })
})

test('the eye’s three directions are of length one and upright on each other, whatever the turn', () => {
  for (const turn of [
    { yaw: 0, pitch: 0 },
    { yaw: 30, pitch: 20 },
    { yaw: -120, pitch: -70 },
  ]) {
    const eye = eyeOf(turn)
    for (const [n, a] of eye.entries())
      for (const [m, b] of eye.entries()) {
        const product = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
        assert.ok(Math.abs(product - (n === m ? 1 : 0)) < 1e-12)
      }
  }
})

test('the greatest value along a ray: a dense voxel shows where it stands, from the front and from the side', () => {
  const size = 16
  const voxels = new Uint16Array(size ** 3).fill(1000)
  const [x, y, z] = [3, 8, 12]
  voxels[(z * size + y) * size + x] = 50_000
  const volume: Volume = { size: [size, size, size], spacingMm: [1, 1, 1], hasSliceDistance: true, voxels }
  const side = 90
  const brightest = (yaw: number): number[] => {
    const seen = greatestAlong(volume, { yaw, pitch: 0 }, side)
    const at = seen.indexOf(50_000)
    // from the middle, in voxels
    return [((at % side) / side - 0.5) * 1.8 * size, (Math.floor(at / side) / side - 0.5) * 1.8 * size].map(Math.round)
  }
  // Seen from the front, x runs to the right; from the side, y does. The voxel begins at its lower edge.
  assert.deepEqual(brightest(0), [x - 8, z - 8])
  assert.deepEqual(brightest(90), [y - 8, z - 8])
  assert.ok(greatestAlong(volume, { yaw: 0, pitch: 0 }, side).includes(0), 'beside the volume there is nothing')
})

test('values of a maker are stretched in a straight line, and nothing is measured along slices of unknown distance', () => {
  assert.deepEqual([...stretched(Uint16Array.from([1000, 1500, 2000]))], [0, 32_768, 65_535])
  assert.deepEqual([...stretched(Uint16Array.from([7, 7]))], [0, 0])
  const unknown = { ...numbered, hasSliceDistance: false }
  assert.deepEqual([slicePitchMm(unknown, 'axial'), slicePitchMm(unknown, 'coronal')], [[1, 2], null])
})

test('a place in a volume is a rectangle of each slice that runs through it', () => {
  const volume = { size: [10, 8, 6] as const }
  const placed = [{ number: 1, box: [2, 3, 4, 2] as const, slices: [1, 3] as const }]
  for (const [plane, index, box] of [
    ['axial', 0, null],
    ['axial', 1, [2, 3, 4, 2]],
    ['axial', 3, [2, 3, 4, 2]],
    ['axial', 4, null],
    ['coronal', 3, [2, 1, 4, 3]],
    ['coronal', 5, null],
    ['sagittal', 5, [3, 1, 2, 3]],
    ['sagittal', 6, null],
  ] as const)
    assert.deepEqual(inSlice(placed, volume, plane, index)[0]?.box ?? null, box, `${plane} ${index}`)
  assert.deepEqual(inSlice([{ box: [0, 0, 1, 1] as const }], volume, 'coronal', 0)[0]?.box, [0, 0, 1, 6])
})
