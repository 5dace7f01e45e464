import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const program = join(import.meta.dirname, '../../bin/portcullis')
const fixture = join(import.meta.dirname, '../modules/clearance/messages/fixtures/import.xml')
const root = mkdtempSync(join(tmpdir(), 'portcullis-message-'))
after(() => rmSync(root, { recursive: true, force: true }))

type Answer = {
  file: string
  kind: string
  ok: boolean
  document: { lrn?: string } | null
  issues: { code: string; path: string; line?: number; text: string }[]
}

const run = (args: string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(program, ['message', ...args], {
    input,
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, NODE_TEST_CONTEXT: '' },
  })
  return {
    status,
    stdout,
    stderr,
    answers: () =>
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Answer),
  }
}

test('read answers each file with one line, in order, and exit code 1 when one is refused', () => {
  const wrong = join(root, 'wrong.xml')
  writeFileSync(wrong, '<a>\n<b></a>')
  const { status, answers } = run(['read', fixture, wrong, join(root, 'none.xml')])
  assert.equal(status, 1)
  assert.deepEqual(
    answers().map(({ ok, kind, issues }) => [ok, kind, issues.map(({ code, line }) => [code, line])]),
    [
      [true, 'wco-dms-declaration', []],
      [false, 'unknown', [['message.not_well_formed', 2]]],
      [false, 'unknown', [['message.file_unreadable', undefined]]],
    ],
  )
  assert.equal(answers()[0]?.document?.lrn, 'LAMPS-2026-0001')
})

test('what read prints, write makes XML of, and read reads again', () => {
  const read = run(['read', fixture])
  const written = run(['write', '-', '--as', 'wco-dms'], read.stdout)
  assert.deepEqual([written.status, written.stdout.slice(0, 5)], [0, '<?xml'])
  const again = run(['read', '-', '--as', 'wco-dms'], written.stdout)
  assert.equal(again.status, 0)
  assert.deepEqual(again.answers()[0]?.document, read.answers()[0]?.document)
})

test('what cannot be written is answered with its place', () => {
  const file = join(root, 'long.json')
  writeFileSync(file, JSON.stringify({ items: [], exporter: { name: 'x'.repeat(80) } }))
  const { status, answers } = run(['write', file, '--as', 'wco-dms'])
  assert.equal(status, 1)
  assert.deepEqual(
    answers()[0]?.issues.map(({ code, path }) => [code, path]),
    [['message.value_too_long', '/exporter/name']],
  )
})

test('standard input may be JSON lines, one message, or nothing', () => {
  const lines = [{ file: fixture }, { file: 'mine.xml', xml: '<?xml version="1.0" encoding="UTF-16"?><a/>' }, { lrn: 'J', items: [] }, 7].map(
    (line) => JSON.stringify(line),
  )
  const answers = run(['read', '-'], `${lines.join('\n')}\n\n{"broken`).answers()
  assert.deepEqual(
    answers.map(({ file, ok, kind, issues }) => [file, ok, kind, issues[0]?.code]),
    [
      [fixture, true, 'wco-dms-declaration', undefined],
      ['mine.xml', false, 'unknown', 'message.kind_unknown'],
      ['-:3', true, 'json-declaration', undefined],
      ['-:4', false, 'unknown', 'message.input_invalid'],
      ['-:6', false, 'unknown', 'message.input_invalid'],
    ],
  )
  assert.equal(run(['read', '-'], '{\n "items": []\n}').answers()[0]?.ok, true)
  assert.equal(run(['read', '-']).answers()[0]?.issues[0]?.code, 'message.empty')
})

test('too large a file is refused without being loaded', () => {
  const file = join(root, 'large.xml')
  writeFileSync(file, Buffer.alloc(12 * 2 ** 20, 'x'))
  assert.equal(run(['read', file]).answers()[0]?.issues[0]?.code, 'message.too_large')
  assert.equal(run(['read', '-'], 'x'.repeat(12 * 2 ** 20)).answers()[0]?.issues[0]?.code, 'message.too_large')
})

test('kinds and schemas are listed', () => {
  assert.ok(run(['kinds']).stdout.includes('wco-dms-notification'))
  const schemas = run(['schema'])
    .stdout.trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { schema: string }).schema)
  assert.ok(run(['schema', schemas[0]!]).stdout.includes('<xs:schema'))
})

for (const args of [
  [],
  ['dance'],
  ['read'],
  ['read', '--as', 'runes', fixture],
  ['read', '--loud', fixture],
  ['write'],
  ['write', 'a', 'b'],
  ['schema', 'none.xsd'],
]) {
  test(`"message ${args.join(' ')}" could not run: code 2, a sentence, nothing on stdout`, () => {
    const { status, stdout, stderr } = run(args)
    assert.deepEqual([status, stdout, stderr.trim().split('\n').length], [2, '', 1])
  })
}
