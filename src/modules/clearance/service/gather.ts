/** The facts of a decision: gathered here, once, from snapshots and the ledger; the journal keeps what was gathered. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { zero } from '#kernel/money.ts'
import { later, legalDate, type Instant, type LegalDate } from '#kernel/time.ts'
import type { Reader, Tx } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import { isTrustedOperator } from '#modules/compliance'
import { charge } from '#modules/duty'
import { chargesOf } from '#rules/duty'
import type { AssessmentFacts, Settlement } from '#schema/duty'
import type { Tariff } from '#modules/trade'
import type { Command, Facts } from '../decide/index.ts'
import { assessed } from '../facts/assessed.ts'
import { consignmentKey, snapshotOf } from '../facts/features.ts'
import { notifiesDebt } from '../rules/dataset.ts'
import { awaitsAllocation } from '../decide/quota.ts'
import { gatherRuleFacts, type Registers, type RuleFacts } from '../rules/facts.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import type { Clearance } from './clearance.ts'
import { secureTransit, underSeal } from './transit.ts'
import { allocationFacts, claimFacts, registersOf, writeOffFacts } from './quota.ts'

/** Documents are looked at within half a working day, goods within a day. */
const controlWithinMs = 4 * 3_600_000

/** The law of a declaration is that of its acceptance, or of the tax point that a supplementary declaration states. */
export const lawDate = (c: Clearance, administration: string, document: DeclarationDocument, acceptedAt: Instant): LegalDate => {
  const point = document.taxPointAt?.slice(0, 10)
  return point && /^\d{4}-\d{2}-\d{2}$/.test(point) ? point : legalDate(acceptedAt, c.settings(administration, acceptedAt.slice(0, 10)).timeZone)
}

/** What the registers answer about a document: reference data and tariff of its date, operators and mandates of now. */
export const ruleFactsFor = async (
  c: Clearance,
  principal: Principal,
  administration: string,
  document: DeclarationDocument,
  at: Instant,
  // The transaction, wherever there is one: see `codesKept`.
  db: Reader = c.deps.sql,
): Promise<RuleFacts> => {
  const date = lawDate(c, administration, document, at)
  const settings = c.settings(administration, date)
  const reference = c.reference()
  const parties = settings.traderTest
    ? null
    : await c.parties([document.declarant?.id, document.importer?.id, document.exporter?.id, document.representative?.id, document.consignee?.id], db)
  const registers: Registers = {
    has: (list, code) => reference.has(list, code, date, administration),
    operator: (registration) => parties?.standing(registration),
    mayRepresent: (acting, represented) =>
      settings.traderTest ? undefined : acting === represented || principal.represents.some((r) => r.registration === represented) ? true : undefined,
    commodity: (code) => c.tariff().commodity(administration, code, date),
    goodsLocation: (code) => reference.goodsLocation(code, date, administration),
    office: (code) => (settings.traderTest ? undefined : reference.office(code, date) !== undefined),
    exchangeRate: (currency) => reference.exchangeRate(administration, currency, date) !== undefined,
    ...(await registersOf(c, administration, document, date, db)),
  }
  return gatherRuleFacts(document, registers, {
    administration: {
      code: settings.code,
      territory: settings.territory,
      currency: settings.currency,
      traderTest: settings.traderTest,
      ...(settings.quotaPrefix && { quotaPrefix: settings.quotaPrefix }),
    },
    date,
    now: at,
  })
}

/** Another tariff, or its measures of another day: for asking what a change of the law does to a declaration. */
export type Under = { tariff?: Tariff; measuresOn?: LegalDate }

/** Measures of each goods item of an import. Codes that the declarant states find the rows of the Meursing tables. */
export const measuresUnder = (tariff: Tariff, s: DeclarationState, date: LegalDate): AssessmentFacts['measures'] => {
  const measures: AssessmentFacts['measures'] = {}
  if (s.regime !== 'import') return measures
  for (const i of s.document.items) {
    if (!i.hsCode) continue
    measures[String(i.itemNumber)] = [
      ...tariff.measuresFor({
        administration: s.administration,
        hsCode: i.hsCode,
        date,
        ...(i.taricCode && { taric: i.taricCode }),
        ...(i.origin && { origin: i.origin }),
        ...(i.preferentialOrigin && { preferentialOrigin: i.preferentialOrigin }),
        ...(i.taricAdditional && { additionalCodes: i.taricAdditional }),
      }),
    ]
  }
  return measures
}

const currenciesIn = (value: unknown, found: Set<string>): void => {
  if (Array.isArray(value)) return value.forEach((v) => currenciesIn(v, found))
  if (typeof value !== 'object' || value === null) return
  for (const [k, v] of Object.entries(value))
    if (k === 'currency' && typeof v === 'string') found.add(v)
    else currenciesIn(v, found)
}

/** Own currency for one unit of each foreign one that the declaration or its measures use, at the rates of the date. */
export const ratesFor = (c: Clearance, s: DeclarationState, measures: AssessmentFacts['measures'], date: LegalDate): AssessmentFacts['rates'] => {
  const own = c.settings(s.administration, date).currency
  const currencies = new Set<string>()
  currenciesIn(s.document, currencies)
  currenciesIn(measures, currencies)
  const rates: Record<string, string> = {}
  for (const currency of currencies) {
    const rate = currency === own ? undefined : c.reference().exchangeRate(s.administration, currency, date)
    if (rate) rates[currency] = rate.rate
  }
  return rates
}

/** Tariff, rates and settings for the duty of a declaration, as the law of its date has them. */
export const assessmentFactsFor = (c: Clearance, s: DeclarationState, at: Instant, under: Under = {}): AssessmentFacts => {
  const date = lawDate(c, s.administration, s.document, s.acceptedAt ?? at)
  const settings = c.settings(s.administration, date)
  const tariff = under.tariff ?? c.tariff()
  const measures = measuresUnder(tariff, s, under.measuresOn ?? date)
  return {
    administration: s.administration,
    currency: settings.currency,
    rounding: settings.rounding,
    duty: settings.duty,
    date,
    rates: ratesFor(c, s, measures, date),
    measures,
    tariffVersion: tariff.version,
  }
}

const assessFacts = async (c: Clearance, tx: Tx, s: DeclarationState, at: Instant): Promise<Partial<Facts>> => {
  const bare = assessmentFactsFor(c, s, at)
  const assessment = { ...bare, ...(await claimFacts(c, tx, s, bare, at)) }
  const licences = await writeOffFacts(c, tx, s, assessment, at)
  if (!s.acceptedAt || s.lane) return { assessment, ...licences }
  // Risk speaks of the importer; of goods that leave it is the exporter.
  const trusted = await isTrustedOperator(tx, s.document.importer?.id ?? s.document.exporter?.id, assessment.date)
  const selection = await c.risk.facts(tx, {
    snapshot: snapshotOf({ ...s, assessment: assessed(s, assessment) }, assessment.date, trusted),
    administration: s.administration,
    office: s.office,
    consignment: consignmentKey(s),
    date: assessment.date,
    at,
    trusted,
  })
  return { assessment, selection, ...licences, ...controlFacts(at) }
}

const controlFacts = (at: Instant): Partial<Facts> => ({
  controlIds: [uuidv7(Date.parse(at), randomBytes(10)), uuidv7(Date.parse(at), randomBytes(10))],
  controlDueAt: later(at, controlWithinMs),
})

/** Asks the ledger to cover what is payable, within this transaction; its answer is the fact. */
const settleFacts = async (c: Clearance, tx: Tx, s: DeclarationState, at: Instant): Promise<Partial<Facts>> => {
  if (s.regime === 'transit') return secureTransit(c, tx, s, at)
  const settings = c.settings(s.administration, at.slice(0, 10))
  const lines = s.assessment && notifiesDebt(s.document) ? chargesOf(s.assessment) : []
  const holders = [s.document.importer?.id, s.declarant, s.document.representative?.id, s.submitter.registration].filter((id): id is string =>
    Boolean(id),
  )
  const nothing: Settlement = { postingId: null, reference: s.mrn, settled: [], outstanding: zero(settings.currency), shortfalls: [] }
  // A control beside the release, or a quota's share that is not told yet, keeps it from being the last word.
  const securedOnly = s.controls.some((k) => k.status === 'open' && !k.blocking) || awaitsAllocation(s)
  if (lines.length === 0 && s.settlement === undefined) return { settlement: nothing, securedOnly }
  const charged = await charge(tx, {
    subject: { kind: 'declaration', id: s.id },
    reference: s.mrn,
    administration: s.administration,
    currency: settings.currency,
    payer: holders[0] ?? s.declarant,
    holders: [...new Set(holders)],
    lines,
    deferments: (s.document.deferments ?? []).flatMap((d) => (d.account ? [d.account] : [])),
    guarantees: (s.document.guarantees ?? []).flatMap((g) =>
      (g.reference ?? g.otherReference) ? [{ type: g.type ?? '', reference: (g.reference ?? g.otherReference)! }] : [],
    ),
    key: `${s.id}/${s.version}${s.quotas?.allocations ? `/${s.quotas.allocations}` : ''}`,
    office: s.office,
    at,
    ...(settings.traderTest && { sandbox: true }),
  })
  if (!charged.ok) throw new Error(`the ledger refused to look at ${s.mrn}: ${charged.issues.map((i) => i.code).join(', ')}`)
  return { settlement: charged.value, securedOnly }
}

export const gather = async (c: Clearance, tx: Tx, state: DeclarationState | null, command: Command, at: Instant): Promise<Partial<Facts>> => {
  if (command.name === 'assess') return assessFacts(c, tx, state!, at)
  if (command.name === 'settle') return settleFacts(c, tx, state!, at)
  if (command.name === 'record-allocation') return allocationFacts(c, tx, state!, assessmentFactsFor(c, state!, at), at)
  if (command.name === 'raise-lane') return controlFacts(at)
  if (command.name === 'end-transit') return { underSeal: await underSeal(tx, state!) }
  return {}
}
