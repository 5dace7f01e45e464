/** Quotas and licences of a declaration: asked before it is accepted, claimed and written off in the transaction that accepts it. */
import { legalDate, type Instant, type LegalDate } from '#kernel/time.ts'
import type { Reader, Sql, Tx } from '#platform/database.ts'
import {
  checkLicences,
  findQuotas,
  licenceCodes,
  releaseClaims,
  setClaims,
  writeOff,
  type QuotaAnswer,
  type StatedLicence,
  type WantedQuota,
} from '#modules/trade'
import { assess } from '#rules/duty'
import type { AssessmentFacts } from '#schema/duty'
import type { LicenceProblem, MeasureFact, QuotaFact } from '#schema/trade'
import type { Facts } from '../decide/index.ts'
import { toAssessmentInput } from '../facts/assessment-input.ts'
import { regimeOf } from '../rules/dataset.ts'
import type { LicenceDoubt, QuotaProblem, Registers } from '../rules/facts.ts'
import type { DeclarationDocument, DeclarationItem } from '../schema/document.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import type { Clearance } from './clearance.ts'

/** The second digit of DE 4/17 says tariff quota. */
const claimOf = (i: DeclarationItem): { order: string; preference: string } | undefined => {
  const order = i.taxes?.find((t) => t.quotaOrder)?.quotaOrder
  const preference = i.taxes?.find((t) => t.preference)?.preference
  return order && preference && /^\d{6}$/.test(order) && /^[1-3]2/.test(preference) ? { order, preference } : undefined
}

/** The third digit 4: a licence is written off, not a balance. */
const isLicensed = (order: string): boolean => order[2] === '4'

const quantitiesOf = (i: DeclarationItem): WantedQuota['quantities'] => ({
  ...(i.netMassKg && { netMassKg: i.netMassKg }),
  ...(i.supplementary && { supplementary: i.supplementary }),
})

const opensFor = (measures: readonly MeasureFact[] | undefined, claim: { order: string; preference: string }): boolean =>
  measures?.some((m) => m.preferences?.includes(claim.preference) && (!m.orderNumber || m.orderNumber === claim.order)) ?? false

// The register of licences is asked only for codes that it keeps, and nearly no document is one: these are looked up again after a while.
const codesFreshMs = 5_000
const keptCodes = new WeakMap<Sql, Map<string, { at: number; codes: ReadonlySet<string> }>>()
/** Asked through `db`, which is the transaction wherever there is one: a transaction that waits for another connection of the pool can wait for ever. */
const codesKept = async (sql: Sql, administration: string, db: Reader): Promise<ReadonlySet<string>> => {
  const of = keptCodes.get(sql) ?? new Map<string, { at: number; codes: ReadonlySet<string> }>()
  keptCodes.set(sql, of)
  const before = of.get(administration)
  if (before && performance.now() - before.at < codesFreshMs) return before.codes
  const codes = await licenceCodes(db, administration)
  of.set(administration, { at: performance.now(), codes })
  return codes
}

const statedBy = (
  document: DeclarationDocument,
  i: DeclarationItem,
  kept: ReadonlySet<string>,
  date: LegalDate,
  valueMinor: number | null,
): StatedLicence[] => {
  const parties = [document.importer?.id, document.exporter?.id, document.declarant?.id, i.consignee?.id].filter((id): id is string => Boolean(id))
  const order = i.taxes?.find((t) => t.quotaOrder)?.quotaOrder
  return (i.documents ?? []).flatMap((d): StatedLicence[] =>
    d.id && d.type && kept.has(`${d.category ?? ''}${d.type}`)
      ? [
          {
            itemNumber: i.itemNumber,
            documentCode: `${d.category ?? ''}${d.type}`,
            number: d.id,
            parties,
            commodity: `${i.hsCode ?? ''}${i.taricCode ?? ''}`,
            ...(i.origin && { origin: i.origin }),
            date,
            valueMinor,
            ...(order && { orderNumber: order }),
            ...(d.quantity && { stated: d.quantity }),
            quantities: quantitiesOf(i),
          },
        ]
      : [],
  )
}

const problemOf = (answer: QuotaAnswer | undefined, i: DeclarationItem, licensed: boolean, hasLicence: boolean): QuotaProblem | undefined => {
  if (!answer) return 'unknown'
  if (licensed) return hasLicence ? undefined : 'licence_missing'
  if (['not-open', 'closed', 'suspended'].includes(answer.status)) return 'not_open'
  if (!answer.covers({ commodity: `${i.hsCode ?? ''}${i.taricCode ?? ''}`, ...(i.origin && { origin: i.origin }) })) return 'not_for_goods'
  if (!answer.measures(quantitiesOf(i))) return 'quantity_missing'
  if (answer.status === 'exhausted') return 'exhausted'
  return answer.critical ? 'critical' : undefined
}

const doubts: Readonly<Record<LicenceProblem, LicenceDoubt>> = {
  unknown: 'unknown',
  holder: 'foreign',
  commodity: 'goods',
  origin: 'goods',
  quota: 'goods',
  date: 'not_valid',
  status: 'not_valid',
  quantity_missing: 'quantity_missing',
  short: 'short',
}

/** What the registers of quotas and licences answer about a document. The trader test service keeps none: whatever is claimed is there. */
export const registersOf = async (
  c: Clearance,
  administration: string,
  document: DeclarationDocument,
  date: LegalDate,
  db: Reader,
): Promise<Partial<Registers>> => {
  if (c.settings(administration, date).traderTest) return {}
  const claims = regimeOf(document) !== 'import' ? [] : document.items.flatMap((i) => claimOf(i)?.order ?? [])
  const kept = await codesKept(c.deps.sql, administration, db)
  const stated = document.items.flatMap((i) => statedBy(document, i, kept, date, null))
  const quotas = claims.length > 0 ? await findQuotas(db, administration, claims, date) : new Map<string, QuotaAnswer>()
  // The value is not known before the duty is computed: it is looked at when the licence is written off.
  const licences = await checkLicences(db, administration, stated)
  const items = new Map(document.items.map((i) => [i.itemNumber, i]))
  return {
    quota: (itemNumber) => {
      const item = items.get(itemNumber)
      const claim = item && claimOf(item)
      if (!claim || regimeOf(document) !== 'import') return undefined
      const prefix = c.settings(administration, date).quotaPrefix
      if (prefix && !claim.order.startsWith(prefix)) return undefined
      return problemOf(
        quotas.get(claim.order),
        item,
        isLicensed(claim.order),
        licences.some((l) => l.itemNumber === itemNumber),
      )
    },
    licence: (itemNumber, d) => [
      ...new Set(
        licences
          .filter((l) => l.itemNumber === itemNumber && l.documentCode === d.type && l.number === d.number)
          .flatMap((l) => l.problems.map((p) => doubts[p])),
      ),
    ],
  }
}

const request = (c: Clearance, s: DeclarationState, facts: AssessmentFacts, at: Instant) => {
  const { traderTest, timeZone } = c.settings(s.administration, facts.date)
  return {
    administration: s.administration,
    subject: { kind: 'declaration', id: s.id },
    reference: s.mrn,
    holder: s.document.importer?.id ?? s.declarant,
    wanted: s.document.items.flatMap((i): WantedQuota[] => {
      const claim = claimOf(i)
      if (!claim || isLicensed(claim.order)) return []
      // The test service has a small tariff, and every quota that is named.
      const opens = traderTest || opensFor(facts.measures[String(i.itemNumber)], claim)
      return opens ? [{ itemNumber: i.itemNumber, orderNumber: claim.order, quantities: quantitiesOf(i) }] : []
    }),
    acceptedOn: facts.date,
    claimedOn: legalDate(at, timeZone),
    at,
    ...(traderTest && { sandbox: true }),
  }
}

/** Claims of an accepted import are what its current version says; before acceptance nothing is claimed (UCC-IA Art. 50). */
export const claimFacts = async (
  c: Clearance,
  tx: Tx,
  s: DeclarationState,
  facts: AssessmentFacts,
  at: Instant,
): Promise<Pick<AssessmentFacts, 'quotas' | 'securityMethod'>> => {
  if (!s.acceptedAt || s.regime !== 'import') return {}
  const r = request(c, s, facts, at)
  if (r.wanted.length === 0 && !s.quotas) return {}
  const quotas = await setClaims(tx, r)
  return Object.keys(quotas).length === 0
    ? {}
    : { quotas, ...(s.document.guarantees?.some((g) => g.reference ?? g.otherReference) && { securityMethod: 'S' }) }
}

export const allocationFacts = async (
  c: Clearance,
  tx: Tx,
  s: DeclarationState,
  facts: AssessmentFacts,
  at: Instant,
): Promise<{ quotas: Record<string, QuotaFact> }> => ({
  quotas: await setClaims(tx, request(c, s, facts, at)),
})

/** Writes off the licences of an accepted declaration, by quantity and customs value of each line. */
export const writeOffFacts = async (
  c: Clearance,
  tx: Tx,
  s: DeclarationState,
  facts: AssessmentFacts,
  at: Instant,
): Promise<Pick<Facts, 'licences'>> => {
  if (!s.acceptedAt || c.settings(s.administration, facts.date).traderTest) return {}
  const kept = await codesKept(c.deps.sql, s.administration, tx)
  const stating = s.document.items.some((i) => statedBy(s.document, i, kept, facts.date, null).length > 0)
  if (!stating && !s.licences) return {}
  const values = assess(toAssessmentInput(s), facts).items
  const stated = s.document.items.flatMap((i) =>
    statedBy(s.document, i, kept, facts.date, values.find((v) => v.itemNumber === i.itemNumber)?.customsValue.minor ?? null),
  )
  return {
    licences: await writeOff(tx, { administration: s.administration, subject: { kind: 'declaration', id: s.id }, reference: s.mrn, stated, at }),
  }
}

/** What a declaration had of quotas and licences goes back: it was invalidated. */
export const giveBackShares = async (tx: Tx, s: DeclarationState, at: Instant): Promise<void> => {
  const subject = { kind: 'declaration', id: s.id }
  if (s.quotas) await releaseClaims(tx, { administration: s.administration, subject, reference: s.mrn, at })
  if (s.licences) await writeOff(tx, { administration: s.administration, subject, reference: s.mrn, stated: [], at })
}
