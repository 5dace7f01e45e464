/** The document behind the form: what is pruned, summed, taken over. Pure. */
import { decimal, isDecimal } from '#kernel/decimal.ts'
import type { Issue } from '#kernel/issue.ts'
import type { DeclarationDocument, DeclarationItem } from '#schema/clearance'
import { segmentsOf, withValueAt } from '../../../ui/pointer.ts'

export const steps = ['declaration', 'parties', 'transport', 'goods', 'documents', 'duty', 'lodge'] as const
export type Step = (typeof steps)[number]

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Without empty texts, objects and lists: an empty group says nothing, and rules would take it for something. */
export const pruned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(pruned).filter((one) => one !== undefined)
  if (!isObject(value)) return value === '' || value === null ? undefined : value
  const filled = Object.entries(value).flatMap(([name, one]) => {
    const kept = pruned(one)
    return kept === undefined || (Array.isArray(kept) && kept.length === 0) ? [] : [[name, kept] as const]
  })
  // A currency or unit alone is no amount yet.
  const isBare = filled.length === 1 && (filled[0]![0] === 'currency' || filled[0]![0] === 'unit')
  return filled.length === 0 || isBare ? undefined : Object.fromEntries(filled)
}

/** As it is saved, checked and lodged: pruned, lines numbered, their number told. */
export const tidy = (document: DeclarationDocument): DeclarationDocument => {
  // An empty line in the middle must keep its place: issues name lines by position.
  const items = document.items.map((item, at): DeclarationItem => ({ ...(pruned(item) as Partial<DeclarationItem> | undefined), itemNumber: at + 1 }))
  const { items: _items, itemCount: _count, ...header } = document
  return {
    function: 'original',
    ...(pruned(header) as Partial<DeclarationDocument> | undefined),
    ...(items.length > 0 && { itemCount: items.length }),
    items,
  }
}

/** Without the values at these places: what cannot be stored as it was typed. */
export const without = (document: DeclarationDocument, paths: readonly string[]): DeclarationDocument =>
  paths.reduce((now, path) => withValueAt(now, path, undefined), document)

type Total = { value: string; mixed?: false } | { value: null; mixed: boolean }

const sum = (values: readonly (string | undefined)[]): Total => {
  const filled = values.filter((value): value is string => value !== undefined && value !== '')
  if (filled.length === 0 || filled.length < values.length || !filled.every(isDecimal)) return { value: null, mixed: false }
  return { value: filled.reduce((all, one) => all.plus(decimal(one)), decimal(0)).toFixed() }
}

export type Totals = { packages: Total; gross: Total; net: Total; price: Total; currency: string | undefined }

export const totalsOf = (document: DeclarationDocument): Totals => {
  const { items } = document
  const currencies = new Set(items.map((item) => item.itemPrice?.currency ?? document.invoiceTotal?.currency))
  return {
    packages: sum(items.flatMap((item) => (item.packages?.length ? item.packages.map((one) => one.count) : [undefined]))),
    gross: sum(items.map((item) => item.grossMassKg)),
    net: sum(items.map((item) => item.netMassKg)),
    price: currencies.size > 1 ? { value: null, mixed: true } : sum(items.map((item) => item.itemPrice?.amount)),
    currency: currencies.size === 1 ? [...currencies][0] : undefined,
  }
}

export const sameNumber = (a: string | undefined | null, b: string | undefined | null): boolean =>
  Boolean(a && b && isDecimal(a) && isDecimal(b) && decimal(a).eq(decimal(b)))

/** Is it a transit by its kind (DE 1/3)? */
export const isTransit = (declarationType: string | undefined): boolean => declarationType === 'T1' || declarationType === 'T2'

/** A new line begins as the one before it went: procedure, valuation, taxes, packing, currency. */
export const nextItem = (document: DeclarationDocument): DeclarationItem => {
  const last = document.items.at(-1)
  const currency = last?.itemPrice?.currency ?? document.invoiceTotal?.currency
  const { declarationType } = document
  const base: Partial<DeclarationItem> = last
    ? {
        procedure: last.procedure,
        additionalProcedures: last.additionalProcedures,
        valuationMethod: last.valuationMethod,
        valuationIndicators: last.valuationIndicators,
        taxes: last.taxes?.map(({ type, method, preference }) => ({ type, method, preference })),
        packages: last.packages?.slice(0, 1).map(({ type }) => ({ sequence: 1, type })),
        documents: last.documents?.map((one) => ({ ...one })),
        previousDocuments: last.previousDocuments?.map((one) => ({ ...one })),
      }
    : {
        // Of a transit the procedure is the kind of declaration.
        ...(!isTransit(declarationType) && { procedure: declarationType === 'EX' ? '1000' : '4000', additionalProcedures: ['000'] }),
        ...(declarationType !== 'EX' &&
          !isTransit(declarationType) && { valuationMethod: '1', valuationIndicators: '0000', taxes: [{ type: 'A00', preference: '100' }] }),
      }
  return { ...base, itemNumber: document.items.length + 1, ...(currency && { itemPrice: { currency } as DeclarationItem['itemPrice'] }) }
}

/** Ten digits of a tariff code as people write them ↔ the two elements that hold them. */
export const commodityOf = (item: Pick<DeclarationItem, 'hsCode' | 'taricCode'>): string => `${item.hsCode ?? ''}${item.taricCode ?? ''}`
export const splitCommodity = (text: string | undefined): Pick<DeclarationItem, 'hsCode' | 'taricCode'> => {
  const digits = (text ?? '').replace(/\D/g, '').slice(0, 10)
  return { hsCode: digits.slice(0, 8) || undefined, taricCode: digits.slice(8) || undefined }
}

/** `XVAUPMRQUAY1` ↔ country, type, qualifier, name of a place. */
export const locationOf = (place: DeclarationDocument['goodsLocation']): string =>
  place ? [place.country, place.type, place.qualifier, place.name].filter(Boolean).join('') : ''
export const splitLocation = (text: string | undefined): DeclarationDocument['goodsLocation'] =>
  text
    ? {
        country: text.slice(0, 2),
        ...(text.length > 2 && { type: text.slice(2, 3) }),
        ...(text.length > 3 && { qualifier: text.slice(3, 4) }),
        ...(text.length > 4 && { name: text.slice(4) }),
      }
    : undefined

const goodsSteps: Record<string, Step> = { documents: 'documents', previousDocuments: 'documents' }
const headerSteps: Record<string, Step> = {
  exporter: 'parties',
  importer: 'parties',
  declarant: 'parties',
  representative: 'parties',
  consignee: 'parties',
  consignor: 'parties',
  buyer: 'parties',
  seller: 'parties',
  authorisations: 'parties',
  fiscalReferences: 'parties',
  additionalActors: 'parties',
  goodsLocation: 'transport',
  borderTransport: 'transport',
  arrivalTransport: 'transport',
  departureTransport: 'transport',
  inlandMode: 'transport',
  containers: 'transport',
  containerised: 'transport',
  exitOffice: 'transport',
  destinationOffice: 'transport',
  declarationOffice: 'transport',
  presentationOffice: 'transport',
  supervisingOffice: 'transport',
  warehouse: 'transport',
  dispatchCountry: 'transport',
  destinationCountry: 'transport',
  carrier: 'transport',
  loadingLocation: 'transport',
  routeCountries: 'transport',
  documents: 'documents',
  previousDocuments: 'documents',
  deferments: 'duty',
  guarantees: 'duty',
  totalPackages: 'goods',
  totalGrossMassKg: 'goods',
  itemCount: 'goods',
  invoiceTotal: 'goods',
}

/** In which step an element is filled in. */
export const stepOf = (path: string): Step => {
  const [head = '', , name = ''] = segmentsOf(path)
  if (head === 'items') return goodsSteps[name] ?? 'goods'
  return headerSteps[head] ?? 'declaration'
}

/** Issues at a group point to the field in which one begins to mend it. */
const firstField: readonly [RegExp, string][] = [
  [/^\/(importer|exporter|consignee|consignor|declarant|representative|buyer|seller)$/, '/$1/id'],
  [/^(\/items\/\d+)\/(itemPrice|statisticalValue)\/.+$/, '$1/$2'],
  [/^(\/items\/\d+)\/taricCode$/, '$1/hsCode'],
  [/^(\/items\/\d+\/taxes)$/, '$1/0/preference'],
  [/^\/items\/(\d+)$/, '/items/$1/hsCode'],
  [/^\/goodsLocation\/.+$/, '/goodsLocation'],
  [/^\/guarantees$/, '/guarantees/0/reference'],
  [/^\/invoiceTotal\/.+$/, '/invoiceTotal'],
]

export const atField = (issue: Issue): Issue => {
  const found = firstField.find(([pattern]) => pattern.test(issue.path))
  return found ? { ...issue, path: issue.path.replace(found[0], found[1]) } : issue
}
