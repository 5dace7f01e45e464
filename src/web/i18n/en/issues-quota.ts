/** Texts of quotas, licences and origin. */
export const quotaIssues = {
  'clearance.quota_unknown': { text: 'There is no tariff quota {{value}} (item {{item}}).', fix: 'Check the six digits, or claim none.' },
  'clearance.quota_not_open': {
    text: 'The tariff quota {{value}} cannot be claimed now (item {{item}}): its period is over or not begun, or it is suspended.',
    fix: 'Claim another one, or declare without a quota.',
  },
  'clearance.quota_not_for_goods': {
    text: 'The tariff quota {{value}} is not open for these goods or their origin (item {{item}}).',
    fix: 'Look up the quotas of the commodity code.',
  },
  'clearance.quota_quantity_missing': {
    text: 'Item {{item}} does not tell its quantity in the unit of the tariff quota {{value}}.',
    fix: 'Enter the net mass or the supplementary quantity in that unit.',
  },
  'clearance.quota_licence_missing': {
    text: 'The tariff quota {{value}} is given by licence, and item {{item}} states none.',
    fix: 'State the licence among the documents of the item.',
  },
  'clearance.quota_exhausted': {
    text: 'Nothing is left of the tariff quota {{value}} (item {{item}}): the full duty is to be secured.',
    fix: 'Go on if you count on returned quantities; else declare without a quota.',
  },
  'clearance.quota_critical': {
    text: 'Little is left of the tariff quota {{value}} (item {{item}}): the difference to the full duty is secured until shares are told.',
    fix: 'Have a guarantee or account ready that bears the full duty.',
  },
  'clearance.licence_unknown': { text: 'The register has no licence {{value}} (item {{item}}).', fix: 'Check its number and kind.' },
  'clearance.licence_foreign': {
    text: 'The licence {{value}} is not held by anybody on this declaration (item {{item}}).',
    fix: 'State a licence of the importer, exporter or declarant.',
  },
  'clearance.licence_goods': {
    text: 'The licence {{value}} does not cover these goods, their origin or their quota (item {{item}}).',
    fix: 'State a licence that does.',
  },
  'clearance.licence_not_valid': {
    text: 'The licence {{value}} is not valid on this day (item {{item}}): it has ended, not begun, or been suspended or revoked.',
    fix: 'State a valid one.',
  },
  'clearance.licence_quantity_missing': {
    text: 'Item {{item}} does not tell its quantity in the unit of the licence {{value}}.',
    fix: 'Enter the quantity beside the licence, or the supplementary quantity.',
  },
  'clearance.licence_short': {
    text: 'Less is left on the licence {{value}} than item {{item}} needs.',
    fix: 'Declare less under it, or state another licence.',
  },
  'trade.quota_unknown': { text: 'There is no tariff quota {{order}}.', fix: 'Look at the list of quotas.' },
  'trade.quota_not_possible_now': { text: 'The quota cannot be changed so: it is {{hold}} now ({{action}}).', fix: 'Look at the quota again.' },
  'trade.quota_target_missing': { text: 'A transfer needs another period or quota to go to.', fix: 'Choose one.' },
  'trade.quota_units_differ': { text: 'One quota counts in {{from}}, the other in {{to}}.', fix: 'Choose a quota of the same unit.' },
  'trade.quota_quantity_missing': { text: 'A quantity above zero is needed.', fix: 'Enter it.' },
  'trade.quota_balance_short': { text: 'Only {{balance}} {{unit}} are left to transfer.', fix: 'Transfer less.' },
  'trade.quota_proposal_open': { text: 'Another change of this quota waits for its second person.', fix: 'Have it decided first.' },
  'trade.quota_proposal_unknown': { text: 'There is no such proposal.', fix: 'Look at the quota again.' },
  'trade.quota_proposal_decided': { text: 'The proposal has been decided already.', fix: 'Look at the quota again.' },
  'trade.quota_period': { text: 'The period ends before it begins.', fix: 'Correct its last day.' },
  'trade.quota_percent': { text: 'A threshold is at most 100 percent.', fix: 'Correct it.' },
  'trade.quota_period_overlaps': { text: 'A period from {{from}} covers some of these days.', fix: 'Choose days after it.' },
  'trade.second_person_needed': { text: 'Somebody else must decide on what you proposed.', fix: 'Ask a colleague.' },
  'trade.licence_period': { text: 'The licence ends before it begins.', fix: 'Correct its last day.' },
  'trade.licence_limit_missing': { text: 'A licence is for a quantity, a value, or both.', fix: 'Enter one.' },
  'trade.licence_unit_missing': { text: 'The quantity has no unit.', fix: 'Enter it, such as KGM or TNE.' },
  'trade.licence_currency_missing': { text: 'The value has no currency.', fix: 'Enter it.' },
  'trade.licence_unknown': { text: 'There is no such licence, or it is not yours.', fix: 'Look at the list of licences.' },
  'trade.licence_not_possible_now': { text: 'The licence is {{status}}: this cannot be done ({{action}}).', fix: 'Look at it again.' },
  'trade.licence_holder_unknown': {
    text: 'Nobody is registered as {{holder}}.',
    fix: 'Give the registration of the operator who may use the licence.',
  },
  'trade.licence_office_unknown': { text: 'There is no office {{office}}.', fix: 'Give the code of the office that issues the licence.' },
  'trade.licence_number_used': { text: 'A licence of this kind has the number {{number}} already.', fix: 'Choose another number.' },
  'trade.origin_line_unread': { text: 'Line {{line}} of the file of origin schemes cannot be read.', fix: 'Compare it with the head of the file.' },
} as const
