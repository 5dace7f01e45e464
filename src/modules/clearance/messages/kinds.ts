/** What can be read, and how it is recognised: by the content alone, never by the name of a file. */
import type { XmlNode } from './xml.ts'

export const kinds = {
  'wco-dms-declaration': 'WCO DMS declaration or request on one (amendment, invalidation, arrival), XML',
  'wco-dms-notification': 'WCO DMS response (DMSACC … DMSQRY), XML, with or without namespaces',
  'inventory-linking': 'movement of goods: EAL, EAA, EDL, RET, EAC, CST, import inventories, and answers, XML',
  'declaration-status': 'answer to a query about the status, the versions or the whole of a declaration, XML',
  'file-upload': 'announcement of files to a declaration, or the answer that says where to put them, XML',
  'json-declaration': 'canonical declaration, JSON',
} as const

export type Kind = keyof typeof kinds
/** `unknown` is what nobody could recognise. */
export type FoundKind = Kind | 'unknown'

const aliases: Readonly<Record<string, Kind>> = { 'wco-dms': 'wco-dms-declaration', dms: 'wco-dms-declaration', json: 'json-declaration' }

/** The kind that a person means, or undefined. */
export const kindNamed = (name: string): Kind | undefined => (Object.hasOwn(kinds, name) ? (name as Kind) : aliases[name])

const movements =
  /^(inventoryLinking(Movement|Consolidation|Query)(Request|Response)|inventoryLinkingControlResponse|inventoryLinkingMovementTotalsResponse|InventoryLinking(Exports|Imports)\w*|inventoryLinkingImports?\w*)$/
const statuses = /^Declaration(Status|Version|Full|Search)Response$/

export type Recognised = {
  kind: FoundKind
  /** names from the root down to the element that is the message */
  below: readonly string[]
}

const childNamed = (node: XmlNode, name: string): XmlNode | undefined => node.children.find((child) => child.name === name)

const ofMetaData = (metaData: XmlNode): FoundKind => {
  if (childNamed(metaData, 'Response')) return 'wco-dms-notification'
  // Anything else that wears the envelope is looked at as a declaration: its issues then say what is wrong.
  return 'wco-dms-declaration'
}

/** Wrappers of gateways around a declaration. */
const wrappers: Readonly<Record<string, readonly string[]>> = { submitDeclarationRequest: ['requestDetail', 'MetaData'] }

export const recognise = (root: XmlNode): Recognised => {
  if (root.name === 'MetaData') return { kind: ofMetaData(root), below: [] }
  const below = wrappers[root.name]
  if (below) {
    const inner = below.reduce<XmlNode | undefined>((node, name) => node && childNamed(node, name), root)
    return inner ? { kind: ofMetaData(inner), below } : { kind: 'unknown', below: [] }
  }
  if (movements.test(root.name)) return { kind: 'inventory-linking', below: [] }
  if (statuses.test(root.name)) return { kind: 'declaration-status', below: [] }
  if (root.name === 'FileUploadRequest' || root.name === 'FileUploadResponse' || (root.name === 'Root' && root.namespace === 'hmrc:fileupload'))
    return { kind: 'file-upload', below: [] }
  return { kind: 'unknown', below: [] }
}
