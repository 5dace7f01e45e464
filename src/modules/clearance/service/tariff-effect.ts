/**
 * What a proposed change of the tariff does to the imports of the last twelve months: counted in the background, a batch at a time.
 * `forecast` takes each import as if it came again in the twelve months from the first day of the change; `retroactive` takes it at its
 * own date, and lists the declarations whose decided duty comes out otherwise.
 */
import { later, type LegalDate } from '#kernel/time.ts'
import { inTransaction, type Tx } from '#platform/database.ts'
import { enqueue, type Task } from '#platform/jobs.ts'
import { effectInputs, finishEffect, saveEffectProgress, type EffectInputs } from '#modules/trade'
import { assess } from '#rules/duty'
import type { Assessment } from '#schema/duty'
import type { EffectDeclaration } from '#schema/trade'
import { effectCounter, type EffectCounter } from '../facts/effect.ts'
import { toAssessmentInput } from '../facts/assessment-input.ts'
import { importsSince } from '../read/imports.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import type { Clearance } from './clearance.ts'
import { assessmentFactsFor, lawDate } from './gather.ts'
import { sameDuty } from './reassess.ts'

const task = 'clearance:tariff-effect'
const batch = 200
const yearMs = 365 * 86_400_000
/** Declarations listed by name, those that change most first; all are counted. */
const listedAtMost = 20_000

/** The same day of the year in the twelve months from `from` on, so that seasons fall where they would. */
export const shiftedInto = (date: LegalDate, from: LegalDate): LegalDate => {
  const day = date.slice(5) === '02-29' ? '02-28' : date.slice(5)
  const year = Number(from.slice(0, 4))
  return day >= from.slice(5) ? `${year}-${day}` : `${year + 1}-${day}`
}

type Compared = { before: Assessment; after: Assessment }

const compare = (c: Clearance, s: DeclarationState, x: EffectInputs, on: LegalDate): Compared | null => {
  const input = toAssessmentInput(s)
  const of = (tariff: EffectInputs['before']) => assess(input, assessmentFactsFor(c, s, s.lodgedAt, { tariff, measuresOn: on }))
  const [before, after] = [of(x.before), of(x.after)]
  return sameDuty(before, after) ? null : { before, after }
}

const listed = (view: EffectDeclaration['view'], s: DeclarationState, date: LegalDate, { before, after }: Compared): EffectDeclaration => ({
  view,
  mrn: s.mrn,
  lawDate: date,
  beforeMinor: before.totals.assessed.minor,
  afterMinor: after.totals.assessed.minor,
  currency: after.currency,
})

type Run = { forecast: EffectCounter; retroactive: EffectCounter; declarations: EffectDeclaration[] }

const take = (c: Clearance, s: DeclarationState, x: EffectInputs, run: Run): void => {
  const date = lawDate(c, s.administration, s.document, s.acceptedAt ?? s.lodgedAt)
  const again = compare(c, s, x, shiftedInto(date, x.proposal.effectiveFrom))
  if (again) {
    run.forecast.add(again.before, again.after, s)
    if (run.declarations.length < listedAtMost) run.declarations.push(listed('forecast', s, date, again))
  }
  const past = date >= x.reachesBackTo ? compare(c, s, x, date) : null
  if (past) {
    run.retroactive.add(past.before, past.after, s)
    if (run.declarations.length < listedAtMost) run.declarations.push(listed('retroactive', s, date, past))
  }
}

/** Computes an effect whole; a run that is broken off begins anew. */
export const computeEffect = async (c: Clearance, proposalId: string): Promise<void> => {
  const x = await effectInputs(c.deps.sql, proposalId)
  if (!x) return
  const now = c.deps.clock()
  const scope = { administration: x.proposal.administration, since: later(now, -yearMs), prefixes: x.prefixes }
  const settings = c.reference().administration(x.proposal.administration, now.slice(0, 10))
  const run: Run = { forecast: effectCounter(), retroactive: effectCounter(), declarations: [] }
  let examined = 0
  for await (const { states, total } of importsSince(c.deps.sql, scope, batch)) {
    for (const s of states) take(c, s, x, run)
    examined += states.length
    await saveEffectProgress(c.deps.sql, proposalId, examined, total, c.deps.clock())
  }
  const result = {
    // A tariff may be kept of a country whose declarations nobody lodges here.
    ...(settings && { currency: settings.currency }),
    from: scope.since.slice(0, 10),
    to: now.slice(0, 10),
    forecast: run.forecast.sum(),
    ...(x.reachesBackTo <= now.slice(0, 10) && { retroactive: run.retroactive.sum() }),
  }
  await inTransaction(c.deps.sql, (tx) => finishEffect(tx, proposalId, result, run.declarations, c.deps.clock()))
  c.deps.bus.announce({ topic: 'tariff-effect', id: proposalId })
}

/** Puts the computation on its way, in the transaction that wants it. */
export const effectWanted = (tx: Tx, proposalId: string): Promise<void> => enqueue(tx, task, { proposalId }, { jobKey: `${task}/${proposalId}` })

export const effectTasks = (c: Clearance): Task[] => [
  {
    name: task,
    work: async (payload) => {
      const id = (payload as { proposalId?: unknown } | null)?.proposalId
      if (typeof id !== 'string') throw new Error(`${task} was enqueued without a proposal`)
      await computeEffect(c, id)
    },
  },
]
