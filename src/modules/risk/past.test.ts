import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTable } from './learning/table.ts'
import { pastExaminations } from './past.ts'

const read = (...lines: string[]) => {
  const table = parseTable(lines.join('\n'))
  assert.ok(table.ok)
  return pastExaminations(table.value)
}
const head = 'Declaration ID;Item;Date;HS6 Code;Country of Origin;Officer;Result'

test('rows with what was declared; a dropped zero comes back, what is empty is absent, what nothing is learned from is told', () => {
  const found = read(head, 'A1;1;2024-02-29;71080;CN;Bo;Major', 'A1;2;2024-02-29;640399;;Bo;none')
  assert.ok(found.ok)
  assert.deepEqual(found.value, {
    rows: [
      {
        reference: 'A1',
        item: 1,
        declaredOn: '2024-02-29',
        result: 'major',
        cells: { Date: '2024-02-29', 'HS6 Code': '071080', 'Country of Origin': 'CN' },
      },
      { reference: 'A1', item: 2, declaredOn: '2024-02-29', result: 'none', cells: { Date: '2024-02-29', 'HS6 Code': '640399' } },
    ],
    ignored: ['Officer'],
  })
})

const refusals: [name: string, lines: string[], codes: string[]][] = [
  ['no such columns', ['Declaration ID,Date', 'A,2024-01-01'], ['risk.column_missing', 'risk.column_missing']],
  ['no key', [head, ';1;2024-01-01;01;;;none', 'A;0;2024-01-01;01;;;none'], ['risk.past_key', 'risk.past_key']],
  ['twice', [head, 'A;1;2024-01-01;01;;;none', 'A;1;2024-01-02;01;;;minor'], ['risk.past_twice']],
  ['no day of the calendar', [head, 'A;1;2023-02-29;01;;;none', 'B;1;2023-13-01;01;;;none'], ['risk.past_date', 'risk.past_date']],
  ['no result', [head, 'A;1;2024-01-01;01;;;fraud'], ['risk.past_result']],
]
for (const [name, lines, codes] of refusals)
  test(`refused: ${name}`, () => {
    assert.deepEqual(
      read(...lines).issues.map((i) => i.code),
      codes,
    )
  })

test('of a file that is wrong throughout ten rows are told', () => {
  const wrong = Array.from({ length: 500 }, (_, n) => `A${n};1;soon;01;;;none`)
  assert.equal(read(head, ...wrong).issues.length, 10)
})
