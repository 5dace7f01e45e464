import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DeclarationDocument } from '../schema/document.ts'
import type { Notification } from '../schema/notification.ts'
import { createEngine } from './engine.ts'
import { mutated, pick, seeded, type Random } from './fixtures/mutate.ts'
import { bytesAtMost, read, type ReadResult, write } from './index.ts'
import { issueSentences } from '../../../web/i18n/en/issues.ts'
import { tokenise } from './tokenise.ts'

const folder = join(import.meta.dirname, 'fixtures')
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.xml'))
  .map((name) => readFileSync(join(folder, name)))
const [importXml] = [readFileSync(join(folder, 'import.xml'))]

const memory = (): number => process.memoryUsage().rss / 2 ** 20

/** Reads, and asserts what holds for everything that can be sent. */
const readSafely = (bytes: Uint8Array): ReadResult => {
  const began = process.cpuUsage()
  const result = read(bytes)
  const { user, system } = process.cpuUsage(began)
  assert.ok(user + system < 2_000_000, 'it takes more than two seconds of the processor')
  assert.equal(result.ok, result.document !== undefined && result.issues.every((issue) => issue.severity !== 'error'))
  assert.ok(result.issues.length <= 201)
  for (const issue of result.issues) assert.doesNotMatch(Object.values(issueSentences(issue)).join(' '), /\{\{|undefined|^message\./)
  assert.ok(JSON.stringify(result).length > 0)
  return result
}

const inDeclaration = (content: string): string =>
  `<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2" xmlns="urn:wco:datamodel:WCO:DEC-DMS:2"><Declaration><FunctionCode>9</FunctionCode>${content}</Declaration></md:MetaData>`
const entities = Array.from({ length: 30 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};&e${i};">`).join('')

const attacks: { what: string; text: () => string; code: string }[] = [
  { what: 'ten thousand levels', text: () => inDeclaration('<a>'.repeat(10_000) + '</a>'.repeat(10_000)), code: 'message.not_well_formed' },
  { what: 'levels that are legal and deep', text: () => inDeclaration('<a>'.repeat(200) + '</a>'.repeat(200)), code: 'message.element_unexpected' },
  { what: 'an entity bomb', text: () => `<!DOCTYPE a [<!ENTITY e0 "x">${entities}]><a>&e30;</a>`, code: 'message.doctype_refused' },
  { what: 'a DOCTYPE after comments', text: () => '<?xml version="1.0"?><!-- < --><?x y?>\n<!doctype a><a/>', code: 'message.doctype_refused' },
  { what: 'an external entity', text: () => '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', code: 'message.doctype_refused' },
  { what: 'an entity that nobody declared', text: () => inDeclaration('<TypeCode>&x;</TypeCode>'), code: 'message.not_well_formed' },
  {
    what: 'one element larger than any message',
    text: () => inDeclaration(`<TypeCode>${'x'.repeat(bytesAtMost)}</TypeCode>`),
    code: 'message.too_large',
  },
  {
    what: 'one element as large as a message may be',
    text: () => inDeclaration(`<TypeCode>${'x'.repeat(9_900_000)}</TypeCode>`),
    code: 'message.value_too_long',
  },
  {
    what: 'nearly a million attributes',
    text: () => `<a ${Array.from({ length: 900_000 }, (_, i) => `a${i}=""`).join(' ')}/>`,
    code: 'message.too_many_attributes',
  },
  {
    what: 'a hundred thousand attributes',
    text: () => inDeclaration(`<Agent ${Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(' ')}/>`),
    code: 'message.attribute_unexpected',
  },
  { what: 'a huge comment', text: () => `<!--${'-x'.repeat(5_000_000)}--><a/>`, code: 'message.kind_unknown' },
  { what: 'a million siblings', text: () => inDeclaration('<a/>'.repeat(1_000_000)), code: 'message.too_many_elements' },
  { what: 'as many unknown siblings as may be', text: () => inDeclaration('<a/>'.repeat(249_000)), code: 'message.element_unexpected' },
  {
    what: 'as many known siblings as may be',
    text: () => inDeclaration('<AuthorisationHolder><ID/></AuthorisationHolder>'.repeat(83_000)),
    code: 'message.value_missing',
  },
  {
    what: 'as many codes of goods as may be',
    text: () =>
      inDeclaration(
        `<GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric><Commodity>${'<Classification><ID>1</ID></Classification>'.repeat(62_000)}</Commodity></GovernmentAgencyGoodsItem></GoodsShipment>`,
      ),
    code: 'message.list_too_long',
  },
  {
    what: 'siblings of many names',
    text: () => inDeclaration(Array.from({ length: 100_000 }, (_, i) => `<a${i}/>`).join('')),
    code: 'message.element_unexpected',
  },
  {
    what: 'many namespaces',
    text: () => `<a ${Array.from({ length: 100_000 }, (_, i) => `xmlns:a${i}="u"`).join(' ')}/>`,
    code: 'message.kind_unknown',
  },
  { what: 'a NUL', text: () => inDeclaration('<TypeCode>I\0A</TypeCode>'), code: 'message.character_illegal' },
  { what: 'a reference to a NUL', text: () => inDeclaration('<TypeCode>I&#0;A</TypeCode>'), code: 'message.not_well_formed' },
  { what: 'an attribute twice', text: () => inDeclaration('<TypeCode name="a" name="b">IMA</TypeCode>'), code: 'message.not_well_formed' },
  { what: 'a prefix that nobody declared', text: () => inDeclaration('<x:TypeCode>IMA</x:TypeCode>'), code: 'message.not_well_formed' },
  { what: 'nothing', text: () => ' \n', code: 'message.empty' },
  { what: 'JSON of ten thousand levels', text: () => '['.repeat(10_000) + ']'.repeat(10_000), code: 'message.field_type' },
  { what: 'JSON with a million items', text: () => `{"items":[${'{},'.repeat(1_000_000)}{}]}`, code: 'message.too_many_elements' },
  { what: 'JSON with as many wrong items as may be', text: () => `{"items":[${'{},'.repeat(120_000)}{}]}`, code: 'message.more_issues' },
  { what: 'JSON of millions of levels', text: () => '['.repeat(5_000_000), code: 'message.too_many_elements' },
  { what: 'JSON that reaches for prototypes', text: () => '{"items":[],"__proto__":{"lrn":"x"},"constructor":1}', code: 'message.field_unknown' },
]
for (const { what, text, code } of attacks) {
  test(`${what} ends in an issue, in bounded time and memory`, () => {
    const bytes = Buffer.from(text())
    const before = memory()
    const result = readSafely(bytes)
    assert.equal(result.ok, false)
    assert.ok(
      result.issues.some((issue) => issue.code === code),
      JSON.stringify(result.issues.slice(0, 3)),
    )
    assert.ok(memory() - before < 400, 'it takes too much memory')
  })
}

test('bytes that are no text are refused with their line', () => {
  const bytes = Buffer.concat([Buffer.from('<a>\n\n'), Buffer.from([0xc3, 0x28]), Buffer.from('</a>')])
  assert.deepEqual(
    readSafely(bytes).issues.map(({ code, line }) => [code, line]),
    [['message.encoding_invalid', 3]],
  )
  assert.equal(readSafely(Buffer.from('<?xml version="1.0" encoding="klingon"?><a/>')).issues[0]?.code, 'message.encoding_unknown')
})

test('any bytes at all end in issues', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readSafely(bytes)),
    { numRuns: 500, seed: 1 },
  )
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (json) => void readSafely(Buffer.from(json))),
    { numRuns: 300, seed: 2 },
  )
})

const inserts = [
  '<',
  '>',
  '&',
  '&#0;',
  '&#x110000;',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?x',
  '?>',
  '\0',
  '\uFEFF',
  '&x;',
  '<a/>',
  ' xmlns="q"',
  "'",
  '"',
  '=',
  '🙂',
]
const damages: ((random: Random, bytes: Buffer, at: number) => Buffer)[] = [
  (random, bytes, at) => Buffer.from(bytes.with(at, Math.floor(random() * 256))),
  (random, bytes, at) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + Math.floor(random() * 200))]),
  (random, bytes, at) => Buffer.concat([bytes.subarray(0, at + Math.floor(random() * 2000)), bytes.subarray(at)]),
  (random, bytes, at) => Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(random, inserts)), bytes.subarray(at)]),
]

test('damaged messages end in issues, or in a document that can be written and read again', () => {
  const random = seeded(42)
  const roots = fixtures.map((bytes) => tokenise(bytes.toString()))
  let accepted = 0
  let refused = 0
  for (let i = 0; i < 1500; i++) {
    const whole = pick(random, fixtures)
    const bytes =
      random() < 0.5 ? pick(random, damages)(random, whole, Math.floor(random() * whole.length)) : Buffer.from(mutated(random, pick(random, roots)))
    const { ok, kind, document } = readSafely(bytes)
    if (!ok) refused++
    if (!ok || !kind.startsWith('wco-dms')) continue
    accepted++
    const written = write(document as DeclarationDocument | Notification, kind)
    assert.ok(written.ok, JSON.stringify(written.issues))
    assert.deepEqual(read(Buffer.from(written.xml)).document, document)
  }
  assert.ok(accepted > 100 && refused > 100, `${accepted} accepted, ${refused} refused`)
})

test('when the XML engine traps, the message and all later ones are read apart', () => {
  const warnings: string[] = []
  const { emitWarning } = process
  process.emitWarning = ((warning: string) => void warnings.push(String(warning))) as typeof process.emitWarning
  const engine = createEngine(() => {
    throw Object.assign(new Error('unreachable'), { name: 'RuntimeError' })
  })
  try {
    const expected = read(importXml!)
    for (let i = 0; i < 3; i++) assert.deepEqual(engine.run({ name: 'read', bytes: importXml!, options: {} }), expected)
    assert.ok(engine.isApart())
    assert.equal(engine.run({ name: 'write', document: { items: [] }, kind: 'wco-dms' }).ok, true)
    assert.match(warnings.join(), /unreachable/)
  } finally {
    engine.end()
    process.emitWarning = emitWarning
  }
})

test('a fault of our own refuses the message, is told, and leaves the engine where it is', () => {
  const warnings: string[] = []
  const { emitWarning } = process
  process.emitWarning = ((warning: string) => void warnings.push(String(warning))) as typeof process.emitWarning
  try {
    const engine = createEngine(() => {
      throw new TypeError('planted')
    })
    assert.deepEqual(
      engine.run({ name: 'read', bytes: importXml!, options: {} }).issues.map((issue) => issue.code),
      ['message.engine_failed'],
    )
    assert.equal(engine.isApart(), false)
    assert.match(warnings.join(), /planted/)
  } finally {
    process.emitWarning = emitWarning
  }
})
