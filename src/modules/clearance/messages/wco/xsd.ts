/**
 * The XML schemas of the messages, made from the definitions: for the last word at reading and writing, and for traders to download.
 * Types are written as the standard's own schemas mean them: tokens for codes, decimals with their digits, dates of format 102 or 304.
 */
import { type Definition, type MessageName, messages, type ValueType } from './definition.ts'

export const schemaNames = ['declaration.xsd', 'notification.xsd'] as const
export type SchemaName = (typeof schemaNames)[number]

const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
const schema = (namespace: string, more: string, content: string): string =>
  `${head}<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified"${more}>\n${content}</xs:schema>\n`

const attribute = (name: string, type = 'token', use = 'optional'): string =>
  `<xs:attribute name="${name}" type="${type.includes(':') ? type : `xs:${type}`}" use="${use}"/>`
const names = (list: string, type?: string): string =>
  list
    .split(' ')
    .map((name) => attribute(name, type))
    .join('')

/** Attributes that a kind of content may carry (UN/CEFACT unqualified data types). */
const attributesOf = (type: ValueType): string => {
  if (type.kind === 'amount') return attribute('currencyID', 'ds:currency')
  if (type.kind === 'measure' || type.kind === 'quantity') return attribute('unitCode', 'ds:unit')
  if (type.kind === 'id' || type.kind === 'iddigits')
    return (
      names('schemeID schemeVersionID') +
      names('schemeName schemeAgencyName', 'string') +
      attribute('schemeAgencyID', 'ds:agency') +
      names('schemeDataURI schemeURI', 'anyURI')
    )
  const language = type.name.startsWith('any-') ? 'string' : 'language'
  if (type.kind === 'text') return attribute('languageID', language)
  if (type.kind === 'numeric') return ''
  return (
    names('listID listVersionID') +
    names('listAgencyName listName name', 'string') +
    attribute('listAgencyID', 'ds:agency') +
    attribute('languageID', language) +
    names('listURI listSchemeURI', 'anyURI')
  )
}

const baseOf = (type: ValueType): string => {
  if (type.totalDigits !== undefined || ['amount', 'measure', 'quantity', 'numeric'].includes(type.kind)) return 'decimal'
  if (type.kind === 'text') return 'string'
  return type.kind === 'id' || type.kind === 'iddigits' ? (type.token ? 'token' : 'string') : 'token'
}

const facetsOf = (type: ValueType): string => {
  const facet = (name: string, value: string | number): string => `<xs:${name} value="${value}"/>`
  const patterns: Partial<Record<ValueType['kind'], string>> = {
    digits: '([0-9])*',
    iddigits: '([0-9])*',
    letters: '([a-zA-Z])*',
    ...(!type.blank && { text: '.*[^\\s].*', id: '.*[^\\s].*', code: '.*[^\\s].*' }),
  }
  const pattern = patterns[type.kind]
  return [
    type.totalDigits !== undefined && facet('totalDigits', type.totalDigits) + facet('fractionDigits', type.fractionDigits ?? 0),
    type.length !== undefined && facet('length', type.length),
    type.maxLength !== undefined && facet('maxLength', type.maxLength),
    pattern && facet('pattern', pattern),
    ...(type.values ?? []).map((value) => facet('enumeration', value)),
  ]
    .filter(Boolean)
    .join('')
}

const typeName = (type: ValueType): string => type.name.replaceAll(/[^\w.-]/g, '_').replace(/_$/, '')

const simpleType = (name: string, base: string, facets: string): string =>
  `  <xs:simpleType name="${name}"><xs:restriction base="${base}">${facets}</xs:restriction></xs:simpleType>\n`

const complexType = (type: ValueType): string => {
  const name = typeName(type)
  if (type.kind === 'dateTime') {
    const content = `<xs:simpleContent><xs:extension base="date">${attribute('formatCode', 'ds:format', 'required')}</xs:extension></xs:simpleContent>`
    return `  <xs:complexType name="${name}"><xs:sequence><xs:element name="DateTimeString"><xs:complexType>${content}</xs:complexType></xs:element></xs:sequence></xs:complexType>\n`
  }
  const content = `<xs:simpleContent><xs:extension base="${name}.content">${attributesOf(type)}</xs:extension></xs:simpleContent>`
  return `${simpleType(`${name}.content`, `xs:${baseOf(type)}`, facetsOf(type))}  <xs:complexType name="${name}">${content}</xs:complexType>\n`
}

const commonTypes = [
  simpleType('currency', 'xs:string', '<xs:pattern value="[A-Z]{3}"/>'),
  simpleType('unit', 'xs:string', '<xs:minLength value="1"/><xs:maxLength value="5"/>'),
  simpleType('agency', 'xs:string', '<xs:pattern value=".{1,3}"/>'),
  simpleType('format', 'xs:string', '<xs:enumeration value="102"/><xs:enumeration value="304"/>'),
  simpleType('date', 'xs:string', '<xs:maxLength value="35"/><xs:pattern value="(20\\d{6})(\\d{6}(Z|[-+]\\d\\d))?"/>'),
].join('')

const typesIn = (definition: Definition, found = new Map<string, ValueType>()): Map<string, ValueType> => {
  if (definition.type) found.set(definition.type.name, definition.type)
  for (const child of definition.children) if (child.namespace === definition.namespace) typesIn(child, found)
  return found
}

const typesSchema = (definition: Definition, namespace: string): string =>
  schema(namespace, ` xmlns:ds="${namespace}"`, commonTypes + [...typesIn(definition).values()].map(complexType).join(''))

const occurs = ({ min, max }: Definition): string =>
  `${min === 1 ? '' : ` minOccurs="${min}"`}${max === 1 ? '' : ` maxOccurs="${max === Infinity ? 'unbounded' : max}"`}`

const element = (definition: Definition, owner: Definition, indent: string): string => {
  const { name, type, children } = definition
  if (definition.namespace !== owner.namespace) return `${indent}<xs:element ref="content:${name}"${occurs(definition)}/>\n`
  if (type) return `${indent}<xs:element name="${name}" type="ds:${typeName(type)}"${occurs(definition)}/>\n`
  const inner = children.map((child) => element(child, owner, `${indent}    `)).join('')
  return `${indent}<xs:element name="${name}"${occurs(definition)}>\n${indent}  <xs:complexType><xs:sequence>\n${inner}${indent}  </xs:sequence></xs:complexType>\n${indent}</xs:element>\n`
}

/** The schema of one namespace: its root class, importing its types and the schema of what it contains. */
const classSchema = (definition: Definition, typesFile: string, contained: { namespace: string; file: string } | undefined): string => {
  const types = definition.typesNamespace || `${definition.namespace}:types`
  const imports = `  <xs:import namespace="${types}" schemaLocation="${typesFile}"/>\n${contained ? `  <xs:import namespace="${contained.namespace}" schemaLocation="${contained.file}"/>\n` : ''}`
  const root = element({ ...definition, min: 1, max: 1 }, definition, '  ')
  return schema(definition.namespace, ` xmlns:ds="${types}"${contained ? ` xmlns:content="${contained.namespace}"` : ''}`, imports + root)
}

/** Schema files of one message, each named after it: the envelope, the content, what the content contains, and their types. */
const filesOf = (message: MessageName): Record<string, string> => {
  const files: Record<string, string> = {}
  const add = (definition: Definition, file: string): string => {
    const inner = definition.children.find((child) => child.namespace !== definition.namespace)
    const innerFile = inner && add(inner, file.replace('.xsd', `-${inner.name.toLowerCase()}.xsd`))
    const typesFile = file.replace('.xsd', '-types.xsd')
    files[typesFile] = typesSchema(definition, definition.typesNamespace || `${definition.namespace}:types`)
    files[file] = classSchema(definition, typesFile, inner && { namespace: inner.namespace, file: innerFile! })
    return file
  }
  add(messages[message], `${message}.xsd`)
  return files
}

let made: Record<string, string> | undefined

/** All schema files by name; `declaration.xsd` and `notification.xsd` are where a validator starts. */
export const schemaFiles = (): Readonly<Record<string, string>> => (made ??= { ...filesOf('declaration'), ...filesOf('notification') })
