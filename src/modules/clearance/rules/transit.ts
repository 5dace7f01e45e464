/** Rules of transit: the guarantee under which the goods travel (UCC Art. 89(2), 233(1); DE 8/2, 8/3). */
import { numberOf } from './checks.ts'
import type { Rule } from './types.ts'

export const transitRules: readonly Rule[] = [
  {
    // One for the whole movement: what is held, let go and called belongs to one guarantor.
    code: 'clearance.transit_guarantee_one',
    severity: 'error',
    regime: 'transit',
    check: ({ document }, report) => document.guarantees?.length !== 1 && report('/guarantees', { count: document.guarantees?.length ?? 0 }),
  },
  {
    code: 'clearance.transit_guarantee_amount',
    severity: 'error',
    regime: 'transit',
    check: ({ document, facts }, report) => {
      const { currency } = facts.administration
      document.guarantees?.forEach((g, i) => {
        const amount = numberOf(g.amount?.amount)
        if (!amount?.gt(0) || g.amount?.currency !== currency) report(`/guarantees/${i}/amount`, { currency })
      })
    },
  },
]
