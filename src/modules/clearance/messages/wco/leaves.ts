/** Simple content and canonical values: one attribute of the WCO model at a time, both ways. */
import { isBlank, newNode, trimBlanks, type XmlNode } from '../xml.ts'
import type { Definition } from './definition.ts'
import { fromIsoDate, isDecimalType, toIsoDate, toNumeral, toText } from './values.ts'

type Mode = 'text' | 'date' | 'int' | 'amount' | 'mass' | 'numeral' | 'quantity'

/** How a leaf stands in the canonical document follows from its type, and from its field: masses are numerals in kilograms. */
export const modeOf = ({ type, target }: Definition): Mode => {
  if (type!.kind === 'dateTime') return 'date'
  if (target.kind === 'field' && target.int) return 'int'
  if (!isDecimalType(type!)) return 'text'
  if (type!.kind === 'amount') return 'amount'
  if (type!.kind === 'numeric') return type!.fractionDigits === 0 ? 'int' : 'numeral'
  if (target.kind === 'field' && target.path.at(-1)!.endsWith('Kg')) return 'mass'
  return type!.fractionDigits === 0 ? 'numeral' : 'quantity'
}

export type LeafValue = {
  /** undefined where nothing was said */
  value: unknown
  /** attributes that the value does not hold */
  attributes?: Record<string, string>
  /** why the canonical document cannot hold it */
  refusal?: string
}

const readDate = (node: XmlNode): unknown => {
  const text = trimBlanks(node.children[0]?.text ?? '')
  const iso = toIsoDate(text)
  if (text === '' || iso !== text) return text === '' ? undefined : iso
  const at = Date.parse(text)
  return Number.isNaN(at) ? text : `${new Date(at).toISOString().slice(0, 19)}Z`
}

const rest = (attributes: Record<string, string>, ...taken: string[]): Record<string, string> | undefined => {
  const left = Object.entries(attributes).filter(([name]) => !taken.includes(name))
  return left.length > 0 ? Object.fromEntries(left) : undefined
}

const readInt = (text: string): LeafValue => {
  const numeral = toNumeral(text)
  const value = Number(numeral)
  return /^-?\d+(\.0*)?$/.test(numeral) && Number.isSafeInteger(value)
    ? { value: value + 0 }
    : { value: undefined, refusal: 'message.value_not_whole' }
}

export const readLeaf = (definition: Definition, node: XmlNode): LeafValue => {
  const mode = modeOf(definition)
  if (mode === 'date') return { value: readDate(node) }
  const { attributes, text } = node
  if (isBlank(text)) return { value: undefined, attributes: rest(attributes) }
  if (mode === 'text') return { value: toText(definition.type!, text), attributes: rest(attributes) }
  if (mode === 'int') return { ...readInt(text), attributes: rest(attributes) }
  if (mode === 'numeral') return { value: toNumeral(text), attributes: rest(attributes) }
  if (mode === 'amount')
    return {
      value: { amount: toNumeral(text), ...(attributes.currencyID !== undefined && { currency: attributes.currencyID }) },
      attributes: rest(attributes, 'currencyID'),
    }
  if (mode === 'quantity')
    return {
      value: { value: toNumeral(text), ...(attributes.unitCode !== undefined && { unit: attributes.unitCode }) },
      attributes: rest(attributes, 'unitCode'),
    }
  const kilograms = attributes.unitCode === undefined || attributes.unitCode === 'KGM'
  return {
    value: kilograms ? toNumeral(text) : undefined,
    attributes: rest(attributes, 'unitCode'),
    ...(!kilograms && { refusal: 'message.unit_not_kilogram' }),
  }
}

/** The element of a date, from its text in format 102 or 304. */
export const dateNode = (definition: Definition, text: string, formatCode = text.length === 8 ? '102' : '304'): XmlNode => {
  const node = newNode(definition.name, definition.namespace)
  const inner = newNode('DateTimeString', definition.typesNamespace, text)
  inner.attributes.formatCode = formatCode
  inner.parent = node
  node.children.push(inner)
  return node
}

/** The element of a canonical value that has the shape its mode asks for. */
export const writeLeaf = (definition: Definition, value: unknown): XmlNode => {
  const mode = modeOf(definition)
  if (mode === 'date') return dateNode(definition, fromIsoDate(String(value)))
  const node = newNode(definition.name, definition.namespace)
  if (mode === 'amount') {
    const { amount, currency } = value as { amount: string; currency?: string }
    node.text = amount
    if (currency !== undefined) node.attributes.currencyID = currency
  } else if (mode === 'quantity') {
    const { value: numeral, unit } = value as { value: string; unit?: string }
    node.text = numeral
    if (unit !== undefined) node.attributes.unitCode = unit
  } else node.text = String(value)
  return node
}
