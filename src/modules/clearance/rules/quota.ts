/** Rules of tariff quotas and licences: what their registers answered about the items that claim or state them. */
import type { LicenceDoubt, QuotaProblem } from './facts.ts'
import type { Rule } from './types.ts'

const quota = (problem: QuotaProblem, severity: Rule['severity']): Rule => ({
  code: `clearance.quota_${problem}`,
  severity,
  regime: 'import',
  check: ({ items, facts }, report) =>
    items.forEach((item, i) => {
      if (facts.quotas?.[String(item.itemNumber)] !== problem) return
      const place = item.taxes?.findIndex((t) => t.quotaOrder) ?? -1
      report(`/items/${i}/taxes/${Math.max(0, place)}/quotaOrder`, { value: item.taxes?.[place]?.quotaOrder ?? '', item: item.itemNumber })
    }),
})

const licence = (problem: LicenceDoubt): Rule => ({
  code: `clearance.licence_${problem}`,
  severity: 'error',
  check: ({ facts }, report) =>
    facts.licences?.forEach((l) => {
      if (l.problem === problem) report(l.path, { value: l.number, item: l.item })
    }),
})

export const quotaRules: readonly Rule[] = [
  quota('unknown', 'error'),
  quota('not_open', 'error'),
  quota('not_for_goods', 'strict'),
  quota('quantity_missing', 'error'),
  quota('licence_missing', 'error'),
  quota('exhausted', 'warning'),
  quota('critical', 'warning'),
  licence('unknown'),
  licence('foreign'),
  licence('goods'),
  licence('not_valid'),
  licence('quantity_missing'),
  licence('short'),
]
