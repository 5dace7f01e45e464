/** Risk: tables of declarations, models and profiles: what is wrong, and what to do. */
export const riskIssues = {
  'risk.file_unreadable': { text: '{{file}} could not be read ({{detail}}).', fix: 'Check the name and that you may read it.' },
  'risk.csv_empty': { text: '{{file}} holds no table.', fix: 'Give a CSV file whose first line names the columns.' },
  'risk.csv_wide': { text: '{{file}} has {{columns}} columns; {{most}} are the most.', fix: 'Leave out the columns that nobody needs.' },
  'risk.csv_column_unnamed': { text: 'Column {{column}} of {{file}} has no name.', fix: 'Name it in the first line.' },
  'risk.csv_column_twice': { text: '{{file}} has two columns named {{column}}.', fix: 'Give each column a name of its own.' },
  'risk.csv_line_length': {
    text: 'Line {{line}} of {{file}} has {{cells}} cells; the first line names {{columns}} columns.',
    fix: 'Put cells that contain the separator in double quotes.',
  },
  'risk.csv_quote_open': {
    text: 'A double quote in line {{line}} of {{file}} is never closed.',
    fix: 'Close it; write a quote inside a cell twice.',
  },
  'risk.column_missing': { text: 'The column {{column}} is missing.', fix: 'Add it, or check how the first line spells it.' },
  'risk.column_not_everywhere': {
    text: 'Not every file has the column {{column}}; it was left out.',
    fix: 'Add it where it is missing if it matters.',
  },
  'risk.column_tells_label': {
    text: 'The column {{column}} all but tells {{label}}; it was taken for a result of the examination and left out.',
    fix: 'Give its role by --role if it is known before the examination.',
  },
  'risk.rows_unlabelled': { text: '{{rows}} rows have no label and were left out.', fix: 'Nothing needs to be done unless they should have one.' },
  'risk.label_rare': {
    text: 'Of {{rows}} rows, {{positives}} have {{positive}} in {{column}}; learning needs {{least}} of each kind.',
    fix: 'Check the value, or bring more examined rows.',
  },
  'risk.no_feature': {
    text: 'No column is left to learn from.',
    fix: 'Bring columns besides label, dates and identifiers, or give roles by --role.',
  },
  'risk.weight_invalid': { text: 'Row {{row}} has no weight of 0 or more in {{column}}.', fix: 'Fill it in, or leave the weights out.' },
  'risk.row_unknown': { text: 'There is no row {{row}}; the table has {{rows}}.', fix: 'Count from 1, without the line of names.' },
  'risk.model_unreadable': { text: '{{model}} holds no model ({{detail}}).', fix: 'Name the directory that `risk train` wrote.' },
  'risk.model_damaged': { text: 'The model in {{model}} is not what its card says.', fix: 'Train it again, or restore all its files together.' },

  'risk.profile_long': { text: 'The profile has {{characters}} characters; {{most}} are the most.', fix: 'Put long lists into a list of their own.' },
  'risk.profile_character': {
    text: 'Line {{line}}, column {{column}}: “{{found}}” has no meaning here.',
    fix: 'Take it out, or put it into double quotes.',
  },
  'risk.profile_text_open': { text: 'The text that begins in line {{line}}, column {{column}} is never closed.', fix: 'Close it by a double quote.' },
  'risk.profile_syntax': {
    text: 'Line {{line}}, column {{column}}: {{expected}} is expected, but {{found}} stands there.',
    fix: 'Correct it there, or what stands before it.',
  },
  'risk.profile_date': { text: 'Line {{line}}, column {{column}}: {{found}} is no day of the calendar.', fix: 'Write year-month-day.' },
  'risk.profile_field_unknown': {
    text: 'Line {{line}}, column {{column}}: there is no field {{name}}.',
    fix: 'Choose a name from the list of fields. The nearest is: {{near}}.',
  },
  'risk.profile_item_outside': {
    text: 'Line {{line}}, column {{column}}: {{name}} belongs to an item.',
    fix: 'Put it into any item (…), all items (…), count items (…) or sum items (…).',
  },
  'risk.profile_type': { text: 'Line {{line}}, column {{column}}: this is {{found}}, but {{expected}} is expected.', fix: 'Compare like with like.' },
  'risk.profile_currency': {
    text: 'Line {{line}}, column {{column}}: values are in {{expected}} here, not in {{currency}}.',
    fix: 'Write the amount in {{expected}}.',
  },
  'risk.profile_division': { text: 'Line {{line}}, column {{column}}: this divides by zero.', fix: 'Divide by something else.' },
  'risk.profile_nested': {
    text: 'Line {{line}}, column {{column}}: {{what}} cannot stand within another of its kind.',
    fix: 'Ask for one after the other, joined by and.',
  },
  'risk.profile_days': { text: 'Line {{line}}, column {{column}}: a window of {{days}} days.', fix: 'Take 1 to {{most}} days.' },
  'risk.profile_prefix_empty': { text: 'Line {{line}}, column {{column}}: every code begins with nothing.', fix: 'Write at least one figure.' },
  'risk.profile_similarity': { text: 'Line {{line}}, column {{column}}: a likeness of {{least}}.', fix: 'Take a number above 0, at most 1.' },
  'risk.profile_list_long': {
    text: 'Line {{line}}, column {{column}}: {{entries}} entries; {{most}} are the most.',
    fix: 'Shorten the list, or use prefixes.',
  },
  'risk.profile_large': { text: 'The condition has {{nodes}} parts; {{most}} are the most.', fix: 'Split it into two profiles.' },
  'risk.profile_deep': { text: 'The condition is nested deeper than {{most}} levels.', fix: 'Split it into two profiles.' },
  'risk.profile_windows': { text: 'The condition looks back {{windows}} times; {{most}} are the most.', fix: 'Split it into two profiles.' },
  'risk.profile_slow': {
    text: 'The condition may take {{cost}} % of the millisecond that a declaration has.',
    fix: 'Ask for fewer likenesses and patterns in items.',
  },
  'risk.profile_percent': { text: '{{percent}} is no percentage.', fix: 'Take 0 to 100.' },
  'risk.profile_run': { text: 'A longest run of {{run}}.', fix: 'Take a whole number above 0.' },
  'risk.profile_validity': { text: 'It ends before it begins.', fix: 'Give the earlier day first.' },
  'risk.profile_constant': { text: 'The condition {{holds}} holds, whatever is declared.', fix: 'Compare with something that is declared.' },
  'risk.field_unfilled': { text: 'No column of the data fills {{field}}.', fix: 'Add such a column, or leave the field out of the condition.' },
  'risk.profile_json': { text: 'This JSON is no profile.', fix: 'Give {"name", "when": "condition"} or the conditions of a stored profile.' },
} as const
