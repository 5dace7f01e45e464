import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DeclarationDocument } from '../schema/document.ts'
import type { Notification } from '../schema/notification.ts'
import { said } from './fixtures/compare.ts'
import { read, write } from './index.ts'
import { tokenise } from './tokenise.ts'
import { schemaFiles } from './wco/xsd.ts'

const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures', name))
const brief = (written: ReturnType<typeof write>): unknown[] => written.issues.map(({ code, path }) => [code, path])

for (const name of ['import.xml', 'amendment.xml', 'rejection.xml', 'result.xml']) {
  test(`${name} is written again, says the same and reads back equal`, () => {
    const { kind, document } = read(fixture(name))
    const written = write(document as DeclarationDocument | Notification, kind)
    assert.ok(written.ok, JSON.stringify(written.issues))
    assert.deepEqual(said(tokenise(written.xml)), said(tokenise(fixture(name).toString())))
    assert.deepEqual(read(Buffer.from(written.xml)), { kind, ok: true, document, issues: [] })
  })
}

test('a notification is written in the namespaces that its schema asks for', () => {
  const written = write(
    {
      functionCode: '01',
      issuedAt: '2026-03-02T10:11:12.345Z',
      declaration: { lrn: 'L', acceptedAt: '2026-03-02T11:11:12+01:00' },
      changes: { items: [] },
    },
    'wco-dms-notification',
  )
  assert.ok(written.ok, JSON.stringify(written.issues))
  const root = tokenise(written.xml)
  const response = root.children.at(-1)!
  assert.deepEqual([root.namespace, response.namespace], ['urn:wco:datamodel:WCO:DocumentMetaData-DMS:2', 'urn:wco:datamodel:WCO:RES-DMS:2'])
  const date = response.children[1]!.children[0]!
  assert.deepEqual(
    [date.namespace, date.attributes, date.text],
    ['urn:wco:datamodel:WCO:Response_DS:DMS:2', { formatCode: '304' }, '20260302101112Z'],
  )
  assert.deepEqual(
    response.children.filter((child) => child.name === 'Declaration').map((child) => child.namespace),
    ['urn:wco:datamodel:WCO:RES-DMS:2', 'urn:wco:datamodel:WCO:DEC-DMS:2'],
  )
})

type Refusal = { what: string; document: DeclarationDocument; issues: [code: string, path: string][] }
const item = { itemNumber: 1 }
const refusals: Refusal[] = [
  {
    what: 'a text longer than the element',
    document: { exporter: { name: 'x'.repeat(71) }, items: [] },
    issues: [['message.value_too_long', '/exporter/name']],
  },
  {
    what: 'more digits than the element',
    document: { items: [{ ...item, itemPrice: { amount: '1.2345' } }] },
    issues: [['message.value_digits', '/items/0/itemPrice']],
  },
  {
    what: 'a field that messages do not know',
    document: { items: [{ ...item, customsValue: { amount: '1', currency: 'EUR' } }] },
    issues: [
      ['message.not_representable', '/items/0/customsValue/amount'],
      ['message.not_representable', '/items/0/customsValue/currency'],
    ],
  },
  {
    what: 'telephone and mail where there is room for one',
    document: { declarant: { phone: '1', email: 'a@b' }, items: [] },
    issues: [['message.element_repeated', '/declarant/email']],
  },
  {
    what: 'the inland mode said twice',
    document: { inlandMode: '3', arrivalTransport: { mode: '1' }, items: [] },
    issues: [['message.not_representable', '/inlandMode']],
  },
  {
    what: 'an additional procedure that would read as a procedure',
    document: { items: [{ ...item, additionalProcedures: ['40'] }] },
    issues: [['message.not_representable', '/items/0/additionalProcedures/0']],
  },
  {
    what: 'a remainder without a place',
    document: { items: [], other: [{ path: 'Declaration/Nowhere', value: 'x' }] },
    issues: [['message.not_representable', '/other/0']],
  },
  {
    what: 'a character that XML cannot carry',
    document: { exporter: { name: 'a\u0001b' }, items: [] },
    issues: [['message.character_illegal', '/exporter/name']],
  },
  {
    what: 'half a surrogate pair',
    document: { exporter: { name: 'a\uD800b' }, items: [] },
    issues: [['message.character_illegal', '/exporter/name']],
  },
  {
    what: 'a document that is none',
    document: { items: [{}] } as unknown as DeclarationDocument,
    issues: [['message.field_missing', '/items/0/itemNumber']],
  },
]
for (const { what, document, issues } of refusals) {
  test(`${what} is refused with its place, not cut`, () => {
    const written = write(document, 'wco-dms')
    assert.equal(written.ok, false)
    assert.deepEqual(brief(written), issues)
  })
}

test('kinds that are not written are said so', () => {
  assert.deepEqual(brief(write({ items: [] }, 'inventory-linking')), [['message.kind_not_written', '']])
  assert.deepEqual(brief(write({ items: [] }, 'runes')), [['message.kind_unsupported', '']])
})

test('an order that no longer fits what is there gives way to the usual one', () => {
  const [first] = (read(fixture('import.xml')).document as DeclarationDocument).items
  const { taricAdditional: _, ...rest } = first!
  const written = write({ items: [rest] }, 'wco-dms')
  assert.ok(written.ok, JSON.stringify(written.issues))
  const again = (read(Buffer.from(written.xml)).document as DeclarationDocument).items[0]!
  assert.deepEqual([again.hsCode, again.nationalAdditional, again.taricAdditional], ['94052100', ['VATZ'], undefined])
  assert.ok(again.other?.some(({ value }) => value === 'HS'))
})

const text = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: Math.floor(maxLength / 8) })
    .filter((s) => /^[^\n\r]*[^ \t\n\r][^\n\r]*$/.test(s) && s.isWellFormed() && !/[\p{Cc}\uFFFE\uFFFF]/u.test(s))
const numeral = fc
  .tuple(fc.nat(9_999_999), fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined }))
  .map(([whole, part]) => (part === undefined ? `${whole}` : `${whole}.${part}`))
const optional = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined })
const amount = fc.record({ amount: numeral, currency: fc.constantFrom('EUR', 'GBP') }, { requiredKeys: ['amount'] })
const party = fc.record(
  {
    name: text(70),
    address: fc.record({ line: text(70), country: fc.constantFrom('ZZ', 'CN') }, { requiredKeys: [] }),
    phone: text(50).map((s) => s.trim()),
  },
  { requiredKeys: [] },
)
const items = fc.array(
  fc.record(
    {
      itemNumber: fc.integer({ min: 1, max: 999 }),
      description: text(512),
      hsCode: fc.constantFrom('94052100', '8544'),
      taricAdditional: fc.uniqueArray(fc.constantFrom('8900', '8901', '2500'), { minLength: 1 }),
      nationalAdditional: fc.uniqueArray(fc.constantFrom('VATZ', 'X301'), { minLength: 1 }),
      procedure: fc.constantFrom('4000', '1040', '10'),
      additionalProcedures: fc.uniqueArray(fc.constantFrom('000', 'F15', '1CG'), { minLength: 1 }),
      origin: fc.constantFrom('CN', 'VN'),
      preferentialOrigin: fc.constantFrom('CN', '1008'),
      itemPrice: amount,
      grossMassKg: numeral,
      taxes: fc.array(
        fc.record({ type: fc.constantFrom('A00', 'B00'), preference: fc.constantFrom('100', '300'), payable: amount }, { requiredKeys: [] }),
        { minLength: 1, maxLength: 4 },
      ),
    },
    { requiredKeys: ['itemNumber'] },
  ),
  { maxLength: 5 },
)
const documents = fc
  .record({
    lrn: optional(text(35).map((s) => s.trim())),
    function: fc.constant('original' as const),
    declarationType: fc.constantFrom('IM', 'EX'),
    additionalType: fc.constantFrom('A', 'D'),
    exporter: optional(party),
    inlandMode: optional(fc.constantFrom('1', '3')),
    routeCountries: optional(fc.array(fc.constantFrom('CN', 'ZZ'), { minLength: 1, maxLength: 4 })),
    taxPointAt: optional(fc.constantFrom('2026-03-01', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00-05:00')),
    items,
  })
  .map((document) => JSON.parse(JSON.stringify(document)) as DeclarationDocument)

test('whatever the message has a place for is written and read back equal', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const written = write(document, 'wco-dms')
      assert.ok(written.ok, JSON.stringify(written.issues))
      assert.deepEqual(read(Buffer.from(written.xml)).document, document)
    }),
    { numRuns: 300, seed: 20_260_301 },
  )
})

test('the schemas for traders are all there, and none lacks what it imports', () => {
  const files = schemaFiles()
  assert.deepEqual(
    Object.keys(files)
      .filter((name) => !name.includes('-'))
      .toSorted(),
    ['declaration.xsd', 'notification.xsd'],
  )
  for (const content of Object.values(files))
    for (const [, location] of content.matchAll(/schemaLocation="([^"]+)"/g)) assert.ok(Object.hasOwn(files, location!), location)
})
