import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeclarationDocument } from '../schema/document.ts'
import { datasetOf, isSupplementary, regimeOf, sendsTax } from './dataset.ts'

const declaration = (type: string, procedure: string, ...additionalProcedures: string[]): DeclarationDocument => ({
  declarationType: type.slice(0, 2),
  additionalType: type.slice(2),
  items: [{ itemNumber: 1, procedure, additionalProcedures }],
})

const cases: readonly [type: string, procedure: string, additional: string[], dataset: string, regime: string, tax: boolean][] = [
  ['IMA', '4000', ['000'], 'H1', 'import', true],
  ['IMY', '4000', ['000'], 'H1', 'import', true],
  ['IMD', '6123', ['F01'], 'H1', 'import', true],
  ['IMA', '0700', ['F06'], 'H1', 'import', true],
  ['IMD', '7100', ['000'], 'H2', 'import', false],
  ['IMA', '7800', ['000'], 'H2', 'import', false],
  ['IMA', '5300', ['D01'], 'H3', 'import', true],
  ['COY', '5300', ['D15'], 'H3', 'import', true],
  ['IMZ', '5100', ['000'], 'H4', 'import', true],
  ['COA', '4000', ['F15'], 'H5', 'import', true],
  ['IMA', '4000', ['1H7', 'C07'], 'H7', 'import', false],
  ['IMA', '4051', ['1EN', '1SP'], 'H8', 'import', false],
  ['IMC', '4000', ['000'], 'I1', 'import', false],
  ['IMF', '4000', ['1H7'], 'I1', 'import', false],
  ['IMB', '4000', ['000'], 'I1', 'import', true],
  ['IMK', '0002', ['000'], 'C21i', 'import', true],
  ['IMQ', '0090', ['97F'], 'FSD', 'import', false],
  ['EXD', '1040', ['000'], 'B1', 'export', false],
  ['EXA', '3151', ['000'], 'B1', 'export', false],
  ['EXA', '2100', ['000'], 'B2', 'export', false],
  ['COD', '1040', ['F75'], 'B4', 'export', false],
  ['EXC', '1040', ['000'], 'C1', 'export', false],
  ['EXJ', '0014', ['19Z'], 'C21e', 'export', false],
  ['T1A', '', [], 'D1', 'transit', false],
  ['T2D', '', [], 'D1', 'transit', false],
]

for (const [type, procedure, additional, dataset, regime, tax] of cases)
  test(`${type} ${procedure} ${additional.join(' ')} is ${dataset}`, () => {
    const document = declaration(type, procedure, ...additional)
    assert.equal(datasetOf(document), dataset)
    assert.equal(regimeOf(document), regime)
    assert.equal(regime === 'import' && sendsTax(datasetOf(document), document.additionalType), tax)
  })

test('supplementary declarations are known by their additional type', () => {
  assert.deepEqual(
    [...'ABCDEFJKYZQ'].filter((a) => isSupplementary(declaration(`IM${a}`, '4000'))),
    ['Y', 'Z', 'Q'],
  )
})

test('a document that lacks everything has a data set all the same', () => {
  assert.equal(datasetOf({ items: [] }), 'H1')
})
