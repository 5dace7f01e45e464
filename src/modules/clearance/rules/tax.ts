/** Rules of duties and their payment: preference, quota, tax lines, methods of payment, deferment, guarantee. */
import type { DeclaredTax } from '../schema/document.ts'
import { repeated } from './checks.ts'
import { eachItem, type Report, type Rule, type RuleContext } from './types.ts'
import type { DeclarationItem } from '../schema/document.ts'

/** UCC-IA annex B DE 4/8. */
const methods = ['A', 'B', 'C', 'D', 'E', 'G', 'H', 'J', 'K', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'Z']
const deferred = ['E', 'R']
const guaranteed = ['S', 'U', 'Z']
/** UCC-IA annex B DE 8/2, and Y cash account. */
const guaranteeTypes = /^[0-9A-JRY]$/

const methodsOf = ({ items }: RuleContext): Set<string> => new Set(items.flatMap((i) => i.taxes?.flatMap((t) => t.method ?? []) ?? []))
const uses =
  (list: readonly string[]) =>
  (c: RuleContext): boolean =>
    [...methodsOf(c)].some((m) => list.includes(m))

const eachTax = (check: (tax: DeclaredTax, path: string, report: Report, item: DeclarationItem, context: RuleContext) => void): Rule['check'] =>
  eachItem((item, at, report, context) => item.taxes?.forEach((tax, i) => check(tax, `${at}/taxes/${i}`, report, item, context)))

const preferenceOf = (item: DeclarationItem): string | undefined => item.taxes?.find((t) => t.preference)?.preference
const quotaOf = (item: DeclarationItem): string | undefined => item.taxes?.find((t) => t.quotaOrder)?.quotaOrder

const preference: readonly Rule[] = [
  {
    code: 'clearance.preference_malformed',
    severity: 'error',
    check: eachTax(
      (t, path, report, item, { unlisted }) =>
        t.preference !== undefined &&
        (!/^[1-4]\d{2}$/.test(t.preference) || unlisted('preference', t.preference)) &&
        report(`${path}/preference`, { value: t.preference, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.preference_repeated',
    severity: 'error',
    check: eachItem((item, at, report) => {
      const claims = item.taxes?.flatMap((t, i) => (t.preference ? [i] : [])) ?? []
      claims.slice(1).forEach((i) => report(`${at}/taxes/${i}/preference`, { item: item.itemNumber }))
    }),
  },
  {
    // second and third series: generalised and agreed preferences follow the preferential origin (UCC art. 64)
    code: 'clearance.preferential_origin_missing',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        /^[23]/.test(preferenceOf(item) ?? '') &&
        !item.preferentialOrigin &&
        report(`${at}/preferentialOrigin`, { preference: preferenceOf(item)!, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.preferential_origin_unused',
    severity: 'warning',
    check: eachItem(
      (item, at, report) =>
        preferenceOf(item)?.startsWith('1') &&
        item.preferentialOrigin !== undefined &&
        report(`${at}/preferentialOrigin`, { preference: preferenceOf(item)!, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.origin_missing_without_preference',
    severity: 'error',
    datasets: ['H1', 'H3', 'H4', 'H5'],
    check: eachItem(
      (item, at, report) =>
        preferenceOf(item)?.startsWith('1') && !item.origin && report(`${at}/origin`, { preference: preferenceOf(item)!, item: item.itemNumber }),
    ),
  },
  {
    // the second digit of DE 4/17 says tariff quota: 120, 123, 125, 128, 220, 223, 225, 320, 323, 325
    code: 'clearance.quota_number_missing',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        /^[123]2/.test(preferenceOf(item) ?? '') &&
        !quotaOf(item) &&
        report(`${at}/taxes`, { preference: preferenceOf(item)!, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.quota_number_unused',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        quotaOf(item) !== undefined &&
        !/^[123]2/.test(preferenceOf(item) ?? '') &&
        report(`${at}/taxes`, { preference: preferenceOf(item) ?? '', item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.quota_number_malformed',
    severity: 'error',
    check: eachTax(
      (t, path, report, item) =>
        t.quotaOrder !== undefined && !/^\d{6}$/.test(t.quotaOrder) && report(`${path}/quotaOrder`, { value: t.quotaOrder, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.quota_foreign',
    severity: 'error',
    check: eachTax((t, path, report, item, { facts }) => {
      const prefix = facts.administration.quotaPrefix
      if (prefix && t.quotaOrder && /^\d{6}$/.test(t.quotaOrder) && !t.quotaOrder.startsWith(prefix))
        report(`${path}/quotaOrder`, { value: t.quotaOrder, prefix, item: item.itemNumber })
    }),
  },
]

const lines: readonly Rule[] = [
  {
    code: 'clearance.tax_type_malformed',
    severity: 'error',
    check: eachTax(
      (t, path, report, item, { unlisted }) =>
        t.type !== undefined &&
        (!/^[0-9A-Z]{3}$/.test(t.type) || unlisted('tax-type', t.type)) &&
        report(`${path}/type`, { value: t.type, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.tax_line_duplicate',
    severity: 'strict',
    check: eachItem((item, at, report) => {
      const keys = item.taxes?.map((t) => (t.type === undefined ? undefined : `${t.type}/${t.base?.unit ?? ''}`)) ?? []
      repeated(keys).forEach((i) => report(`${at}/taxes/${i}/type`, { value: item.taxes![i]!.type!, item: item.itemNumber }))
    }),
  },
  {
    code: 'clearance.tax_type_missing',
    severity: 'error',
    check: eachTax(
      (t, path, report, item) =>
        t.type === undefined && (t.assessed !== undefined || t.payable !== undefined) && report(`${path}/type`, { item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.override_statement_missing',
    severity: 'warning',
    check: eachItem((item, at, report) => {
      const overridden = item.taxes?.findIndex((t) => t.assessed !== undefined || t.payable !== undefined) ?? -1
      if (overridden >= 0 && !item.additionalInformation?.some((a) => a.code?.startsWith('OVR')))
        report(`${at}/taxes/${overridden}`, { item: item.itemNumber })
    }),
  },
  {
    code: 'clearance.vat_code_conflict',
    severity: 'error',
    check: eachItem((item, at, report) => {
      const codes = item.nationalAdditional?.flatMap((c, i) => (c.startsWith('VAT') ? [i] : [])) ?? []
      codes.slice(1).forEach((i) => report(`${at}/nationalAdditional/${i}`, { item: item.itemNumber }))
    }),
  },
]

const payment: readonly Rule[] = [
  {
    code: 'clearance.payment_method_unknown',
    severity: 'error',
    check: eachTax(
      (t, path, report, item) =>
        t.method !== undefined && !methods.includes(t.method) && report(`${path}/method`, { value: t.method, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.deferment_account_missing',
    severity: 'error',
    applies: uses(deferred),
    check: ({ document }, report) => !document.deferments?.some((d) => d.account) && report('/deferments'),
  },
  {
    code: 'clearance.deferment_authorisation_missing',
    severity: 'error',
    applies: uses(deferred),
    check: ({ authorisationTypes }, report) => !authorisationTypes.has('DPO') && report('/authorisations'),
  },
  {
    code: 'clearance.deferment_unused',
    severity: 'warning',
    regime: 'import',
    applies: (c) => (c.document.deferments?.length ?? 0) > 0 && !uses(deferred)(c),
    check: (_, report) => report('/deferments'),
  },
  {
    code: 'clearance.guarantee_missing',
    severity: 'error',
    applies: uses(guaranteed),
    check: ({ document }, report) => !document.guarantees?.some((g) => g.reference || g.otherReference) && report('/guarantees'),
  },
  {
    code: 'clearance.guarantee_type_unknown',
    severity: 'error',
    check: ({ document, unlisted }, report) =>
      document.guarantees?.forEach(
        (g, i) =>
          g.type !== undefined &&
          (!guaranteeTypes.test(g.type) || unlisted('guarantee-type', g.type)) &&
          report(`/guarantees/${i}/type`, { value: g.type }),
      ),
  },
  {
    code: 'clearance.guarantee_type_missing',
    severity: 'error',
    check: ({ document }, report) => document.guarantees?.forEach((g, i) => g.type === undefined && report(`/guarantees/${i}/type`)),
  },
  {
    code: 'clearance.guarantee_number_missing',
    severity: 'error',
    check: ({ document }, report) =>
      document.guarantees?.forEach((g, i) => g.type !== undefined && !g.reference && !g.otherReference && report(`/guarantees/${i}/reference`)),
  },
]

export const taxRules: readonly Rule[] = [...preference, ...lines, ...payment]
