/** Value, preference, duties, payment, documents: what is wrong, and what to do. */
export const moneyIssues = {
  'clearance.price_missing': { text: 'Item {{item}} has no price (DE 4/14).', fix: 'Enter the price of the invoice for these goods.' },
  'clearance.price_currency_missing': {
    text: 'Item {{item}}: the currency of the price is missing (DE 4/10).',
    fix: 'Enter the currency of the invoice.',
  },
  'clearance.amount_negative': { text: '{{value}} is less than zero.', fix: 'Enter the amount without a sign; a deduction has a code of its own.' },
  'clearance.currency_unknown': { text: '“{{value}}” is no currency.', fix: 'Enter the three letters of the currency.' },
  'clearance.exchange_rate_missing': {
    text: 'No rate of exchange is published for {{value}} on {{date}}.',
    fix: 'Ask the office for the rate, or declare in a currency with a published rate.',
  },
  'clearance.currencies_mixed': {
    text: 'Item {{item}} is priced in {{this}}, the invoice in {{first}}.',
    fix: 'Declare all prices in the currency of the invoice, or lodge one declaration an invoice.',
  },
  'clearance.valuation_method_missing': {
    text: 'Item {{item}} has no valuation method (DE 4/16).',
    fix: 'Enter 1 when the goods were sold for export to here.',
  },
  'clearance.valuation_method_unknown': { text: '“{{value}}” is no valuation method (item {{item}}).', fix: 'Enter 1 to 6.' },
  'clearance.valuation_indicators_missing': {
    text: 'Item {{item}}: method 1 needs the four valuation indicators (DE 4/13).',
    fix: 'Enter four digits, 0000 when none of the four questions applies.',
  },
  'clearance.valuation_indicators_malformed': {
    text: '“{{value}}” are no valuation indicators (item {{item}}).',
    fix: 'Enter four digits, each 0 or 1.',
  },
  'clearance.valuation_indicators_unused': {
    text: 'Item {{item}}: valuation indicators say something about method 1, but method {{method}} is declared.',
    fix: 'Remove the indicators or correct the method.',
  },
  'clearance.related_parties_unnamed': {
    text: 'Item {{item}} says that buyer and seller are related, but names neither.',
    fix: 'Enter buyer and seller.',
  },
  'clearance.delivery_terms_missing': { text: 'Method 1 needs the delivery terms (DE 4/1).', fix: 'Enter the Incoterms code and the place.' },
  'clearance.incoterm_unknown': {
    text: '“{{value}}” is no delivery term.',
    fix: 'Use a code of the Incoterms, such as CIF or DAP, or XXX for other terms.',
  },
  'clearance.delivery_place_missing': {
    text: 'The place of the delivery term {{incoterm}} is missing.',
    fix: 'Enter the place named in the contract.',
  },
  'clearance.adjustment_incomplete': {
    text: 'An addition or deduction needs its code and its amount (DE 4/9).',
    fix: 'Complete the line or remove it.',
  },
  'clearance.adjustment_unknown': { text: '“{{value}}” is no code of an addition or deduction.', fix: 'Choose it from the list.' },
  'clearance.adjustment_exceeds_price': {
    text: 'Item {{item}}: an addition or deduction of {{value}} is larger than the price.',
    fix: 'Check the amount and its currency.',
  },
  'clearance.statistical_value_missing': {
    text: 'Item {{item}} has no statistical value (DE 8/6).',
    fix: 'Enter the value of the goods at the border.',
  },
  'clearance.intrinsic_value_missing': {
    text: 'Item {{item}} has no intrinsic value (DE 4/18).',
    fix: 'Enter the price of the goods without transport and insurance.',
  },
  'clearance.transport_cost_missing': {
    text: 'The transport costs to the destination are missing (DE 4/19).',
    fix: 'Enter them, or zero when they are in the price.',
  },
  'clearance.preference_missing': {
    text: 'Item {{item}} does not say whether it claims a preference (DE 4/17).',
    fix: 'Enter 100 when none is claimed.',
  },
  'clearance.preference_malformed': { text: '“{{value}}” is no preference code (item {{item}}).', fix: 'Choose it from the list; 100 claims none.' },
  'clearance.preference_repeated': { text: 'Item {{item}} claims more than one preference.', fix: 'Keep one.' },
  'clearance.preferential_origin_missing': {
    text: 'Item {{item}} claims preference {{preference}} without the origin that gives the right to it (DE 5/16).',
    fix: 'Enter the preferential origin.',
  },
  'clearance.preferential_origin_unused': {
    text: 'Item {{item}} gives a preferential origin but claims no preference ({{preference}}).',
    fix: 'Claim the preference, or remove that origin.',
  },
  'clearance.quota_number_missing': {
    text: 'Item {{item}} claims a tariff quota ({{preference}}) without its order number (DE 8/1).',
    fix: 'Enter the six digits of the quota.',
  },
  'clearance.quota_number_unused': {
    text: 'Item {{item}} names a tariff quota but does not claim it ({{preference}}).',
    fix: 'Use a preference code for quotas, such as 120 or 320, or remove the number.',
  },
  'clearance.quota_number_malformed': { text: '“{{value}}” is no order number of a tariff quota (item {{item}}).', fix: 'Enter six digits.' },
  'clearance.quota_foreign': {
    text: 'The tariff quota {{value}} (item {{item}}) is not opened by this administration, whose numbers begin with {{prefix}}.',
    fix: 'Claim a quota of this administration or none.',
  },
  'clearance.tax_type_malformed': {
    text: '“{{value}}” is no kind of duty or tax (item {{item}}).',
    fix: 'Choose it from the list, such as A00 or B00.',
  },
  'clearance.tax_type_missing': {
    text: 'Item {{item}}: an amount is declared without saying for which duty.',
    fix: 'Enter the kind of duty (DE 4/3).',
  },
  'clearance.tax_line_duplicate': { text: 'Item {{item}}: {{value}} stands twice.', fix: 'Join the two lines.' },
  'clearance.override_statement_missing': {
    text: 'Item {{item}}: amounts are calculated by the declarant without the statement that says so.',
    fix: 'Add statement OVR01, or leave the calculation to the administration.',
  },
  'clearance.vat_code_conflict': { text: 'Item {{item}} has two codes for the rate of VAT.', fix: 'Keep the one that applies.' },
  'clearance.payment_method_unknown': {
    text: '“{{value}}” is no method of payment (item {{item}}).',
    fix: 'Use E deferment, P cash account, A immediate, R deferment as security, S, U or Z guarantee.',
  },
  'clearance.deferment_account_missing': {
    text: 'Payment is to be deferred, but no deferment account is given (DE 2/6).',
    fix: 'Enter the account, or choose another method of payment.',
  },
  'clearance.deferment_authorisation_missing': {
    text: 'Payment is to be deferred without the authorisation for it (DPO).',
    fix: 'Add the authorisation with its holder.',
  },
  'clearance.deferment_unused': { text: 'A deferment account is given, but no duty is paid from it.', fix: 'Use method E, or remove the account.' },
  'clearance.transit_guarantee_one': {
    text: 'A transit travels under exactly one guarantee; {{count}} are given (DE 8/3).',
    fix: 'Give the one guarantee that covers the whole movement.',
  },
  'clearance.transit_guarantee_amount': {
    text: 'The amount that the guarantee must cover is missing or is not in {{currency}} (DE 8/3).',
    fix: 'Enter the duties and taxes that could become due on the goods, in {{currency}}.',
  },
  'clearance.guarantee_missing': {
    text: 'Duty is to be secured by guarantee, but no guarantee is given (DE 8/3).',
    fix: 'Enter the reference of the guarantee.',
  },
  'clearance.guarantee_type_missing': { text: 'A guarantee does not say of which kind it is (DE 8/2).', fix: 'Enter the kind of guarantee.' },
  'clearance.guarantee_type_unknown': { text: '“{{value}}” is no kind of guarantee.', fix: 'Choose it from the list.' },
  'clearance.guarantee_number_missing': { text: 'A guarantee has no reference (DE 8/3).', fix: 'Enter the reference that the office gave.' },
  'clearance.document_code_missing': { text: 'A document has no code (DE 2/3).', fix: 'Choose the kind of document.' },
  'clearance.document_unknown': { text: '“{{value}}” is no kind of document.', fix: 'Choose it from the list.' },
  'clearance.document_reference_missing': {
    text: 'Document {{value}} has neither a number nor an explanation.',
    fix: 'Enter its number, or say why there is none.',
  },
  'clearance.document_status_unknown': {
    text: '“{{value}}” is no status of a document.',
    fix: 'Choose it from the list, such as AC for attached or AE for available.',
  },
  'clearance.document_duplicate': { text: 'Document {{value}} stands twice (item {{item}}).', fix: 'Remove one of the lines.' },
  'clearance.document_expired': {
    text: 'Document {{document}} was valid until {{value}}.',
    fix: 'Use a document that was valid on the day of the declaration.',
  },
  'clearance.document_not_yet_issued': { text: 'Document {{document}} bears the date {{value}}, which has not come.', fix: 'Correct the date.' },
  'clearance.document_quantity_missing': {
    text: 'Document {{document}} with status {{status}} is used up by a quantity that is not given (DE 8/7).',
    fix: 'Enter quantity and unit to be written off.',
  },
  'clearance.document_quantity_not_positive': {
    text: '{{value}} is no quantity that could be written off document {{document}}.',
    fix: 'Enter a quantity of more than zero.',
  },
  'clearance.invoice_missing': { text: 'Item {{item}}: method 1 needs the invoice (N935, N380 or N325).', fix: 'Add the invoice with its number.' },
  'clearance.origin_proof_missing': {
    text: 'Item {{item}} claims preference {{preference}} without a proof of origin.',
    fix: 'Add the certificate or statement on origin.',
  },
  'clearance.tariff_document_missing': {
    text: 'Item {{item}}: the tariff asks for document {{document}}.',
    fix: 'Add the document, or the code that says why it is not needed.',
  },
  'clearance.statement_empty': { text: 'An additional statement has neither a code nor a text (DE 2/2).', fix: 'Complete the line or remove it.' },
  'clearance.statement_code_malformed': { text: '“{{value}}” is no code of an additional statement.', fix: 'Choose it from the list.' },
} as const
