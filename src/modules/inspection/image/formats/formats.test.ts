import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import sharp from 'sharp'
import { hasErrors } from '#kernel/issue.ts'
import { readScan, type SourceFile } from '../intake.ts'
import type { Grey, Scan } from '../scan.ts'
import { writeDicom } from './dicom-write.ts'

const [width, height] = [23, 17]
const grey = (seed = 1): Grey => ({ width, height, data: Uint16Array.from({ length: width * height }, (_, i) => (i * 1801 * seed) % 65_536) })
const sharpGrey = ({ data }: Grey) => sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('grey16')
const colour = () => sharp({ create: { width, height, channels: 3, background: '#c86428' } })
const envelope = { id: '01890000-0000-7000-8000-000000000001', takenAt: '2026-11-25T10:00:00Z', mmPerPx: 1.25, scanner: 'T-1' }

const dicomOf = async (scan: Scan): Promise<Uint8Array> => {
  const written = await writeDicom(scan, envelope)
  assert.ok(written.ok)
  return written.value
}
const greyScan = (seed = 1): Scan => ({ kind: 'grey', grey: grey(seed), depthBits: 16 })
const dualScan: Scan = { kind: 'dual-energy', dual: { width, height, low: grey(1).data, high: grey(3).data }, depthBits: 16 }
const volumeScan: Scan = {
  kind: 'volume',
  volume: {
    width,
    height,
    slices: 3,
    data: Uint16Array.from({ length: width * height * 3 }, (_, i) => (i * 977) % 65_536),
    rescale: { slope: 2, intercept: -1000 },
  },
  depthBits: 16,
}
const files: Record<string, Uint8Array> = {
  'PNG 16': await sharpGrey(grey()).png().toBuffer(),
  'PNG 8': await colour().png().toBuffer(),
  'PNG palette': await colour().png({ palette: true }).toBuffer(),
  JPEG: await colour().jpeg().toBuffer(),
  'JPEG progressive': await colour().jpeg({ progressive: true }).toBuffer(),
  'JPEG grey': await colour().toColourspace('b-w').jpeg().toBuffer(),
  'TIFF 16': await sharpGrey(grey()).tiff({ compression: 'lzw' }).toBuffer(),
  'TIFF 8': await colour().tiff({ compression: 'deflate' }).toBuffer(),
  'DICOM DX': await dicomOf(greyScan()),
  'DICOM CT': await dicomOf(volumeScan),
}
const image = (bytes: Uint8Array): SourceFile[] => [{ role: 'image', bytes }]
const read = async (bytes: Uint8Array, sidecar = {}): Promise<Scan> => {
  const reading = await readScan(image(bytes), sidecar)
  assert.ok(reading.ok, JSON.stringify(reading.issues))
  return reading.value.scan
}
const codesOf = async (sources: SourceFile[], sidecar = {}): Promise<string[]> => (await readScan(sources, sidecar)).issues.map((i) => i.code)

test('sixteen bits come back as sixteen bits, whatever carries them', async () => {
  for (const name of ['PNG 16', 'TIFF 16', 'DICOM DX']) assert.deepEqual(await read(files[name]!), greyScan(), name)
  assert.deepEqual(await read(files['DICOM CT']!), volumeScan)
})

test('colours and eight bits are read as they were painted', async () => {
  for (const name of ['PNG 8', 'PNG palette', 'TIFF 8']) {
    const scan = await read(files[name]!)
    assert.ok(scan.kind === 'colour', name)
    assert.deepEqual([...scan.raster.data.subarray(0, 3)], [0xc8, 0x64, 0x28], name)
  }
  const scan = await read(files['JPEG grey']!)
  assert.ok(scan.kind === 'grey' && scan.depthBits === 8)
  assert.equal(scan.grey.data[0]! % 257, 0, 'eight bits are stretched over sixteen')
})

test('two energies: two files, or two frames of one file, give the same measurement', async () => {
  const [low, high] = await Promise.all([sharpGrey(grey(1)).png().toBuffer(), sharpGrey(grey(3)).png().toBuffer()])
  const two = await readScan([{ role: 'high', bytes: high }, { role: 'low', bytes: low }]) // prettier-ignore
  assert.ok(two.ok)
  assert.deepEqual(two.value.scan, dualScan)
  const one = await dicomOf(dualScan)
  assert.deepEqual(await read(one, { energiesKeV: [40, 80] }), dualScan)
  assert.deepEqual(await codesOf(image(one)), ['inspection.image_pages_unexplained'])
  assert.equal((await readScan(image(files['DICOM DX']!))).ok && two.value.mmPerPx, null)
  const spaced = await readScan(image(files['DICOM DX']!))
  assert.ok(spaced.ok && spaced.value.mmPerPx === 1.25)
})

test('planes that do not belong together are refused', async () => {
  const low: SourceFile = { role: 'low', bytes: files['PNG 16']! }
  const narrow = await sharp(new Uint16Array(9), { raw: { width: 3, height: 3, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer()
  assert.deepEqual(await codesOf([low]), ['inspection.image_files_incomplete'])
  assert.deepEqual(await codesOf([low, { role: 'high', bytes: narrow }]), ['inspection.image_planes_differ'])
  assert.deepEqual(await codesOf([low, { role: 'high', bytes: files.JPEG! }]), ['inspection.image_planes_not_grey'])
  const both = await readScan([{ role: 'low', bytes: new Uint8Array(0) }, { role: 'high', bytes: new Uint8Array(9) }]) // prettier-ignore
  assert.deepEqual(both.issues.map((i) => [i.code, i.path]), [['inspection.image_empty', '/low'], ['inspection.image_unknown_format', '/high']]) // prettier-ignore
})

/** A copy with a number written at a place. */
const patched = (bytes: Uint8Array, at: number, value: number, size: 2 | 4, little = false): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  const view = new DataView(copy.buffer)
  if (size === 2) view.setUint16(at, value, little)
  else view.setUint32(at, value, little)
  return copy
}
const find = (bytes: Uint8Array, wanted: number[]): number => Buffer.from(bytes).indexOf(Buffer.from(wanted))

test('a small file that would unfold into a huge picture is refused before it is unfolded', async () => {
  const bombs: [string, Uint8Array][] = [
    ['PNG', patched(patched(files['PNG 8']!, 16, 60_000, 4), 20, 60_000, 4)],
    ['JPEG', patched(files.JPEG!, find(files.JPEG!, [0xff, 0xc0]) + 7, 65_000, 2)],
    ['DICOM', patched(files['DICOM DX']!, find(files['DICOM DX']!, [0x28, 0, 0x11, 0, 0x55, 0x53]) + 8, 65_000, 2, true)],
  ]
  for (const [name, bytes] of bombs) {
    const began = performance.now()
    assert.deepEqual(await codesOf(image(bytes)), ['inspection.image_too_many_pixels'], name)
    assert.ok(performance.now() - began < 500, `${name} took ${performance.now() - began} ms`)
  }
  assert.deepEqual(await codesOf(image(new Uint8Array(64 * 1024 * 1024 + 1))), ['inspection.image_too_large'])
})

test('frames that are no slices of a volume are refused before any is unfolded', async () => {
  const bytes = await dicomOf({ ...volumeScan })
  const at = Buffer.from(bytes).indexOf('1.2.840.10008.5.1.4.1.1.501.1', Buffer.from(bytes).indexOf('DICM') + 200)
  const projections = Uint8Array.from(bytes)
  projections.set(new TextEncoder().encode('1.2.840.10008.5.1.4.1.1.501.3'), at)
  assert.deepEqual(await codesOf(image(projections), { energiesKeV: [40, 80] }), ['inspection.image_pages_unexplained'])
})

test('a TIFF whose pages go round in a circle ends', async () => {
  const bytes = files['TIFF 16']!
  const first = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true)
  const entries = new DataView(bytes.buffer, bytes.byteOffset).getUint16(first, true)
  assert.deepEqual(await codesOf(image(patched(bytes, first + 2 + entries * 12, first, 4, true))), ['inspection.image_broken'])
})

test('a file that is cut off anywhere is refused, and says that it was', async () => {
  for (const [name, bytes] of Object.entries(files))
    for (const share of [0.1, 0.5, 0.9]) {
      const codes = await codesOf(image(bytes.subarray(0, Math.floor(bytes.length * share))))
      assert.equal(codes.length, 1, `${name} at ${share}`)
      assert.match(codes[0]!, /^inspection\.image_(truncated|broken|unknown_format)$/, `${name} at ${share}`)
    }
})

test('mutated files end in pixels of the size they claim, or in issues; nothing is thrown', async () => {
  const mutation = fc.record({
    name: fc.constantFrom(...Object.keys(files)),
    changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
    cut: fc.option(fc.double({ min: 0.05, max: 1, noNaN: true }), { nil: undefined }),
  })
  await fc.assert(
    fc.asyncProperty(mutation, async ({ name, changes, cut }) => {
      const bytes = Uint8Array.from(files[name]!)
      for (const [at, value] of changes) bytes[at % Math.min(bytes.length, 700)] = value
      const reading = await readScan(image(cut === undefined ? bytes : bytes.subarray(0, Math.ceil(bytes.length * cut))), { energiesKeV: [40, 80] })
      if (!reading.ok) return assert.ok(hasErrors(reading.issues) && reading.issues.every((i) => i.code.startsWith('inspection.image_')))
      const { scan } = reading.value
      if (scan.kind === 'colour') assert.equal(scan.raster.data.length, scan.raster.width * scan.raster.height * 3)
      if (scan.kind === 'grey') assert.equal(scan.grey.data.length, scan.grey.width * scan.grey.height)
      return undefined
    }),
    { numRuns: 600, seed: 20_261_125 },
  )
})

test('any bytes are no fault', async () => {
  const signatures = Object.values(files).map((f) => f.subarray(0, 140))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(new Uint8Array(0), ...signatures), fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
      const reading = await readScan(image(Uint8Array.from([...start, ...rest])))
      assert.ok(reading.ok || hasErrors(reading.issues))
    }),
    { numRuns: 300, seed: 7 },
  )
})
