/**
 * Simple content of WCO messages: is it allowed (the same question that the XSD asks, answered with a code), and how it stands in the
 * canonical document. Numerals stay as they were written but for signs and dots that the canonical notation does not know.
 */
import { trimBlanks } from '../xml.ts'
import type { ValueType } from './definition.ts'

export type Refusal = { code: string; params?: Record<string, string | number> }

const blanks = /[ \t\n\r]+/g
const collapse = (text: string): string => trimBlanks(text.replace(blanks, ' '))

const decimalKinds: ReadonlySet<string> = new Set(['amount', 'measure', 'quantity', 'numeric'])
export const isDecimalType = (type: ValueType): boolean => decimalKinds.has(type.kind)

const numeral = /^([+-])?(?:(\d+)(?:\.(\d*))?|\.(\d+))$/
/** What libxml2 and others hold exactly at most. */
const digitsAtMost = 24

const checkDecimal = (type: ValueType, text: string): Refusal | undefined => {
  const found = numeral.exec(trimBlanks(text))
  if (!found) return { code: 'message.value_not_numeric', params: { value: text.slice(0, 40) } }
  const whole = (found[2] ?? '').replace(/^0+/, '').length
  const fraction = (found[3] ?? found[4] ?? '').replace(/0+$/, '').length
  const total = type.totalDigits ?? digitsAtMost
  if (whole + fraction > total || fraction > (type.fractionDigits ?? total))
    return { code: 'message.value_digits', params: { value: trimBlanks(text).slice(0, 40), digits: total, decimals: type.fractionDigits ?? total } }
  return undefined
}

/** XSD `.` leaves out line ends, `\s` knows four blanks. */
const somethingOnOneLine = /^[^\n\r]*[^ \t\n\r][^\n\r]*$/
const lengthOf = (text: string): number => (/[\uD800-\uDBFF]/.test(text) ? [...text].length : text.length)

const checkPattern = (type: ValueType, text: string): Refusal | undefined => {
  if ((type.kind === 'digits' || type.kind === 'iddigits') && !/^[0-9]*$/.test(text))
    return { code: 'message.value_digits_only', params: { value: text.slice(0, 40) } }
  if (type.kind === 'letters' && !/^[a-zA-Z]*$/.test(text)) return { code: 'message.value_letters_only', params: { value: text.slice(0, 40) } }
  if (type.blank || !['text', 'id', 'code'].includes(type.kind) || somethingOnOneLine.test(text)) return undefined
  return collapse(text) === '' ? { code: 'message.value_missing' } : { code: 'message.value_lines' }
}

const isToken = (type: ValueType): boolean => type.kind !== 'text' && (type.token || (type.kind !== 'id' && type.kind !== 'iddigits'))

/** Why a type refuses this content, or nothing. Dates are checked on their inner element (`checkDate`). */
export const checkValue = (type: ValueType, raw: string): Refusal | undefined => {
  if (isDecimalType(type)) return checkDecimal(type, raw)
  const text = isToken(type) ? collapse(raw) : raw
  const length = lengthOf(text)
  const value = text.slice(0, 40)
  if (type.maxLength !== undefined && length > type.maxLength)
    return { code: 'message.value_too_long', params: { value, length, max: type.maxLength } }
  const pattern = checkPattern(type, text)
  if (pattern) return pattern
  if (type.length !== undefined && length !== type.length) return { code: 'message.value_length', params: { value, length, expected: type.length } }
  if (type.values && !type.values.includes(text)) return { code: 'message.value_not_allowed', params: { value, allowed: type.values.join(', ') } }
  return undefined
}

const datePattern = /^(20\p{Nd}{6})(\p{Nd}{6}(Z|[-+]\p{Nd}\p{Nd}))?$/u
export const checkDate = (text: string): Refusal | undefined =>
  datePattern.test(text) ? undefined : { code: 'message.value_date', params: { value: text.slice(0, 40) } }
export const dateFormats: readonly string[] = ['102', '304']

/** `20261125120000+01` → `2026-11-25T12:00:00+01:00`, `20261125` → `2026-11-25`; anything else as it is. */
export const toIsoDate = (text: string): string => {
  const found = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)(Z|[-+]\d\d))?$/.exec(text)
  if (!found) return text
  const [, year, month, day, hour, minute, second, zone] = found
  const date = `${year}-${month}-${day}`
  return hour === undefined ? date : `${date}T${hour}:${minute}:${second}${zone === 'Z' ? 'Z' : `${zone}:00`}`
}

/** The other way; a fraction of a second has no place in format 304, and an offset with minutes is told in UTC. */
export const fromIsoDate = (text: string): string => {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[-+]\d\d:\d\d))?$/.exec(text)
  if (!found) return text
  const [, year, month, day, hour, minute, second, zone = ''] = found
  if (hour === undefined) return `${year}${month}${day}`
  if (zone === 'Z' || zone.endsWith(':00')) return `${year}${month}${day}${hour}${minute}${second}${zone === 'Z' ? 'Z' : zone.slice(0, 3)}`
  const at = Date.parse(text)
  return Number.isNaN(at) ? text : `${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
}

/** A numeral as the canonical document writes it: no plus, digits on both sides of the dot, at most 24 digits each. */
export const toNumeral = (raw: string): string => {
  const text = trimBlanks(raw)
  if (/^-?\d{1,24}(\.\d{1,24})?$/.test(text)) return text
  const found = numeral.exec(text)
  if (!found) return text
  const whole = (found[2] ?? '').replace(/^0+(?=\d{24})/, '') || '0'
  const fraction = (found[3] ?? found[4] ?? '').slice(0, digitsAtMost)
  return `${found[1] === '-' ? '-' : ''}${whole.length > digitsAtMost ? whole.replace(/^0+/, '') : whole}${fraction && `.${fraction}`}`
}

/** Text as the canonical document keeps it: codes collapsed, identifiers without blanks around them, texts untouched. */
export const toText = (type: ValueType, raw: string): string => {
  if (isToken(type)) return collapse(raw)
  return type.kind === 'text' ? raw : trimBlanks(raw)
}
