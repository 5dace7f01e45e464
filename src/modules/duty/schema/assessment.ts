/** What is owed on a declaration, line by line. */
import { Type, type Static } from 'typebox'
import { AdministrationCode, DutySettings, LegalDate, RoundingSettings } from '#schema/reference'
import { MeasureFact, QuotaFact } from '#schema/trade'
import { closed, optional, orNone, text, numeral, MoneyShape } from './common.ts'

const params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))
const Amount = Type.Object({ amount: numeral, currency: optional(text(3)) }, closed)
const Quantity = Type.Object({ value: numeral, unit: optional(text(12)) }, closed)

const Adjustment = Type.Object({ code: optional(text(3)), amount: optional(Amount) }, closed)
const DeclaredTax = Type.Object(
  {
    type: optional(text(3)),
    preference: optional(text(3)),
    quotaOrder: optional(text(6)),
    base: optional(Quantity),
    baseAmount: optional(Amount),
    rate: optional(numeral),
    deduct: optional(Amount),
    assessed: optional(Amount),
    payable: optional(Amount),
    method: optional(text(1)),
  },
  closed,
)

/** What the calculation needs of one goods item. */
export const AssessmentItem = Type.Object(
  {
    itemNumber: Type.Integer(),
    /** tariff code as far as declared: up to ten digits */
    commodity: optional(text(10)),
    /** DE 6/16 and 6/17 */
    additionalCodes: Type.Array(text(4)),
    origin: optional(text(4)),
    preferentialOrigin: optional(text(4)),
    /** DE 1/10, four digits */
    procedure: optional(text(4)),
    /** DE 1/11 */
    additionalProcedures: Type.Array(text(3)),
    price: optional(Amount),
    /** declared customs value: wins over the price */
    customsValue: optional(Amount),
    /** DE 4/18 and 4/19, of low-value consignments: stand in for a price */
    intrinsicValue: optional(Amount),
    transportCost: optional(Amount),
    adjustments: Type.Array(Adjustment),
    netMassKg: optional(numeral),
    grossMassKg: optional(numeral),
    supplementary: optional(Quantity),
    taxes: Type.Array(DeclaredTax),
    fiscalRoles: Type.Array(text(3)),
    /** codes of DE 2/2 */
    statements: Type.Array(text(17)),
    /** codes of the documents that were stated (DE 2/3): `C644`, `N851`, `Y901` */
    documents: optional(Type.Array(text(9))),
  },
  closed,
)
export type AssessmentItem = Static<typeof AssessmentItem>

export const AssessmentInput = Type.Object(
  {
    /** currency of prices that name none (DE 4/10) */
    invoiceCurrency: optional(text(3)),
    /** DE 4/9 of the header: spread over the items by value */
    adjustments: Type.Array(Adjustment),
    /** DE 4/19 of the header: spread over the items by value */
    transportCost: optional(Amount),
    fiscalRoles: Type.Array(text(3)),
    statements: Type.Array(text(17)),
    items: Type.Array(AssessmentItem),
  },
  { ...closed, title: 'AssessmentInput' },
)
export type AssessmentInput = Static<typeof AssessmentInput>

/** Everything outside the declaration; the journal keeps it, so that the duty can be computed again. */
export const AssessmentFacts = Type.Object(
  {
    administration: AdministrationCode,
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    rounding: RoundingSettings,
    duty: DutySettings,
    /** the date whose law applies: acceptance, or the tax point of a supplementary declaration */
    date: LegalDate,
    /** own currency for one unit of each foreign currency that the declaration uses */
    rates: Type.Record(Type.String(), Type.String()),
    /** item number → measures of the tariff that fit commodity, origin and date */
    measures: Type.Record(Type.String(), Type.Array(MeasureFact)),
    /** version of the tariff that gave the measures: it can be asked again as it was known then */
    tariffVersion: optional(Type.Integer()),
    /** item number → how its claim of a tariff quota stands */
    quotas: optional(Type.Record(Type.String(), QuotaFact)),
    /** method of payment by which a difference is secured when the item's own takes money instead of holding it */
    securityMethod: optional(text(1)),
  },
  { ...closed, title: 'AssessmentFacts' },
)
export type AssessmentFacts = Static<typeof AssessmentFacts>

/** One step of the calculation as a sentence: i18n key and its figures. */
export const TraceStep = Type.Object(
  { step: Type.Enum(['value', 'measure', 'quantity', 'rate', 'relief', 'rounding', 'override', 'payment']), key: text(60), params: optional(params) },
  closed,
)
export type TraceStep = Static<typeof TraceStep>

/**
 * `assessed` what the rate gives, less relief · `declared` the declarant's own figure taken over · `manual` nobody could compute it, an
 * officer must · `suspended` owed only if the procedure is not discharged · `postponed` accounted for in the VAT return · `secured` an
 * amount held by guarantee, not a debt.
 */
export const TaxStatus = Type.Enum(['assessed', 'declared', 'manual', 'suspended', 'postponed', 'secured'])
export type TaxStatus = Static<typeof TaxStatus>

export const TaxLine = Type.Object(
  {
    itemNumber: Type.Integer(),
    type: text(3),
    base: Type.Union([
      Type.Object({ amount: MoneyShape }, closed),
      Type.Object({ quantity: Quantity }, closed),
      Type.Object({ none: Type.Literal(true) }, closed),
    ]),
    rate: orNone(Type.String({ description: 'percent numeral; null when the duty is not a mere percentage' })),
    rateText: text(1000),
    /** rounded product of base and rate, less `deduct` */
    assessed: MoneyShape,
    /** duty forgone by relief, where it is told beside the duty */
    deduct: MoneyShape,
    /** what a relief (DE 1/11, or the procedure) gives up, however it is told */
    relief: optional(Type.Object({ code: text(4), forgone: MoneyShape }, closed)),
    payable: MoneyShape,
    method: text(1, 'DE 4/8'),
    preference: optional(text(3)),
    quotaOrder: optional(text(6)),
    /** of the part of the goods for which a tariff quota had no share */
    rest: optional(Type.Boolean()),
    status: TaxStatus,
    measureIds: Type.Array(text(40)),
    trace: Type.Array(TraceStep),
  },
  { ...closed, title: 'TaxLine' },
)
export type TaxLine = Static<typeof TaxLine>

export const Assessment = Type.Object(
  {
    administration: AdministrationCode,
    date: LegalDate,
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    items: Type.Array(Type.Object({ itemNumber: Type.Integer(), customsValue: MoneyShape, trace: Type.Array(TraceStep) }, closed)),
    lines: Type.Array(TaxLine),
    totals: Type.Object(
      {
        customsValue: MoneyShape,
        assessed: MoneyShape,
        payable: MoneyShape,
        secured: MoneyShape,
        byType: Type.Array(Type.Object({ type: text(3), assessed: MoneyShape, payable: MoneyShape }, closed)),
        byMethod: Type.Array(Type.Object({ method: text(1), payable: MoneyShape }, closed)),
      },
      closed,
    ),
  },
  { ...closed, title: 'Assessment' },
)
export type Assessment = Static<typeof Assessment>
