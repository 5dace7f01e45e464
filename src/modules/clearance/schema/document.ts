/**
 * The canonical declaration: one shape for the web form, the API, WCO DMS XML and files. Field names follow the WCO Data Model;
 * "DE n/n" gives the data element of the UCC annex B numbering that traders know from their manuals.
 * Amounts, masses and quantities are decimal numerals in strings, exactly as declared.
 * `Draft` data may lack anything; what a procedure needs is a rule (rules/), not a shape.
 */
import { Type, type Static } from 'typebox'
import { decimalPattern } from '#kernel/decimal.ts'

const text = (max: number, description?: string) => Type.String({ maxLength: max, ...(description && { description }) })
const code = (max: number, description?: string) => Type.String({ maxLength: max, ...(description && { description }) })
const numeral = (description?: string) => Type.String({ pattern: decimalPattern, maxLength: 50, ...(description && { description }) })
const country = (description?: string) => Type.String({ pattern: '^[A-Z]{2}$', description: description ?? 'ISO 3166-1 alpha-2' })
/** Format 102 and 304 of messages, written as ISO 8601: a date, or an instant to the second with its offset. */
const date = (description = 'ISO 8601 date or instant') =>
  Type.String({ pattern: '^20[0-9]{2}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?$', description })
const optional = Type.Optional
const closed = { additionalProperties: false } as const
const list = <T extends Parameters<typeof Type.Array>[0]>(of: T, maxItems = 999) => Type.Optional(Type.Array(of, { maxItems }))

/** An amount as declared: the numeral is kept as it was written. */
export const DeclaredAmount = Type.Object(
  { amount: numeral(), currency: optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' })) },
  closed,
)
export type DeclaredAmount = Static<typeof DeclaredAmount>

/** A quantity with its unit (UN/ECE Rec. 20 or national qualifier such as `KGM#E`); no unit means the unit the tariff prescribes. */
export const Quantity = Type.Object({ value: numeral(), unit: optional(code(12)) }, closed)
export type Quantity = Static<typeof Quantity>

export const Address = Type.Object(
  { line: optional(text(256)), city: optional(text(64)), postcode: optional(text(17)), country: optional(country()) },
  closed,
)

/** Either a registration number or a name and address. */
export const Party = Type.Object(
  {
    id: optional(code(35, 'registration number (EORI)')),
    name: optional(text(128)),
    address: optional(Address),
    contact: optional(text(70, 'person to speak to')),
    phone: optional(text(64)),
    email: optional(text(128)),
  },
  closed,
)
export type Party = Static<typeof Party>

export const MeansOfTransport = Type.Object(
  {
    mode: optional(code(2, 'UN/ECE Rec. 19 mode of transport')),
    idType: optional(code(17, 'type of identification')),
    id: optional(text(35)),
    nationality: optional(country()),
    name: optional(text(70)),
  },
  closed,
)

/** DE 5/23 in its parts; `country + type + qualifier + name` is the code traders know (`GB A U LGWLGWLGW`). */
export const GoodsLocation = Type.Object(
  {
    country: optional(country()),
    type: optional(code(3, 'A designated, B authorised, C approved, D other')),
    qualifier: optional(code(3, 'U UN/LOCODE, Y authorisation, Z address, …')),
    name: optional(text(256)),
    additionalId: optional(text(35)),
    address: optional(Address),
  },
  closed,
)

export const PreviousDocument = Type.Object(
  {
    category: optional(code(3, 'X, Y or Z')),
    type: optional(code(6)),
    id: optional(text(70)),
    line: optional(Type.Integer({ minimum: 0, maximum: 99999 })),
  },
  closed,
)

export const AdditionalInformation = Type.Object(
  {
    code: optional(code(17)),
    text: optional(text(512)),
    type: optional(code(3)),
    limitAt: optional(date()),
    /** Where a statement of an amendment points: WCO class and tag steps. */
    pointers: list(Type.Object({ sequence: optional(Type.Integer()), section: optional(code(3)), tag: optional(code(4)) }, closed), 20),
  },
  closed,
)

/** DE 2/3, and DE 8/7 in `quantity`. `code` joins category and type: `C505`. */
export const SupportingDocument = Type.Object(
  {
    category: optional(code(3)),
    type: optional(code(6)),
    id: optional(text(70)),
    name: optional(text(256)),
    status: optional(code(3, 'LPCO exemption code: AC, AE, …')),
    issuer: optional(text(70)),
    issuedAt: optional(date()),
    validUntil: optional(date()),
    quantity: optional(Quantity),
    amount: optional(DeclaredAmount),
  },
  closed,
)

export const Authorisation = Type.Object({ holder: optional(code(35)), type: optional(code(6)) }, closed)
export const FiscalReference = Type.Object({ id: optional(code(35)), role: optional(code(3)) }, closed)
export const ChargeDeduction = Type.Object({ code: optional(code(3, 'DE 4/9 type')), amount: optional(DeclaredAmount) }, closed)
export const Guarantee = Type.Object(
  {
    type: optional(code(3, 'DE 8/2')),
    reference: optional(text(70)),
    otherReference: optional(text(70)),
    accessCode: optional(code(4)),
    amount: optional(DeclaredAmount),
    office: optional(code(17)),
  },
  closed,
)
export const Container = Type.Object(
  {
    sequence: optional(Type.Integer({ minimum: 0, maximum: 99999 })),
    id: optional(text(17)),
    seals: list(Type.Object({ sequence: optional(Type.Integer()), id: optional(text(35)) }, closed), 9999),
  },
  closed,
)
export const Package = Type.Object(
  {
    sequence: optional(Type.Integer({ minimum: 0, maximum: 99999 })),
    type: optional(code(2, 'UN/ECE Rec. 21')),
    count: optional(numeral()),
    marks: optional(text(512)),
  },
  closed,
)

/** DE 4/3 to 4/8, 4/17, 8/1: what the declarant says about one tax of an item. */
export const DeclaredTax = Type.Object(
  {
    type: optional(code(3, 'A00 customs duty, B00 VAT, …')),
    preference: optional(code(3, 'DE 4/17')),
    quotaOrder: optional(code(17, 'DE 8/1')),
    base: optional(Quantity),
    baseAmount: optional(DeclaredAmount),
    rate: optional(numeral('percent')),
    deduct: optional(DeclaredAmount),
    assessed: optional(DeclaredAmount),
    payable: optional(DeclaredAmount),
    method: optional(code(1, 'DE 4/8 method of payment')),
  },
  closed,
)
export type DeclaredTax = Static<typeof DeclaredTax>

/**
 * Something well formed that the canonical model has no name for; kept so that nothing is lost between reading and writing.
 * `order` tells in which order the codes of one class stood in the message (classification, origin, procedure, header document),
 * where that differs from ours: pointers count occurrences in the sender's own message.
 */
export const Remainder = Type.Object(
  {
    path: text(300, 'element path below the owning class, with 1-based occurrences'),
    value: optional(text(2000)),
    attributes: optional(Type.Record(Type.String(), text(200))),
    order: optional(text(2000)),
  },
  closed,
)

/** What the envelope of the message said beside its content; absent where it said the usual. */
export const Envelope = Type.Object(
  {
    modelVersion: optional(text(20, 'WCO Data Model version; 3.6 when absent')),
    typeName: optional(text(70, 'DEC or RES when absent')),
    agency: optional(text(70, 'responsible agency')),
    customization: optional(text(70)),
    customizationVersion: optional(text(70)),
  },
  closed,
)

export const DeclarationItem = Type.Object(
  {
    itemNumber: Type.Integer({ minimum: 1, maximum: 99999 }),
    description: optional(text(512, 'DE 6/8')),
    hsCode: optional(
      Type.String({
        pattern: '^[0-9]{4,10}$',
        description: 'DE 6/14: eight digits of the combined nomenclature; in reduced data sets four or six, or the whole code in ten',
      }),
    ),
    taricCode: optional(Type.String({ pattern: '^[0-9]{2}$', description: 'DE 6/15' })),
    taricAdditional: list(code(4, 'DE 6/16'), 99),
    nationalAdditional: list(code(4, 'DE 6/17'), 99),
    cusCode: optional(code(18, 'DE 6/13')),
    undgCodes: list(code(4, 'DE 6/12 United Nations number of dangerous goods'), 99),
    origin: optional(country('DE 5/15 non-preferential origin')),
    preferentialOrigin: optional(code(4, 'DE 5/16 country or group')),
    procedure: optional(Type.String({ pattern: '^[0-9A-Z]{2,4}$', description: 'DE 1/10 requested and previous procedure' })),
    additionalProcedures: list(code(3, 'DE 1/11'), 99),
    itemPrice: optional(DeclaredAmount),
    valuationMethod: optional(code(3, 'DE 4/16')),
    valuationIndicators: optional(code(4, 'DE 4/13')),
    valuationAdjustments: list(ChargeDeduction, 99),
    customsValue: optional(DeclaredAmount),
    intrinsicValue: optional(DeclaredAmount),
    transportCost: optional(DeclaredAmount),
    statisticalValue: optional(DeclaredAmount),
    netMassKg: optional(numeral('DE 6/1')),
    grossMassKg: optional(numeral('DE 6/5')),
    supplementary: optional(Quantity),
    taxes: list(DeclaredTax, 99),
    packages: list(Package, 99),
    containers: list(Type.Object({ sequence: optional(Type.Integer()), id: optional(text(17)) }, closed), 9999),
    documents: list(SupportingDocument, 99),
    previousDocuments: list(PreviousDocument, 99),
    additionalInformation: list(AdditionalInformation, 99),
    fiscalReferences: list(FiscalReference, 99),
    additionalActors: list(Type.Object({ id: optional(code(35)), role: optional(code(3)) }, closed), 99),
    exporter: optional(Party),
    consignee: optional(Party),
    consignor: optional(Party),
    buyer: optional(Party),
    seller: optional(Party),
    transactionNature: optional(code(2)),
    traderReference: optional(text(35)),
    destinationCountry: optional(country()),
    dispatchCountry: optional(country()),
    other: list(Remainder, 500),
  },
  closed,
)
export type DeclarationItem = Static<typeof DeclarationItem>

/** `original` lodges; the requests act on a declaration that has an MRN. */
export const MessageFunction = Type.Union([Type.Literal('original'), Type.Literal('request')])

/** One change of an amendment request: WCO reason code and the pointer steps to what it changes. */
export const AmendmentChange = Type.Object(
  {
    reason: optional(code(3)),
    pointers: Type.Array(Type.Object({ sequence: optional(Type.Integer()), section: optional(code(3)), tag: optional(code(4)) }, closed), {
      maxItems: 20,
    }),
  },
  closed,
)

export const DeclarationDocument = Type.Object(
  {
    function: optional(MessageFunction),
    lrn: optional(Type.String({ minLength: 1, maxLength: 35, description: 'DE 2/5 local reference number' })),
    mrn: optional(Type.String({ maxLength: 70, description: 'movement reference number; in requests only' })),
    responsibleCountry: optional(country('the administration the message is addressed to')),
    envelope: optional(Envelope),
    /** DE 1/1. IM import, EX export, CO internal; COR, INV, GPR and the like in requests. */
    declarationType: optional(code(3)),
    /** DE 1/2: A/D standard arrived/pre-lodged, B/E, C/F simplified, J/K, Y/Z supplementary. */
    additionalType: optional(code(1)),
    taxPointAt: optional(date()),
    issuedAt: optional(date()),
    itemCount: optional(Type.Integer({ minimum: 0, maximum: 99999 })),
    totalPackages: optional(numeral()),
    totalGrossMassKg: optional(numeral()),
    invoiceTotal: optional(DeclaredAmount),
    exporter: optional(Party),
    declarant: optional(Party),
    representative: optional(
      Type.Object(
        { id: optional(code(35)), name: optional(text(128)), address: optional(Address), status: optional(code(3, '2 direct, 3 indirect')) },
        closed,
      ),
    ),
    presenter: optional(Party),
    submitter: optional(Party),
    importer: optional(Party),
    consignee: optional(Party),
    consignor: optional(Party),
    buyer: optional(Party),
    seller: optional(Party),
    carrier: optional(Party),
    authorisations: list(Authorisation, 99),
    fiscalReferences: list(FiscalReference, 99),
    additionalActors: list(Type.Object({ id: optional(code(35)), role: optional(code(3)) }, closed), 99),
    deferments: list(Type.Object({ category: optional(code(3)), type: optional(code(6)), account: optional(text(70)) }, closed), 99),
    documents: list(SupportingDocument, 99),
    previousDocuments: list(PreviousDocument, 999),
    additionalInformation: list(AdditionalInformation, 99),
    amendments: list(AmendmentChange, 999),
    freightPayment: optional(code(3)),
    deliveryTerms: optional(
      Type.Object(
        {
          incoterm: optional(code(3)),
          place: optional(text(35)),
          placeName: optional(text(256)),
          country: optional(country()),
          text: optional(text(256)),
        },
        closed,
      ),
    ),
    valuationAdjustments: list(ChargeDeduction, 99),
    transportCost: optional(DeclaredAmount),
    exchangeRate: optional(numeral()),
    traderReference: optional(text(35)),
    destinationCountry: optional(country()),
    dispatchCountry: optional(country()),
    routeCountries: list(country(), 99),
    declarationOffice: optional(code(17)),
    exitOffice: optional(code(17)),
    destinationOffice: optional(code(17, 'DE 5/6 office of destination of a transit')),
    presentationOffice: optional(code(17)),
    supervisingOffice: optional(code(17)),
    goodsLocation: optional(GoodsLocation),
    loadingLocation: optional(Type.Object({ name: optional(text(256)), id: optional(text(35)) }, closed)),
    warehouse: optional(Type.Object({ type: optional(code(3)), id: optional(text(35)) }, closed)),
    borderTransport: optional(MeansOfTransport),
    arrivalTransport: optional(MeansOfTransport),
    departureTransport: optional(MeansOfTransport),
    inlandMode: optional(code(2)),
    containerised: optional(code(1)),
    containers: list(Container, 9999),
    guarantees: list(Guarantee, 99),
    transactionNature: optional(code(2)),
    specificCircumstance: optional(code(3)),
    items: Type.Array(DeclarationItem, { maxItems: 999 }),
    other: list(Remainder, 500),
  },
  { ...closed, title: 'Declaration' },
)
export type DeclarationDocument = Static<typeof DeclarationDocument>
