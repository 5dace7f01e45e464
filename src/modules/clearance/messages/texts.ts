/** English sentences for the issues of messages: what is wrong, and what to do. Placeholders in braces are filled from the parameters. */
import type { Issue } from '#kernel/issue.ts'

export const messageTexts = {
  'message.too_large': 'The message is too large ({bytes} bytes; at most {max} are read). Divide it.',
  'message.empty': 'The message is empty.',
  'message.encoding_unknown': 'The character encoding "{encoding}" is not known. Send UTF-8.',
  'message.encoding_invalid': 'The bytes are not valid {encoding}. Send UTF-8, or declare the encoding that is used.',
  'message.character_illegal': 'The character {character} must not stand in a message. Remove it.',
  'message.doctype_refused': 'A document type declaration (DOCTYPE) is not accepted. Remove it.',
  'message.too_many_elements': 'The message has more than {max} elements. Divide it.',
  'message.too_many_attributes': 'The message has more than {max} attributes. Divide it.',
  'message.not_well_formed': 'This is not well-formed XML: {detail}',
  'message.json_invalid': 'This is not valid JSON: {detail}',
  'message.kind_unknown':
    'Nobody here knows a message that begins with <{element}> (namespace {namespace}). "portcullis message kinds" lists what can be read.',
  'message.kind_differs': 'This is a message of the kind {found}, not {expected}.',
  'message.kind_unsupported': 'There is no kind "{kind}". "portcullis message kinds" lists what there is.',
  'message.kind_not_written': 'Messages of the kind {kind} are read, not written.',
  'message.namespace_missing': 'The message has no namespaces; {namespace} is expected.',
  'message.namespace_wrong': '<{element}> is in the namespace {namespace}, which is not the one for this place.',
  'message.several_responses': 'A second <Response> follows. Send one notification in each message.',
  'message.element_unexpected': '<{element}> is not expected here. Expected: {expected}.',
  'message.element_missing': '<{missing}> is missing in <{element}>. Add it.',
  'message.element_repeated': '<{element}> may stand here {max} time(s) at most. Remove what is too many.',
  'message.element_misplaced': '<{element}> stands too late: move it before <{before}>.',
  'message.text_unexpected': '<{element}> holds elements only, no text of its own. Remove the text.',
  'message.attribute_unexpected': '<{element}> has no attribute "{attribute}". Remove it.',
  'message.attribute_missing': '<{element}> needs the attribute "{attribute}".',
  'message.attribute_invalid': 'The attribute "{attribute}" of <{element}> must not be "{value}".',
  'message.value_missing': '{element} is blank. Give a value, or leave it out.',
  'message.value_lines': '{element} must be on one line.',
  'message.value_too_long': '{element} has {length} characters ("{value}…"); at most {max} are allowed. Shorten it.',
  'message.value_length': '{element} "{value}" has {length} characters; exactly {expected} are expected.',
  'message.value_not_allowed': '{element} must not be "{value}". Allowed: {allowed}.',
  'message.value_not_numeric': '{element} "{value}" is not a number. Write digits, with a dot before decimals.',
  'message.value_digits': '{element} "{value}" has too many digits: at most {digits}, of which {decimals} decimals.',
  'message.value_digits_only': '{element} "{value}" may hold digits only.',
  'message.value_letters_only': '{element} "{value}" may hold letters A to Z only.',
  'message.value_not_whole': '{element} "{value}" is not a whole number.',
  'message.value_date': '"{value}" is not a date of the form YYYYMMDD or YYYYMMDDhhmmssZ.',
  'message.value_instant': '"{value}" is not a date and time of the form YYYY-MM-DDThh:mm:ssZ.',
  'message.unit_not_kilogram': '{element} must be given in kilograms (KGM).',
  'message.function_unknown': 'Message function "{value}" has no procedure here. Use 9 for a declaration, 13 for a request on one.',
  'message.entry_empty': '{element} says nothing. Fill it, or leave it out.',
  'message.field_unknown': 'There is no such field. Check its spelling, or leave it out.',
  'message.field_missing': '{field} is missing. Add it.',
  'message.field_type': '"{value}" is of the wrong kind: {expected} is expected.',
  'message.field_pattern': '"{value}" has not the form that is expected: {form}.',
  'message.field_range': '"{value}" is beyond the limit {limit}.',
  'message.field_invalid': '"{value}" is not valid here.',
  'message.list_too_long': 'There are more than {max} entries. Divide the declaration.',
  'message.not_representable': 'The message has no place for "{value}". Leave it out, or send canonical JSON.',
  'message.schema': 'The schema does not accept this: {detail}',
  'message.more_issues': 'There are {count} more issues. Mend these first.',
  'message.engine_failed': 'The message could not be taken apart. Check that it is XML or JSON of a known kind and send it again.',
  'message.file_unreadable': 'The file cannot be read: {detail}.',
  'message.input_invalid': 'This line of input is no JSON object with a path, or with the message itself: {detail}.',
} as const

type Code = keyof typeof messageTexts

/** The place in words, for texts that name an element when there is none: the last step of the pointer. */
const placeOf = (path: string): string => path.split('/').findLast((word) => word !== '' && !/^\d+$/.test(word)) ?? 'the message'

/** The sentence for an issue of a message; for any other issue its code. */
export const textOf = (issue: Issue): string => {
  const text: string | undefined = messageTexts[issue.code as Code]
  return (
    text?.replace(/\{(\w+)\}/g, (_, name: string) => String(issue.params?.[name] ?? (name === 'element' ? placeOf(issue.path) : '-'))) ?? issue.code
  )
}
