import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
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
