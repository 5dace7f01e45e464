import { revenueIssues } from './issues-revenue.ts'

/** Issues of duty, accounts, payments, tariff and reference data. */
export const dutyIssues = {
  ...revenueIssues,
  'duty.code_not_declarable': {
    text: 'Goods cannot be declared under {{code}}: it has lines of its own.',
    fix: 'Take one of the lines below it.',
  },
  'duty.origin_unknown': {
    text: 'There is no country {{origin}}.',
    fix: 'Give the two letters of the country (ISO 3166), such as VN.',
  },
  'duty.rate_unknown': {
    text: 'No exchange rate of {{currency}} is known for {{date}}.',
    fix: 'Give the value in a currency that has a rate, or choose another date.',
  },
  'duty.administration_unknown': {
    text: 'There is no administration {{administration}}.',
    fix: 'Leave it out for the national tariff.',
  },
  'duty.cover_short': {
    text: 'Account {{account}} does not cover what is charged to it: {{short}} minor units of {{currency}} are missing.',
    fix: 'Pay money onto the account, or pay the declaration by card, transfer or at the cash desk.',
  },
  'duty.unpaid': {
    text: 'The duty has not been paid yet.',
    fix: 'Pay by card, transfer or at the cash desk; the goods go as soon as the money is here.',
  },
  'duty.account_missing': {
    text: 'Method of payment {{method}} needs an account or a guarantee, and the declaration names none.',
    fix: 'Amend the declaration with the account (DE 2/6) or guarantee (DE 8/3), or pay by card, transfer or at the cash desk.',
  },
  'duty.account_unknown': {
    text: 'There is no account or guarantee {{account}}.',
    fix: 'Correct its number by an amendment, or pay by card, transfer or at the cash desk.',
  },
  'duty.account_blocked': {
    text: 'Account {{account}} is blocked or closed.',
    fix: 'Ask the treasury why, or pay by card, transfer or at the cash desk.',
  },
  'duty.account_foreign': {
    text: 'Account {{account}} belongs to nobody named in the declaration.',
    fix: 'Use an account of the importer, the declarant or the representative.',
  },
  'duty.debt_unknown': {
    text: 'No duty is charged under {{reference}}.',
    fix: 'Check the master reference number; duty is charged once a declaration is accepted.',
  },
  'duty.nothing_due': { text: 'Nothing is due on {{reference}}.', fix: 'No payment is needed.' },
  'duty.payment_unknown': { text: 'There is no such payment.', fix: 'Open the declaration and look at its payments.' },
  'duty.payment_amount_differs': {
    text: 'The provider reports an amount that was never asked for.',
    fix: 'Compare payment and report with the provider.',
  },
  'duty.provider_unavailable': { text: 'Payments by card or transfer cannot be started here now.', fix: 'Pay at the cash desk, or try again later.' },
  'duty.signature_wrong': { text: 'The report is not signed by the payment provider.', fix: 'Check the secret on both sides.' },
  'duty.account_not_found': { text: 'There is no account {{code}} that you may see.', fix: 'Choose one from the list of accounts.' },
  'duty.deposit_demo_only': { text: 'Deposits are reported by the bank.', fix: 'Transfer the money to the bank account of customs.' },
  'duty.deposit_kind': { text: 'Money cannot be paid onto an account of this kind.', fix: 'Choose a cash account or a deferment account.' },
  'duty.currency_differs': { text: 'The currency is not the one that is due.', fix: 'Use {{due}}.' },
  'duty.amount_not_positive': { text: 'The amount must be more than zero.', fix: 'Enter the amount that is paid.' },
  'duty.office_not_served': { text: 'You do not work at the cash desk of {{office}}.', fix: 'Choose an office of yours.' },
  'duty.office_unclear': { text: 'You work at several offices.', fix: 'Say at which one the money is taken.' },
  'duty.overpaid': { text: 'That is more than is due.', fix: 'Take only what is due and give change.' },
  'duty.desk_closed': { text: 'This day is closed at your desk.', fix: 'Take the money tomorrow, or at another desk.' },
  'duty.desk_date_ahead': { text: 'That day has not come yet.', fix: 'Close today or an earlier day.' },
  'duty.receipt_unknown': { text: 'There is no receipt {{number}} that you may see.', fix: 'Check the number.' },
  'trade.commodity_unknown': { text: 'The tariff has no commodity {{code}}.', fix: 'Search for the goods by words.' },
  'trade.settings_malformed': { text: 'The tariff file is not of the form expected here: {{message}}.', fix: 'Correct the place that is named.' },
  'trade.settings_expression': {
    text: 'The rate “{{text}}” cannot be read.',
    fix: 'Write a rate such as 5.2%, 14.40 VRC / DTN, or several of them joined by +, -, MIN or MAX.',
  },
  'reference.administration_unknown': { text: 'There is no such administration.', fix: 'Choose one from the list.' },
  'reference.currency_unknown': { text: 'This currency is not listed.', fix: 'Choose one from the list of currencies.' },
  'reference.rate_in_past': { text: 'Declarations may already use the rates up to {{today}}.', fix: 'Let the new rate begin tomorrow or later.' },
  'reference.rate_later_exists': { text: 'A rate that begins on or after this day is already set.', fix: 'Choose a later day.' },
  'reference.rate_not_positive': { text: 'A rate must be more than zero.', fix: 'Enter how much of the own currency one unit costs.' },
} as const
