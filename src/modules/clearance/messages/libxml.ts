/**
 * libxml2 (WebAssembly): parses and validates. What it finds wrong comes back as values; what it throws beyond that is a fault of the
 * engine, which engine.ts deals with. Every document is disposed of here.
 */
import { ParseOption, XmlBufferInputProvider, XmlDocument, XmlElement, XmlLibError, xmlRegisterInputProvider, XsdValidator } from 'libxml2-wasm'
import { tokenise } from './tokenise.ts'
import type { XmlNode } from './xml.ts'
import { type SchemaName, schemaFiles } from './wco/xsd.ts'

/** What the parser or the schema says: its own sentence, the line, and the element as an XPath. */
export type XmlFault = { message: string; line: number; element?: string }

// No DTD, no network, no entity but the five of XML; sizes and depth are bounded by libxml2 itself (256 levels, 10 MB a text).
const options =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NOCDATA |
  ParseOption.XML_PARSE_COMPACT |
  ParseOption.XML_PARSE_BIG_LINES |
  ParseOption.XML_PARSE_IGNORE_ENC |
  ParseOption.XML_PARSE_NO_SYS_CATALOG

const faultsOf = (fault: unknown): XmlFault[] => {
  if (!(fault instanceof XmlLibError)) throw fault
  const found = (fault.details ?? []).map((d) => ({ message: d.message.trim(), line: d.line, ...(d.xpath && { element: d.xpath }) }))
  return found.length > 0 ? found : [{ message: fault.message, line: 0 }]
}

const validators = new Map<SchemaName, XsdValidator>()
const prefix = 'portcullis:///schemas/'
let registered = false

const registerSchemas = (): void => {
  if (registered) return
  const files = Object.entries(schemaFiles()).map(([name, text]): [string, Uint8Array] => [prefix + name, new TextEncoder().encode(text)])
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(files)))
  registered = true
}

const validatorFor = (schema: SchemaName): XsdValidator => {
  const known = validators.get(schema)
  if (known) return known
  registerSchemas()
  const document = XmlDocument.fromBuffer(new TextEncoder().encode(schemaFiles()[schema]), { url: prefix + schema })
  try {
    const validator = XsdValidator.fromDoc(document)
    validators.set(schema, validator)
    return validator
  } finally {
    document.dispose()
  }
}

export type Opened = {
  root: XmlNode
  /** Every breach of the schema, by the element reached from the root over these names; none means valid. */
  validate: (schema: SchemaName, below?: readonly string[]) => XmlFault[]
}

const elementBelow = (root: XmlElement, names: readonly string[]): XmlElement => {
  let element = root
  for (const name of names) {
    let child = element.firstChild
    while (child && !(child instanceof XmlElement && child.name === name)) child = child.next
    element = child as XmlElement
  }
  return element
}

const validate = (document: XmlDocument, schema: SchemaName, below: readonly string[]): XmlFault[] => {
  try {
    const validator = validatorFor(schema)
    if (below.length > 0) validator.validate(elementBelow(document.root, below))
    else validator.validate(document)
    return []
  } catch (fault) {
    return faultsOf(fault)
  }
}

/** Opens a text, hands it over, and closes it again; not well-formed text comes back as faults. */
export const withXml = <T>(text: string, use: (opened: Opened) => T, broken: (faults: XmlFault[]) => T): T => {
  let document: XmlDocument
  try {
    document = XmlDocument.fromString(text, { option: options })
  } catch (fault) {
    return broken(faultsOf(fault))
  }
  try {
    return use({ root: tokenise(text), validate: (schema, below = []) => validate(document, schema, below) })
  } finally {
    document.dispose()
  }
}
