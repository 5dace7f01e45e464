/** Checks a document against its schema and says every breach with a pointer, in the codes that messages use. */
import type { TSchema } from 'typebox'
import { decimalPattern } from '#kernel/decimal.ts'
import { Compile, type Validator } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { Settings } from 'typebox/system'
import { issuesAtMost, type MessageIssue } from './issues.ts'

const validators = new WeakMap<TSchema, Validator>()

const validatorFor = (schema: TSchema): Validator => {
  const known = validators.get(schema)
  if (known) return known
  const made = Compile(schema) as unknown as Validator
  validators.set(schema, made)
  return made
}

const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], value)

/** The forms of the schemas in words; one that is not listed is shown as it is. */
const forms: Readonly<Record<string, string>> = {
  '^[A-Z]{2}$': 'two capital letters (ISO 3166-1)',
  '^[A-Z]{3}$': 'three capital letters (ISO 4217)',
  '^[0-9]{4,10}$': '4 to 10 digits',
  '^[0-9]{2}$': 'two digits',
  '^[0-9]{1,2}$': 'one or two digits',
  '^[0-9A-Z]{2,4}$': 'two to four digits or capital letters',
  [decimalPattern]: 'a number, with a dot before decimals',
}
const formOf = (pattern: string): string =>
  forms[pattern] ?? (pattern.startsWith('^20') ? 'a date and time of this century, as in 2026-01-31T12:00:00Z' : pattern)

/** A value as an issue shows it; of lists and objects, which may be deep, only that they are some. */
const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null ? (Array.isArray(value) ? '[…]' : '{…}') : String(value).slice(0, 40)

/** A place in words: the last name in its pointer. */
const placeOf = (path: string): string => path.split('/').findLast((word) => word !== '' && !/^\d+$/.test(word)) ?? 'document'

/** Constants of one place come one by one, then `anyOf`: they become the allowed values of a single issue. */
const allowedAt = (errors: readonly TLocalizedValidationError[], path: string): string =>
  errors.flatMap((e) => (e.keyword === 'const' && e.instancePath === path ? [String(e.params.allowedValue)] : [])).join(', ')

const toIssues = (error: TLocalizedValidationError, all: readonly TLocalizedValidationError[], document: unknown): MessageIssue[] => {
  const path = error.instancePath
  const issue = (code: string, params?: MessageIssue['params'], place = path): MessageIssue => ({
    code,
    severity: 'error',
    path: place,
    params: { element: placeOf(place), ...params },
  })
  const value = shown(at(document, path))
  switch (error.keyword) {
    case 'boolean':
      return [issue('message.field_unknown')]
    case 'required':
      return error.params.requiredProperties.map((name) => issue('message.field_missing', { field: name }, `${path}/${name}`))
    case 'type':
      return [issue('message.field_type', { value, expected: String(error.params.type) })]
    case 'pattern':
      return [issue('message.field_pattern', { value, form: formOf(String(error.params.pattern)) })]
    case 'maxLength':
      return [issue('message.value_too_long', { value, length: (at(document, path) as string).length, max: error.params.limit })]
    case 'minLength':
      return [issue('message.value_missing')]
    case 'maxItems':
      return [issue('message.list_too_long', { max: error.params.limit })]
    case 'minimum':
    case 'maximum':
      return [issue('message.field_range', { value, limit: Number(error.params.limit) })]
    case 'anyOf':
      return [issue('message.value_not_allowed', { value, allowed: allowedAt(all, path) })]
    case 'const':
    case 'additionalProperties':
      return []
    default:
      return [issue('message.field_invalid', { value })]
  }
}

/** Every breach of the schema (up to the number that is told at all); none means valid. */
export const checkCanonical = (schema: TSchema, document: unknown): MessageIssue[] => {
  const validator = validatorFor(schema)
  if (validator.Check(document)) return []
  const { maxErrors } = Settings.Get()
  Settings.Set({ maxErrors: issuesAtMost * 2 })
  try {
    const errors = validator.Errors(document)
    return errors.flatMap((error) => toIssues(error, errors, document))
  } finally {
    Settings.Set({ maxErrors })
  }
}
