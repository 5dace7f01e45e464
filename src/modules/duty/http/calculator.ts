/** The duty calculator: open to everybody, the same for a person's browser and another program. */
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { legalDate } from '#kernel/time.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { keepFresh, type Administration, type Reference } from '#modules/reference'
import { loadTariff, type Tariff } from '#modules/trade'
import { home } from '#schema/reference'
import { calculate, itemOf, optionsOf } from '../calculator.ts'
import { CalculatorQuery, CalculatorReply, type AssessmentFacts } from '../schema.ts'

type Asked = { q: CalculatorQuery; date: string; tariff: Tariff; reference: Reference; settings: Administration }

const factsOf = ({ q, date, tariff, reference, settings }: Asked): AssessmentFacts => {
  const administration = settings.code
  const measures = tariff.measuresFor({
    administration,
    hsCode: q.code.slice(0, 8),
    date,
    origin: q.origin,
    preferentialOrigin: q.origin,
    ...(q.code.length > 8 && { taric: q.code.slice(8) }),
    ...(q.additional && { additionalCodes: q.additional.split(',') }),
  })
  const currencies = [q.currency, ...measures.flatMap((m) => (m.expression ?? []).map((c) => c.currency))]
  const rates: Record<string, string> = {}
  for (const currency of currencies) {
    const rate = currency && currency !== settings.currency ? reference.exchangeRate(administration, currency, date) : undefined
    if (currency && rate) rates[currency] = rate.rate
  }
  return {
    administration,
    currency: settings.currency,
    rounding: settings.rounding,
    duty: settings.duty,
    date,
    rates,
    measures: { '1': [...measures] },
    tariffVersion: tariff.version,
  }
}

const refusalOf = ({ q, date, tariff, reference, settings }: Asked): Issue[] => {
  const issues: Issue[] = []
  const info = tariff.commodity(settings.code, q.code, date)
  if (!info.exists) issues.push(error('trade.commodity_unknown', '/code', { code: q.code }))
  else if (!info.declarable) issues.push(error('duty.code_not_declarable', '/code', { code: q.code }))
  if (!reference.has('country', q.origin, date, settings.code)) issues.push(error('duty.origin_unknown', '/origin', { origin: q.origin }))
  if (q.currency && q.currency !== settings.currency && !reference.exchangeRate(settings.code, q.currency, date))
    issues.push(error('duty.rate_unknown', '/currency', { currency: q.currency, date }))
  return issues
}

const papersOf = (documents: readonly string[], stated: ReadonlySet<string>): CalculatorReply['papers'] =>
  documents.map((row) => ({ documents: row.split('|'), stated: row.split('|').some((d) => stated.has(d)) }))

const answer = (asked: Asked): Outcome<CalculatorReply> => {
  const issues = refusalOf(asked)
  if (issues.length > 0) return refuse(...issues)
  const { q, date, tariff, reference, settings } = asked
  const info = tariff.commodity(settings.code, q.code, date)
  const described = tariff.describe(settings.code, q.code, date, q.language)
  const item = itemOf(q, settings.currency, info.supplementaryUnit)
  const facts = factsOf(asked)
  const assessment = calculate(item, facts)
  const options = optionsOf(item, facts)
  const papers = papersOf(info.documents, new Set(item.documents))
  const names: Record<string, string> = {}
  const name = (list: 'tax-type' | 'document' | 'preference', code: string): void => {
    const found = reference.name(list, code, date, q.language)
    if (found) names[code] = found
  }
  for (const line of assessment.lines) name('tax-type', line.type)
  for (const document of [...papers.flatMap((p) => p.documents), ...options.flatMap((o) => o.documents)]) name('document', document)
  for (const option of options) name('preference', option.preference)
  return accept({
    code: q.code,
    name: described?.name ?? '',
    path: described?.path ?? [],
    ...(info.supplementaryUnit && { supplementaryUnit: info.supplementaryUnit }),
    assessment,
    options,
    papers,
    names,
    tariffVersion: tariff.version,
  })
}

export const calculatorRoutes = (deps: Deps, reference: () => Promise<Reference>): Route[] => {
  const tariff = keepFresh(deps.bus, 'trade', () => loadTariff(deps.sql))
  return [
    route({
      method: 'GET',
      path: '/api/duty/calculation',
      permission: 'public',
      summary: 'What would be paid on a good, which other options it has, and which papers it needs',
      tag: 'duty',
      query: CalculatorQuery,
      out: CalculatorReply,
      handler: async ({ query, now }) => {
        const known = await reference()
        const code = query.administration ?? home
        const settings = known.administration(code, query.date ?? now.slice(0, 10))
        if (!settings) return refuse(error('duty.administration_unknown', '/administration', { administration: code }))
        const date = query.date ?? legalDate(now, settings.timeZone)
        return answer({ q: query, date, tariff: await tariff(), reference: known, settings })
      },
    }),
  ]
}
