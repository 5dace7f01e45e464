/** The origin assistant: schemes and their rules from the tariff's side, what each would cost from the calculation of duty. */
import { subtract, sum, type Money } from '#kernel/money.ts'
import type { Instant } from '#kernel/time.ts'
import { findQuotas, findSchemes } from '#modules/trade'
import { assess } from '#rules/duty'
import { adviseOrigin } from '#rules/trade'
import type { AssessmentFacts } from '#schema/duty'
import type { OriginQuestion } from '#schema/trade'
import { home } from '#schema/reference'
import { evolve } from '../declaration.ts'
import { toAssessmentInput } from '../facts/assessment-input.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import type { OriginAdvice } from '../schema/origin.ts'
import type { Clearance } from './clearance.ts'
import { assessmentFactsFor } from './gather.ts'

type Cost = NonNullable<OriginAdvice['plain']>

/** The goods as an import of their own, so that the duty is that of a declaration. */
const imagine = (q: OriginQuestion, administration: string, at: Instant): DeclarationState => {
  const document: DeclarationDocument = {
    function: 'original',
    lrn: '',
    declarationType: 'IM',
    additionalType: 'A',
    items: [
      {
        itemNumber: 1,
        hsCode: q.code.slice(0, 8),
        ...(q.code.length > 8 && { taricCode: q.code.slice(8) }),
        origin: q.origin,
        preferentialOrigin: q.origin,
        procedure: '4000',
        ...(q.value && { customsValue: { amount: q.value, ...(q.currency && { currency: q.currency }) } }),
        ...(q.netMassKg && { netMassKg: q.netMassKg }),
        ...(q.supplementary && { supplementary: q.supplementary }),
        taxes: [],
      },
    ],
  }
  const opening = {
    id: '',
    mrn: '',
    lrn: '',
    administration,
    regime: 'import' as const,
    additionalType: 'A',
    prelodged: false,
    declarant: '',
    trader: '',
    submitter: { personId: '', name: '', organisationId: null, registration: null },
    parties: [],
    office: '',
  }
  return evolve(null, { type: 'declaration.lodged', at, opening, document })
}

const costOf = (s: DeclarationState, facts: AssessmentFacts, preference: string, order?: string): Cost | null => {
  const taxes = [{ preference, ...(order && { quotaOrder: order }) }]
  const items = s.document.items.map((i) => ({ ...i, taxes }))
  const { lines, currency } = assess(toAssessmentInput({ ...s, document: { ...s.document, items } }), facts)
  const option = lines[0]
  // The tariff has no such option for these goods: what came out is another one's.
  if (!option || (option.preference ?? '100') !== preference) return null
  const known = lines.every((l) => l.status !== 'manual')
  const of = (some: typeof lines): Money =>
    sum(
      some.map((l) => l.payable),
      currency,
    )
  return {
    preference,
    rateText: option.rateText,
    duty: option.status === 'manual' ? null : of(lines.filter((l) => l.type.startsWith('A'))),
    payable: known ? of(lines) : null,
  }
}

const cheaper = (plain: Cost | null, cost: Cost | null): Money | null =>
  plain?.payable && cost?.payable ? subtract(plain.payable, cost.payable) : plain?.duty && cost?.duty ? subtract(plain.duty, cost.duty) : null

/** Everything that is to be said about goods of an origin: which scheme fits, what it lacks, what it would save. */
export const advise = async (c: Clearance, q: OriginQuestion, at: Instant): Promise<OriginAdvice> => {
  const administration = q.administration ?? home
  const date = q.date ?? at.slice(0, 10)
  const state = { ...imagine(q, administration, `${date}T12:00:00.000Z`), acceptedAt: `${date}T12:00:00.000Z` }
  const facts = assessmentFactsFor(c, state, state.acceptedAt)
  const ours = c.settings(administration, date).territory[0]!
  const schemes = adviseOrigin(
    await findSchemes(c.deps.sql, administration, date),
    { ...q, date },
    { home: ours, members: (area) => c.tariff().members(area, date) },
  )
  const plain = costOf(state, facts, '100')
  const options = facts.measures['1'] ?? []
  const orders = options.flatMap((m) => (m.orderNumber && m.preferences?.[0] ? [{ order: m.orderNumber, preference: m.preferences[0] }] : []))
  const known =
    orders.length > 0
      ? await findQuotas(
          c.deps.sql,
          administration,
          orders.map((o) => o.order),
          date,
        )
      : new Map()
  return {
    code: q.code,
    origin: q.origin,
    currency: facts.currency,
    plain,
    schemes: schemes.map((scheme) => {
      const preference = scheme.preferences.find((p) => p[1] !== '2') ?? ''
      const cost = costOf(state, facts, preference)
      return { scheme, cost, saving: cheaper(plain, cost) }
    }),
    quotas: orders.flatMap(({ order, preference }) => {
      const quota = known.get(order)
      const cost = costOf(state, facts, preference, order)
      if (!quota || !cost) return []
      const claimable = ['open', 'critical', 'blocked'].includes(quota.status)
      return [{ orderNumber: order, status: quota.status, critical: quota.critical, cost, saving: claimable ? cheaper(plain, cost) : null }]
    }),
  }
}
