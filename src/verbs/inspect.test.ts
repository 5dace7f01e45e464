import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { writeModel } from '../modules/inspection/detectors/fixtures/tiny-network.ts'

const root = mkdtempSync(join(tmpdir(), 'portcullis-inspect-'))
const at = (name: string): string => join(root, name)
const main = resolve(import.meta.dirname, '../main.ts')

type Line = {
  id?: unknown
  file?: string
  ok: boolean
  decision?: string
  bags?: { box: number[]; findings: { class: string; box: number[] }[] }[]
  issues?: { code: string; text: string }[]
}
const inspect = (args: string[], input = ''): { code: number | null; lines: Line[]; told: string } => {
  const done = spawnSync(process.execPath, [main, 'inspect', '--models', at('models'), ...args], { input, encoding: 'utf8', timeout: 60_000 })
  return {
    code: done.status,
    lines: done.stdout
      .split('\n')
      .filter(Boolean)
      .map((l) => JSON.parse(l) as Line),
    told: done.stderr,
  }
}

before(async () => {
  writeModel(at('models'))
  writeModel(at('models'), { id: 'tiny-carton', item: 'carton', input: { name: 'input', fit: 'native', side: 640, multiple: 8 } })
  const paint = (colour: string) => sharp({ create: { width: 200, height: 150, channels: 3, background: colour } })
  await paint('#f01010').jpeg().toFile(at('red.jpg'))
  await paint('#b4b0a0').png().toFile(at('brown.png'))
  writeFileSync(at('broken.jpg'), (await paint('#f01010').jpeg().toBuffer()).subarray(0, 200))
  const plane = (value: number) =>
    sharp(new Uint16Array(90 * 60).fill(value), { raw: { width: 90, height: 60, channels: 1 } })
      .toColourspace('grey16')
      .png()
  await plane(9_000).toFile(at('low.png'))
  await plane(20_000).toFile(at('high.png'))
})
after(() => rmSync(root, { recursive: true, force: true }))

test('one line an image in the order of the inputs; a broken file says why and stops nobody', () => {
  const { code, lines } = inspect([at('red.jpg'), at('broken.jpg'), at('absent.png'), at('brown.png')])
  assert.equal(code, 1)
  assert.deepEqual(
    lines.map((l) => [l.file, l.ok, l.decision ?? l.issues![0]!.code]),
    [
      [at('red.jpg'), true, 'divert'],
      [at('broken.jpg'), false, 'inspection.image_truncated'],
      [at('absent.png'), false, 'inspection.image_unreadable'],
      [at('brown.png'), true, 'clear'],
    ],
  )
  assert.match(lines[1]!.issues![0]!.text, /missing/)
  assert.equal(lines[0]!.bags![0]!.findings[0]!.class, 'red')
})

test('JSON lines name one file, or a low and a high one, and keep their id', () => {
  const asked = [
    { id: 7, file: at('red.jpg') },
    { id: 'dual', low: at('low.png'), high: at('high.png'), lowKeV: 40, highKeV: 80 },
    { id: 'bad', nothing: true },
  ]
  const { code, lines } = inspect(['-'], `${asked.map((a) => JSON.stringify(a)).join('\n')}\nno json\n`)
  assert.equal(code, 1)
  assert.deepEqual(
    lines.map((l) => [l.id, l.ok]),
    [
      [7, true],
      ['dual', true],
      [null, false],
      [null, false],
    ],
  )
})

test('cartons are looked at whole', () => {
  const { code, lines } = inspect(['--kind', 'carton', at('brown.png')])
  assert.deepEqual([code, lines[0]!.bags![0]!.box], [0, [0, 0, 200, 150]])
})

test('what cannot run ends with 2 and a sentence', () => {
  for (const args of [[], ['--kind', 'lorry', at('red.jpg')], ['--threads', '0', at('red.jpg')], ['--models', at('nowhere'), at('red.jpg')]]) {
    const { code, lines, told } = inspect(args)
    assert.deepEqual([code, lines], [2, []], args.join(' '))
    assert.doesNotMatch(told, /\n\s+at /, 'no stack')
    assert.ok(told.length > 20)
  }
})

test('what is no image is told in one line each, by what it is; what is too small to show anything is never cleared', async () => {
  const jpeg = await sharp(at('red.jpg')).toBuffer()
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(30_000, 0)
  size.writeUInt32BE(30_000, 4)
  size.set([8, 2], 8)
  const bomb = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync('')),
    chunk('IEND', Buffer.alloc(0)),
  ])
  const frames = { width: 40, height: 120, channels: 3, pageHeight: 40 } as const
  const one = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#c86428' } }).png().toBuffer() // prettier-ignore
  // Part 10 of DICOM: transfer syntax, a patient's name, and no picture.
  const patientOnly = '4449434d02000000554c04001c0000000200100055491400312e322e3834302e31303030382e312e322e310010001000504e06004e6f626f6479'
  const odd: [name: string, bytes: Buffer | string, expected: string][] = [
    ['empty.png', '', 'inspection.image_empty'],
    ['text.png', 'a letter\n', 'inspection.image_unknown_format'],
    ['zeros.jpg', Buffer.alloc(4096), 'inspection.image_unknown_format'],
    ['picture.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'inspection.image_unknown_format'],
    ['moving.gif', await sharp(Buffer.alloc(40 * 120 * 3), { raw: frames }).gif({ delay: [9, 9, 9] }).toBuffer(), 'inspection.image_unknown_format'],
    ['bomb.png', bomb, 'inspection.image_too_many_pixels'],
    ['head.png', bomb.subarray(0, 8), 'inspection.image_broken'],
    ['cut.jpg', jpeg.subarray(0, jpeg.length - 40), 'inspection.image_truncated'],
    ['nobody.dcm', Buffer.concat([Buffer.alloc(128), Buffer.from(patientOnly, 'hex')]), 'inspection.image_broken'],
    ['one.png', one, 'review'],
    ['jpeg.png', jpeg, 'divert'],
    ['cmyk.jpg', await sharp(at('red.jpg')).toColourspace('cmyk').jpeg().toBuffer(), 'divert'],
  ] // prettier-ignore
  for (const [name, bytes] of odd) writeFileSync(at(name), bytes)
  symlinkSync(at('loop2'), at('loop1'))
  symlinkSync(at('loop1'), at('loop2'))
  const elsewhere = [root, at('loop1'), '', '/dev/zero'].map((name) => [name, 'inspection.image_unreadable'] as const)
  const asked = [...odd.map(([name, , expected]) => [at(name), expected] as const), ...elsewhere]
  const { code, lines } = inspect(asked.map(([name]) => name))
  assert.equal(code, 1)
  assert.deepEqual(
    lines.map((line) => [line.file, line.decision ?? line.issues![0]!.code]),
    asked.map(([name, expected]) => [name, expected]),
  )
  const prepared = inspect(['--prepare', at('cut'), at('text.png'), at('absent.png'), root])
  assert.deepEqual([prepared.code, prepared.lines.map((line) => line.ok)], [1, [false, false, false]])
  for (const args of [
    ['--kind', 'nonsense', at('red.jpg')],
    ['--kind', 'cargo', at('red.jpg')],
    ['--prepare', at('red.jpg'), at('red.jpg')],
  ]) {
    const refused = inspect(args)
    assert.deepEqual([refused.code, refused.lines, refused.told.trim().split('\n').length], [2, [], 1], refused.told)
  }
  const energies = inspect(['-'], `${JSON.stringify({ file: at('red.jpg'), lowKeV: 'forty', highKeV: 80 })}\n`)
  assert.deepEqual([energies.code, energies.lines[0]!.issues![0]!.code], [1, 'request.invalid'])
})
