/** Reference, type, counts, dates, places, previous documents: what is wrong, and what to do. */
export const declarationIssues = {
  'clearance.lrn_missing': {
    text: 'The declaration has no local reference number (DE 2/5).',
    fix: 'Give it a reference of your own that you have not used before.',
  },
  'clearance.lrn_characters': {
    text: 'The local reference number contains characters that are not allowed, or begins or ends with a blank.',
    fix: 'Use letters, digits and signs of the basic alphabet only.',
  },
  'clearance.lrn_long': {
    text: 'The local reference number has {{length}} characters; other administrations accept 22.',
    fix: 'Keep it to 22 characters if the goods travel on.',
  },
  'clearance.declaration_type_unknown': {
    text: '“{{value}}” is no declaration type (DE 1/1).',
    fix: 'Use IM for imports, EX for exports, CO for trade with special fiscal territories.',
  },
  'clearance.additional_type_unknown': {
    text: '“{{value}}” is no additional declaration type (DE 1/2).',
    fix: 'Use A or D for a standard declaration, B, C, E or F for a simplified one, J or K for a request, Y, Z or Q for a supplementary one.',
  },
  'clearance.type_combination': {
    text: 'A declaration of type {{type}} cannot have the additional type {{additional}}.',
    fix: 'Change the declaration type or the additional type so that they fit together.',
  },
  'clearance.request_lodged': {
    text: 'This message asks to change an existing declaration; it is no new declaration.',
    fix: 'Send it as a request on the declaration whose reference number it names.',
  },
  'clearance.mrn_in_original': {
    text: 'A new declaration carries no movement reference number; it receives one.',
    fix: 'Leave the number out, or send a request if you mean an existing declaration.',
  },
  'clearance.items_missing': { text: 'The declaration has no goods item.', fix: 'Add at least one item.' },
  'clearance.items_too_many': { text: 'The declaration has {{count}} items; 999 are allowed.', fix: 'Split it into several declarations.' },
  'clearance.item_count_missing': { text: 'The total number of items is missing (DE 1/9).', fix: 'Enter how many items the declaration has.' },
  'clearance.item_count_wrong': {
    text: 'The total number of items says {{declared}}, but there are {{found}}.',
    fix: 'Correct the total or add the missing items.',
  },
  'clearance.item_numbers': { text: 'Item number {{value}} occurs twice or is out of order.', fix: 'Number the items upwards, each once.' },
  'clearance.item_number_gap': {
    text: 'The {{count}} items are not numbered 1, 2, 3 without a gap.',
    fix: 'Number them without a gap, unless an item was removed by an amendment.',
  },
  'clearance.total_packages_missing': {
    text: 'The total number of packages is missing (DE 6/18).',
    fix: 'Enter the sum of the packages of all items.',
  },
  'clearance.total_packages_wrong': {
    text: 'The total of packages says {{declared}}, the items add up to {{found}}.',
    fix: 'Correct the total or the packages of the items.',
  },
  'clearance.total_gross_mass_wrong': {
    text: 'The total gross mass says {{declared}} kg, the items add up to {{found}} kg.',
    fix: 'Correct the total or the gross mass of the items.',
  },
  'clearance.invoice_total_wrong': {
    text: 'The invoice total says {{declared}}, the prices of the items add up to {{found}}.',
    fix: 'Correct the total or the item prices, or declare what the difference is for.',
  },
  'clearance.datasets_mixed': {
    text: 'This item belongs to data set {{this}}, the first item to {{first}}.',
    fix: 'Declare goods under procedures of different data sets in separate declarations.',
  },
  'clearance.tax_point_missing': {
    text: 'A supplementary declaration must say when the goods were released or entered in the records.',
    fix: 'Enter the date and time of the simplified declaration or of the entry in the records.',
  },
  'clearance.tax_point_unexpected': {
    text: 'Only supplementary declarations carry a tax point of their own; this one (additional type {{additional}}) is accepted when it arrives.',
    fix: 'Leave the acceptance date out.',
  },
  'clearance.tax_point_future': { text: 'The tax point {{value}} lies in the future.', fix: 'Enter the date of the release, which has been.' },
  'clearance.tax_point_old': {
    text: 'The tax point {{value}} is more than three years ago: a customs debt can no longer be notified.',
    fix: 'Check the year; if it is right, speak to the office before you lodge.',
  },
  'clearance.date_malformed': { text: '“{{value}}” is no date of the calendar.', fix: 'Write year, month, day, as in 2026-11-25.' },
  'clearance.control_characters': {
    text: 'This text contains control characters that cannot be shown or sent on.',
    fix: 'Type the text again instead of pasting it.',
  },
  'clearance.dispatch_country_missing': {
    text: 'The country of dispatch is missing (DE 5/14).',
    fix: 'Enter the country from which the goods were sent.',
  },
  'clearance.destination_country_missing': {
    text: 'The country of destination is missing (DE 5/8).',
    fix: 'Enter the country in which the goods will stay.',
  },
  'clearance.dispatch_from_home': {
    text: 'The goods are imported, yet their country of dispatch is {{value}}.',
    fix: 'Enter the country from which they were first sent, unless they moved inside the customs territory.',
  },
  'clearance.dispatch_not_home': {
    text: 'An export leaves from here, yet the country of dispatch is {{value}}.',
    fix: 'Enter the country of this administration as the country of export.',
  },
  'clearance.destination_abroad': {
    text: 'The goods are released here, yet their destination is {{value}}.',
    fix: 'Declare transit for goods that only pass through; otherwise correct the destination.',
  },
  'clearance.destination_at_home': {
    text: 'An export goes abroad, yet its destination is {{value}}.',
    fix: 'Enter the country in which the goods will be used.',
  },
  'clearance.transaction_nature_missing': {
    text: 'The nature of the transaction is missing (DE 8/5).',
    fix: 'Say whether the goods were bought (1), returned (2), given (3), and so on.',
  },
  'clearance.country_unknown': { text: '“{{value}}” is no country code in force.', fix: 'Choose the country from the list.' },
  'clearance.office_unknown': { text: 'No customs office has the code {{value}}.', fix: 'Choose the office from the list.' },
  'clearance.office_malformed': {
    text: '“{{value}}” cannot be an office: a code has the country and six characters.',
    fix: 'Choose the office from the list.',
  },
  'clearance.destination_office_missing': {
    text: 'The office of destination is missing (DE 5/6).',
    fix: 'Enter the office where the goods will be presented at the end of the transit.',
  },
  'clearance.exit_office_missing': {
    text: 'The office of exit is missing (DE 5/12).',
    fix: 'Enter the office where the goods will leave the customs territory.',
  },
  'clearance.goods_location_missing': {
    text: 'The place where the goods are is missing (DE 5/23).',
    fix: 'Enter the location at which they can be examined.',
  },
  'clearance.goods_location_incomplete': {
    text: 'The location of the goods is incomplete: country, kind, qualifier and name belong together.',
    fix: 'Choose the location from the list, or enter all four parts.',
  },
  'clearance.goods_location_type_unknown': {
    text: '“{{value}}” is no kind of location.',
    fix: 'Use A designated, B authorised, C approved or D other place.',
  },
  'clearance.goods_location_qualifier_unknown': {
    text: '“{{value}}” does not say how the location is identified.',
    fix: 'Use U for a location code, Y for an authorisation number, Z for an address, T for a postcode, V for an office, W for coordinates, X for an operator.',
  },
  'clearance.goods_location_combination': {
    text: 'A designated place (A) is not identified by an authorisation number (Y).',
    fix: 'Use kind B or C with an authorisation number, or identify the place by its code.',
  },
  'clearance.goods_location_foreign': {
    text: 'The goods must be here to be declared here; the location lies in {{value}}.',
    fix: 'Enter a location in the territory of this administration.',
  },
  'clearance.goods_location_unknown': {
    text: 'No office answers for the location {{value}}.',
    fix: 'Check the code against the list of locations; one wrong letter is enough.',
  },
  'clearance.previous_document_missing': {
    text: 'No previous document is named (DE 2/1).',
    fix: 'Enter the document under which the goods arrived, or the consignment reference.',
  },
  'clearance.previous_document_incomplete': {
    text: 'A previous document needs category, type and number.',
    fix: 'Fill in what is missing or remove the line.',
  },
  'clearance.previous_document_category': {
    text: '“{{value}}” is no category of previous documents.',
    fix: 'Use X for temporary storage, Y for the declaration that this one completes, Z for any other.',
  },
  'clearance.previous_document_type_unknown': { text: '“{{value}}” is no type of previous document.', fix: 'Choose the type from the list.' },
  'clearance.previous_document_duplicate': { text: 'The previous document {{value}} is named twice.', fix: 'Remove one of the lines.' },
  'clearance.previous_mrn_malformed': {
    text: 'A document of type {{type}} has a movement reference number; “{{value}}” is none.',
    fix: 'Enter the 18 characters: year, country, 14 more.',
  },
  'clearance.previous_mrn_check_digit': {
    text: 'The check digit of {{value}} does not agree with the rest of the number.',
    fix: 'Compare the number with the document; a character was probably misread.',
  },
  'clearance.ducr_missing': {
    text: 'An export needs a unique consignment reference (type DCR in DE 2/1).',
    fix: 'Add one line of category Z and type DCR with your own reference.',
  },
  'clearance.ducr_repeated': {
    text: 'An export has one unique consignment reference; this is another.',
    fix: 'Keep the one under which the goods will move.',
  },
  'clearance.ducr_malformed': {
    text: '“{{value}}” does not look like a unique consignment reference.',
    fix: 'Write the last digit of the year, the operator number, a dash, and your own part.',
  },
  'clearance.mucr_malformed': {
    text: '“{{value}}” does not look like a master reference.',
    fix: 'Write it as the carrier gave it: A: and the air waybill, GB/ and the inventory number, or the like.',
  },
  'clearance.simplified_reference_missing': {
    text: 'A supplementary declaration (Y) names the simplified declaration that it completes.',
    fix: 'Add a previous document of category Y and type SDE with its number.',
  },
  'clearance.records_reference_missing': {
    text: 'A supplementary declaration (Z) names the entry in your records that it completes.',
    fix: 'Add a previous document of category Y and type CLE with the date of the entry.',
  },
  'clearance.export_reference_missing': {
    text: 'Goods that come back under {{procedure}} refer to their export.',
    fix: 'Add a previous document of type MRN with the number of the export declaration.',
  },
} as const
