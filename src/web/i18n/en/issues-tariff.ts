/** Texts of the tariff: looking at it, importing it, changing it. */
export const tariffIssues = {
  'trade.query_malformed': { text: '"{{value}}" is no {{field}}.', fix: 'Write codes in digits, countries in two letters, dates as year-month-day.' },
  'trade.import_row_malformed': { text: 'Line {{line}} cannot be read: {{detail}}.', fix: 'Correct the line in the file.' },
  'trade.import_field_malformed': {
    text: 'Line {{line}}: {{field}} is "{{value}}", which is not of its form.',
    fix: 'Correct the field in the file.',
  },
  'trade.import_zero_lost': {
    text: 'Line {{line}}: {{code}} is no code of the Harmonized System; it seems to have lost its leading zero and to be {{meant}}.',
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
  'trade.import_file_unreadable': { text: 'The file cannot be read: {{detail}}.', fix: 'Check its name and form.' },
  'trade.import_nothing': { text: 'The file holds nothing that can be imported.', fix: 'Check that its kind is {{kind}}.' },
} as const
