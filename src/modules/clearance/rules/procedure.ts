/** Rules of procedure codes (DE 1/10, 1/11): what may be requested, after what, with which warehouse, office and authorisation. */
import { repeated } from './checks.ts'
import { previous, requested } from './dataset.ts'
import { eachItem, type Rule, type RuleContext } from './types.ts'

const byRegime: Readonly<Record<RuleContext['regime'], readonly string[]>> = {
  import: ['00', '01', '07', '40', '42', '43', '44', '45', '46', '48', '49', '51', '53', '61', '63', '68', '71', '78', '95', '96'],
  export: ['00', '10', '11', '21', '22', '23', '31', '76', '77'],
  // DE 1/10 is no element of a transit (annex B, column D1)
  transit: [],
}
const storage = ['71', '07', '78']
/** Procedure → authorisations that cover it (UCC art. 211; UCC-DA annex A). One of them must be declared. */
const authorisations: Readonly<Record<string, readonly string[]>> = {
  '51': ['IPO'],
  '53': ['TEA'],
  '44': ['EUS'],
  '21': ['OPO'],
  '22': ['OPO', 'EXOP'],
  '71': ['CWP', 'CW1', 'CW2'],
  '78': ['FP', 'FZ'],
  '07': ['EXW'],
}
/** Special procedures are supervised by a named office (DE 5/27). */
const supervised = ['51', '21', '22', '71', '78']
const supervisedUsually = ['53', '44']

const known: readonly Rule[] = [
  {
    code: 'clearance.procedure_malformed',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        item.procedure !== undefined &&
        !/^\d{4}$/.test(item.procedure) &&
        report(`${at}/procedure`, { value: item.procedure, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.procedure_unknown',
    severity: 'error',
    check: eachItem(
      (item, at, report, { unlisted }) =>
        item.procedure !== undefined &&
        unlisted('procedure', item.procedure) &&
        report(`${at}/procedure`, { value: item.procedure, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.procedure_regime',
    severity: 'error',
    // a request for clearance (C21) may carry an entry in the records of any procedure
    check: eachItem((item, at, report, { regime, dataset }) => {
      const code = requested(item)
      if (/^\d{2}$/.test(code) && dataset !== 'C21e' && !byRegime[regime].includes(code))
        report(`${at}/procedure`, { value: code, regime, item: item.itemNumber })
    }),
  },
  {
    code: 'clearance.procedure_follows_itself',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        ['40', '42', '44', '10', '53'].includes(requested(item)) &&
        requested(item) === previous(item) &&
        report(`${at}/procedure`, { value: item.procedure!, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.additional_procedure_unknown',
    severity: 'error',
    check: eachItem((item, at, report, { unlisted }) =>
      item.additionalProcedures?.forEach(
        (p, i) =>
          (!/^[0-9A-Z]{3}$/.test(p) || unlisted('additional-procedure', p)) &&
          report(`${at}/additionalProcedures/${i}`, { value: p, item: item.itemNumber }),
      ),
    ),
  },
  {
    code: 'clearance.additional_procedure_duplicate',
    severity: 'error',
    check: eachItem((item, at, report) =>
      repeated(item.additionalProcedures ?? []).forEach((i) =>
        report(`${at}/additionalProcedures/${i}`, { value: item.additionalProcedures![i]!, item: item.itemNumber }),
      ),
    ),
  },
  {
    code: 'clearance.additional_procedure_none',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        item.additionalProcedures !== undefined &&
        item.additionalProcedures.length > 1 &&
        item.additionalProcedures.includes('000') &&
        report(`${at}/additionalProcedures`, { item: item.itemNumber }),
    ),
  },
]

const warehouse: readonly Rule[] = [
  {
    code: 'clearance.warehouse_missing',
    severity: 'error',
    datasets: ['H1', 'H2', 'H3', 'H4', 'B1', 'B2'],
    check: eachItem((item, _, report, { document }) => {
      const inStorage = storage.includes(requested(item)) || storage.includes(previous(item))
      if (inStorage && requested(item) !== '00' && !document.warehouse?.id)
        report('/warehouse', { procedure: item.procedure!, item: item.itemNumber })
    }),
  },
  {
    code: 'clearance.warehouse_type_unknown',
    severity: 'error',
    // UCC-DA annex B DE 2/7: R, S, T public, U private customs warehouse, V temporary storage, Y tax warehouse, Z free zone
    check: ({ document: { warehouse: w } }, report) =>
      w !== undefined && !/^[RSTUVYZ]$/.test(w.type ?? '') && report('/warehouse/type', { value: w.type ?? '' }),
  },
  {
    code: 'clearance.warehouse_number_missing',
    severity: 'error',
    check: ({ document: { warehouse: w } }, report) => w !== undefined && !w.id && report('/warehouse/id'),
  },
]

const supervision: readonly Rule[] = [
  {
    code: 'clearance.supervising_office_missing',
    severity: 'error',
    datasets: ['H1', 'H2', 'H3', 'H4', 'B1', 'B2'],
    check: eachItem(
      (item, _, report, { document }) =>
        supervised.includes(requested(item)) &&
        !document.supervisingOffice &&
        report('/supervisingOffice', { procedure: item.procedure!, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.supervising_office_expected',
    severity: 'warning',
    datasets: ['H1', 'H3'],
    check: eachItem(
      (item, _, report, { document }) =>
        supervisedUsually.includes(requested(item)) &&
        !document.supervisingOffice &&
        report('/supervisingOffice', { procedure: item.procedure!, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.procedure_authorisation_missing',
    severity: 'error',
    applies: (c) => !c.statements.has('00100'),
    check: eachItem((item, at, report, { authorisationTypes }) => {
      const needed = authorisations[requested(item)]
      if (needed && !needed.some((t) => authorisationTypes.has(t)))
        report(`${at}/procedure`, { procedure: item.procedure!, types: needed.join(', '), item: item.itemNumber })
    }),
  },
  {
    code: 'clearance.discharge_authorisation_missing',
    severity: 'strict',
    applies: (c) => !c.statements.has('00100'),
    check: eachItem((item, at, report, { authorisationTypes, dataset }) => {
      const needed = ['51', '71'].includes(previous(item)) && dataset.startsWith('H') ? authorisations[previous(item)] : undefined
      if (needed && !needed.some((t) => authorisationTypes.has(t)))
        report(`${at}/procedure`, { procedure: item.procedure!, types: needed.join(', '), item: item.itemNumber })
    }),
  },
  {
    code: 'clearance.simplified_authorisation_missing',
    severity: 'error',
    applies: (c) => ['C', 'F', 'Y'].includes(c.document.additionalType ?? ''),
    check: ({ document, authorisationTypes }, report) =>
      !authorisationTypes.has('SDE') && report('/authorisations', { additional: document.additionalType! }),
  },
  {
    // UCC-DA art. 150: entry in the declarant's records
    code: 'clearance.records_authorisation_missing',
    severity: 'error',
    applies: (c) => c.document.additionalType === 'Z',
    check: ({ authorisationTypes }, report) => !authorisationTypes.has('EIR') && report('/authorisations'),
  },
]

/** Additional information that goods moved under onward supply relief (42) need where only part of the territory is in the VAT area of the destination. */
const onward: readonly Rule[] = [
  {
    code: 'clearance.onward_supply_territory',
    severity: 'error',
    regime: 'import',
    applies: (c) => c.facts.administration.territory.includes('XI'),
    check: eachItem((item, at, report, { document }) => {
      const codes = [...(document.additionalInformation ?? []), ...(item.additionalInformation ?? [])].map((a) => a.code)
      if (requested(item) === '42' && !codes.includes('NIIMP')) report(`${at}/additionalInformation`, { item: item.itemNumber })
    }),
  },
]

export const procedureRules: readonly Rule[] = [...known, ...warehouse, ...supervision, ...onward]
