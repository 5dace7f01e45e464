import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readMaterials, wordsOf } from './materials.ts'

test('lines as they are typed or pasted become materials', () => {
  assert.deepEqual(readMaterials('8529, cn, 30.5, 2\n\n8542;DE\n1701\tCU\t\t40'), {
    materials: [
      { code: '8529', origin: 'CN', value: '30.5', massKg: '2' },
      { code: '8542', origin: 'DE' },
      { code: '1701', origin: 'CU', massKg: '40' },
    ],
    wrong: [],
  })
})

test('what is none is named by its line, and nothing throws', () => {
  assert.deepEqual(readMaterials('8529,CN\nglass\n8529,China\n8529,CN,-1\n8529,CN,1,1,1').wrong, [2, 3, 4, 5])
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { materials, wrong } = readMaterials(text)
      assert.ok(materials.every((m) => /^\d{2,10}$/.test(m.code)))
      assert.equal(materials.length + wrong.length, text.split(/\r?\n/).filter((l) => l.trim() !== '').length)
    }),
  )
})

test('codes parted by commas or blanks', () => {
  assert.deepEqual(wordsOf('N954, U110  U045'), ['N954', 'U110', 'U045'])
})
