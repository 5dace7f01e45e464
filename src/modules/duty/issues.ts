import type { Catalogue } from '#platform/catalogue.ts'
import { revenueIssueCodes } from './revenue-issues.ts'

/** What duty refuses or remarks. Texts live in i18n under the same code. */
export const issues: Catalogue = {
  // the calculator
  'duty.code_not_declarable': { status: 422 },
  'duty.origin_unknown': { status: 422 },
  'duty.rate_unknown': { status: 422, law: 'UCC Art. 53' },
  'duty.administration_unknown': { status: 422 },
  // remarks of a settlement: the debt stands, somebody must cover it
  'duty.cover_short': { status: 422, law: 'UCC Art. 110' },
  'duty.unpaid': { status: 422, law: 'UCC Art. 195' },
  'duty.account_missing': { status: 422 },
  'duty.account_unknown': { status: 422 },
  'duty.account_blocked': { status: 422 },
  'duty.account_foreign': { status: 422 },
  // payments
  'duty.debt_unknown': { status: 404 },
  'duty.nothing_due': { status: 409 },
  'duty.payment_unknown': { status: 404 },
  'duty.payment_amount_differs': { status: 422 },
  'duty.provider_unavailable': { status: 503 },
  'duty.signature_wrong': { status: 401 },
  'duty.account_not_found': { status: 404 },
  'duty.deposit_demo_only': { status: 404 },
  'duty.deposit_kind': { status: 422 },
  'duty.currency_differs': { status: 422 },
  'duty.amount_not_positive': { status: 422 },
  // cash desk
  'duty.office_not_served': { status: 403 },
  'duty.office_unclear': { status: 422 },
  'duty.overpaid': { status: 422 },
  'duty.desk_closed': { status: 409 },
  'duty.desk_date_ahead': { status: 422 },
  'duty.receipt_unknown': { status: 404 },
  // calculation, at the command line and in the calculator
  'duty.compute_input': { status: 422 },
  'duty.compute_unknown': { status: 422 },
  'duty.expression_unread': { status: 422 },
  'duty.expression_unknown': { status: 422 },
  'duty.content_not_counted': { status: 422 },
  'duty.rate_missing': { status: 422 },
  'duty.quantity_missing': { status: 422 },
  'duty.quantity_plain': { status: 422 },
  'duty.value_unknown': { status: 422 },
  'duty.retail_price_missing': { status: 422 },
  'duty.unit_without_amount': { status: 422 },
  'duty.meursing_code_missing': { status: 422 },
  'duty.no_exchange_rate': { status: 422 },
  'duty.exchange_rate_unknown': { status: 422 },
  'duty.exchange_rates_missing': { status: 422 },
  'duty.seasonal_rates_missing': { status: 422 },
  'duty.seasonal_rate_unknown': { status: 422 },
  'duty.seasonal_rate_unclear': { status: 422 },
  ...revenueIssueCodes,
}
