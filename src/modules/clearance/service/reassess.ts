/**
 * A past declaration assessed again: with the facts of its own decision, and with the measures of the tariff as it was known at another
 * instant. What was decided stays as it is; an officer sees what comes out otherwise.
 */
import { canonicalJson } from '#kernel/canonical-json.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { Reader } from '#platform/database.ts'
import { readEntries } from '#platform/journal.ts'
import { loadTariff, type Tariff } from '#modules/trade'
import { assess } from '#rules/duty'
import type { Assessment, AssessmentFacts, AssessmentInput } from '#schema/duty'
import { toAssessmentInput } from '../facts/assessment-input.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import { findByMrn } from '../store.ts'
import type { Clearance } from './clearance.ts'
import { lawDate, measuresUnder, ratesFor } from './gather.ts'

export type Reassessed = {
  mrn: string
  lawDate: LegalDate
  /** version of the tariff that the decision used, and that of the comparison */
  versions: { decided: number | null; compared: number }
  decided: Assessment
  compared: Assessment
  changed: boolean
}

/** The facts of the last decision on the duty; undefined when there was none. */
export const decidedFacts = async (db: Reader, declarationId: string): Promise<AssessmentFacts | undefined> =>
  (await readEntries(db, { kind: 'declaration', id: declarationId }))
    .map((e) => (e.body.facts as { assessment?: AssessmentFacts } | null)?.assessment)
    .findLast((f) => f !== undefined)

/** The same facts, but for the measures of another tariff and the rates of exchange that only they need. */
export const underTariff = (c: Clearance, s: DeclarationState, facts: AssessmentFacts, tariff: Tariff, on: LegalDate): AssessmentFacts => {
  const measures = measuresUnder(tariff, s, on)
  return { ...facts, measures, rates: { ...ratesFor(c, s, measures, facts.date), ...facts.rates }, tariffVersion: tariff.version }
}

/** The duty itself, without how it came about: what is compared. */
export const sameDuty = (a: Assessment, b: Assessment): boolean => {
  const bare = (x: Assessment) =>
    x.lines.map(({ itemNumber, type, status, assessed, deduct, payable }) => ({ itemNumber, type, status, assessed, deduct, payable }))
  return canonicalJson(bare(a)) === canonicalJson(bare(b))
}

/** Null when there is no such declaration, or its duty was never decided. `knownAt`: the knowledge to compare with; now when absent. */
export const reassess = async (c: Clearance, mrn: string, known: { knownAt?: string } = {}): Promise<Reassessed | null> => {
  const found = await findByMrn(c.deps.sql, mrn)
  const facts = found && (await decidedFacts(c.deps.sql, found.state.id))
  if (!found || !facts) return null
  const { state } = found
  const input: AssessmentInput = toAssessmentInput(state)
  const tariff = known.knownAt === undefined ? c.tariff() : await loadTariff(c.deps.sql, known)
  const date = lawDate(c, state.administration, state.document, state.acceptedAt ?? state.lodgedAt)
  const decided = assess(input, facts)
  const compared = assess(input, underTariff(c, state, facts, tariff, date))
  return {
    mrn,
    lawDate: date,
    versions: { decided: facts.tariffVersion ?? null, compared: tariff.version },
    decided,
    compared,
    changed: !sameDuty(decided, compared),
  }
}
