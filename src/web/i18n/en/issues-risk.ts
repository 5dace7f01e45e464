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
} as const
