/** Rules of the declaration as a whole: reference, type, counts, totals, dates, characters. */
import type { Rule } from './types.ts'
import { instantOfText, isSequence, numberOf, total } from './checks.ts'
import { datasetOfItem } from './dataset.ts'

const additionalTypes: Readonly<Record<string, string>> = { IM: 'ABCDEFJKYZQ', EX: 'ABCDEFJKYZ', CO: 'ADBCEFYZ', T1: 'AD', T2: 'AD' }
const day = 86_400_000
/** UCC art. 103(1): a customs debt is notified within three years. */
const threeYears = 3 * 366 * day
// control characters but tab and line ends, lone surrogates, the byte order mark
const controls = /[^\P{Cc}\t\n\r]|\p{Cs}|\uFEFF/u

const identity: readonly Rule[] = [
  { code: 'clearance.lrn_missing', severity: 'error', check: ({ document }, report) => !document.lrn?.trim() && report('/lrn') },
  {
    code: 'clearance.lrn_characters',
    severity: 'error',
    check: ({ document: { lrn } }, report) =>
      lrn !== undefined && lrn.trim() !== '' && !/^[\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?$/.test(lrn) && report('/lrn'),
  },
  // UCC-IA annex B, DE 2/5: an..22. Longer ones are still stored: WCO allows 35.
  {
    code: 'clearance.lrn_long',
    severity: 'warning',
    check: ({ document: { lrn } }, report) => lrn !== undefined && lrn.length > 22 && report('/lrn', { length: lrn.length }),
  },
  {
    code: 'clearance.declaration_type_unknown',
    severity: 'error',
    check: ({ document: { declarationType: type } }, report) =>
      (!type || !Object.hasOwn(additionalTypes, type)) && report('/declarationType', { value: type ?? '' }),
  },
  {
    code: 'clearance.additional_type_unknown',
    severity: 'error',
    check: ({ document: { additionalType: type } }, report) =>
      (!type || !/^[A-FJKQYZ]$/.test(type)) && report('/additionalType', { value: type ?? '' }),
  },
  {
    code: 'clearance.type_combination',
    severity: 'error',
    check: ({ document: { declarationType: type, additionalType: additional } }, report) => {
      if (!type || !additional || !/^[A-FJKQYZ]$/.test(additional)) return
      const allowed = additionalTypes[type]
      if (allowed && !allowed.includes(additional)) report('/additionalType', { type, additional })
    },
  },
  { code: 'clearance.request_lodged', severity: 'error', check: ({ document }, report) => document.function === 'request' && report('/function') },
  {
    code: 'clearance.mrn_in_original',
    severity: 'error',
    check: ({ document }, report) => document.function !== 'request' && document.mrn !== undefined && report('/mrn'),
  },
]

const counts: readonly Rule[] = [
  { code: 'clearance.items_missing', severity: 'error', check: ({ items }, report) => items.length === 0 && report('/items') },
  {
    code: 'clearance.items_too_many',
    severity: 'error',
    check: ({ items }, report) => items.length > 999 && report('/items', { count: items.length }),
  },
  {
    code: 'clearance.item_count_wrong',
    severity: 'error',
    check: ({ document, items }, report) =>
      document.itemCount !== undefined &&
      document.itemCount !== items.length &&
      report('/itemCount', { declared: document.itemCount, found: items.length }),
  },
  {
    code: 'clearance.item_numbers',
    severity: 'error',
    check: ({ items }, report) =>
      items.forEach((item, i) => item.itemNumber <= (items[i - 1]?.itemNumber ?? 0) && report(`/items/${i}/itemNumber`, { value: item.itemNumber })),
  },
  {
    // an amendment that removes an item keeps the numbers of the others
    code: 'clearance.item_number_gap',
    severity: 'warning',
    check: ({ items }, report) => !isSequence(items.map((i) => i.itemNumber)) && report('/items', { count: items.length }),
  },
  {
    code: 'clearance.total_packages_wrong',
    severity: 'strict',
    check: ({ document, items }, report) => {
      const declared = numberOf(document.totalPackages)
      const counts = items.flatMap((i) => i.packages?.map((p) => p.count) ?? [])
      if (declared && counts.length > 0 && !declared.eq(total(counts)))
        report('/totalPackages', { declared: declared.toFixed(), found: total(counts).toFixed() })
    },
  },
  {
    code: 'clearance.total_gross_mass_wrong',
    severity: 'strict',
    check: ({ document, items }, report) => {
      const declared = numberOf(document.totalGrossMassKg)
      if (!declared || items.some((i) => i.grossMassKg === undefined)) return
      const found = total(items.map((i) => i.grossMassKg))
      if (!declared.eq(found)) report('/totalGrossMassKg', { declared: declared.toFixed(), found: found.toFixed() })
    },
  },
  {
    code: 'clearance.invoice_total_wrong',
    severity: 'strict',
    check: ({ document, items }, report) => {
      const declared = numberOf(document.invoiceTotal?.amount)
      if (!declared || !items.some((i) => i.itemPrice)) return
      const found = total(items.map((i) => i.itemPrice?.amount))
      if (!declared.eq(found)) report('/invoiceTotal/amount', { declared: declared.toFixed(), found: found.toFixed() })
    },
  },
  {
    code: 'clearance.datasets_mixed',
    severity: 'error',
    check: ({ document, items, dataset }, report) =>
      items.forEach((item, i) => {
        const other = datasetOfItem(document, item)
        if (other !== dataset) report(`/items/${i}/procedure`, { first: dataset, this: other })
      }),
  },
]

const dates: readonly Rule[] = [
  {
    // UCC art. 167: the supplementary declaration carries the date of entry in the records or of the simplified declaration
    code: 'clearance.tax_point_missing',
    severity: 'error',
    regime: 'import',
    applies: (c) => c.supplementary,
    check: ({ document }, report) => document.taxPointAt === undefined && report('/taxPointAt'),
  },
  {
    code: 'clearance.tax_point_unexpected',
    severity: 'warning',
    applies: (c) => !c.supplementary,
    check: ({ document }, report) => document.taxPointAt !== undefined && report('/taxPointAt', { additional: document.additionalType ?? '' }),
  },
  {
    code: 'clearance.date_malformed',
    severity: 'error',
    check: ({ document, items }, report) => {
      const look = (text: string | undefined, path: string) => text !== undefined && instantOfText(text) === null && report(path, { value: text })
      look(document.taxPointAt, '/taxPointAt')
      look(document.issuedAt, '/issuedAt')
      items.forEach((item, i) =>
        item.documents?.forEach((d, n) => {
          look(d.issuedAt, `/items/${i}/documents/${n}/issuedAt`)
          look(d.validUntil, `/items/${i}/documents/${n}/validUntil`)
        }),
      )
    },
  },
  {
    code: 'clearance.tax_point_future',
    severity: 'error',
    applies: (c) => c.supplementary,
    // a day's grace covers every time zone
    check: ({ document: { taxPointAt }, facts }, report) =>
      taxPointAt !== undefined && (instantOfText(taxPointAt) ?? 0) > Date.parse(facts.now) + day && report('/taxPointAt', { value: taxPointAt }),
  },
  {
    code: 'clearance.tax_point_old',
    severity: 'warning',
    applies: (c) => c.supplementary,
    check: ({ document: { taxPointAt }, facts }, report) => {
      const at = taxPointAt === undefined ? null : instantOfText(taxPointAt)
      if (at !== null && at < Date.parse(facts.now) - threeYears) report('/taxPointAt', { value: taxPointAt! })
    },
  },
  {
    code: 'clearance.control_characters',
    severity: 'error',
    check: ({ texts }, report) => texts.forEach(([text, path]) => controls.test(text) && report(path)),
  },
]

export const headerRules: readonly Rule[] = [...identity, ...counts, ...dates]
