import type { Catalogue } from '#platform/catalogue.ts'

/** What changes of the tariff are refused with. */
export const changeIssues: Catalogue = {
  'trade.change_range': { status: 422 },
  'trade.change_area_unknown': { status: 422 },
  'trade.change_term_unknown': { status: 422 },
  'trade.change_series_missing': { status: 422 },
  'trade.change_rate_missing': { status: 422 },
  'trade.change_tax_missing': { status: 422 },
  'trade.change_preference_missing': { status: 422 },
  'trade.change_unit_missing': { status: 422 },
  'trade.change_rate_text': { status: 422 },
  'trade.change_order_missing': { status: 422 },
  'trade.change_commodity_unknown': { status: 422 },
  'trade.change_parent_unknown': { status: 422 },
  'trade.change_parent_missing': { status: 422 },
  'trade.change_name_missing': { status: 422 },
  'trade.change_record_unknown': { status: 404 },
  'trade.proposal_own': { status: 403 },
  'trade.proposal_stale': { status: 409 },
  'trade.proposal_empty': { status: 422 },
  'trade.proposal_unknown': { status: 404 },
  'trade.proposal_not_possible_now': { status: 409 },
}
