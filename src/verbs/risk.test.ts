import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'

const directory = mkdtempSync(join(tmpdir(), 'portcullis-risk-'))
after(() => rmSync(directory, { recursive: true, force: true }))

const main = resolve(import.meta.dirname, '../main.ts')
type Line = Record<string, unknown> & { issues?: { code: string; text: string; params: Record<string, unknown> }[] }
const risk = (...words: string[]): { code: number | null; lines: Line[]; said: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'risk', ...words], { cwd: directory, encoding: 'utf8' })
  const lines = stdout
    .split('\n')
    .filter((l) => l !== '')
    .map((l) => JSON.parse(l) as Line)
  return { code: status, lines, said: stderr }
}

/** Every third code from one origin is bad; written as a spreadsheet would. */
const csv = (rows: number, header = 'Datum;HS6 Code;Country of Origin;Net Mass;Item Price;Result'): string =>
  `\uFEFF${[header, ...Array.from({ length: rows }, (_, r) => `2026-01-01;"0${10_100 + (r % 7)}";${r % 2 ? 'CN' : 'TR'};${1 + (r % 50)};${10 + ((r * 31) % 900)};${r % 7 === 3 && r % 2 === 1 && r % 5 > 0 ? 'bad' : 'good'}`)].join('\r\n')}\r\n`
const file = (name: string, content: string): string => {
  writeFileSync(join(directory, name), content)
  return name
}
file('past.csv', csv(900))
file('later.csv', csv(140))

test('train, score and explain: one object a line, in order, the same twice', () => {
  const words = ['train', '--data', 'past.csv', '--data', 'later.csv', '--label', 'Result', '--positive', 'bad', '--seed', '5', '--out']
  const [first, second] = [risk(...words, 'one'), risk(...words, 'two')]
  assert.deepEqual([first.code, second.code], [0, 0], first.said)
  assert.equal(first.lines[0]!['rows'], 1040)
  assert.equal(first.lines[0]!['hash'], second.lines[0]!['hash'])
  const scored = risk('score', '--model', 'one', '--data', 'later.csv')
  assert.equal(scored.code, 0)
  assert.deepEqual(
    scored.lines.map((l) => l['row']),
    Array.from({ length: 140 }, (_, r) => r + 1),
  )
  const best = scored.lines.reduce((a, b) => (Number(b['score']) > Number(a['score']) ? b : a))
  assert.ok([3, 10].includes((Number(best['row']) - 1) % 14) || (Number(best['row']) - 1) % 7 === 3)
  const explained = risk('explain', '--model', 'one', '--data', 'later.csv', '--row', String(best['row']))
  assert.equal(explained.lines.length, 1)
  assert.ok(Math.abs(Number(explained.lines[0]!['score']) - Number(best['score'])) < 1e-9)
  assert.match(JSON.stringify(explained.lines[0]!['raises']), /× the usual rate, n = \d+/)
})

test('bad input is told by name: exit 1 with issues, exit 2 when it could not run', () => {
  const missing = risk('score', '--model', 'one', '--data', file('short.csv', 'HS6 Code,Country of Origin\n010100,CN\n'))
  assert.equal(missing.code, 1)
  assert.deepEqual(missing.lines[0]!.issues!.map((i) => i.params['column']).toSorted(), ['Item Price', 'Net Mass'])
  const label = risk('train', '--data', 'past.csv', '--label', 'Fraud', '--positive', '1', '--out', 'none')
  assert.equal(label.code, 1)
  assert.match(label.lines[0]!.issues![0]!.text, /column Fraud is missing/)
  assert.equal(risk('score', '--model', 'nowhere', '--data', 'past.csv').lines[0]!.issues![0]!.code, 'risk.model_unreadable')
  assert.equal(risk('explain', '--model', 'one', '--data', 'later.csv', '--row', '141').lines[0]!.issues![0]!.code, 'risk.row_unknown')
  for (const words of [[], ['train', '--data', 'past.csv'], ['score', '--data', 'past.csv'], ['train', '--sead', '1'], ['guess']])
    assert.equal(risk(...words).code, 2, words.join(' '))
})

test('back-test: one line a profile, in their order; a bad profile is told with its place and does not stop the others', () => {
  const good = file('good.txt', 'profile "CN" lane red when hs under "0101" and origin = "CN"')
  const bad = file('bad.txt', 'hs under "0101" and\norigni = "CN"')
  const unfilled = file('unfilled.txt', 'image.mismatch')
  const { code, lines } = risk('backtest', bad, good, unfilled, '--data', 'past.csv', '--label', 'Result', '--positive', 'bad')
  assert.equal(code, 1)
  assert.deepEqual(
    lines.map((l) => [l['profile'], l['ok']]),
    [
      ['bad.txt', false],
      ['good.txt', true],
      ['unfilled.txt', false],
    ],
  )
  assert.deepEqual([lines[0]!.issues![0]!.params['line'], lines[0]!.issues![0]!.params['near']], [2, 'origin'])
  assert.equal(lines[1]!['hits'], 450)
  assert.deepEqual(lines[2]!.issues![0]!.params, { field: 'image.mismatch' })
})
