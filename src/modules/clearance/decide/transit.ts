import { decided, refused } from '#kernel/decide.ts'
import { type Decider, issue } from './types.ts'

/**
 * Ends a released transit: discharged where its goods were presented at destination (UCC Art. 215), else the guarantor is called and it
 * stays released for good. While a trip under seal goes on with the goods, only that trip ends it.
 */
export const endTransit: Decider<'end-transit'> = (state, { outcome, office, reason }, { at, by, underSeal }) => {
  const s = state!
  if (s.regime !== 'transit') return refused(issue('clearance.end_is_for_transits'))
  if (s.transitEnd) return refused(issue('clearance.transit_ended', '', { outcome: s.transitEnd.outcome }))
  if (underSeal) return refused(issue('clearance.transit_under_seal', '', { mrn: s.mrn }))
  const end = { type: 'declaration.transit-ended' as const, end: { outcome, at, office, by: by.name, reason } }
  return decided(outcome === 'discharged' ? [end, { type: 'declaration.cleared', at }] : [end])
}
