/** Rules of previous documents and consignment references (DE 2/1, 2/4). */
import type { PreviousDocument } from '../schema/document.ts'
import type { Static } from 'typebox'
import { verifyMrn } from '../mrn.ts'
import { eachItem, type Report, type Rule, type RuleContext } from './types.ts'

type Previous = Static<typeof PreviousDocument>

/** Types whose number is an MRN: declarations, transit, entry summary, export. A simplified declaration (SDE) may also be known by a record number. */
const mrnTypes = ['MRN', '355', '821', '822', '820', '830', '952']
const mayBeMrn = ['SDE', '337']
const looksLikeMrn = /^\d{2}[A-Z]{2}[0-9A-Z]{14}$/
/** Declaration unique consignment reference: year digit, country, operator number, dash, own part (WCO recommendation on the UCR). */
const ducr = /^\d[A-Z]{2}[0-9A-Z]{5,15}-[0-9A-Z()-]{1,19}$/
/** Master references of inventory systems: airline A:12345678901, sea C:…, or country and system code before a slash; or a DUCR. */
const mucr = /^(A:[0-9A-Z]{3}\d{8}|C:[A-Z]{3}[0-9A-Z]{1,30}|[A-Z]{2}\/[0-9A-Z]{3,4}-[0-9A-Z()-]{1,28}|[A-Z]{2}\/\d{9,12}-[0-9A-Z-]{1,20})$/

const eachPrevious =
  (check: (document: Previous, path: string, report: Report, context: RuleContext) => void): Rule['check'] =>
  (context, report) => {
    context.document.previousDocuments?.forEach((d, i) => check(d, `/previousDocuments/${i}`, report, context))
    context.items.forEach((item, n) => item.previousDocuments?.forEach((d, i) => check(d, `/items/${n}/previousDocuments/${i}`, report, context)))
  }

const typesOf = ({ document, items }: RuleContext): Set<string | undefined> =>
  new Set([document, ...items].flatMap((d) => d.previousDocuments?.map((p) => p.type) ?? []))

const form: readonly Rule[] = [
  {
    code: 'clearance.previous_document_incomplete',
    severity: 'error',
    check: eachPrevious((d, path, report) => {
      for (const key of ['category', 'type', 'id'] as const) if (!d[key]?.trim()) report(`${path}/${key}`)
    }),
  },
  {
    // X temporary storage, Y the simplified declaration or entry this one completes, Z any other
    code: 'clearance.previous_document_category',
    severity: 'error',
    check: eachPrevious(
      (d, path, report) => d.category !== undefined && !['X', 'Y', 'Z'].includes(d.category) && report(`${path}/category`, { value: d.category }),
    ),
  },
  {
    code: 'clearance.previous_document_type_unknown',
    severity: 'error',
    check: eachPrevious(
      (d, path, report, { unlisted }) =>
        d.type !== undefined &&
        (!/^[0-9A-Z]{2,4}$/.test(d.type) || unlisted('previous-document', d.type)) &&
        report(`${path}/type`, { value: d.type }),
    ),
  },
  {
    code: 'clearance.previous_mrn_malformed',
    severity: 'warning',
    check: eachPrevious(
      (d, path, report) =>
        d.type && d.id && mrnTypes.includes(d.type) && !looksLikeMrn.test(d.id) && report(`${path}/id`, { value: d.id, type: d.type }),
    ),
  },
  {
    code: 'clearance.previous_mrn_check_digit',
    severity: 'warning',
    check: eachPrevious(
      (d, path, report) =>
        d.type &&
        d.id &&
        [...mrnTypes, ...mayBeMrn].includes(d.type) &&
        looksLikeMrn.test(d.id) &&
        verifyMrn(d.id) === 'wrong-check-digit' &&
        report(`${path}/id`, { value: d.id }),
    ),
  },
  {
    code: 'clearance.ducr_malformed',
    severity: 'warning',
    check: eachPrevious((d, path, report) => d.type === 'DCR' && d.id && !ducr.test(d.id) && report(`${path}/id`, { value: d.id })),
  },
  {
    code: 'clearance.mucr_malformed',
    severity: 'warning',
    check: eachPrevious(
      (d, path, report) => d.type === 'MCR' && d.id && !mucr.test(d.id) && !ducr.test(d.id) && report(`${path}/id`, { value: d.id }),
    ),
  },
  {
    code: 'clearance.previous_document_duplicate',
    severity: 'warning',
    check: ({ document, items }, report) => {
      const look = (list: readonly Previous[] | undefined, at: string) => {
        const seen = new Set<string>()
        list?.forEach((d, i) => {
          const key = `${d.type}\u0000${d.id}\u0000${d.line ?? ''}`
          if (seen.has(key)) report(`${at}/previousDocuments/${i}`, { value: d.id ?? '' })
          seen.add(key)
        })
      }
      look(document.previousDocuments, '')
      items.forEach((item, n) => look(item.previousDocuments, `/items/${n}`))
    },
  },
]

const required: readonly Rule[] = [
  {
    code: 'clearance.ducr_missing',
    severity: 'error',
    regime: 'export',
    check: (c, report) => !typesOf(c).has('DCR') && report('/previousDocuments'),
  },
  {
    code: 'clearance.ducr_repeated',
    severity: 'error',
    regime: 'export',
    check: ({ document }, report) => {
      const all = document.previousDocuments?.flatMap((d, i) => (d.type === 'DCR' ? [i] : [])) ?? []
      if (document.additionalType !== 'Y' && document.additionalType !== 'Z') all.slice(1).forEach((i) => report(`/previousDocuments/${i}`))
    },
  },
  {
    code: 'clearance.simplified_reference_missing',
    severity: 'error',
    applies: (c) => c.document.additionalType === 'Y',
    check: (c, report) => !typesOf(c).has('SDE') && report('/previousDocuments'),
  },
  {
    code: 'clearance.records_reference_missing',
    severity: 'error',
    regime: 'import',
    applies: (c) => c.document.additionalType === 'Z',
    check: (c, report) => !typesOf(c).has('CLE') && report('/previousDocuments'),
  },
  {
    // goods that come back after outward processing or temporary export (22, 23, 21): the export is named
    code: 'clearance.export_reference_missing',
    severity: 'strict',
    regime: 'import',
    datasets: ['H1', 'H2', 'H5', 'I1'],
    check: eachItem((item, at, report, context) => {
      if (['21', '22', '23'].includes(item.procedure?.slice(2, 4) ?? '') && !typesOf(context).has('MRN'))
        report(`${at}/previousDocuments`, { procedure: item.procedure!, item: item.itemNumber })
    }),
  },
]

export const referenceRules: readonly Rule[] = [...form, ...required]
