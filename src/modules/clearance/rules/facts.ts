/**
 * What rules use beside the declaration: plain data, so that the journal keeps exactly what a decision saw. Registers answer
 * questions; `gatherRuleFacts` asks what a declaration raises and keeps only the answers that could make a rule speak.
 */
import type { Instant, LegalDate } from '#kernel/time.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import { eachText } from './checks.ts'
import { regimeOf } from './dataset.ts'

export type CodeList =
  | 'country'
  | 'currency'
  | 'procedure'
  | 'additional-procedure'
  | 'package-type'
  | 'document'
  | 'document-status'
  | 'additional-information'
  | 'previous-document'
  | 'authorisation-type'
  | 'tax-type'
  | 'preference'
  | 'valuation-adjustment'
  | 'guarantee-type'

/** What the tariff says of a commodity code on the legal date. A document may be `A|B`: one of them. */
export type CommodityFact = { exists: boolean; declarable: boolean; supplementaryUnit?: string; documents?: string[] }

export type AdministrationFact = {
  code: string
  /** country codes that are home territory; the first is the administration's own */
  territory: string[]
  currency: string
  /** a trader test service: what real trade gets wrong by habit is a remark, and registers hold examples only */
  traderTest: boolean
  /** first digits of the tariff quota order numbers that this administration opens */
  quotaPrefix?: string
}

export type QuotaProblem = 'unknown' | 'not_open' | 'exhausted' | 'critical' | 'quantity_missing' | 'not_for_goods' | 'licence_missing'
export type LicenceDoubt = 'unknown' | 'foreign' | 'goods' | 'not_valid' | 'short' | 'quantity_missing'

/** Everything outside the declaration that the rules may use. */
export type RuleFacts = {
  administration: AdministrationFact
  /** legal date: the tax point of supplementary declarations, else today */
  date: LegalDate
  now: Instant
  /** `list:code` of each declared code that its list does not contain on the legal date */
  unlisted: string[]
  /** registrations of home operators that the register does not know, or knows as suspended */
  operators: Record<string, 'unknown' | 'suspended'>
  /** the declarant has no mandate of the importer or exporter */
  unmandated: boolean
  commodities: Record<string, CommodityFact>
  unknownLocation: boolean
  unknownOffices: string[]
  /** currencies without a rate of exchange on the legal date */
  withoutRate: string[]
  /** item number → why its tariff quota cannot be claimed, or what to know of it */
  quotas?: Record<string, QuotaProblem>
  /** licences that do not cover the item that states them */
  licences?: { path: string; item: number; number: string; problem: LicenceDoubt }[]
}

/** A register's answer: listed, not listed, or no such register (then nothing is said). */
export type Known = boolean | undefined

/** Where facts come from: snapshots of reference data, tariff and operators. All lookups are for the legal date. */
export type Registers = {
  has: (list: CodeList, code: string) => Known
  operator: (registration: string) => 'known' | 'unknown' | 'suspended' | undefined
  mayRepresent: (declarant: string, principal: string) => Known
  commodity: (code: string) => CommodityFact | undefined
  /** DE 5/23 in one: country, type, qualifier, name */
  goodsLocation: (code: string) => Known
  office: (code: string) => Known
  exchangeRate: (currency: string) => Known
  /** what is to be said of the quota that an item claims */
  quota?: (itemNumber: number) => QuotaProblem | undefined
  /** what is to be said of a document of an item that is a licence */
  licence?: (itemNumber: number, document: { type: string; number: string }) => readonly LicenceDoubt[]
}

/** Registers that know nothing: form and consistency are all that is checked. */
export const noRegisters: Registers = {
  has: () => undefined,
  operator: () => undefined,
  mayRepresent: () => undefined,
  commodity: () => undefined,
  goodsLocation: () => undefined,
  office: () => undefined,
  exchangeRate: () => undefined,
}

/** Fields that hold a code of a list, by name, and by the list they stand in where the name alone says too little. */
const listOf: Readonly<Record<string, CodeList>> = {
  country: 'country',
  nationality: 'country',
  origin: 'country',
  destinationCountry: 'country',
  dispatchCountry: 'country',
  routeCountries: 'country',
  currency: 'currency',
  procedure: 'procedure',
  additionalProcedures: 'additional-procedure',
  preference: 'preference',
  'packages.type': 'package-type',
  'documents.status': 'document-status',
  'additionalInformation.code': 'additional-information',
  'previousDocuments.type': 'previous-document',
  'authorisations.type': 'authorisation-type',
  'taxes.type': 'tax-type',
  'valuationAdjustments.code': 'valuation-adjustment',
  'guarantees.type': 'guarantee-type',
}

const fieldList = (path: string): CodeList | undefined => {
  const steps = path.split('/')
  const last = steps.at(-1)!
  const name = /^\d+$/.test(last) ? steps.at(-2)! : ['type', 'code', 'status'].includes(last) ? `${steps.at(-3)}.${last}` : last
  return Object.hasOwn(listOf, name) ? listOf[name] : undefined
}

const registration =
  /^\/(?:exporter|declarant|presenter|importer|consignee|consignor|buyer|seller|carrier|representative)\/id$|\/(?:exporter|consignee|consignor|buyer|seller)\/id$|\/authorisations\/\d+\/holder$/

/** The code under which the tariff knows an item. */
export const commodityCode = (item: { hsCode?: string; taricCode?: string }): string => `${item.hsCode ?? ''}${item.taricCode ?? ''}`

/** DE 5/23 joined as traders write it. */
export const locationCode = (location: DeclarationDocument['goodsLocation']): string =>
  `${location?.country ?? ''}${location?.type ?? ''}${location?.qualifier ?? ''}${location?.name ?? ''}`

const ask = (document: DeclarationDocument, registers: Registers, administration: AdministrationFact) => {
  const unlisted = new Set<string>()
  const operators: RuleFacts['operators'] = {}
  const withoutRate = new Set<string>()
  const doubt = (list: CodeList, code: string) => registers.has(list, code) === false && unlisted.add(`${list}:${code}`)
  eachText(document, (text, path) => {
    const list = fieldList(path)
    if (list) doubt(list, text)
    if (path.endsWith('/currency') && text !== administration.currency && registers.exchangeRate(text) === false) withoutRate.add(text)
    if (!registration.test(path) || !administration.territory.includes(text.slice(0, 2))) return
    const standing = registers.operator(text)
    if (standing === 'unknown' || standing === 'suspended') operators[text] = standing
  })
  for (const d of [document, ...document.items].flatMap((x) => x.documents ?? [])) if (d.category && d.type) doubt('document', d.category + d.type)
  return { unlisted: [...unlisted], operators, withoutRate: [...withoutRate] }
}

const commoditiesOf = (document: DeclarationDocument, registers: Registers): RuleFacts['commodities'] => {
  const found: RuleFacts['commodities'] = {}
  for (const code of new Set(document.items.filter((i) => i.hsCode).map(commodityCode))) {
    const fact = registers.commodity(code)
    if (fact && (!fact.exists || !fact.declarable || fact.supplementaryUnit || fact.documents?.length)) found[code] = fact
  }
  return found
}

const quotasOf = (document: DeclarationDocument, registers: Registers): Pick<RuleFacts, 'quotas'> => {
  const told = document.items.flatMap((i) => {
    const problem = registers.quota?.(i.itemNumber)
    return problem ? [[String(i.itemNumber), problem] as const] : []
  })
  return told.length > 0 ? { quotas: Object.fromEntries(told) } : {}
}

const licencesOf = (document: DeclarationDocument, registers: Registers): Pick<RuleFacts, 'licences'> => {
  const told = document.items.flatMap((i, place) =>
    (i.documents ?? []).flatMap((d, n) =>
      d.id
        ? (registers.licence?.(i.itemNumber, { type: `${d.category ?? ''}${d.type ?? ''}`, number: d.id }) ?? []).map((problem) => ({
            path: `/items/${place}/documents/${n}/id`,
            item: i.itemNumber,
            number: d.id!,
            problem,
          }))
        : [],
    ),
  )
  return told.length > 0 ? { licences: told } : {}
}

/** Asks the registers everything that a declaration raises. */
export const gatherRuleFacts = (
  document: DeclarationDocument,
  registers: Registers,
  at: { administration: AdministrationFact; date: LegalDate; now: Instant },
): RuleFacts => {
  const acting = document.representative?.id ?? document.declarant?.id
  const principal = { import: document.importer?.id, export: document.exporter?.id, transit: document.declarant?.id }[regimeOf(document)]
  const location = document.goodsLocation
  return {
    ...at,
    ...ask(document, registers, at.administration),
    ...quotasOf(document, registers),
    ...licencesOf(document, registers),
    unmandated: acting !== undefined && principal !== undefined && acting !== principal && registers.mayRepresent(acting, principal) === false,
    commodities: commoditiesOf(document, registers),
    unknownLocation: location?.name !== undefined && location.qualifier !== 'Z' && registers.goodsLocation(locationCode(location)) === false,
    unknownOffices: [document.exitOffice, document.destinationOffice, document.presentationOffice, document.supervisingOffice].filter(
      (o): o is string => o !== undefined && registers.office(o) === false,
    ),
  }
}
