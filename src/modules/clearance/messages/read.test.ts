import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { DeclarationDocument } from '../schema/document.ts'
import type { MovementMessage, Notification, StatusReport } from '../schema/notification.ts'
import { issueSentences } from '../../../web/i18n/en/issues.ts'
import { read, type ReadResult } from './index.ts'

const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures', name))
const importXml = fixture('import.xml').toString()
const declarationOf = (result: ReadResult): DeclarationDocument => result.document as DeclarationDocument
const brief = (result: ReadResult): unknown[] => result.issues.map(({ code, path, line }) => [code, path, line])

/** A small sound declaration with one place to put something else. */
const small = (content: string, head = ''): string =>
  `<?xml version="1.0"${head}?>
<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2" xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">
<Declaration>
<FunctionCode>9</FunctionCode>
<FunctionalReferenceID>L1</FunctionalReferenceID>
${content}
</Declaration>
</md:MetaData>`
const readSmall = (content: string): ReadResult => read(Buffer.from(small(content)))

test('a declaration is read into the canonical fields, and what has none is kept', () => {
  const result = read(fixture('import.xml'))
  assert.deepEqual([result.kind, result.ok, result.issues], ['wco-dms-declaration', true, []])
  const document = declarationOf(result)
  const [item] = document.items
  assert.equal(document.function, 'original')
  assert.deepEqual([document.declarationType, document.additionalType], ['IM', 'A'])
  assert.deepEqual([document.taxPointAt, document.issuedAt], ['2026-03-01T08:00:00+01:00', '2026-03-02'])
  assert.deepEqual(document.invoiceTotal, { amount: '1234.50', currency: 'EUR' })
  assert.deepEqual(document.deferments, [
    { category: '1', account: '7654321', type: 'DAN' },
    { category: '1', account: '7654322', type: 'DAN' },
  ])
  assert.deepEqual(document.goodsLocation, { country: 'ZZ', type: 'A', qualifier: 'U', name: 'PRTPRTPRT' })
  assert.equal(document.inlandMode, '3')
  assert.deepEqual(document.routeCountries, ['CN', 'ZZ'])
  assert.deepEqual([document.carrier?.phone, document.declarant?.email], ['+00 1', 'desk@example.org'])
  assert.equal(document.exporter?.name, 'Lamps <Export> Ltd')
  assert.deepEqual(
    [item?.cusCode, item?.hsCode, item?.taricCode, item?.taricAdditional, item?.nationalAdditional],
    ['0123456-7', '94052100', '90', ['8900'], ['VATZ']],
  )
  assert.deepEqual([item?.procedure, item?.additionalProcedures, item?.origin, item?.preferentialOrigin], ['4000', ['000', 'F15'], 'VN', 'CN'])
  assert.deepEqual([item?.grossMassKg, item?.netMassKg, item?.supplementary], ['500', '480.125', { value: '40' }])
  assert.deepEqual(item?.other?.[0], { path: 'Commodity/Classification[6]/ID', value: '12' })
  assert.ok(document.other?.some(({ path, value }) => path === 'Declaration/GoodsShipment/Payer/Name' && value === 'Who pays'))
})

test('a request is read with its reasons and pointers', () => {
  const document = declarationOf(read(fixture('amendment.xml')))
  assert.deepEqual(
    [document.function, document.declarationType, document.additionalType, document.mrn],
    ['request', 'COR', undefined, '26ZZ00000000000001'],
  )
  assert.deepEqual(document.amendments, [{ reason: '28', pointers: [{ sequence: 1, section: '42A', tag: '146' }] }])
})

test('a gateway wrapper is taken off', () => {
  const inner = importXml.replace(/<\?xml.*?\?>/, '').replace(/<!--.*?-->/, '')
  const wrapped = read(
    Buffer.from(
      `<w:submitDeclarationRequest xmlns:w="urn:gateway"><w:requestCommon/><w:requestDetail>${inner}</w:requestDetail></w:submitDeclarationRequest>`,
    ),
  )
  assert.deepEqual(wrapped, read(fixture('import.xml')))
})

test('a bare notification is read with a remark; its errors say where they point', () => {
  const result = read(fixture('rejection.xml'))
  assert.deepEqual(brief(result), [
    ['message.namespace_missing', '', 1],
    ['message.attribute_missing', '/declaration/rejectedAt', 20],
  ])
  assert.ok(result.ok && result.issues.every((issue) => issue.severity === 'warning'))
  const notification = result.document as Notification
  assert.deepEqual([notification.functionCode, notification.name, notification.messageId], ['03', 'DMSREJ', '0123456789abcdef0123456789abcdef'])
  assert.deepEqual(notification.declaration, { lrn: 'LAMPS-2026-0001', mrn: '26ZZ00000000000001', rejectedAt: '2026-03-02T10:11:12Z', version: 1 })
  assert.equal(notification.errors?.[0]?.path, '/items/0/description')
})

test('a notification with tax lines, a payment, and the changed part of the declaration', () => {
  const notification = read(fixture('result.xml')).document as Notification
  assert.deepEqual(
    notification.taxLines?.map(({ itemNumber, type, rate }) => [itemNumber, type, rate]),
    [
      [1, 'A00', '2.70'],
      [1, 'B00', undefined],
      [2, 'A00', undefined],
    ],
  )
  assert.deepEqual(notification.payments, [{ amount: { amount: '226.40', currency: 'EUR' }, guarantees: ['1909241'] }])
  assert.deepEqual([notification.statusCode, notification.effectiveAt], ['39', '2026-03-03T00:00:00Z'])
  assert.deepEqual(notification.changes?.items, [{ itemNumber: 1, packages: [{ sequence: 1, count: '11' }] }])
})

test('a movement is read, line breaks in its dates and all; an answer is not taken for a report', () => {
  const result = read(fixture('arrival.xml'))
  assert.deepEqual([result.kind, result.ok], ['inventory-linking', true])
  const movement = result.document as MovementMessage
  assert.deepEqual([movement.code, movement.ucr, movement.location, movement.masterOpt], ['EAL', '6ZZ400000000004-LAMPS1', 'ZZAUPRTPRTPRT', 'A'])
  assert.equal(movement.arrivedAt, '2026-03-02T09:00:00')
  const answer = read(Buffer.from(fixture('arrival.xml').toString().replaceAll('MovementRequest', 'MovementResponse'))).document as MovementMessage
  assert.deepEqual([answer.code, answer.answers], ['ANS', 'EAL'])
  const without = read(
    Buffer.from(
      fixture('arrival.xml')
        .toString()
        .replace(/<inv:goodsLocation>.*?<\/inv:goodsLocation>/, '')
        .replace('T09:00', 'T99:00'),
    ),
  )
  assert.deepEqual(
    without.issues.map(({ code, path }) => [code, path]),
    [
      ['message.field_missing', '/location'],
      ['message.value_instant', '/arrivedAt'],
    ],
  )
})

test('a status report gives the identity of each version', () => {
  const version = (n: number): string =>
    `<p:DeclarationStatusDetails><p:Declaration><p:ID>26ZZ0</p:ID><p:VersionID>${n}</p:VersionID><p:ROE>6</p:ROE></p:Declaration><q:Declaration><q:Submitter><q:ID>ZZ1</q:ID></q:Submitter><q:TypeCode>IMA</q:TypeCode></q:Declaration></p:DeclarationStatusDetails>`
  const result = read(
    Buffer.from(`<p:DeclarationStatusResponse xmlns:p="urn:p" xmlns:q="urn:q">${version(1)}${version(2)}</p:DeclarationStatusResponse>`),
  )
  assert.deepEqual((result.document as StatusReport).versions, [
    { mrn: '26ZZ0', version: '1', route: '6', submitter: 'ZZ1', type: 'IMA' },
    { mrn: '26ZZ0', version: '2', route: '6', submitter: 'ZZ1', type: 'IMA' },
  ])
})

const encodings: [string, (xml: string) => Buffer][] = [
  ['UTF-8 with a mark', (xml) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(xml)])],
  ['UTF-16 little-endian', (xml) => Buffer.from(`\uFEFF${xml.replace('"1.0"', '"1.0" encoding="UTF-16"')}`, 'utf16le')],
  ['UTF-16 big-endian', (xml) => Buffer.from(`\uFEFF${xml.replace('"1.0"', '"1.0" encoding="UTF-16"')}`, 'utf16le').swap16()],
  ['Latin-1 as declared', (xml) => Buffer.from(xml.replace('"1.0"', '"1.0" encoding="ISO-8859-1"'), 'latin1')],
  ['carriage returns', (xml) => Buffer.from(xml.replaceAll('\n', '\r\n'))],
  ['blanks before the declaration', (xml) => Buffer.from(` \n${xml}`)],
]
for (const [name, encode] of encodings) {
  test(`encoding: ${name}`, () => {
    const result = read(encode(small('<Exporter><Name>Müller</Name></Exporter>')))
    assert.ok(result.ok, JSON.stringify(result.issues))
    assert.equal(declarationOf(result).exporter?.name, 'Müller')
  })
}

type Wrong = { what: string; content: string; issues: [code: string, path: string, line: number][] }
const wrongs: Wrong[] = [
  { what: 'an unknown element', content: '<Unknown/>', issues: [['message.element_unexpected', '/MetaData/Declaration/Unknown', 6]] },
  {
    what: 'an element too late',
    content: '<ExitOffice><ID>A</ID></ExitOffice>\n<TypeCode>IMA</TypeCode>',
    issues: [['message.element_misplaced', '/declarationType', 7]],
  },
  {
    what: 'an element too often',
    content: '<TypeCode>IMA</TypeCode>\n<TypeCode>IMB</TypeCode>',
    issues: [['message.element_repeated', '/declarationType', 7]],
  },
  {
    what: 'a value too long',
    content: `<Exporter>\n<Name>${'x'.repeat(71)}</Name></Exporter>`,
    issues: [['message.value_too_long', '/exporter/name', 7]],
  },
  { what: 'a blank value', content: '<Exporter><Name> </Name></Exporter>', issues: [['message.value_missing', '/exporter/name', 6]] },
  { what: 'text over two lines', content: '<Exporter><Name>a\nb</Name></Exporter>', issues: [['message.value_lines', '/exporter/name', 6]] },
  {
    what: 'letters for a number',
    content: '<GoodsItemQuantity>two</GoodsItemQuantity>',
    issues: [
      ['message.value_not_numeric', '/itemCount', 6],
      ['message.value_not_whole', '/itemCount', 6],
    ],
  },
  {
    what: 'too many decimals',
    content: '<InvoiceAmount currencyID="EUR">1.2345</InvoiceAmount>',
    issues: [['message.value_digits', '/invoiceTotal', 6]],
  },
  {
    what: 'a currency in small letters',
    content: '<InvoiceAmount currencyID="eur">1</InvoiceAmount>',
    issues: [['message.attribute_invalid', '/invoiceTotal', 6]],
  },
  { what: 'an unknown attribute', content: '<TypeCode kind="x">IMA</TypeCode>', issues: [['message.attribute_unexpected', '/declarationType', 6]] },
  { what: 'text between elements', content: '<Exporter>stray<Name>A</Name></Exporter>', issues: [['message.text_unexpected', '/exporter', 6]] },
  {
    what: 'a mass in pounds',
    content: '<TotalGrossMassMeasure unitCode="LBR">1</TotalGrossMassMeasure>',
    issues: [['message.unit_not_kilogram', '/totalGrossMassKg', 6]],
  },
  {
    what: 'a country in small letters',
    content: '<GoodsShipment><Destination><CountryCode>gb</CountryCode></Destination></GoodsShipment>',
    issues: [['message.field_pattern', '/destinationCountry', 6]],
  },
  {
    what: 'an item without a number',
    content: '<GoodsShipment>\n<GovernmentAgencyGoodsItem/></GoodsShipment>',
    issues: [['message.element_missing', '/items/0/itemNumber', 7]],
  },
  {
    what: 'a route country that says nothing',
    content: '<Consignment><Itinerary><SequenceNumeric>1</SequenceNumeric></Itinerary></Consignment>',
    issues: [['message.entry_empty', '/routeCountries/0', 6]],
  },
]
for (const { what, content, issues } of wrongs) {
  test(`${what} is refused with its place and line`, () => {
    const result = readSmall(content)
    assert.equal(result.ok, false)
    assert.deepEqual(brief(result).toSorted(), issues.toSorted())
    for (const issue of result.issues) assert.doesNotMatch(Object.values(issueSentences(issue)).join(' '), /\{\{|undefined|“”|<>|^message\./)
  })
}

test('all issues are told at once, up to two hundred and then as a number', () => {
  const result = readSmall(`<AuthorisationHolder><ID>${'x'.repeat(18)}</ID><CategoryCode/></AuthorisationHolder>`.repeat(150))
  assert.equal(result.issues.length, 201)
  assert.deepEqual([result.issues.at(-1)?.code, result.issues.at(-1)?.params?.count], ['message.more_issues', 100])
})

test('a message without namespaces is refused when it is a declaration, and everything else wrong is told too', () => {
  const result = read(Buffer.from('<MetaData>\n<Declaration><FunctionCode>9</FunctionCode><Unknown/></Declaration></MetaData>'))
  assert.deepEqual(brief(result), [
    ['message.namespace_missing', '/MetaData', 1].with(1, '') as [string, string, number],
    ['message.element_unexpected', '/MetaData/Declaration/Unknown', 2],
  ])
})

test('a function without a procedure is refused, never lodged', () => {
  const result = read(Buffer.from(small('').replace('>9<', '>14<')))
  assert.deepEqual(brief(result), [['message.function_unknown', '/function', 4]])
})

test('what nobody knows is said so; a kind that was expected and did not come too', () => {
  assert.deepEqual(
    read(Buffer.from('\n<a/>')).issues.map(({ code, line }) => [code, line]),
    [['message.kind_unknown', 2]],
  )
  assert.equal(read(fixture('import.xml'), { as: 'wco-dms-notification' }).issues[0]?.code, 'message.kind_differs')
  assert.equal(read(fixture('import.xml'), { as: 'wco-dms' }).ok, true)
  assert.equal(read(fixture('import.xml'), { as: 'smoke-signals' }).issues[0]?.code, 'message.kind_unsupported')
})

test('canonical JSON is checked with pointers', () => {
  const read1 = (value: unknown): ReadResult => read(Buffer.from(JSON.stringify(value)))
  assert.deepEqual(read1({ lrn: 'A', items: [] }), { kind: 'json-declaration', ok: true, document: { lrn: 'A', items: [] }, issues: [] })
  const wrong = read1({ lrn: 'A', function: 'dance', colour: 'red', items: [{ itemNumber: 0, hsCode: 'x' }, {}] })
  assert.deepEqual(wrong.issues.map(({ code, path }) => `${path} ${code}`).toSorted(), [
    '/colour message.field_unknown',
    '/function message.value_not_allowed',
    '/items/0/hsCode message.field_pattern',
    '/items/0/itemNumber message.field_range',
    '/items/1/itemNumber message.field_missing',
  ])
  assert.deepEqual(
    read(Buffer.from('{\n"items" []}')).issues.map(({ code, line }) => [code, line]),
    [['message.json_invalid', 2]],
  )
})
