/**
 * Reference data: what an administration, a country, a currency, an office, a code means, and from when to when. Everything carries
 * a half-open legal validity range; what a decision used can be looked up again for its date.
 */
import { Type, type Static } from 'typebox'
import { decimalPattern } from '#kernel/decimal.ts'

const closed = { additionalProperties: false } as const
const optional = Type.Optional
const text = (max = 200, description?: string) => Type.String({ maxLength: max, ...(description && { description }) })
export const LegalDate = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', description: 'legal date' })
export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' })
export const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' })
/** The administration that this installation serves: meant wherever a question names none. */
export const home = 'XV'
export const AdministrationCode = Type.String({ pattern: '^[A-Z]{2}$', description: 'country code of the administration' })
const validity = { validFrom: LegalDate, validTo: optional(LegalDate) }

/** Texts by language code; English is always there and stands in for what is not translated. */
export const Names = Type.Record(Type.String(), Type.String({ maxLength: 500 }))
export type Names = Static<typeof Names>

/**
 * How amounts become minor units (WTO valuation leaves it to national law). `perLine`: each line is rounded before it enters the next base.
 * `perTax`: a tax is rounded once over all items of a declaration, and its lines sum to that.
 */
export const RoundingSettings = Type.Object(
  { mode: Type.Enum(['truncate', 'half-up']), perLine: Type.Boolean(), perTax: optional(Type.Boolean()) },
  closed,
)

/** What the calculation of duty takes from national law. */
export const DutySettings = Type.Object(
  {
    /** method of payment (DE 4/8) of a debt for which none was declared */
    defaultMethod: text(1),
    /** fiscal references (DE 3/40) by which import VAT is accounted for in the periodic return instead */
    postponingRoles: Type.Array(text(3)),
    /** first letters of the statement (DE 2/2) by which the declarant takes the calculation upon himself */
    overrideStatement: text(5),
    /** a duty of type `when` splits VAT: on the duties as type `onDuties`, on the rest as declared by the tariff */
    vatSplit: optional(Type.Object({ when: text(3), onDuties: text(3) }, closed)),
    /** requested procedure → tax type under which the security for suspended duty is told; `relief` and `provisional` likewise */
    securityTypes: Type.Record(Type.String(), Type.String()),
  },
  closed,
)
export type DutySettings = Static<typeof DutySettings>

export const Administration = Type.Object(
  {
    code: AdministrationCode,
    name: text(),
    timeZone: text(64, 'IANA zone in which legal dates are meant'),
    currency: CurrencyCode,
    /** home territory; the first is the administration's own country */
    territory: Type.Array(CountryCode, { minItems: 1 }),
    mrnCountry: CountryCode,
    rounding: RoundingSettings,
    duty: DutySettings,
    /** first digits of the tariff quotas that this administration opens */
    quotaPrefix: optional(text(3)),
    /** a trader test service: registers are examples only, scripted triggers act, accounts open themselves */
    traderTest: Type.Boolean(),
    /** rest between acceptance and settlement, in which the declarant may still correct */
    dwellSeconds: Type.Integer({ minimum: 0 }),
    /** competent where nothing in a declaration names an office */
    defaultOffice: text(17),
    /** where a debtor pays by transfer; `reference` is how the payment notice names it */
    bank: optional(Type.Object({ reference: text(35), account: text(35) }, closed)),
    ...validity,
  },
  { ...closed, title: 'Administration' },
)
export type Administration = Static<typeof Administration>

export const officeKinds = ['sea', 'air', 'land', 'inland', 'post'] as const
export const Office = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Z]{2}[A-Z0-9]{6}$', description: 'customs office' }),
    administration: AdministrationCode,
    name: text(),
    kind: Type.Enum([...officeKinds]),
    street: text(),
    city: text(),
    postcode: text(17),
    country: CountryCode,
    latitude: Type.Number({ minimum: -90, maximum: 90, description: 'degrees, WGS 84' }),
    longitude: Type.Number({ minimum: -180, maximum: 180, description: 'degrees, WGS 84' }),
    unlocode: optional(text(5)),
    /** goods locations (DE 5/23: country, type, qualifier, name in one) that this office answers for */
    goodsLocations: Type.Array(text(64)),
    ...validity,
  },
  { ...closed, title: 'CustomsOffice' },
)
export type Office = Static<typeof Office>

/** Lists of one code each. Those that rules ask about by name come first (see clearance rules). */
export const listNames = [
  'country',
  'currency',
  'procedure',
  'additional-procedure',
  'package-type',
  'document',
  'document-status',
  'additional-information',
  'previous-document',
  'authorisation-type',
  'tax-type',
  'preference',
  'valuation-adjustment',
  'guarantee-type',
  'declaration-type',
  'additional-declaration-type',
  'representative-status',
  'payment-method',
  'valuation-method',
  'incoterm',
  'transport-mode',
  'transport-identification',
  'location-type',
  'location-qualifier',
  'transaction-nature',
  'freight-payment',
  'fiscal-role',
  'actor-role',
  'warehouse-type',
  'unit',
  'additional-code',
] as const
export type ListName = (typeof listNames)[number]
export const ListName = Type.Enum([...listNames])

export const CodeEntry = Type.Object({ list: ListName, code: text(20), names: Names, ...validity }, closed)
export type CodeEntry = Static<typeof CodeEntry>

export const ExchangeRate = Type.Object(
  {
    administration: AdministrationCode,
    currency: CurrencyCode,
    rate: Type.String({ pattern: decimalPattern, description: 'units of the administration’s own currency for one unit of `currency`' }),
    source: text(100),
    ...validity,
  },
  { ...closed, title: 'ExchangeRate' },
)
export type ExchangeRate = Static<typeof ExchangeRate>

// ── what routes take and give ──────────────────────────────────────────────────────────────────────────────────────────
const language = optional(Type.Enum(['en', 'fr', 'es', 'zh', 'ar']))
export const ListParams = Type.Object({ list: ListName }, closed)
export const ListSearch = Type.Object(
  { q: optional(text(100)), date: optional(LegalDate), language, limit: optional(Type.Integer({ minimum: 1, maximum: 1000 })) },
  closed,
)
export const CodeChoice = Type.Object({ code: text(20), name: text(500), validFrom: LegalDate, validTo: optional(LegalDate) }, closed)
export type CodeChoice = Static<typeof CodeChoice>

export const OfficeSearch = Type.Object({ administration: optional(AdministrationCode), date: optional(LegalDate) }, closed)
export const RateSearch = Type.Object({ administration: optional(AdministrationCode), date: optional(LegalDate) }, closed)

/** A new rate: it ends the one that is in force before it. */
export const SetRate = Type.Object(
  {
    administration: AdministrationCode,
    currency: CurrencyCode,
    rate: Type.String({ pattern: '^[0-9]{1,12}(\\.[0-9]{1,12})?$' }),
    validFrom: LegalDate,
    source: Type.String({ minLength: 1, maxLength: 100 }),
  },
  closed,
)
export type SetRate = Static<typeof SetRate>
