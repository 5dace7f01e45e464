import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { DeclarationDocument } from '../schema/document.ts'
import type { PointerStep } from '../schema/notification.ts'
import { pathOf, pointersOf, read } from './index.ts'

const document = read(readFileSync(join(import.meta.dirname, 'fixtures/import.xml'))).document as DeclarationDocument

/** `42A 67A 68A#3 23A/137`: class, occurrence, and after the slash the attribute. */
const toSteps = (text: string): PointerStep[] =>
  text.split(' ').map((word) => {
    const [, section, sequence, tag] = /^(\w+)(?:#(\d+))?(?:\/(\w+))?$/.exec(word)!
    return { ...(sequence && { sequence: Number(sequence) }), section: section!, ...(tag && { tag }) }
  })

/** In the declaration of fixtures/import.xml, where classification, origin and header documents stand in an order of their own. */
const both: [path: string, pointer: string][] = [
  ['/lrn', '42A/D026'],
  ['/function', '42A/017'],
  ['/declarationType', '42A/D013'],
  ['/taxPointAt', '42A/023'],
  ['/invoiceTotal', '42A/109'],
  ['/exporter', '42A 57A'],
  ['/exporter/name', '42A 57A/R031'],
  ['/exporter/address/city', '42A 57A 04A/241'],
  ['/authorisations/1/type', '42A 17C#2/R145'],
  ['/deferments/1/account', '42A 02A#3/D005'],
  ['/documents/0/type', '42A 02A#2/D006'],
  ['/declarant/email', '42A 57B 25A/240'],
  ['/routeCountries/1', '42A 28A 81A#2'],
  ['/goodsLocation/qualifier', '42A 67A 28A 64A 04A/410'],
  ['/containers/0/seals/0/id', '42A 67A 28A 31B#1 44B#1/165'],
  ['/inlandMode', '42A 67A 28A 10A/T020'],
  ['/items', '42A 67A 68A'],
  ['/items/1', '42A 67A 68A#2'],
  ['/items/1/description', '42A 67A 68A#2 23A/137'],
  ['/items/0/netMassKg', '42A 67A 68A#1 23A 65A/128'],
  ['/items/0/itemPrice', '42A 67A 68A#1 23A 79A/112'],
  ['/items/0/hsCode', '42A 67A 68A#1 23A 21A#2/145'],
  ['/items/0/taricCode', '42A 67A 68A#1 23A 21A#3/145'],
  ['/items/0/nationalAdditional/0', '42A 67A 68A#1 23A 21A#4/145'],
  ['/items/0/taricAdditional/0', '42A 67A 68A#1 23A 21A#5/145'],
  ['/items/0/origin', '42A 67A 68A#1 92A#2/063'],
  ['/items/0/preferentialOrigin', '42A 67A 68A#1 92A#1/063'],
  ['/items/0/procedure', '42A 67A 68A#1 70A#1/166'],
  ['/items/0/additionalProcedures/1', '42A 67A 68A#1 70A#3/166'],
  ['/items/0/taxes/1/method', '42A 67A 68A#1 23A 50A#2 94A/107'],
  ['/items/0/documents/0/quantity', '42A 67A 68A#1 02A#1 22C/502'],
  ['/items/0/packages/0/count', '42A 67A 68A#1 93A#1/144'],
  ['/guarantees/0/office', '42A 90A#1 14C/G014'],
  ['/supervisingOffice', '42A 97B/G012'],
]

describe('a place in a declaration and its WCO pointer', () => {
  for (const [path, pointer] of both) {
    test(`${path} ⇄ ${pointer}`, () => {
      assert.deepEqual(pointersOf(path, document), toSteps(pointer))
      assert.equal(pathOf(toSteps(pointer), document), path)
    })
  }
})

test('what is not there yet is pointed to all the same', () => {
  assert.deepEqual(pointersOf('/items/2/description', document), toSteps('42A 67A 68A#3 23A/137'))
  assert.deepEqual(pointersOf('/items/2/description'), toSteps('42A 67A 68A#3 23A/137'))
  assert.equal(pathOf(toSteps('42A 67A 68A#3 23A/137')), '/items/2/description')
  assert.equal(pathOf(toSteps('42A 67A 68A#1 68A')), '/items/0')
})

test('without the declaration, the occurrence of a code among others is left open', () => {
  assert.deepEqual(pointersOf('/items/0/hsCode'), toSteps('42A 67A 68A#1 23A 21A/145'))
  assert.equal(pathOf(toSteps('42A 67A 68A#1 23A 21A#3/145')), '/items/0')
})

test('a place that messages do not know points to the nearest around it', () => {
  assert.deepEqual(pointersOf('/items/0/customsValue/amount', document), toSteps('42A 67A 68A#1'))
  assert.deepEqual(pointersOf('/nothing', document), toSteps('42A'))
  assert.deepEqual(pointersOf('', document), toSteps('42A'))
})

test('occurrences told for what cannot repeat do no harm; those not told lead to the list', () => {
  assert.equal(pathOf(toSteps('42A#1 57A#2/R031'), document), '/exporter/name')
  assert.equal(pathOf(toSteps('42A 17C/R144'), document), '/authorisations')
})

test('pointers from 07B lead into the notification; others that begin nowhere lead nowhere', () => {
  assert.equal(pathOf(toSteps('07B#1 06A#2')), '/amendments/1')
  assert.equal(pathOf(toSteps('99Z')), undefined)
  assert.equal(pathOf([]), undefined)
})
