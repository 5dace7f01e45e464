import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { joinTables, numberOf, parseTable } from './table.ts'

const read = (text: string) => {
  const table = parseTable(text)
  assert.ok(table.ok, JSON.stringify(table.issues))
  return table.value
}
const codes = (text: string): string[] => parseTable(text).issues.map((i) => `${i.code} ${JSON.stringify(i.params ?? {})}`)

test('as spreadsheets write it: byte order mark, CRLF, quotes, line breaks in cells, semicolons', () => {
  const { rows, columns } = read('\uFEFF"Name";Code;Note\r\n"Smith; Sons";"012345";"said ""no""\r\ntwice"\r\n;;\r\n')
  assert.equal(rows, 2)
  assert.deepEqual(columns.get('Name'), ['Smith; Sons', ''])
  assert.deepEqual(columns.get('Code'), ['012345', ''])
  assert.deepEqual(columns.get('Note'), ['said "no"\r\ntwice', ''])
})

test('what is wrong is named with its line or column', () => {
  assert.deepEqual(codes(''), ['risk.csv_empty {}'])
  assert.deepEqual(codes('a,b,a\n1,2,3'), ['risk.csv_column_twice {"column":"a"}'])
  assert.deepEqual(codes('a,,c\n1,2,3'), ['risk.csv_column_unnamed {"column":2}'])
  assert.deepEqual(codes('a,b\n1\n1,2\n1,2,3\n'), [
    'risk.csv_line_length {"line":2,"cells":1,"columns":2}',
    'risk.csv_line_length {"line":4,"cells":3,"columns":2}',
  ])
  assert.deepEqual(codes('a,b\n1,"2\n3,4\n'), ['risk.csv_quote_open {"line":2}'])
})

test('files in another order of columns join by name; a column that one of them lacks is left out', () => {
  const joined = joinTables([read('a,b,c\n1,2,3\n'), read('b,a\n5,4\n')])
  assert.deepEqual(joined.names, ['a', 'b'])
  assert.deepEqual(joined.columns.get('a'), ['1', '4'])
})

test('numbers are plain numerals; anything else is missing', () => {
  assert.deepEqual(['1', '-2.50', '.5', '1e3', '+4'].map(numberOf), [1, -2.5, 0.5, 1000, 4])
  for (const cell of ['', ' ', 'x', '0x10', '1,5', 'Infinity', '--1', '1e9999']) assert.ok(Number.isNaN(numberOf(cell)), cell)
})

test('any cells survive being written and read', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', '0', 'é', '\t') }).map((s) => s.trim())
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }))
  fc.assert(
    fc.property(table, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (lines, separator, end) => {
      const header = lines[0]!.map((_, i) => `column ${i}`).join(separator)
      const text = [header, ...lines.map((l) => l.map((c) => `"${c.replaceAll('"', '""')}"`).join(separator))].join(end)
      const { columns } = read(text)
      assert.deepEqual(
        lines,
        lines.map((_, r) => [...columns.values()].map((c) => c[r]!)),
      )
    }),
  )
})

test('no text whatever makes the parser throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const table = parseTable(text)
      if (table.ok) for (const column of table.value.columns.values()) assert.equal(column.length, table.value.rows)
      else assert.ok(table.issues.length > 0)
    }),
  )
})
