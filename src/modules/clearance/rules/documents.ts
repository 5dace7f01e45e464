/** Rules of documents produced and additional information (DE 2/2, 2/3). */
import type { SupportingDocument } from '../schema/document.ts'
import type { Static } from 'typebox'
import { instantOfText, numberOf } from './checks.ts'
import { commodityCode } from './facts.ts'
import { eachItem, type Report, type Rule, type RuleContext } from './types.ts'

type Document = Static<typeof SupportingDocument>
const codeOf = (d: Document): string => `${d.category ?? ''}${d.type ?? ''}`
/** Commercial, pro-forma and customs invoices: evidence of the price of method 1. */
const invoices = ['N935', 'N380', 'N325']
/** LPCO exemption codes that draw on a licence: a quantity or amount is written off (DE 8/7). */
const drawing = ['EA', 'EP', 'ES', 'EE']
/** Proofs of preferential origin: certificates of circulation, statements and declarations on origin. */
const isProof = (code: string): boolean => /^(U\d{3}|N95[4]|N86[145]|N865|9U\d{2})$/.test(code)

const eachDocument =
  (check: (document: Document, path: string, report: Report, context: RuleContext) => void): Rule['check'] =>
  (context, report) => {
    context.document.documents?.forEach((d, i) => check(d, `/documents/${i}`, report, context))
    context.items.forEach((item, n) => item.documents?.forEach((d, i) => check(d, `/items/${n}/documents/${i}`, report, context)))
  }

const identity: readonly Rule[] = [
  {
    code: 'clearance.document_code_missing',
    severity: 'error',
    check: eachDocument((d, path, report) => (!d.category || !d.type) && report(`${path}/${d.category ? 'type' : 'category'}`)),
  },
  {
    code: 'clearance.document_unknown',
    severity: 'error',
    check: eachDocument(
      (d, path, report, { unlisted }) => d.category && d.type && unlisted('document', codeOf(d)) && report(path, { value: codeOf(d) }),
    ),
  },
  {
    code: 'clearance.document_reference_missing',
    severity: 'error',
    check: eachDocument((d, path, report) => !d.id?.trim() && !d.name?.trim() && report(`${path}/id`, { value: codeOf(d) })),
  },
  {
    code: 'clearance.document_status_unknown',
    severity: 'error',
    check: eachDocument(
      (d, path, report, { unlisted }) =>
        d.status !== undefined &&
        (!/^[A-Z]{2}$/.test(d.status) || unlisted('document-status', d.status)) &&
        report(`${path}/status`, { value: d.status }),
    ),
  },
  {
    code: 'clearance.document_duplicate',
    severity: 'warning',
    check: eachItem((item, at, report) => {
      const seen = new Set<string>()
      item.documents?.forEach((d, i) => {
        const key = [codeOf(d), d.id ?? '', d.name ?? '', d.status ?? '', d.quantity?.value ?? '', d.quantity?.unit ?? ''].join('\u0000')
        if (seen.has(key)) report(`${at}/documents/${i}`, { value: codeOf(d), item: item.itemNumber })
        seen.add(key)
      })
    }),
  },
]

const validity: readonly Rule[] = [
  {
    code: 'clearance.document_expired',
    severity: 'error',
    check: eachDocument((d, path, report, { facts }) => {
      const until = d.validUntil === undefined ? null : instantOfText(d.validUntil)
      if (until !== null && until + 86_400_000 <= Date.parse(`${facts.date}T00:00:00Z`))
        report(`${path}/validUntil`, { value: d.validUntil!, document: codeOf(d) })
    }),
  },
  {
    code: 'clearance.document_not_yet_issued',
    severity: 'error',
    check: eachDocument((d, path, report, { facts }) => {
      const at = d.issuedAt === undefined ? null : instantOfText(d.issuedAt)
      if (at !== null && at > Date.parse(facts.now) + 86_400_000) report(`${path}/issuedAt`, { value: d.issuedAt!, document: codeOf(d) })
    }),
  },
  {
    code: 'clearance.document_quantity_missing',
    severity: 'strict',
    check: eachDocument(
      (d, path, report) =>
        d.status !== undefined &&
        drawing.includes(d.status) &&
        !d.quantity &&
        !d.amount &&
        report(`${path}/quantity`, { status: d.status, document: codeOf(d) }),
    ),
  },
  {
    code: 'clearance.document_quantity_not_positive',
    severity: 'error',
    check: eachDocument(
      (d, path, report) => numberOf(d.quantity?.value)?.lte(0) && report(`${path}/quantity/value`, { value: d.quantity!.value, document: codeOf(d) }),
    ),
  },
]

const required: readonly Rule[] = [
  {
    // UCC-IA art. 145: the invoice is the document of the declared transaction value
    code: 'clearance.invoice_missing',
    severity: 'error',
    regime: 'import',
    datasets: ['H1', 'H3', 'H4', 'H5', 'I1'],
    check: eachItem((item, at, report, { document }) => {
      if (item.valuationMethod === '1' && ![...(document.documents ?? []), ...(item.documents ?? [])].some((d) => invoices.includes(codeOf(d))))
        report(`${at}/documents`, { item: item.itemNumber })
    }),
  },
  {
    code: 'clearance.origin_proof_missing',
    severity: 'strict',
    datasets: ['H1', 'H5'],
    check: eachItem((item, at, report, { document }) => {
      const preference = item.taxes?.find((t) => t.preference)?.preference ?? ''
      if (/^[23]/.test(preference) && ![...(document.documents ?? []), ...(item.documents ?? [])].some((d) => isProof(codeOf(d))))
        report(`${at}/documents`, { preference, item: item.itemNumber })
    }),
  },
  {
    code: 'clearance.tariff_document_missing',
    severity: 'error',
    check: eachItem((item, at, report, { document, facts }) => {
      const needed = item.hsCode ? facts.commodities[commodityCode(item)]?.documents : undefined
      if (!needed?.length) return
      const have = new Set([...(document.documents ?? []), ...(item.documents ?? [])].map(codeOf))
      for (const code of needed)
        if (!code.split('|').some((alternative) => have.has(alternative)))
          report(`${at}/documents`, { document: code.replaceAll('|', ', '), item: item.itemNumber })
    }),
  },
]

const statements: readonly Rule[] = [
  {
    code: 'clearance.statement_empty',
    severity: 'error',
    check: ({ document, items }, report) => {
      document.additionalInformation?.forEach((a, i) => !a.code && !a.text?.trim() && report(`/additionalInformation/${i}`))
      items.forEach((item, n) =>
        item.additionalInformation?.forEach((a, i) => !a.code && !a.text?.trim() && report(`/items/${n}/additionalInformation/${i}`)),
      )
    },
  },
  {
    code: 'clearance.statement_code_malformed',
    severity: 'error',
    check: ({ document, items, unlisted }, report) => {
      const wrong = (code: string | undefined) => code !== undefined && (!/^[0-9A-Z]{1,5}$/.test(code) || unlisted('additional-information', code))
      document.additionalInformation?.forEach((a, i) => wrong(a.code) && report(`/additionalInformation/${i}/code`, { value: a.code! }))
      items.forEach((item, n) =>
        item.additionalInformation?.forEach((a, i) => wrong(a.code) && report(`/items/${n}/additionalInformation/${i}/code`, { value: a.code! })),
      )
    },
  },
]

export const documentRules: readonly Rule[] = [...identity, ...validity, ...required, ...statements]
