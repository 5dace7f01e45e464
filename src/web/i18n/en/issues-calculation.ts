/** Texts of the calculation of duty. */
export const calculationIssues = {
  'duty.compute_input': { text: 'This cannot be used: {{detail}}.', fix: 'Correct the place that is named.' },
  'duty.compute_unknown': {
    text: 'These inputs do not say what is to be computed.',
    fix: 'Give components, an expression, a rate or an amount of duty, with the customs value where a percentage is taken.',
  },
  'duty.expression_unread': { text: 'The rate “{{text}}” cannot be read.', fix: 'An officer has to read it; no amount is computed from it.' },
  'duty.expression_unknown': { text: 'The rate “{{text}}” cannot be read.', fix: 'An officer has to compute it.' },
  'duty.content_not_counted': {
    text: 'The rate “{{text}}” is taken of a content that this line of the tariff does not count.',
    fix: 'State the quantity of the content to have the duty computed.',
  },
  'duty.rate_missing': { text: 'There is no rate.', fix: 'Give it as “rate”, or in the name of the record.' },
  'duty.quantity_missing': { text: 'The quantity in {{unit}} is missing.', fix: 'State it.' },
  'duty.quantity_plain': {
    text: 'Plain kilograms stand in for the quantity in {{unit}}.',
    fix: 'State the quantity that the rate asks for, if it differs.',
  },
  'duty.value_unknown': { text: 'The customs value is missing.', fix: 'State it, so that a percentage can be taken.' },
  'duty.retail_price_missing': { text: 'The retail price is missing.', fix: 'State it as the quantity RET.' },
  'duty.unit_without_amount': {
    text: 'The tariff asks for a quantity in {{unit}} here and charges nothing by it.',
    fix: 'Take the rate from another measure.',
  },
  'duty.meursing_code_missing': {
    text: 'The component {{symbol}} depends on the composition of the goods.',
    fix: 'State the Meursing code (7 and three digits), or the amount of the component.',
  },
  'duty.no_exchange_rate': { text: 'No rate of exchange is known for {{currency}}.', fix: 'Give it in the inputs (fx), or a file with --rates.' },
  'duty.exchange_rate_unknown': {
    text: 'The rates do not hold one of {{from}} into {{to}} for {{date}}.',
    fix: 'Choose another day, or give newer rates.',
  },
  'duty.exchange_rates_missing': { text: 'No rates of exchange of {{from}} into {{to}} were given.', fix: 'Name a file with --rates.' },
  'duty.seasonal_rates_missing': { text: 'No seasonal rates were given.', fix: 'Name a file with --seasonal.' },
  'duty.seasonal_rate_unknown': {
    text: 'On {{date}} there is no seasonal rate for these goods from there.',
    fix: 'The rate without a season applies.',
  },
  'duty.seasonal_rate_unclear': { text: 'On {{date}} several seasonal rates hold: {{rates}}.', fix: 'An officer has to choose.' },
} as const
