import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { XmlDocument, XmlElement, XmlText } from 'libxml2-wasm'
import type { DeclarationDocument } from '../schema/document.ts'
import type { Notification } from '../schema/notification.ts'
import { decode } from './decode.ts'
import { said } from './fixtures/compare.ts'
import { mutated, pick, seeded } from './fixtures/mutate.ts'
import { noPack, packMessages, realVerdict } from './fixtures/pack.ts'
import { pathOf, pointersOf, read, type ReadResult, write } from './index.ts'
import { newIssues } from './issues.ts'
import { withXml } from './libxml.ts'
import { tokenise } from './tokenise.ts'
import { checkNode } from './wco/check.ts'
import { messages } from './wco/definition.ts'
import type { XmlNode } from './xml.ts'

type Message = { name: string; bytes: Buffer; text: string; result: ReadResult }

const kindsOf = { declaration: 'wco-dms-declaration', notification: 'wco-dms-notification' } as const
const messageOf = (kind: string): 'declaration' | 'notification' => (kind === kindsOf.declaration ? 'declaration' : 'notification')

const metaDataIn = (root: XmlNode): XmlNode =>
  root.name === 'MetaData' ? root : root.children.find((child) => child.name === 'requestDetail')!.children[0]!

/** The tree as libxml2 itself tells it, node by node: what the tokeniser must agree with. */
const asTold = (element: XmlElement): unknown => {
  const children: unknown[] = []
  let text = ''
  for (let child = element.firstChild; child; child = child.next) {
    if (child instanceof XmlElement) children.push(asTold(child))
    else if (child instanceof XmlText || child.constructor.name === 'XmlCData') text += child.content
  }
  const attributes = element.attrs
    .filter((a) => !a.namespaceUri.endsWith('XMLSchema-instance'))
    .map((a) => [a.namespaceUri ? `{${a.namespaceUri}}${a.name}` : a.name, a.value])
  return { name: element.name, namespace: element.namespaceUri, line: element.line, attributes: Object.fromEntries(attributes), text, children }
}

const asMade = ({ name, namespace, line, attributes, text, children }: XmlNode): unknown => ({
  name,
  namespace,
  line,
  attributes,
  text,
  children: children.map(asMade),
})

describe('the sample pack', { skip: noPack }, () => {
  let all: Message[] = []
  let dms: Message[] = []

  before(() => {
    all = packMessages().map(([name, bytes]) => {
      const decoded = decode(bytes)
      return { name, bytes, text: decoded.ok ? decoded.text : '', result: read(bytes) }
    })
    dms = all.filter(({ result }) => result.ok && result.kind.startsWith('wco-dms'))
  })

  test('every message is read or says with its line why not', () => {
    const counts: Record<string, number> = {}
    for (const { result } of all) {
      const key = `${result.kind} ${result.ok ? 'read' : 'refused'}`
      counts[key] = (counts[key] ?? 0) + 1
    }
    console.log(`sample pack: ${JSON.stringify(counts)}`)
    assert.deepEqual(counts, {
      'wco-dms-declaration read': 217,
      'wco-dms-declaration refused': 1,
      'wco-dms-notification read': 312,
      'inventory-linking read': 36,
      'declaration-status read': 4,
      'file-upload read': 2,
      'unknown refused': 3,
    })
    const broken = all.filter(({ result }) => result.kind === 'unknown')
    for (const { result } of broken) assert.ok(result.issues.every((issue) => issue.code === 'message.not_well_formed' && (issue.line ?? 0) > 1))
    const wrong = all.find(({ name }) => name.endsWith('declaration_400.xml'))!
    assert.deepEqual(
      wrong.result.issues.map(({ code, path, line }) => [code, path, line]),
      [
        ['message.element_unexpected', '/MetaData/Declaration/unknown', 12],
        ['message.element_missing', '/function', 10],
      ],
    )
  })

  test('only the bare notifications earn remarks', () => {
    const remarked = dms.filter(({ result }) => result.issues.length > 0)
    assert.equal(remarked.length, 307)
    assert.ok(remarked.every(({ result }) => result.kind === kindsOf.notification && result.issues[0]!.code === 'message.namespace_missing'))
  })

  test('each is written, valid for the real schema, says the same, and reads back equal', () => {
    const counts = { written: 0, valid: 0, same: 0, equal: 0 }
    for (const { name, text, result } of dms) {
      const written = write(result.document as DeclarationDocument | Notification, result.kind)
      assert.ok(written.ok, `${name}: ${JSON.stringify(written.issues)}`)
      counts.written++
      assert.deepEqual(realVerdict(messageOf(result.kind), written.xml), [], name)
      // Invalidations have a second, narrower schema of their own.
      if ((result.document as DeclarationDocument).declarationType === 'INV') assert.deepEqual(realVerdict('cancellation', written.xml), [], name)
      counts.valid++
      assert.deepEqual(said(tokenise(written.xml)), said(metaDataIn(tokenise(text))), name)
      counts.same++
      assert.deepEqual(read(Buffer.from(written.xml)), { ...result, issues: [] }, name)
      counts.equal++
    }
    console.log(`sample pack, rewritten: ${JSON.stringify(counts)}`)
    assert.deepEqual(counts, { written: 529, valid: 529, same: 529, equal: 529 })
  })

  test('little is left without a name of its own', () => {
    const documents = dms.map(({ result }) => result.document as DeclarationDocument)
    const others = documents.flatMap((document) => [...(document.other ?? []), ...(document.items ?? []).flatMap((item) => item.other ?? [])])
    assert.deepEqual(others.map(({ path, order }) => `${path} ${order}`).toSorted(), ['Commodity/Classification TSP TRC GN TRA', 'Origin 2 1'])
  })

  test('our schema and our check give the verdict of the real schema on thousands of mutations', () => {
    const random = seeded(20_260_301)
    const roots = { declaration: [] as XmlNode[], notification: [] as XmlNode[] }
    for (const { result } of dms) {
      const written = write(result.document as DeclarationDocument | Notification, result.kind)
      if (written.ok) roots[messageOf(result.kind)].push(tokenise(written.xml))
    }
    const disagreements: string[] = []
    let valid = 0
    const total = 2400
    for (let i = 0; i < total; i++) {
      const message = random() < 0.6 ? 'declaration' : 'notification'
      const text = mutated(random, pick(random, roots[message]))
      const real = realVerdict(message, text)
      const [schema, check] = withXml(
        text,
        ({ root, validate }) => {
          const issues = newIssues()
          checkNode({ issues, bare: false, lenient: false }, root, messages[message])
          return [validate(`${message}.xsd`).map((fault) => fault.message), issues.all().map((issue) => `${issue.code} ${issue.element}`)]
        },
        (faults) => [faults.map((fault) => fault.message), ['not well-formed']],
      )
      if (real.length === 0) valid++
      if ((real.length === 0) !== (schema.length === 0) || (real.length === 0) !== (check.length === 0))
        disagreements.push(`${message} ${i}: real ${real[0] ?? 'valid'} | our schema ${schema[0] ?? 'valid'} | our check ${check[0] ?? 'valid'}`)
    }
    console.log(`mutations: ${total}, of which the real schema accepts ${valid}; disagreements: ${disagreements.length}`)
    assert.ok(valid > total / 10 && valid < total / 2, 'the mutations test both verdicts')
    assert.deepEqual(disagreements, [])
  })

  test('the tree made in place is the tree that libxml2 tells', () => {
    const random = seeded(7)
    const texts = dms.map(({ text }) => text)
    const more = Array.from({ length: 300 }, () => mutated(random, tokenise(pick(random, texts))))
    let compared = 0
    for (const text of [...texts, ...more]) {
      const made = withXml(
        text,
        ({ root }) => root,
        () => undefined,
      )
      if (!made) continue
      const document = XmlDocument.fromString(text)
      assert.deepEqual(asMade(made), asTold(document.root))
      document.dispose()
      compared++
    }
    assert.ok(compared > 529)
  })

  test('every error of a rejection leads into the declaration, and back', () => {
    const errors = dms.flatMap(({ name, result }) => ((result.document as Notification).errors ?? []).map((error) => ({ name, error })))
    assert.equal(errors.length, 20)
    const document = dms.find(({ name }) => name.endsWith('TT_IM031a/TT_IM031a.xml'))!.result.document as DeclarationDocument
    const paths = new Set<string>()
    for (const { name, error } of errors) {
      const pointers = error.pointers!
      const path = pathOf(pointers, document)
      assert.ok(path, `${name}: ${JSON.stringify(pointers)}`)
      paths.add(path)
      const back = pointersOf(path, document)
      assert.deepEqual(
        back.map((step) => step.section),
        pointers.map((step) => step.section),
      )
    }
    assert.deepEqual([...paths].toSorted(), ['/authorisations', '/authorisations/0/holder', '/items/0', '/items/0/nationalAdditional/0'])
  })
})
