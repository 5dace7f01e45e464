import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessColumns, hasHeadings, mapRows, parseTsv, type PasteColumn } from './spreadsheet.ts'

const columns: PasteColumn[] = [
  {
    id: 'cnCode',
    label: 'Commodity code',
    aliases: ['HS', 'Tariff'],
    required: true,
    parse: (text) => (/^\d{8}$/.test(text.replaceAll(' ', '')) ? text.replaceAll(' ', '') : null),
  },
  { id: 'description', label: 'Description' },
  { id: 'grossMassKg', label: 'Gross mass (kg)', aliases: ['gross weight'] },
]

test('cells with quotes, tabs and line breaks inside come out whole', () => {
  assert.deepEqual(parseTsv('a\tb\r\n"x ""y""\tz\nw"\t2\r\n\r\n'), [
    ['a', 'b'],
    ['x "y"\tz\nw', '2'],
  ])
  assert.deepEqual(parseTsv('5" pipe\t1'), [['5" pipe', '1']])
  assert.deepEqual(parseTsv(''), [])
  assert.deepEqual(parseTsv('a\t\tb'), [['a', '', 'b']])
})

test('columns are found by label or alias whatever the case and punctuation, each once', () => {
  assert.deepEqual(guessColumns(['tariff', 'DESCRIPTION', 'Gross weight', 'Colour', 'HS'], columns), [
    'cnCode',
    'description',
    'grossMassKg',
    null,
    null,
  ])
})

test('a first row of headings is told from a row of values', () => {
  assert.ok(
    hasHeadings(
      [
        ['HS', 'Description'],
        ['85287220', 'Televisions'],
      ],
      columns,
    ),
  )
  assert.ok(!hasHeadings([['85287220', 'Televisions', '12']], columns))
})

test('rows are mapped, parsed, and what does not fit or lacks is named', () => {
  const rows = mapRows(
    [
      ['8528 7220', 'TV', '12'],
      ['85', 'x', ''],
      ['', 'y', ''],
    ],
    ['cnCode', 'description', 'grossMassKg'],
    columns,
  )
  assert.deepEqual(rows[0], { values: { cnCode: '85287220', description: 'TV', grossMassKg: '12' }, bad: [] })
  assert.deepEqual(rows[1], { values: { cnCode: '85', description: 'x' }, bad: ['cnCode'] })
  assert.deepEqual(rows[2], { values: { description: 'y' }, bad: ['cnCode'] })
})
