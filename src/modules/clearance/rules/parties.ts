/** Rules of persons: identity, registration, representation, authorisations, tax registrations. */
import type { DeclarationDocument, Party } from '../schema/document.ts'
import { repeated } from './checks.ts'
import { requested } from './dataset.ts'
import { eachItem, type Report, type Rule, type RuleContext } from './types.ts'

const headerKeys = ['exporter', 'declarant', 'presenter', 'importer', 'consignee', 'consignor', 'buyer', 'seller', 'carrier'] as const
const itemKeys = ['exporter', 'consignee', 'consignor', 'buyer', 'seller'] as const

const eachParty =
  (check: (party: Party, path: string, report: Report, context: RuleContext) => void): Rule['check'] =>
  (context, report) => {
    for (const key of headerKeys) if (context.document[key]) check(context.document[key], `/${key}`, report, context)
    context.items.forEach((item, i) => itemKeys.forEach((key) => item[key] && check(item[key], `/items/${i}/${key}`, report, context)))
  }

/** Every registration number (EORI) of a declaration with its path. */
const registrations = (document: DeclarationDocument): [string, string][] => {
  const found: [string, string][] = []
  const add = (id: string | undefined, path: string) => id && found.push([id, path])
  for (const key of headerKeys) add(document[key]?.id, `/${key}/id`)
  add(document.representative?.id, '/representative/id')
  document.authorisations?.forEach((a, i) => add(a.holder, `/authorisations/${i}/holder`))
  document.items.forEach((item, i) => itemKeys.forEach((key) => add(item[key]?.id, `/items/${i}/${key}/id`)))
  return found
}

/** Forms that states publish for their economic operators' numbers; others: two letters and up to fifteen letters and digits (UCC-IA art. 6). */
const forms: Readonly<Record<string, RegExp>> = {
  GB: /^GB(\d{12}|\d{15})$/,
  XI: /^XI(\d{12}|\d{15})$/,
  DE: /^DE\d{7,15}$/,
  FR: /^FR\d{9,14}$/,
  NL: /^NL\d{9}$/,
  IT: /^IT[0-9A-Z]{11,16}$/,
  PL: /^PL\d{10,15}$/,
}
const general = /^[A-Z]{2}[0-9A-Z]{1,15}$/

const identity: readonly Rule[] = [
  { code: 'clearance.party_unnamed', severity: 'error', check: eachParty((party, path, report) => !party.id && !party.name?.trim() && report(path)) },
  {
    code: 'clearance.party_address_incomplete',
    severity: 'error',
    check: eachParty((party, path, report) => {
      if (party.id || !party.name) return
      const { line, city, country } = party.address ?? {}
      if (!line || !city || !country) report(`${path}/address`)
    }),
  },
  {
    code: 'clearance.registration_malformed',
    severity: 'error',
    check: ({ document }, report) => {
      for (const [id, path] of registrations(document))
        if (!general.test(id) || forms[id.slice(0, 2)]?.test(id) === false) report(path, { value: id })
    },
  },
  {
    code: 'clearance.registration_unknown',
    severity: 'error',
    check: ({ document, facts }, report) => {
      for (const [id, path] of registrations(document)) if (facts.operators[id] === 'unknown') report(path, { value: id })
    },
  },
  {
    code: 'clearance.registration_suspended',
    severity: 'error',
    check: ({ document, facts }, report) => {
      for (const [id, path] of registrations(document)) if (facts.operators[id] === 'suspended') report(path, { value: id })
    },
  },
  {
    code: 'clearance.buyer_is_seller',
    severity: 'warning',
    check: ({ document: { buyer, seller } }, report) => buyer?.id !== undefined && buyer.id === seller?.id && report('/seller/id'),
  },
  {
    code: 'clearance.actor_role_missing',
    severity: 'error',
    check: ({ document, items }, report) => {
      document.additionalActors?.forEach((a, i) => (!a.role || !a.id) && report(`/additionalActors/${i}`))
      items.forEach((item, n) => item.additionalActors?.forEach((a, i) => (!a.role || !a.id) && report(`/items/${n}/additionalActors/${i}`)))
    },
  },
]

/** In whose name it is lodged; a transit's holder of the procedure is its declarant (UCC Art. 5(35)). */
const principal = ({ document, regime }: RuleContext): Party | undefined =>
  ({ import: document.importer, export: document.exporter, transit: document.declarant })[regime]

/** UCC art. 18 and 19. */
const representation: readonly Rule[] = [
  {
    code: 'clearance.representative_status_missing',
    severity: 'error',
    check: ({ document: { representative: r } }, report) => r !== undefined && !r.status && report('/representative/status'),
  },
  {
    code: 'clearance.representative_status_unknown',
    severity: 'error',
    check: ({ document: { representative: r } }, report) =>
      r?.status !== undefined && !['2', '3'].includes(r.status) && report('/representative/status', { value: r.status }),
  },
  {
    code: 'clearance.representative_of_self',
    severity: 'strict',
    check: (context, report) => {
      const r = context.document.representative
      const self = principal(context)?.id
      if (r && self !== undefined && (r.id ?? context.document.declarant?.id) === self) report('/representative')
    },
  },
  {
    code: 'clearance.representation_undeclared',
    severity: 'strict',
    check: (context, report) => {
      const self = principal(context)?.id
      const declarant = context.document.declarant?.id
      if (!context.document.representative && self !== undefined && declarant !== undefined && self !== declarant)
        report('/representative', { declarant })
    },
  },
  {
    code: 'clearance.not_mandated',
    severity: 'error',
    check: (context, report) => {
      if (!context.facts.unmandated) return
      const acting = context.document.representative?.id ?? context.document.declarant?.id
      report(context.document.representative?.id ? '/representative/id' : '/declarant/id', {
        declarant: acting ?? '',
        principal: principal(context)?.id ?? '',
      })
    },
  },
]

/** Authorisation types and the document code of DE 2/3 that refers to the decision (UCC-DA annex A; code list CL605). */
const decisionDocument: Readonly<Record<string, string>> = {
  CGU: 'C505',
  DPO: 'C506',
  SDE: 'C512',
  EIR: 'C514',
  TEA: 'C516',
  CWP: 'C517',
  CW1: 'C518',
  CW2: 'C519',
  IPO: 'C601',
  OPO: 'C019',
  EUS: 'N990',
}
const typeOfDocument = Object.fromEntries(Object.entries(decisionDocument).map(([type, document]) => [document, type]))
/** AI 00100: the declaration itself applies for the authorisation (UCC-DA art. 163). */
const byDeclaration = '00100'

const authorisations: readonly Rule[] = [
  {
    code: 'clearance.authorisation_incomplete',
    severity: 'error',
    check: ({ document }, report) =>
      document.authorisations?.forEach((a, i) => (!a.holder || !a.type) && report(`/authorisations/${i}/${a.type ? 'holder' : 'type'}`)),
  },
  {
    code: 'clearance.authorisation_type_unknown',
    severity: 'error',
    check: ({ document, unlisted }, report) =>
      document.authorisations?.forEach(
        (a, i) => a.type && unlisted('authorisation-type', a.type) && report(`/authorisations/${i}/type`, { value: a.type }),
      ),
  },
  {
    code: 'clearance.authorisation_duplicate',
    severity: 'warning',
    check: ({ document }, report) =>
      repeated(document.authorisations?.map((a) => `${a.type}/${a.holder}`) ?? []).forEach((i) => report(`/authorisations/${i}`)),
  },
  {
    // the person who holds a decision must appear in the declaration that uses it
    code: 'clearance.authorisation_holder_not_party',
    severity: 'error',
    applies: (c) => !c.statements.has(byDeclaration),
    check: ({ document }, report) => {
      const parties = new Set(registrations(document).flatMap(([id, path]) => (path.startsWith('/authorisations') ? [] : [id])))
      document.authorisations?.forEach(
        (a, i) => a.holder && !parties.has(a.holder) && report(`/authorisations/${i}/holder`, { value: a.holder, type: a.type ?? '' }),
      )
    },
  },
  {
    code: 'clearance.authorisation_document_missing',
    severity: 'error',
    check: ({ document, items }, report) => {
      const codes = new Set([document, ...items].flatMap((d) => d.documents?.map((x) => `${x.category ?? ''}${x.type ?? ''}`) ?? []))
      document.authorisations?.forEach((a, i) => {
        const needed = a.type === undefined ? undefined : decisionDocument[a.type]
        if (needed && !codes.has(needed)) report(`/authorisations/${i}/type`, { type: a.type!, document: needed })
      })
    },
  },
  {
    code: 'clearance.document_authorisation_missing',
    severity: 'strict',
    applies: (c) => !c.statements.has(byDeclaration),
    check: ({ items, authorisationTypes }, report) =>
      items.forEach((item, n) =>
        item.documents?.forEach((d, i) => {
          const type = typeOfDocument[`${d.category ?? ''}${d.type ?? ''}`]
          if (type && !authorisationTypes.has(type)) report(`/items/${n}/documents/${i}`, { type, document: `${d.category}${d.type}` })
        }),
      ),
  },
]

const roles = ['FR1', 'FR2', 'FR3', 'FR4', 'FR5', 'FR7']
/** VAT identification numbers by country prefix (directive 2006/112/EC art. 215; United Kingdom: VAT notice 700/1). */
const vatNumber: Readonly<Record<string, RegExp>> = { GB: /^GB(\d{9}|\d{12})$/, XI: /^XI(\d{9}|\d{12})$/ }

const eachFiscalReference =
  (check: (reference: { id?: string; role?: string }, path: string, report: Report, context: RuleContext) => void): Rule['check'] =>
  (context, report) => {
    context.document.fiscalReferences?.forEach((r, i) => check(r, `/fiscalReferences/${i}`, report, context))
    context.items.forEach((item, n) => item.fiscalReferences?.forEach((r, i) => check(r, `/items/${n}/fiscalReferences/${i}`, report, context)))
  }

const fiscal: readonly Rule[] = [
  {
    code: 'clearance.fiscal_reference_incomplete',
    severity: 'error',
    check: eachFiscalReference((r, path, report) => (!r.id || !r.role) && report(`${path}/${r.id ? 'role' : 'id'}`)),
  },
  {
    code: 'clearance.fiscal_reference_role_unknown',
    severity: 'error',
    check: eachFiscalReference((r, path, report) => r.role !== undefined && !roles.includes(r.role) && report(`${path}/role`, { value: r.role })),
  },
  {
    // FR1 is the importer's own VAT number in the state of import: a number of another state or scheme cannot postpone its VAT
    code: 'clearance.fiscal_reference_foreign',
    severity: 'error',
    check: eachFiscalReference((r, path, report, { facts }) => {
      if (r.role === 'FR1' && r.id && !facts.administration.territory.includes(r.id.slice(0, 2)))
        report(`${path}/id`, { value: r.id, country: facts.administration.territory[0]! })
    }),
  },
  {
    code: 'clearance.fiscal_reference_malformed',
    severity: 'error',
    check: eachFiscalReference((r, path, report) => {
      if (!r.id) return
      // FR5 is the number of the import one-stop shop: IM and ten digits (directive 2006/112/EC title XII ch. 6 s. 4)
      const form = r.role === 'FR5' ? /^IM\d{10}$/ : (vatNumber[r.id.slice(0, 2)] ?? /^[A-Z]{2}[0-9A-Z+*]{2,13}$/)
      if (!form.test(r.id)) report(`${path}/id`, { value: r.id, role: r.role ?? '' })
    }),
  },
  {
    // directive 2006/112/EC art. 143(2): onward supply needs the importer's and the customer's VAT numbers
    code: 'clearance.onward_supply_reference_missing',
    severity: 'error',
    regime: 'import',
    check: eachItem((item, at, report, { document }) => {
      if (!['42', '63'].includes(requested(item))) return
      const have = new Set([...(document.fiscalReferences ?? []), ...(item.fiscalReferences ?? [])].map((r) => r.role))
      if (!(have.has('FR1') || have.has('FR3')) || !have.has('FR2')) report(`${at}/fiscalReferences`, { item: item.itemNumber })
    }),
  },
]

export const partyRules: readonly Rule[] = [...identity, ...representation, ...authorisations, ...fiscal]
