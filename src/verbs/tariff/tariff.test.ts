import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const program = join(import.meta.dirname, '../../../bin/portcullis')
const root = mkdtempSync(join(tmpdir(), 'portcullis-tariff-'))
after(() => rmSync(root, { recursive: true, force: true }))

const file = (name: string, text: string): string => {
  const path = join(root, name)
  writeFileSync(path, text)
  return path
}

// A test reads from an answer what it expects there, and fails where that is missing.
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = any

/** Without a database: the data directory is an empty one. */
const run = (args: string[], input = '') => {
  const { DATABASE_URL: _none, ...rest } = process.env
  const env = { ...rest, NODE_TEST_CONTEXT: '', PORTCULLIS_DATA: join(root, 'data') }
  const { status, stdout } = spawnSync(program, ['tariff', ...args], { input, encoding: 'utf8', timeout: 60_000, env })
  return {
    status,
    answers: stdout
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Answer),
  }
}

test('show answers a code with the measures that apply, and those that do not, each with its reason', () => {
  const { status, answers } = run(['show', '7219.33.00', '--origin', 'CN', '--date', '2026-11-25'])
  assert.equal(status, 0)
  const [shown] = answers
  assert.deepEqual([shown.ok, shown.code, shown.path[0].code, shown.declarable], [true, '72193300', '72', true])
  assert.ok(shown.measures.some((m: { type: string; reason: string }) => m.type === '103' && m.reason.includes('for all countries')))
  assert.ok(shown.notApplied.some((m: { reason: string }) => m.reason.includes('CN is not in 3030')))
})

test('show reads JSON lines in order, and says what is wrong with a code, a country or a line', () => {
  const input = '{"code":"85287200","origin":"TR"}\n{"code":"98"}\n{"code":"8528","origin":"turkey"}\nnothing\n'
  const { status, answers } = run(['show', '--date', '2026-11-25', '-'], input)
  assert.equal(status, 1)
  assert.deepEqual(
    answers.map((a) => a.issues?.[0].code ?? a.code),
    ['85287200', 'trade.commodity_unknown', 'trade.query_malformed', 'message.input_invalid'],
  )
})

test('import --dry-run tells what would change and which rows it refuses, a line for each file', () => {
  const lists = file('lists.csv', 'HTS_Code,Description,List\n8528.72.00,Sets,3\n85,short,3\n')
  const { status, answers } = run(['import', 's301', lists, join(root, 'absent.csv'), '--dry-run', '--from', '2027-01-01'])
  assert.equal(status, 1)
  const [first, second] = answers
  assert.deepEqual([first.ok, first.rows, first.difference.added], [false, { read: 2, taken: 1, refused: 1, ignored: 0 }, 1])
  assert.deepEqual(
    first.rejected.map((r: { line: number; reason: string }) => [r.line, r.reason]),
    [[3, 'trade.import_field_malformed']],
  )
  assert.deepEqual([second.ok, second.issues[0].code], [false, 'trade.import_file_unreadable'])
  assert.equal(run(['import', 'taric', lists, '--dry-run']).status, 2)
  assert.equal(run(['import', 's301', lists]).status, 2)
})
