/** One door for everything that is sent: bytes in, a document of a known kind and every issue out. Nothing that is sent makes it throw. */
import { DeclarationDocument } from '../schema/document.ts'
import { type FileUpload, type MovementMessage, Notification, type StatusReport } from '../schema/notification.ts'
import { checkCanonical } from './canonical.ts'
import { decode, lineAt, refuseUnparsed, refuseUnparsedJson } from './decode.ts'
import { type IssueList, type MessageIssue, newIssues } from './issues.ts'
import { type FoundKind, type Kind, kindNamed, recognise } from './kinds.ts'
import { type Opened, withXml, type XmlFault } from './libxml.ts'
import { readFileUpload, readMovement, readStatus } from './movement.ts'
import { checkNode } from './wco/check.ts'
import { type MessageName, messages } from './wco/definition.ts'
import { readTree } from './wco/read-tree.ts'
import { declarationFromWire, fromWirePath, notificationFromWire } from './wire.ts'
import { elementPath, type XmlNode } from './xml.ts'

export type MessageDocument = DeclarationDocument | Notification | MovementMessage | StatusReport | FileUpload

/** `document` is there whenever something could be read, also beside errors; `ok` means that there are none. */
export type ReadResult = { kind: FoundKind; ok: boolean; document?: MessageDocument; issues: MessageIssue[] }

/** `as` is the kind that is expected, by its name or an alias (`wco-dms`). */
export type ReadOptions = { as?: string }

const result = (kind: FoundKind, issues: IssueList, document?: MessageDocument): ReadResult => ({
  kind,
  ok: !issues.failed && document !== undefined,
  ...(document && { document }),
  issues: issues.all(),
})

/** The elements by the place that they have in the document. */
const nodesByPath = (node: XmlNode, found = new Map<string, XmlNode>()): Map<string, XmlNode> => {
  if (node.path !== undefined && !found.has(node.path)) found.set(node.path, node)
  for (const child of node.children) nodesByPath(child, found)
  return found
}

const nearest = (nodes: ReadonlyMap<string, XmlNode>, path: string): XmlNode | undefined => {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const node = nodes.get(at)
    if (node) return node
  }
  return undefined
}

/** What the canonical document does not allow though the message does: forms of codes, lengths of lists. */
const addCanonical = (root: XmlNode, issues: IssueList, found: readonly MessageIssue[]): void => {
  if (found.length === 0) return
  const nodes = nodesByPath(root)
  for (const issue of found) {
    const node = nearest(nodes, issue.path)
    issues.add({ ...issue, ...(node && { element: elementPath(node), ...(node.line > 0 && { line: node.line }) }) })
  }
}

const addFaults = (issues: IssueList, faults: readonly XmlFault[], code: string): void => {
  for (const fault of faults) {
    const detail = fault.message.split('\n')[0]!.slice(0, 200)
    issues.add({
      code,
      severity: 'error',
      path: fault.element ?? '',
      ...(fault.element && { element: fault.element }),
      ...(fault.line > 0 && { line: fault.line }),
      params: { detail },
    })
  }
}

const innerNode = (root: XmlNode, below: readonly string[]): XmlNode =>
  below.reduce((node, name) => node.children.find((child) => child.name === name)!, root)

type Dms = { message: MessageName; envelope: XmlNode; bare: boolean; issues: IssueList }

/** Notifications are known to be sent without namespaces; a declaration must have them. */
const checkNamespace = ({ message, envelope, bare, issues }: Dms): void => {
  const expected = messages[message].namespace
  if (envelope.namespace === expected) return
  const where = { path: '', element: elementPath(envelope), ...(envelope.line > 0 && { line: envelope.line }) }
  if (bare)
    issues.add({
      code: 'message.namespace_missing',
      severity: message === 'notification' ? 'warning' : 'error',
      ...where,
      params: { namespace: expected },
    })
  else
    issues.add({
      code: 'message.namespace_wrong',
      severity: 'error',
      ...where,
      params: { element: envelope.name, namespace: envelope.namespace.slice(0, 120), expected },
    })
}

const severalResponses = ({ envelope, issues }: Dms): void => {
  const second = envelope.children.filter((child) => child.name === 'Response')[1]
  if (second) issues.add({ code: 'message.several_responses', severity: 'error', path: '', element: elementPath(second), line: second.line })
}

/** Checks, reads, and lets the schema have the last word where everything else was found in order. */
const readDms = (opened: Opened, message: MessageName, below: readonly string[], issues: IssueList): MessageDocument | undefined => {
  const envelope = innerNode(opened.root, below)
  envelope.parent = undefined
  const dms: Dms = { message, envelope, bare: envelope.namespace === '', issues }
  checkNamespace(dms)
  const read = readTree(messages[message], envelope, { issues, bare: dms.bare })
  checkNode({ issues, bare: dms.bare, lenient: dms.bare && message === 'notification' }, envelope, messages[message])
  if (message === 'notification') severalResponses(dms)
  const content = message === 'notification' ? 'Response' : 'Declaration'
  if (!envelope.children.some((child) => child.name === content)) return undefined
  const document = message === 'notification' ? notificationFromWire(read) : declarationFromWire(read)
  if (!issues.failed) addCanonical(envelope, issues, checkCanonical(message === 'notification' ? Notification : DeclarationDocument, document))
  if (!issues.failed && !dms.bare) addFaults(issues, opened.validate(`${message}.xsd`, below), 'message.schema')
  return document
}

const dmsMessages: Partial<Record<FoundKind, MessageName>> = { 'wco-dms-declaration': 'declaration', 'wco-dms-notification': 'notification' }
const readers = { 'inventory-linking': readMovement, 'declaration-status': readStatus, 'file-upload': readFileUpload } as const

const differs = (found: FoundKind, expected: Kind | undefined): MessageIssue[] =>
  expected && expected !== found ? [{ code: 'message.kind_differs', severity: 'error', path: '', params: { found, expected } }] : []

const readOpened = (opened: Opened, expected: Kind | undefined, issues: IssueList): ReadResult => {
  const { kind, below } = recognise(opened.root)
  if (kind === 'unknown') {
    const { root } = opened
    issues.add({
      code: 'message.kind_unknown',
      severity: 'error',
      path: '',
      element: elementPath(root),
      ...(root.line > 0 && { line: root.line }),
      params: { element: root.name.slice(0, 80), namespace: root.namespace.slice(0, 120) || '-' },
    })
    return result(kind, issues)
  }
  const [other] = differs(kind, expected)
  if (other) {
    issues.add(other)
    return result(kind, issues)
  }
  const message = dmsMessages[kind]
  if (message) return terms(result(kind, issues, readDms(opened, message, below, issues)))
  return result(kind, issues, readers[kind as keyof typeof readers](opened.root, issues))
}

/** Paths of issues speak of the document that is handed out. */
const terms = (read: ReadResult): ReadResult => ({
  ...read,
  issues: read.issues.map((issue) => ({ ...issue, path: fromWirePath(issue.path, (read.document ?? {}) as { declarationType?: string }) })),
})

/** Blanks before the XML declaration do no harm: the text is decoded, so it has had its effect. Lines stay where they are. */
const withoutLateDeclaration = (text: string): string =>
  /^\s+<\?xml\s/.test(text) ? text.replace(/<\?xml\s[^>]*\?>/, (found) => found.replace(/[^\n]/g, ' ')) : text

const readXml = (text: string, expected: Kind | undefined, issues: IssueList): ReadResult => {
  const refused = refuseUnparsed(text)
  if (refused) {
    issues.add(refused)
    return result('unknown', issues)
  }
  return withXml(
    withoutLateDeclaration(text),
    (opened) => readOpened(opened, expected, issues),
    (faults) => {
      addFaults(issues, faults, 'message.not_well_formed')
      return result(expected ?? 'unknown', issues)
    },
  )
}

const readJson = (text: string, expected: Kind | undefined, issues: IssueList): ReadResult => {
  const kind = 'json-declaration'
  for (const issue of differs(kind, expected)) issues.add(issue)
  const refused = refuseUnparsedJson(text)
  if (refused) issues.add(refused)
  if (issues.failed) return result(kind, issues)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (fault) {
    const { message } = fault as Error
    const position = /position (\d+)/.exec(message)?.[1]
    issues.add({
      code: 'message.json_invalid',
      severity: 'error',
      path: '',
      ...(position !== undefined && { line: lineAt(text, Number(position)) }),
      params: { detail: message.replaceAll(/\s+/g, ' ').slice(0, 120) },
    })
    return result(kind, issues)
  }
  const found = checkCanonical(DeclarationDocument, value)
  for (const issue of found) issues.add(issue)
  return found.length > 0 ? { ...result(kind, issues), ok: false } : result(kind, issues, value as DeclarationDocument)
}

/**
 * Reads what was sent, in this thread. Throws only when the XML engine itself has failed (see engine.ts).
 */
export const readHere = (bytes: Uint8Array, options: ReadOptions = {}): ReadResult => {
  const issues = newIssues()
  const expected = options.as === undefined ? undefined : kindNamed(options.as)
  if (options.as !== undefined && !expected) {
    issues.add({ code: 'message.kind_unsupported', severity: 'error', path: '', params: { kind: options.as.slice(0, 40) } })
    return result('unknown', issues)
  }
  const decoded = decode(bytes)
  for (const issue of decoded.issues) issues.add(issue)
  if (!decoded.ok) return result(expected ?? 'unknown', issues)
  const start = decoded.text.trimStart()[0]
  if (start === '{' || start === '[') return readJson(decoded.text, expected, issues)
  return readXml(decoded.text, expected, issues)
}
