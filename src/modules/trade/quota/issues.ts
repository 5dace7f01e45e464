import type { Catalogue } from '#platform/catalogue.ts'

/** What quotas and licences refuse with. */
export const quotaIssues: Catalogue = {
  'trade.quota_unknown': { status: 404 },
  'trade.quota_not_possible_now': { status: 409 },
  'trade.quota_target_missing': { status: 422 },
  'trade.quota_units_differ': { status: 422 },
  'trade.quota_quantity_missing': { status: 422 },
  'trade.quota_balance_short': { status: 422 },
  'trade.quota_proposal_open': { status: 409 },
  'trade.quota_proposal_unknown': { status: 404 },
  'trade.quota_proposal_decided': { status: 409 },
  'trade.quota_period': { status: 422 },
  'trade.quota_percent': { status: 422 },
  'trade.quota_period_overlaps': { status: 409 },
  'trade.second_person_needed': { status: 403 },
  'trade.licence_period': { status: 422 },
  'trade.licence_limit_missing': { status: 422 },
  'trade.licence_unit_missing': { status: 422 },
  'trade.licence_currency_missing': { status: 422 },
  'trade.licence_unknown': { status: 404 },
  'trade.licence_not_possible_now': { status: 409 },
  'trade.licence_holder_unknown': { status: 422 },
  'trade.licence_office_unknown': { status: 422 },
  'trade.licence_number_used': { status: 409 },
  'trade.origin_line_unread': { status: 422 },
}
