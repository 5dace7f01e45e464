/**
 * Messages about the movement of goods (inventory linking), answers about the state of a declaration, and files to it: the fields that
 * matter, by local name, whatever the namespace of the release. They are read and never written.
 */
import { FileUpload, MovementMessage, StatusReport } from '../schema/notification.ts'
import { checkCanonical } from './canonical.ts'
import type { IssueList, MessageIssue } from './issues.ts'
import { toIsoDate } from './wco/values.ts'
import { elementPath, type XmlNode } from './xml.ts'

type Json = Record<string, unknown>

const movementFields: Readonly<Record<string, string>> = {
  messageCode: 'code',
  'ucrBlock/ucr': 'ucr',
  ucr: 'ucr',
  ucrPartNo: 'ucrPart',
  ucrType: 'ucrType',
  inventoryConsignmentReference: 'ucr',
  masterUCR: 'masterUcr',
  masterOpt: 'masterOpt',
  entryNumber: 'mrn',
  declarationID: 'mrn',
  entryVersionNumber: 'version',
  goodsLocation: 'location',
  shedOPID: 'shed',
  goodsArrivalDateTime: 'arrivedAt',
  goodsDepartureDateTime: 'departedAt',
  movementReference: 'reference',
  'agentDetails/EORI': 'agent/id',
  'agentDetails/agentLocation': 'agent/location',
  'agentDetails/agentRole': 'agent/role',
  transportID: 'transport/id',
  transportMode: 'transport/mode',
  transportNationality: 'transport/nationality',
  crc: 'result',
  irc: 'result',
  actionCode: 'action',
  roe: 'route',
  ics: 'importStatus',
  soe: 'exportStatus',
  submitter: 'submitter',
  conversationID: 'conversation',
}

/** Messages without a code of their own. */
const codes: Readonly<Record<string, string>> = {
  inventoryLinkingImportsGoodsArrival: 'IAR',
  InventoryLinkingImportsValidateMovementRequest: 'IVQ',
  InventoryLinkingImportsValidateMovementResponse: 'IVR',
}

const leaves = function* (node: XmlNode): Generator<XmlNode> {
  if (node.children.length === 0 && node.parent) yield node
  for (const child of node.children) yield* leaves(child)
}

const put = (object: Json, path: string, value: unknown): void => {
  const [first = '', second] = path.split('/')
  if (second === undefined) object[first] ??= value
  else put((object[first] ??= {}) as Json, second, value)
}

const readFields = (
  root: XmlNode,
  fields: Readonly<Record<string, string>>,
  places: Map<string, XmlNode>,
  read: (field: string, text: string) => unknown,
): Json => {
  const object: Json = {}
  for (const leaf of leaves(root)) {
    const field =
      fields[`${leaf.parent!.name}/${leaf.name}`] ?? fields[leaf.name] ?? (leaf.name === 'DateTimeString' ? fields[leaf.parent!.name] : undefined)
    const text = leaf.text.trim()
    if (field === undefined || text === '') continue
    put(object, field, read(field, text))
    if (!places.has(`/${field}`)) places.set(`/${field}`, leaf)
  }
  return object
}

const locate = (issue: MessageIssue, node: XmlNode | undefined): MessageIssue =>
  node ? { ...issue, element: elementPath(node), ...(node.line > 0 && { line: node.line }) } : issue

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/

const checkDates = (object: Json, places: Map<string, XmlNode>, issues: IssueList): void => {
  for (const field of ['arrivedAt', 'departedAt']) {
    const text = object[field]
    if (typeof text === 'string' && (!instant.test(text) || Number.isNaN(Date.parse(text)))) {
      issues.add(
        locate(
          { code: 'message.value_instant', severity: 'error', path: `/${field}`, params: { value: text.slice(0, 40) } },
          places.get(`/${field}`),
        ),
      )
    }
  }
}

/** What a report must say to be acted on. */
const needed: Readonly<Record<string, readonly string[]>> = {
  EAL: ['ucr', 'location'],
  EAA: ['ucr', 'location'],
  EDL: ['ucr', 'location'],
  RET: ['ucr', 'location'],
  CST: ['masterUcr'],
  IAR: ['mrn'],
}

const errorCodes = (root: XmlNode): string[] => [...leaves(root)].filter((leaf) => leaf.name === 'errorCode').map((leaf) => leaf.text.trim())

export const readMovement = (root: XmlNode, issues: IssueList): MovementMessage => {
  const places = new Map<string, XmlNode>()
  const object = readFields(root, movementFields, places, (_field, text) => text)
  const message = [...root.children, root].find((node) => /^inventoryLinking/i.test(node.name)) ?? root
  // An answer repeats the code of what it answers; it must not be taken for a report.
  const answer = message.name.endsWith('Response') && object.code !== undefined && !['EMR', 'ERS'].includes(String(object.code))
  const document: Json = { ...object, ...(answer ? { code: 'ANS', answers: object.code } : { code: object.code ?? codes[root.name] ?? '' }) }
  const errors = errorCodes(root)
  if (errors.length > 0) document.errors = errors
  if (document.code === '')
    issues.add(
      locate({ code: 'message.element_missing', severity: 'error', path: '/code', params: { element: root.name, missing: 'messageCode' } }, root),
    )
  for (const field of needed[String(document.code)] ?? []) {
    if (document[field] === undefined)
      issues.add(locate({ code: 'message.field_missing', severity: 'error', path: `/${field}`, params: { field } }, root))
  }
  checkDates(document, places, issues)
  for (const issue of checkCanonical(MovementMessage, document)) issues.add(locate(issue, places.get(issue.path)))
  return document as MovementMessage
}

const statusFields: Readonly<Record<string, string>> = {
  MRN: 'mrn',
  ID: 'mrn',
  LRN: 'lrn',
  FunctionalReferenceID: 'lrn',
  VersionID: 'version',
  ReceivedDateTime: 'receivedAt',
  CreatedDateTime: 'createdAt',
  AcceptanceDateTime: 'acceptedAt',
  GoodsReleasedDateTime: 'releasedAt',
  GoodsArrivalDateTime: 'arrivedAt',
  ROE: 'route',
  ICS: 'importStatus',
  'StatusOfEntry-ICS': 'importStatus',
  SOE: 'exportStatus',
  'StatusOfEntry-SOE': 'exportStatus',
  GoodsLocationCode: 'location',
  DUCRandPartID: 'reference',
  SubmitterID: 'submitter',
  'Submitter/ID': 'submitter',
  'Declaration/TypeCode': 'type',
}

/** Identifiers inside the declaration that are not its own. */
const foreignIds = /^(?!Declaration|HighLevelSummaryDetails)\w+\/ID$/

export const readStatus = (root: XmlNode, issues: IssueList): StatusReport => {
  const places = new Map<string, XmlNode>()
  const fieldsFor = new Proxy(statusFields, {
    get: (fields, name: string) => (foreignIds.test(name) && fields[name] === undefined ? '' : fields[name]),
  })
  const versions = root.children.map((details) => {
    const { '': _, ...version } = readFields(details, fieldsFor, places, (field, text) => (field.endsWith('At') ? toIsoDate(text) : text))
    return version
  })
  const report = { versions }
  for (const issue of checkCanonical(StatusReport, report)) issues.add(locate(issue, root))
  return report as StatusReport
}

const fileFields: Readonly<Record<string, string>> = {
  FileSequenceNo: 'sequence',
  DocumentType: 'documentType',
  Reference: 'reference',
  FileReference: 'reference',
  Href: 'address',
  Outcome: 'outcome',
  Details: 'details',
}

export const readFileUpload = (root: XmlNode, issues: IssueList): FileUpload => {
  const places = new Map<string, XmlNode>()
  const mrn = [...leaves(root)].find((leaf) => leaf.name === 'DeclarationID')?.text.trim()
  const list = root.name === 'Root' ? [root] : (root.children.find((child) => child.name === 'Files')?.children ?? [])
  const files = list.map((file) => readFields(file, fileFields, places, (field, text) => (field === 'sequence' ? Number(text) : text)))
  const document = { ...(mrn && { mrn }), files }
  for (const issue of checkCanonical(FileUpload, document)) issues.add(locate(issue, root))
  return document as FileUpload
}
