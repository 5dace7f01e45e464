import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyAmendment, diff } from './amendment.ts'
import { joinDeltas, relocated, unreportedOf, valueAt } from './changes.ts'
import { importDeclaration } from './fixtures/documents.ts'
import { declarationBreaks } from './rules/fixtures/declaration.ts'
import { goodsBreaks } from './rules/fixtures/goods.ts'
import { moneyBreaks } from './rules/fixtures/money.ts'
import { partyBreaks } from './rules/fixtures/parties.ts'
import { transportBreaks } from './rules/fixtures/transport.ts'
import type { DeclarationDocument } from './schema/document.ts'

type Pointers = NonNullable<DeclarationDocument['amendments']>[number]['pointers']

/** `42A 67A 68A#1 23A 65A.128` */
const steps = (text: string): Pointers =>
  text.split(' ').map((step) => {
    const [, section, sequence, tag] = /^(\w+?)(?:#(\d+))?(?:\.(\w+))?$/.exec(step)!
    return { ...(sequence && { sequence: Number(sequence) }), section: section!, ...(tag && { tag }) }
  })

const request = (content: Partial<DeclarationDocument>, ...pointers: string[]): DeclarationDocument => ({
  function: 'request',
  lrn: 'AMD-1',
  mrn: '26XV00000000000000',
  declarationType: 'COR',
  items: [],
  ...content,
  amendments: pointers.map((p) => ({ reason: '28', pointers: steps(p) })),
})

const amend = (r: DeclarationDocument, document = importDeclaration()) => {
  const before = structuredClone(document)
  const outcome = applyAmendment(document, r)
  assert.deepEqual(document, before, 'the old version stays as it was')
  assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  return outcome.value
}

const refusals = (r: DeclarationDocument, document = importDeclaration()) => {
  const outcome = applyAmendment(document, r)
  assert.ok(!outcome.ok)
  return outcome.issues.map((i) => [i.code.slice(10), i.path])
}

test('attributes of the header and of items get their new content', () => {
  const { document, changes, delta } = amend(
    request(
      { totalPackages: '31', items: [{ itemNumber: 2, netMassKg: '41', itemPrice: { amount: '4400', currency: 'EUR' } }] },
      '42A.146',
      '42A 67A 68A#2 23A 65A.128',
      '42A 67A 68A#2 23A 79A.112',
    ),
  )
  assert.equal(document.totalPackages, '31')
  assert.deepEqual(changes, [
    { path: '/totalPackages', old: '30', new: '31' },
    { path: '/items/1/itemPrice/amount', old: '4500.00', new: '4400' },
    { path: '/items/1/netMassKg', old: '40', new: '41' },
  ])
  assert.deepEqual(delta, {
    function: 'original',
    totalPackages: '31',
    items: [{ itemNumber: 2, netMassKg: '41', itemPrice: { amount: '4400', currency: 'EUR' } }],
  })
})

test('an attribute that the message leaves out is removed', () => {
  const { document, changes } = amend(request({}, '42A.109'))
  assert.equal(document.invoiceTotal, undefined)
  assert.deepEqual(changes, [
    { path: '/invoiceTotal/amount', old: '12500.00' },
    { path: '/invoiceTotal/currency', old: 'EUR' },
  ])
})

test('an item is removed and keeps the numbers of the others', () => {
  const { document, changes, unreported } = amend(request({ itemCount: 1 }, '42A#1 67A#1 68A#1', '42A#1.228'))
  assert.deepEqual(
    document.items.map((i) => i.itemNumber),
    [2],
  )
  assert.deepEqual(
    changes.map((c) => [c.path, c.new]),
    [
      ['/itemCount', 1],
      ['/items/0', undefined],
    ],
  )
  assert.deepEqual(
    unreported.amendments.map((a) => a.pointers),
    [steps('42A 67A 68A#1'), steps('42A.228')],
  )
  assert.deepEqual(unreported.delta, { function: 'original', itemCount: 1, items: [] })
})

test('items are added and replaced as a whole', () => {
  const third = { itemNumber: 3, description: 'Spare blades', hsCode: '82130000' }
  const { document, changes } = amend(request({ items: [third, { itemNumber: 1, description: 'Other clippers' }] }, '42A 67A 68A#3', '42A 67A 68A#1'))
  assert.deepEqual(
    document.items.map((i) => [i.itemNumber, i.description]),
    [
      [1, 'Other clippers'],
      [2, importDeclaration().items[1]!.description],
      [3, 'Spare blades'],
    ],
  )
  assert.equal(document.items[0]!.hsCode, undefined)
  assert.deepEqual(changes.at(-1), { path: '/items/2', new: third })
})

test('one document of many: the message may bring just that one, or all in their places', () => {
  const just = request({ items: [{ itemNumber: 1, documents: [{ category: 'C', type: '506', id: 'XVDPO9' }] }] }, '42A 67A 68A#1 02A#2.D005')
  const inPlace = request({ items: [{ itemNumber: 1, documents: [{}, { id: 'XVDPO9' }, {}] }] }, '42A 67A 68A#1 02A#2.D005')
  for (const r of [just, inPlace]) {
    const { document, changes, delta } = amend(r)
    assert.deepEqual(
      document.items[0]!.documents!.map((d) => d.id),
      ['RE-2026-88', 'XVDPO9', 'XVCGU1'],
    )
    assert.deepEqual(changes, [{ path: '/items/0/documents/1/id', old: 'XVDPO7700001', new: 'XVDPO9' }])
    assert.deepEqual(delta!.items, [{ itemNumber: 1, documents: [{}, { id: 'XVDPO9' }, {}] }])
  }
})

test('entries of a list are removed and added by their class, counted in the old version', () => {
  const added = { category: 'N', type: '703', id: 'HAWB 5' }
  const { document } = amend(request({ items: [{ itemNumber: 1, documents: [added] }] }, '42A 67A 68A#1 02A#4'))
  assert.deepEqual(document.items[0]!.documents!.at(-1), added)
  const without = amend(request({}, '42A 67A 68A#1 02A#1', '42A 67A 68A#1 02A#3')).document
  assert.deepEqual(
    without.items[0]!.documents!.map((d) => d.id),
    ['XVDPO7700001'],
  )
})

test('classes that the declaration has no field for: a commodity’s measures, an exporter’s address', () => {
  const { document, changes } = amend(request({ items: [{ itemNumber: 1, netMassKg: '91', grossMassKg: '101' }] }, '42A 67A 68A#1 23A 65A'))
  assert.deepEqual([document.items[0]!.netMassKg, document.items[0]!.grossMassKg, document.items[0]!.supplementary], ['91', '101', undefined])
  assert.deepEqual(changes.map((c) => c.path).sort(), [
    '/items/0/grossMassKg',
    '/items/0/netMassKg',
    '/items/0/supplementary/unit',
    '/items/0/supplementary/value',
  ])
  const moved = amend(request({ exporter: { address: { line: 'Kai 1', city: 'Kiel', country: 'DE' } } }, '42A 57A 04A')).document
  assert.deepEqual(moved.exporter, { name: 'Fabrik Nordlicht GmbH', address: { line: 'Kai 1', city: 'Kiel', country: 'DE' } })
})

test('every pointer that leads nowhere is told, and nothing is changed', () => {
  const codes = refusals(
    request(
      { totalPackages: '9' },
      '42A.146',
      '42A 67A 68A#7 23A 65A.128',
      '42A 99Z.001',
      '67A.146',
      '42A 67A 68A#1 02A#9.D005',
      '42A 67A 68A#9',
      '42A 67A 68A#1 23A.999',
      '42A 67A 27A.R014',
    ),
  )
  assert.deepEqual(
    codes,
    [1, 2, 3, 4, 5, 6]
      .map((i) => ['amendment_target_unknown', `/amendments/${i}/pointers`])
      .concat([['amendment_value_missing', '/amendments/7/pointers']]),
  )
})

test('a declaration keeps its identity', () => {
  assert.deepEqual(refusals(request({ lrn: 'NEW' }, '42A.D026')), [['amendment_of_identity', '/amendments/0/pointers']])
})

test('a request without changes, or without pointers, is refused', () => {
  assert.deepEqual(refusals({ ...request({}), amendments: undefined }), [['amendment_empty', '/amendments']])
  assert.deepEqual(refusals({ ...request({}), amendments: [{ reason: '28', pointers: [] }] }), [
    ['amendment_pointer_missing', '/amendments/0/pointers'],
  ])
})

test('statements of the request point into the response', () => {
  const r = request({ totalPackages: '31', additionalInformation: [{ text: 'recounted', type: 'AES', pointers: steps('42A#1 06A#1') }] }, '42A#1.146')
  assert.deepEqual(amend(r).unreported.information, [{ text: 'recounted', type: 'AES', pointers: steps('07B#1 06A#1') }])
})

test('diff matches items by number and trims what is equal in lists', () => {
  const old = importDeclaration()
  const now = importDeclaration()
  now.items.reverse()
  assert.deepEqual(diff(old, now), [])
  now.items[1]!.documents!.splice(1, 1)
  now.containers![0]!.seals!.unshift({ sequence: 3, id: 'S-0' })
  delete now.transactionNature
  assert.deepEqual(diff(old, now), [
    { path: '/transactionNature', old: '1' },
    { path: '/containers/0/seals/0', new: { sequence: 3, id: 'S-0' } },
    { path: '/items/1/documents/1', old: old.items[0]!.documents![1] },
  ])
})

test('a correction from a form is told like one from a message', () => {
  const old = importDeclaration()
  const now = importDeclaration()
  now.items[0]!.documents![2]!.id = 'XVCGU2'
  now.items.pop()
  now.itemCount = 1
  const told = unreportedOf(old, now, 'second item not shipped')
  assert.deepEqual(told.amendments, [
    { reason: '28', pointers: steps('42A.228') },
    { reason: '28', pointers: steps('42A 67A 68A#1 02A#3.D005') },
    { reason: '30', pointers: steps('42A 67A 68A#2') },
  ])
  assert.deepEqual(told.delta, { function: 'original', itemCount: 1, items: [{ itemNumber: 1, documents: [{}, {}, { id: 'XVCGU2' }] }] })
  assert.deepEqual(told.information.at(-1), { text: 'second item not shipped', type: 'AES', pointers: steps('07B#1 06A#3') })
  const again = applyAmendment(old, { ...request({}), ...told.delta, function: 'request', amendments: told.amendments })
  assert.ok(again.ok)
  assert.deepEqual(again.value.document, now)
})

test('two corrections before anything was told become one delta', () => {
  const first = amend(request({ items: [{ itemNumber: 1, netMassKg: '91' }] }, '42A 67A 68A#1 23A 65A.128'))
  const second = amend(
    request(
      {
        exporter: { name: 'Nord' },
        items: [
          { itemNumber: 2, netMassKg: '41' },
          { itemNumber: 1, netMassKg: '92', packages: [{ sequence: 1, count: '21' }] },
        ],
      },
      '42A 57A.R031',
      '42A 67A 68A#2 23A 65A.128',
      '42A 67A 68A#1 23A 65A.128',
      '42A 67A 68A#1 93A#1.144',
    ),
    first.document,
  )
  assert.deepEqual(joinDeltas(first.delta, second.delta), {
    function: 'original',
    exporter: { name: 'Nord' },
    items: [
      { itemNumber: 1, netMassKg: '92', packages: [{ sequence: 1, count: '21' }] },
      { itemNumber: 2, netMassKg: '41' },
    ],
  })
})

test('one more code joins those that are there', () => {
  const { document, changes } = amend(
    request(
      { items: [{ itemNumber: 1, nationalAdditional: ['VATZ'], additionalProcedures: ['C07'] }] },
      '42A 67A 68A#1 23A 21A#3.145',
      '42A 67A 68A#1 70A#3',
    ),
  )
  assert.deepEqual([document.items[0]!.nationalAdditional, document.items[0]!.additionalProcedures], [['VATZ'], ['000', 'C07']])
  assert.deepEqual(
    changes.map((c) => c.path),
    ['/items/0/additionalProcedures/1', '/items/0/nationalAdditional/0'],
  )
})

test('whatever a form changes is told with its new content', () => {
  for (const b of [...declarationBreaks, ...goodsBreaks, ...moneyBreaks, ...partyBreaks, ...transportBreaks]) {
    const [old, now] = [importDeclaration(), importDeclaration()]
    b.change(now)
    const { changes, amendments, delta } = unreportedOf(old, now, '')
    assert.ok(changes.length === 0 || amendments.length > 0, b.code)
    for (const c of changes) {
      const told = c.path.replace(
        /^\/items\/(\d+)/,
        (_, i: string) => `/items/${delta?.items.findIndex((item) => item.itemNumber === now.items[Number(i)]?.itemNumber)}`,
      )
      if (c.new !== undefined) assert.deepEqual(valueAt(delta, told.split('/').slice(1)), c.new, `${b.code} ${c.path}`)
    }
  }
})

test('goods presented at a place: all four parts of the location are told', () => {
  const { document, unreported } = relocated(importDeclaration(), 'XVAUMARPORT02')
  assert.deepEqual(document.goodsLocation, { country: 'XV', type: 'A', qualifier: 'U', name: 'MARPORT02' })
  assert.deepEqual(
    unreported.amendments.map((a) => a.pointers),
    ['42A 67A 28A 64A.L016', '42A 67A 28A 64A.L110', '42A 67A 28A 64A 04A.242', '42A 67A 28A 64A 04A.410'].map(steps),
  )
  assert.deepEqual(unreported.changes, [{ path: '/goodsLocation/name', old: 'MARPORT01', new: 'MARPORT02' }])
})
