import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import sharp from 'sharp'
import type { ModelCard } from '../schema/model-card.ts'
import { decode, type Maps, withSecond } from '../detect/decode.ts'
import { greyWithoutCorners } from '../image/corners.ts'
import { openDetector, type Detector } from './index.ts'
import { writeModel } from './fixtures/tiny-network.ts'

const root = mkdtempSync(join(tmpdir(), 'portcullis-models-'))
after(() => rmSync(root, { recursive: true, force: true }))

let folders = 0
const open = (more: Partial<ModelCard> = {}, options = {}): Detector => {
  const folder = join(root, String(folders++))
  writeModel(folder, more)
  const detector = openDetector(more.item ?? 'bag', { root: folder, threads: 2, ...options })
  assert.ok(detector.ok, JSON.stringify(detector))
  after(() => detector.value.close())
  return detector.value
}

type Patch = { colour: string; x: number; y: number; side: number }
/** A belt with one bag of pale brown at 100,60 that is 240 × 180, and patches in it. */
const belt = (...patches: Patch[]): Promise<Buffer> =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: '#e6e6e6' } })
    .composite([
      { input: { create: { width: 240, height: 180, channels: 3, background: '#b4b0a0' } }, left: 100, top: 60 },
      ...patches.map(({ colour, x, y, side }) => ({
        input: { create: { width: side, height: side, channels: 3 as const, background: colour } },
        left: x,
        top: y,
      })),
    ])
    .png()
    .toBuffer()

const image = (bytes: Uint8Array) => [{ role: 'image' as const, bytes }]

test('what is found stands in the pixels of the image itself, and gives bag and image their verdict', async () => {
  const detector = open()
  const clear = await detector.examine(image(await belt()))
  assert.ok(clear.ok)
  assert.deepEqual([clear.value.decision, clear.value.bags.length, clear.value.bags[0]!.findings], ['clear', 1, []])
  const found = await detector.examine(image(await belt({ colour: '#f01010', x: 180, y: 120, side: 40 })))
  assert.ok(found.ok)
  const [bag] = found.value.bags
  assert.deepEqual([found.value.decision, bag!.decision, found.value.model, found.value.thresholdSet], ['divert', 'divert', 'tiny@1', 'frozen'])
  assert.equal(bag!.findings[0]!.class, 'red')
  const [x, y, w, h] = bag!.findings[0]!.box
  const [cx, cy] = [x + w / 2, y + h / 2]
  assert.ok(cx > 180 && cx < 220 && cy > 120 && cy < 160, `the box's middle ${cx},${cy} lies in the patch`)
  assert.ok(bag!.box[0] <= 100 && bag!.box[0] + bag!.box[2] >= 340, 'the box of the bag holds the bag')
})

test('an empty belt has no bag and nothing to find', async () => {
  const empty = await open().examine(
    image(
      await sharp({ create: { width: 600, height: 400, channels: 3, background: '#e6e6e6' } })
        .png()
        .toBuffer(),
    ),
  )
  assert.ok(empty.ok)
  assert.deepEqual([empty.value.bags, empty.value.decision, empty.value.score], [[], 'clear', 0])
})

test('a site may be stricter than the card, and the finding says whose thresholds counted', async () => {
  const detector = open()
  const bytes = await belt({ colour: '#b88888', x: 180, y: 120, side: 60 })
  const usual = await detector.examine(image(bytes))
  assert.ok(usual.ok)
  const strict = await detector.examine(image(bytes), {}, { set: 'halden', review: usual.value.score - 0.01, divert: 1 })
  assert.ok(strict.ok)
  assert.deepEqual([usual.value.decision, strict.value.decision, strict.value.thresholdSet], ['clear', 'review', 'halden'])
})

test('goods unlike anything the network was trained on are not cleared', async () => {
  const familiarity = { mean: [1, 1, 1], components: [[1, 0, 0]], inverseVariances: [1, 1], threshold: 0.2 }
  const detector = open({ familiarity })
  const found = await detector.examine(
    image(
      await sharp({ create: { width: 200, height: 200, channels: 3, background: '#202020' } })
        .png()
        .toBuffer(),
    ),
  )
  assert.ok(found.ok)
  assert.deepEqual([found.value.decision, found.value.issues[0]!.code], ['review', 'inspection.goods_unfamiliar'])
  assert.ok(found.value.bags[0]!.unfamiliarity! > 0.2)
  assert.ok(found.value.score < 0.5, 'although the network saw nothing')
})

test('a carton is looked at whole and in its own pixels', async () => {
  const detector = open({ item: 'carton', input: { name: 'input', fit: 'native', side: 640, multiple: 8 }, second: null })
  const bytes = await sharp({ create: { width: 203, height: 101, channels: 3, background: '#e6e6e6' } })
    .composite([{ input: { create: { width: 30, height: 30, channels: 3, background: '#000000' } }, left: 0, top: 0 }])
    .png()
    .toBuffer()
  const found = await detector.examine(image(bytes))
  assert.ok(found.ok)
  assert.deepEqual(
    found.value.bags.map((b) => b.box),
    [[0, 0, 203, 101]],
  )
})

test('a file that is no image is refused, and the next one is examined', async () => {
  const detector = open()
  const [broken, good] = await Promise.all([detector.examine(image(Buffer.from('GIF89a'))), detector.examine(image(await belt()))])
  assert.deepEqual([broken.ok, broken.issues[0]?.code, good.ok], [false, 'inspection.image_unknown_format', true])
})

test('many at once are all answered, each with its own', async () => {
  const detector = open()
  const reds = await Promise.all(
    Array.from({ length: 12 }, async (_, i) =>
      detector.examine(image(await belt(...(i % 3 === 0 ? [{ colour: '#f01010', x: 160, y: 100, side: 40 }] : [])))),
    ),
  )
  assert.deepEqual(
    reds.map((r) => r.ok && r.value.decision),
    Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? 'divert' : 'clear')),
  )
})

test('a detector that does not answer in time, or falls over, sends the image to a person', async () => {
  const late = await open({}, { timeoutMs: 1 }).examine(image(await belt()))
  assert.ok(late.ok)
  assert.deepEqual([late.value.decision, late.value.model, late.value.issues[0]!.code], ['review', null, 'inspection.detector_failed'])
  const folder = join(root, 'nonsense')
  writeModel(folder, {}, new TextEncoder().encode('no network'))
  const opened = openDetector('bag', { root: folder, threads: 1 })
  assert.ok(opened.ok)
  const fallen = await opened.value.examine(image(await belt()))
  assert.ok(fallen.ok)
  assert.deepEqual([fallen.value.decision, fallen.value.issues[0]!.code], ['review', 'inspection.detector_failed'])
  const again = await opened.value.examine(image(await belt()))
  assert.ok(again.ok && again.value.decision === 'review', 'and the next one as well')
  await opened.value.close()
})

test('a network that is not the one of its card, or a card that is none, is not opened', () => {
  const folder = join(root, 'altered')
  writeModel(folder)
  writeFileSync(join(folder, 'tiny', 'model.onnx'), 'another')
  const codeOf = (item: 'bag' | 'carton', at: string) => openDetector(item, { root: at }).issues[0]?.code
  assert.equal(codeOf('bag', folder), 'inspection.model_altered')
  assert.equal(codeOf('carton', folder), 'inspection.detector_absent')
  assert.equal(codeOf('bag', join(root, 'nowhere')), 'inspection.detector_absent')
  writeFileSync(join(folder, 'tiny', 'card.json'), '{"id":"tiny"}')
  assert.equal(codeOf('bag', folder), 'inspection.model_card_invalid')
})

test('black that hangs together with a corner is open air; black within is not', () => {
  const picture = { width: 8, height: 6, data: new Uint8Array(8 * 6 * 3).fill(200) }
  const black = (x: number, y: number): void => void picture.data.fill(0, (y * 8 + x) * 3, (y * 8 + x) * 3 + 3)
  for (const [x, y] of [[0, 0], [1, 0], [0, 1], [4, 3]] as const) black(x, y) // prettier-ignore
  const { data } = greyWithoutCorners(picture)
  const at = (x: number, y: number): number => data[(y * 8 + x) * 3]!
  assert.deepEqual([at(0, 0), at(1, 0), at(0, 1), at(4, 3), at(7, 5)], [255, 255, 255, 0, 200])
})

// A thing of 20 × 12 whose centre lies at (2.25, 3.5) of 8 × 8 cells: at (5.75, 3.5) of the mirror image, at (3.5, 5.75) of the turned picture.
const seenThere = { mirror: { centre: [5.75, 3.5], size: [20, 12] }, turn: { centre: [3.5, 5.75], size: [12, 20] } } as const
for (const second of ['mirror', 'turn'] as const)
  test(`a picture and its second view (${second}) give one box: what is brought back lies on the first`, () => {
    const maps = ([cx, cy]: readonly [number, number], [w, h]: readonly [number, number]): Maps => {
      const [heat, size, shift] = [new Float32Array(64), new Float32Array(128), new Float32Array(128)]
      const at = Math.floor(cy) * 8 + Math.floor(cx)
      heat[at] = 0.8
      size.set([w], at)
      size.set([h], 64 + at)
      shift.set([cx % 1], at)
      shift.set([cy % 1], 64 + at)
      return { width: 8, height: 8, classes: 1, heat, size, offset: shift }
    }
    const { centre, size } = seenThere[second]
    const both = withSecond(maps([2.25, 3.5], [20, 12]), maps(centre, size), second)
    const [peak, ...others] = decode(both, { stride: 8, most: 5, least: 0.1, nmsIou: 0.5 })
    assert.deepEqual(others, [])
    assert.deepEqual([peak!.label, peak!.box], [0, [2.25 * 8 - 10, 3.5 * 8 - 6, 20, 12]])
  })

test('of boxes that overlap the surer one stands, whatever its class', () => {
  const heat = new Float32Array(2 * 16)
  heat[5] = 0.9
  heat[16 + 6] = 0.7
  const maps: Maps = { width: 4, height: 4, classes: 2, heat, size: new Float32Array(32).fill(40), offset: new Float32Array(32) }
  const options = { stride: 8, most: 5, least: 0.1 }
  assert.deepEqual(decode(maps, { ...options, nmsIou: 0.5 }).map((p) => p.label), [0]) // prettier-ignore
  assert.deepEqual(decode(maps, { ...options, nmsIou: 0.9 }).map((p) => p.label), [0, 1]) // prettier-ignore
  assert.deepEqual(decode(maps, { ...options, nmsIou: 0.9, most: 1 }).map((p) => p.label), [0]) // prettier-ignore
})
