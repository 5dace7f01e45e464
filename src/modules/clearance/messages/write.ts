/** Canonical documents as XML messages: built, checked element by element, and validated against the schema before anybody gets them. */
import { illegalCharacter } from '#kernel/xml.ts'
import { DeclarationDocument } from '../schema/document.ts'
import { Notification } from '../schema/notification.ts'
import { checkCanonical } from './canonical.ts'
import { type IssueList, type MessageIssue, newIssues } from './issues.ts'
import { kindNamed } from './kinds.ts'
import { withXml } from './libxml.ts'
import { buildTree } from './wco/build-tree.ts'
import { checkNode } from './wco/check.ts'
import { childrenNamed, type MessageName, messages } from './wco/definition.ts'
import { declarationToWire, fromWirePath, notificationToWire } from './wire.ts'
import { serialise, type XmlNode } from './xml.ts'

export type Written = { ok: true; xml: string; issues: MessageIssue[] } | { ok: false; issues: MessageIssue[] }

const prefixes: Readonly<Record<MessageName, ReadonlyMap<string, string>>> = (() => {
  const envelope = messages.declaration.namespace
  const [declaration] = childrenNamed(messages.declaration, 'Declaration')
  const [response] = childrenNamed(messages.notification, 'Response')
  return {
    declaration: new Map([
      [envelope, 'md'],
      [declaration!.namespace, ''],
      [declaration!.typesNamespace, 'ds'],
    ]),
    notification: new Map([
      [envelope, 'md'],
      [response!.namespace, ''],
      [response!.typesNamespace, 'ds'],
      [declaration!.namespace, 'dec'],
      [declaration!.typesNamespace, 'decds'],
    ]),
  }
})()

const refuseCharacters = (node: XmlNode, issues: IssueList): void => {
  for (const text of [node.text, ...Object.values(node.attributes)]) {
    const found = illegalCharacter.exec(text)
    if (!found) continue
    const character = `U+${found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    issues.add({ code: 'message.character_illegal', severity: 'error', path: node.path ?? '', params: { character } })
  }
  for (const child of node.children) refuseCharacters(child, issues)
}

const validate = (xml: string, message: MessageName, issues: IssueList): void => {
  const faults = withXml(
    xml,
    (opened) => opened.validate(`${message}.xsd`),
    (broken) => broken,
  )
  for (const fault of faults) {
    const detail = fault.message.split('\n')[0]!.slice(0, 200)
    issues.add({
      code: 'message.schema',
      severity: 'error',
      path: fault.element ?? '',
      ...(fault.element && { element: fault.element }),
      params: { detail },
    })
  }
}

const refused = (issues: IssueList, document: { declarationType?: string }): Written => ({
  ok: false,
  issues: issues.all().map((issue) => ({ ...issue, path: fromWirePath(issue.path, document) })),
})

const writeAs = (message: MessageName, document: object, schema: typeof DeclarationDocument | typeof Notification, toWire: () => object): Written => {
  const issues = newIssues()
  for (const issue of checkCanonical(schema, document)) issues.add(issue)
  if (issues.failed) return refused(issues, {})
  const root = buildTree(messages[message], toWire(), issues)
  checkNode({ issues, bare: false, lenient: false }, root, messages[message])
  refuseCharacters(root, issues)
  if (issues.failed) return refused(issues, document)
  const xml = serialise(root, prefixes[message])
  validate(xml, message, issues)
  return issues.failed ? refused(issues, document) : { ok: true, xml, issues: [] }
}

/**
 * Writes a declaration, a request or a notification as XML that its schema accepts. `kind` is `wco-dms-declaration` (or `wco-dms`) or
 * `wco-dms-notification`. What the message has no place for, or a value it cannot hold, is refused with its pointer; nothing is cut.
 */
export const writeHere = (document: DeclarationDocument | Notification, kind: string): Written => {
  const named = kindNamed(kind)
  if (named === 'wco-dms-declaration')
    return writeAs('declaration', document, DeclarationDocument, () => declarationToWire(document as DeclarationDocument))
  if (named === 'wco-dms-notification') return writeAs('notification', document, Notification, () => notificationToWire(document as Notification))
  return {
    ok: false,
    issues: [
      { code: named ? 'message.kind_not_written' : 'message.kind_unsupported', severity: 'error', path: '', params: { kind: kind.slice(0, 40) } },
    ],
  }
}
