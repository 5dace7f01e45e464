import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begun, isConform, markLine, missingIn, resultOf, withFindings } from './examination.ts'

const document = { items: [{ itemNumber: 1 }, { itemNumber: 2 }] }

test('an examination is conform while no line differs, and then reports no findings', () => {
  const done = { ...markLine(begun, 1, 'conform'), remarks: ' counted ' }
  assert.equal(isConform(done), true)
  assert.deepEqual(resultOf(done), { conform: true, remarks: 'counted', findings: [] })
})

test('a line that differs needs its finding; marking it as declared takes the finding away', () => {
  const differs = { ...markLine(begun, 2, 'different'), remarks: 'opened' }
  assert.equal(missingIn(differs, document), 'findings')
  const found = withFindings(differs, 2, [{ itemNumber: 2, found: '40 pieces' }])
  assert.equal(missingIn(found, document), null)
  assert.equal(resultOf(found).conform, false)
  assert.deepEqual(markLine(found, 2, 'conform').findings, [])
})

test('findings of other lines stay where they are', () => {
  const both = withFindings(withFindings(begun, 1, [{ itemNumber: 1, found: 'a' }]), 2, [{ itemNumber: 2, found: 'b' }])
  assert.deepEqual(withFindings(both, 1, []).findings, [{ itemNumber: 2, found: 'b' }])
})

test('nothing is recorded before something was looked at and remarked', () => {
  assert.equal(missingIn(begun, document), 'lines')
  assert.equal(missingIn(markLine(begun, 1, 'conform'), document), 'remarks')
})
