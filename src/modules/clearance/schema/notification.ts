/**
 * What the administration tells the parties of a declaration (WCO DMS response), and messages of movement (inventory linking).
 * Instants are ISO 8601 to the second; amounts are numerals as they stand in the message.
 */
import { Type, type Static, type TSchema } from 'typebox'
import { DeclarationDocument, DeclaredAmount, Envelope, Quantity, Remainder } from './document.ts'

const closed = { additionalProperties: false } as const
const optional = Type.Optional
const text = (max: number, description?: string) => Type.String({ maxLength: max, ...(description && { description }) })
const instant = Type.String({
  pattern: '^20[0-9]{2}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?$',
  description: 'ISO 8601',
})
const list = <T extends TSchema>(of: T, maxItems = 999) => Type.Optional(Type.Array(of, { maxItems }))

/** Function codes of DMS responses and the names that traders know them by. */
export const notificationNames = {
  '01': 'DMSACC',
  '02': 'DMSRCV',
  '03': 'DMSREJ',
  '05': 'DMSCTL',
  '06': 'DMSDOC',
  '07': 'DMSRES',
  '08': 'DMSROG',
  '09': 'DMSCLE',
  '10': 'DMSINV',
  '11': 'DMSREQ',
  '13': 'DMSTAX',
  '14': 'DMSCPI',
  '15': 'DMSCPR',
  '16': 'DMSEOG',
  '18': 'DMSGER',
  '51': 'DMSQRY',
} as const satisfies Record<string, string>

/** One step of a WCO pointer: class, 1-based occurrence, and in the last step the attribute's tag. */
export const PointerStep = Type.Object(
  { sequence: optional(Type.Integer()), section: optional(text(3, 'WCO class id, 42A Declaration')), tag: optional(text(4, 'WCO attribute id')) },
  closed,
)
export type PointerStep = Static<typeof PointerStep>

/** One line of tax of one item: rate in percent; `assessed` is what is owed, `payable` what is to be paid now. */
export const TaxLine = Type.Object(
  {
    itemNumber: Type.Integer({ minimum: 0, maximum: 99999 }),
    type: optional(text(3, 'A00 customs duty, B00 VAT, …')),
    regime: optional(text(3, 'DE 4/17 preference')),
    base: optional(DeclaredAmount),
    baseQuantity: optional(Quantity),
    rate: optional(text(50, 'percent')),
    deduct: optional(DeclaredAmount),
    assessed: optional(DeclaredAmount),
    payable: optional(DeclaredAmount),
  },
  closed,
)
export type TaxLine = Static<typeof TaxLine>

/** `path` is where the pointers lead in the canonical declaration (RFC 6901), when they lead anywhere. */
export const NotificationError = Type.Object(
  { code: optional(text(8)), description: optional(text(512)), pointers: list(PointerStep, 20), path: optional(text(300)) },
  closed,
)
export type NotificationError = Static<typeof NotificationError>

const Statement = Type.Object(
  { code: optional(text(17)), text: optional(text(512)), type: optional(text(3)), limitAt: optional(instant), pointers: list(PointerStep, 20) },
  closed,
)

const Subject = Type.Object(
  {
    lrn: optional(text(35)),
    mrn: optional(text(70)),
    version: optional(Type.Integer({ minimum: 0, maximum: 999_999_999 })),
    acceptedAt: optional(instant),
    rejectedAt: optional(instant),
    cancelledAt: optional(instant),
  },
  closed,
)

/** Money of the declaration as a whole: what is short, by when, and the guarantee that covers it. */
const PaymentDemand = Type.Object(
  {
    reference: optional(text(35)),
    assessed: optional(DeclaredAmount),
    amount: optional(DeclaredAmount),
    dueAt: optional(instant),
    guarantees: list(text(35), 99),
  },
  closed,
)

export const Notification = Type.Object(
  {
    functionCode: Type.String({ pattern: '^[0-9]{1,2}$', description: 'UN/EDIFACT 1225, DMS values: 01 DMSACC …' }),
    name: optional(text(6, 'follows from functionCode; absent for a code without a name')),
    messageId: optional(text(35, 'unique; 32 hexadecimal digits')),
    issuedAt: optional(instant),
    responsibleCountry: optional(text(2)),
    envelope: optional(Envelope),
    /** 67 indicative, 4 final, 115 before release under security (DMSTAX); 39 granted (DMSREQ); A1 exited (DMSEOG) */
    statusCode: optional(text(3)),
    effectiveAt: optional(instant),
    releasedAt: optional(instant),
    statusPointers: list(PointerStep, 20),
    declaration: Subject,
    taxLines: list(TaxLine, 99_999),
    payments: list(PaymentDemand, 99),
    errors: list(NotificationError, 9999),
    additionalInformation: list(Statement, 999),
    amendments: list(Type.Object({ reason: optional(text(3)), pointers: list(PointerStep, 20) }, closed), 999),
    /** DMSRES: the changed part of the declaration, and nothing but it */
    changes: optional(DeclarationDocument),
    bank: optional(Type.Object({ reference: optional(text(17, 'BIC')), account: optional(text(35)) }, closed)),
    /** customs office to turn to */
    office: optional(text(17)),
    appealOffice: optional(text(17)),
    other: list(Remainder, 500),
  },
  { ...closed, title: 'Notification' },
)
export type Notification = Static<typeof Notification>

/** A report on the movement of goods (inventory linking): arrival, departure, consolidation, and the answers to them. */
export const MovementMessage = Type.Object(
  {
    /**
     * EAL arrival, EAA anticipated arrival, EDL departure, RET retrospective arrival, EAC association with a master, CST shut; EMR and
     * ERS answers about a whole movement; ANS an answer to the code in `answers`; of import inventories, which have no codes of their
     * own: IAR arrival, IVQ validation wanted, IVR validated
     */
    code: text(3),
    answers: optional(text(3)),
    ucr: optional(text(35, 'unique consignment reference')),
    ucrPart: optional(text(4)),
    ucrType: optional(Type.Union([Type.Literal('D'), Type.Literal('M')], { description: 'declaration or master' })),
    masterUcr: optional(text(35)),
    /** A associate, F follow the master, R remove, X do not associate */
    masterOpt: optional(text(1)),
    mrn: optional(text(35)),
    version: optional(text(9)),
    location: optional(text(35)),
    shed: optional(text(3)),
    arrivedAt: optional(text(40, 'ISO 8601')),
    departedAt: optional(text(40, 'ISO 8601')),
    reference: optional(text(35, 'movement reference')),
    agent: optional(Type.Object({ id: optional(text(17)), location: optional(text(12)), role: optional(text(3)) }, closed)),
    transport: optional(Type.Object({ id: optional(text(35)), mode: optional(text(1)), nationality: optional(text(2)) }, closed)),
    /** answers: result code, action taken, route and status of entry */
    result: optional(text(10)),
    action: optional(text(10)),
    route: optional(text(2)),
    importStatus: optional(text(2)),
    exportStatus: optional(text(2)),
    errors: list(text(1024), 200),
    submitter: optional(text(35)),
    conversation: optional(text(64)),
  },
  { ...closed, title: 'Movement' },
)
export type MovementMessage = Static<typeof MovementMessage>

/** What a status query is answered with: one declaration version each. */
export const StatusReport = Type.Object(
  {
    versions: Type.Array(
      Type.Object(
        {
          mrn: optional(text(35)),
          lrn: optional(text(35)),
          version: optional(text(9)),
          receivedAt: optional(instant),
          createdAt: optional(instant),
          acceptedAt: optional(instant),
          releasedAt: optional(instant),
          arrivedAt: optional(instant),
          route: optional(text(2)),
          importStatus: optional(text(2)),
          exportStatus: optional(text(2)),
          location: optional(text(35)),
          reference: optional(text(70)),
          submitter: optional(text(35)),
          type: optional(text(3)),
        },
        closed,
      ),
      { maxItems: 999 },
    ),
  },
  { ...closed, title: 'StatusReport' },
)
export type StatusReport = Static<typeof StatusReport>

/** Files that go with a declaration: the announcement, or the answer that says where to put them. */
export const FileUpload = Type.Object(
  {
    mrn: optional(text(35)),
    files: Type.Array(
      Type.Object(
        {
          sequence: optional(Type.Integer()),
          documentType: optional(text(70)),
          reference: optional(text(100)),
          address: optional(text(2000)),
          outcome: optional(text(100)),
          details: optional(text(2000)),
        },
        closed,
      ),
      { maxItems: 999 },
    ),
  },
  { ...closed, title: 'FileUpload' },
)
export type FileUpload = Static<typeof FileUpload>
