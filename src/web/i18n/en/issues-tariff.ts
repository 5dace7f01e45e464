/** Texts of the tariff: looking at it, importing it, changing it. */
export const tariffIssues = {
  'clearance.duty_not_decided': { text: 'The duty of {{mrn}} was never decided.', fix: 'Nothing can be compared before it is accepted.' },
  'trade.rate_unread': {
    text: 'This rate cannot be read, so every declaration would go to an officer.',
    fix: 'Write it as the tariff prints it: 8 %, 10 % + 5.00 VRC / DTN, 9 % MIN 18.00 VRC / DTN.',
  },
  'trade.condition_unread': {
    text: 'Line {{line}} of the conditions cannot be read.',
    fix: 'Write code; document or threshold; action; rate, such as B; C644; 27.',
  },
  'trade.query_malformed': { text: '"{{value}}" is no {{field}}.', fix: 'Write codes in digits, countries in two letters, dates as year-month-day.' },
  'trade.import_row_malformed': { text: 'Line {{line}} cannot be read: {{detail}}.', fix: 'Correct the line in the file.' },
  'trade.import_field_malformed': {
    text: 'Line {{line}}: {{field}} is "{{value}}", which is not of its form.',
    fix: 'Correct the field in the file.',
  },
  'trade.import_zero_lost': {
    text: 'Line {{line}}: {{code}} seems to have lost its leading zero and to be {{meant}}.',
    fix: 'Correct the file, or import with --repair.',
  },
  'trade.import_code_unknown': { text: 'Line {{line}}: {{code}} is no code of the Harmonized System.', fix: 'Correct the code in the file.' },
  'trade.import_not_goods': { text: 'Line {{line}}: {{code}} stands for no goods of the Harmonized System.', fix: 'Nothing: the line is left out.' },
  'trade.import_parent_missing': { text: 'Line {{line}}: {{code}} stands below {{parent}}, which is not there.', fix: 'Add the line above it.' },
  'trade.import_duplicate': { text: 'Line {{line}} repeats {{code}} of line {{first}}.', fix: 'Keep one of the two.' },
  'trade.import_list_unknown': { text: 'Line {{line}}: there is no list "{{value}}".', fix: 'Use 1, 2, 3 or 4a.' },
  'trade.import_rate_differs': {
    text: 'Line {{line}}: the text of the rate ("{{text}}") and its figures differ; it is taken as a text for an officer.',
    fix: 'Correct the line in the file.',
  },
  'trade.import_rate_text': { text: 'Line {{line}}: the rate "{{text}}" cannot be computed; an officer will.', fix: 'Nothing.' },
  'trade.import_programme_unknown': {
    text: 'Line {{line}}: the programme "{{value}}" is not known; its rate is left out.',
    fix: 'Enter it by hand, if it is wanted.',
  },
  'trade.import_code_superseded': {
    text: 'Line {{line}}: {{code}} is a code of an earlier Harmonized System; nothing is charged by it.',
    fix: 'Find the code that took its place.',
  },
  'trade.import_of_exports': { text: 'Line {{line}} is a measure on exports.', fix: 'Nothing: the line is left out.' },
  'trade.import_file_unreadable': { text: 'The file cannot be read: {{detail}}.', fix: 'Check its name and form.' },
  'trade.import_nothing': { text: 'The file holds nothing that can be imported.', fix: 'Check that its kind is {{kind}}.' },
  'trade.change_range': { text: 'The last day ({{to}}) lies before the first ({{from}}).', fix: 'Correct one of the two.' },
  'trade.change_area_unknown': { text: 'There is no country or group {{area}}.', fix: 'Choose one of the list.' },
  'trade.change_term_unknown': { text: 'Nobody has described the {{kind}} {{code}}.', fix: 'Describe it, or correct the code.' },
  'trade.change_series_missing': { text: 'Type {{type}} is not known, so it must be said what kind of measure it is.', fix: 'Choose a series.' },
  'trade.change_rate_missing': { text: 'A measure of type {{type}} needs a rate.', fix: 'Enter it, or put rates into its conditions.' },
  'trade.change_tax_missing': { text: 'A measure of type {{type}} needs the type of tax it belongs to.', fix: 'Choose one, such as A00.' },
  'trade.change_preference_missing': {
    text: 'A duty of type {{type}} must say with which preference it is claimed.',
    fix: 'Enter the codes, such as 100 or 300.',
  },
  'trade.change_unit_missing': { text: 'A supplementary unit is missing.', fix: 'Choose the unit that must be declared.' },
  'trade.rule_invalid': {
    text: 'The rule goes wrong at character {{at}} (“{{found}}”): {{why}} {{expected}}.',
    fix: 'Correct it there: a rule reads like “= when commodity in 8507 then 0.40 VRC * netMass otherwise 1 % * value”.',
  },
  'trade.change_rate_text': {
    text: 'The rate "{{text}}" cannot be computed: each such line will go to an officer.',
    fix: 'Write it as 5 % + 10 EUR / DTN, if it can be.',
  },
  'trade.change_order_missing': { text: 'A quota needs its order number.', fix: 'Enter the six digits.' },
  'trade.change_commodity_unknown': {
    text: 'There is no line {{code}} in the nomenclature on {{date}}.',
    fix: 'Add the line in the same proposal, or correct the code.',
  },
  'trade.change_parent_unknown': {
    text: 'Line {{code}} is to stand below {{parent}}, which is not there.',
    fix: 'Add the line above, or correct it.',
  },
  'trade.change_parent_missing': { text: 'Line {{code}} must say below which line it stands.', fix: 'Enter the line above it.' },
  'trade.change_name_missing': { text: 'Line {{code}} has no English description.', fix: 'Enter one.' },
  'trade.change_record_unknown': { text: 'The tariff knows nothing under {{key}}.', fix: 'Look it up again; somebody may have changed it.' },
  'trade.proposal_own': { text: 'You have worked on this proposal yourself.', fix: 'Let a second person put it into force.' },
  'trade.proposal_stale': {
    text: '{{count}} of its records have been changed by others meanwhile ({{keys}}).',
    fix: 'Send it back, look at these records again, and propose it anew.',
  },
  'trade.proposal_empty': { text: 'The proposal changes nothing.', fix: 'Add a change first.' },
  'trade.proposal_unknown': { text: 'There is no such proposal.', fix: 'Look at the list of proposals.' },
  'trade.proposal_not_possible_now': {
    text: 'That cannot be done while the proposal is {{status}} ({{command}}).',
    fix: 'Look at the proposal again.',
  },
} as const
