/** The nomenclature in our own words: every heading once, in order, in the one format, and nobody else's wording. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../../../..')
const folder = join(root, 'data/trade/headings')
const shared = join(root, '../shared/data/tariff/hs2022_harmonized-system.csv')
const absent = existsSync(shared) ? false : 'the shared nomenclature is not beside this checkout'

type Line = { at: string; chapter: string; cells: string[] }

const files = readdirSync(folder).sort()
const lines = files.flatMap((file): Line[] =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .map((text, i) => ({ at: `${file}:${i + 1}`, chapter: file.slice(0, 2), cells: text.split('\t') }))
    .filter(({ cells }) => cells[0] !== '' && !cells[0]?.startsWith('#')),
)
const code = ({ cells }: Line): string => cells[0] ?? ''
const phrases = ({ cells }: Line): string[] => (cells[2] ?? '').split('; ')
const atFault = (wrong: (line: Line, i: number) => boolean): string[] => lines.filter(wrong).map(({ at, cells }) => `${at} ${cells[0]}`)

/** Code and wording of the shared list, a quoted CSV of section, code, description, parent, level; its 9999 is no heading of the HS. */
const sharedRows = (): Map<string, string> =>
  new Map(
    readFileSync(shared, 'utf8')
      .split(/\r?\n/)
      .flatMap((row): [string, string][] => {
        const found = /^[^,]*,(\d{4}|\d{6}),(?:"((?:[^"]|"")*)"|([^,]*)),/.exec(row)
        return found?.[1] && !found[1].startsWith('99') ? [[found[1], (found[2] ?? found[3] ?? '').replaceAll('""', '"')]] : []
      }),
  )
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

test('a file for each of the 96 chapters in use', () => {
  const chapters = Array.from({ length: 97 }, (_, i) => String(i + 1).padStart(2, '0')).filter((c) => c !== '77')
  assert.deepEqual(
    files,
    chapters.map((c) => `${c}.txt`),
  )
})

test('each line is a code of four or six digits of its chapter, a description and search words', () => {
  const wrong = atFault(
    (line) =>
      line.cells.length !== 3 ||
      !/^(?:\d{4}|\d{6})$/.test(code(line)) ||
      code(line).slice(0, 2) !== line.chapter ||
      line.cells[1]?.trim() === '' ||
      (line.cells[1]?.length ?? 0) > 120 ||
      phrases(line).some((p) => p === '' || p !== p.trim() || p.includes(';')),
  )
  assert.deepEqual(wrong, [])
})

test('the lines stand in the order of their codes, none twice', () =>
  assert.deepEqual(
    atFault((line, i) => i > 0 && code(line) <= code(lines[i - 1] as Line)),
    [],
  ))

test('no search word stands twice in a line', () =>
  assert.deepEqual(
    atFault((line) => new Set(phrases(line).map((p) => p.toLowerCase())).size !== phrases(line).length),
    [],
  ))

test('every heading has its line, with at least four search words; a subheading has its heading', () => {
  const headings = new Set(lines.map(code).filter((c) => c.length === 4))
  assert.equal(headings.size, 1228)
  assert.deepEqual(
    atFault((line) => (code(line).length === 4 ? phrases(line).length < 4 : !headings.has(code(line).slice(0, 4)))),
    [],
  )
})

test('the headings are those of HS 2022, the subheadings exist, and no description is the wording of the shared list', { skip: absent }, () => {
  const rows = sharedRows()
  const wanted = [...rows.keys()].filter((c) => c.length === 4).sort()
  assert.deepEqual(
    lines.map(code).filter((c) => c.length === 4),
    wanted,
  )
  assert.deepEqual(
    atFault((line) => !rows.has(code(line))),
    [],
  )
  assert.deepEqual(
    atFault((line) => plain(line.cells[1] ?? '') === plain(rows.get(code(line)) ?? '')),
    [],
  )
})
