/** Lodging: a new declaration gets its identity, is decided, and is answered once however often it is sent. */
import { createHash, randomBytes } from 'node:crypto'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { error, hasErrors, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { legalDate } from '#kernel/time.ts'
import { violates } from '#platform/database.ts'
import { findReply, readEntries } from '#platform/journal.ts'
import type { Principal } from '#platform/permissions.ts'
import type { Assessment } from '#schema/duty'
import { assessed } from '../facts/assessed.ts'
import type { Opening } from '../declaration.ts'
import { evolve } from '../declaration.ts'
import { generateMrn, mrnRandomBytes } from '../mrn.ts'
import { markLodged } from '../read/drafts.ts'
import { regimeOf } from '../rules/dataset.ts'
import { validate } from '../rules/index.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { CommandReply } from '../schema/views.ts'
import { findByLrn } from '../store.ts'
import { advance } from './advance.ts'
import type { Clearance } from './clearance.ts'
import { actingFor, transact } from './execute.ts'
import { assessmentFactsFor, ruleFactsFor } from './gather.ts'

export const hashOf = (document: DeclarationDocument): string => createHash('sha256').update(canonicalJson(document)).digest('hex')

const partiesOf = (document: DeclarationDocument, principal: Principal): string[] => {
  const ids = [
    principal.organisationRegistration,
    document.declarant?.id,
    document.importer?.id,
    document.exporter?.id,
    document.representative?.id,
    document.items[0]?.consignee?.id,
  ]
  return [...new Set(ids.filter((id): id is string => Boolean(id)))]
}

/** Whose goods these are: the importer of an import, the exporter of an export; of a transit, who holds the procedure. */
const traderOf = async (c: Clearance, document: DeclarationDocument): Promise<string> => {
  const own = { import: document.importer, export: document.exporter, transit: document.declarant }[regimeOf(document)]
  if (own?.name || !own?.id) return own?.name ?? document.declarant?.id ?? ''
  return (await c.parties([own.id])).name(own.id) ?? own.id
}

/** Everything that makes a document a declaration of this administration. */
const open = async (c: Clearance, principal: Principal, document: DeclarationDocument, at: string): Promise<Opening> => {
  const administration = c.administrationFor(document)
  const settings = c.settings(administration, at.slice(0, 10))
  return {
    id: uuidv7(Date.parse(at), randomBytes(10)),
    mrn: generateMrn({ date: legalDate(at, settings.timeZone), country: settings.mrnCountry, random: randomBytes(mrnRandomBytes) }),
    lrn: document.lrn ?? '',
    administration,
    regime: regimeOf(document),
    additionalType: document.additionalType ?? '',
    // D, E, F and K announce goods that are still to come (UCC Art. 171; annex B DE 1/2).
    prelodged: ['D', 'E', 'F', 'K'].includes(document.additionalType ?? ''),
    declarant: document.declarant?.id ?? principal.organisationRegistration ?? principal.personId,
    trader: await traderOf(c, document),
    submitter: {
      personId: principal.personId,
      name: principal.name,
      organisationId: principal.organisationId,
      registration: principal.organisationRegistration,
    },
    parties: partiesOf(document, principal),
    office: c.officeFor(administration, document, at.slice(0, 10)),
  }
}

/** May this person lodge for the declarant? One's own firm always, others with a mandate; the trader test service asks for none. */
const mayLodgeFor = (c: Clearance, principal: Principal, document: DeclarationDocument, at: string): Issue[] => {
  const administration = c.administrationFor(document)
  if (c.settings(administration, at.slice(0, 10)).traderTest) return []
  const direction = regimeOf(document)
  // The holder of a transit is its declarant, who is asked about first.
  const represented = { import: document.importer?.id, export: document.exporter?.id, transit: undefined }[direction]
  const allowed = (id: string | undefined): boolean =>
    !id ||
    principal.represents.some(
      (r) => r.registration === id && (r.scope === 'all' || r.scope === direction || r.organisationId === principal.organisationId),
    )
  const issues: Issue[] = []
  if (document.declarant?.id && !allowed(document.declarant.id))
    issues.push(error('clearance.declarant_not_represented', '/declarant/id', { id: document.declarant.id }))
  if (represented && !allowed(represented))
    issues.push(error('clearance.no_mandate', direction === 'export' ? '/exporter/id' : '/importer/id', { id: represented, direction }))
  return issues
}

/** Same declarant and LRN: the same document is answered again, another one is a conflict. */
const sameReference = async (c: Clearance, principal: Principal, opening: Opening, document: DeclarationDocument): Promise<Outcome<CommandReply>> => {
  const first = await findByLrn(c.deps.sql, opening.administration, opening.declarant, opening.lrn)
  if (!first) return refuse(error('request.conflict'))
  const mine =
    first.state.submitter.personId === principal.personId ||
    (principal.organisationRegistration !== null && first.state.submitter.registration === principal.organisationRegistration)
  if (!mine || first.documentHash !== hashOf(document))
    return refuse(error('clearance.lrn_used', '/lrn', { lrn: opening.lrn, ...(mine && { mrn: first.state.mrn }) }))
  const [entry] = await readEntries(c.deps.sql, { kind: 'declaration', id: first.state.id })
  return accept(entry!.reply as CommandReply)
}

export type LodgeOptions = { at: string; draftId?: string }

export const lodge = async (
  c: Clearance,
  principal: Principal,
  document: DeclarationDocument,
  key: string,
  { at, draftId }: LodgeOptions,
): Promise<Outcome<CommandReply>> => {
  if (!document.lrn) return refuse(error('clearance.lrn_missing', '/lrn'))
  const forbidden = mayLodgeFor(c, principal, document, at)
  if (forbidden.length > 0) return refuse(...forbidden)
  const opening = await open(c, principal, document, at)
  const rules = await ruleFactsFor(c, principal, opening.administration, document, at)
  try {
    return await transact(c, key, principal, async (tx) => {
      const outcome = await advance(
        c,
        tx,
        { state: null, head: null, documentHash: hashOf(document) },
        { name: 'lodge', document },
        actingFor(principal, at),
        key,
        at,
        { opening, rules },
      )
      if (outcome.ok && draftId) await markLodged(tx, draftId, opening.id)
      return outcome
    })
  } catch (fault) {
    if (!violates(fault, 'declaration_lrn')) throw fault
    // The key decides before the reference does: a repeated request is the same request.
    const before = await findReply(c.deps.sql, key)
    if (before && before.personId === principal.personId && before.subject.kind === 'declaration') return accept(before.reply as CommandReply)
    return sameReference(c, principal, opening, document)
  }
}

/** What lodging would say, without lodging: every issue, and the duty by line as far as it can be computed. */
export const check = async (
  c: Clearance,
  principal: Principal,
  document: DeclarationDocument,
  at: string,
): Promise<{ issues: Issue[]; assessment: Assessment | null }> => {
  const opening = await open(c, principal, document, at)
  const issues = [
    ...mayLodgeFor(c, principal, document, at),
    ...validate(document, await ruleFactsFor(c, principal, opening.administration, document, at)),
  ]
  const state = evolve(null, { type: 'declaration.lodged', at, opening, document })
  const assessable = document.items.length > 0 && !issues.some((i) => i.severity === 'error' && /\/(hsCode|itemPrice|itemNumber)/.test(i.path))
  return { issues, assessment: assessable || !hasErrors(issues) ? assessed(state, assessmentFactsFor(c, state, at)) : null }
}
