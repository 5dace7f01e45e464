/** Issues that arise in the browser itself, in the form of the issue texts: what is wrong, and what to do. */
export default {
  'network.unreachable': { text: 'The server could not be reached.', fix: 'What you typed is kept. Try again when the connection is back.' },
  'form.required': { text: 'This field is empty.', fix: 'Fill it in.' },
  'form.not_a_number': { text: '“{{value}}” is not a number.', fix: 'Write digits with at most one decimal sign.' },
  'form.does_not_fit': { text: 'This is not written as the field wants it.', fix: 'Choose one of the suggestions, or look at the form of the code.' },
  'form.too_long': { text: 'This is too long: {{length}} of {{maximum}} characters.', fix: 'Shorten it.' },
  'form.code_unknown': { text: '“{{value}}” is not in the list.', fix: 'Choose one of the suggestions.' },
  'form.file_too_large': { text: '{{name}} is too large.', fix: 'The limit is {{limit}}.' },
  'form.file_kind': { text: '{{name}} is not a file of the expected kind.', fix: 'Choose one of: {{kinds}}.' },
} as const
