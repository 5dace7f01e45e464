/**
 * From bytes to text, before any parser sees them: byte order marks, declared encodings, and everything that is refused unread
 * (too large, a DOCTYPE, characters that XML cannot hold, more elements than any declaration has).
 */
import { illegalCharacter } from '#kernel/xml.ts'
import { TextDecoder } from 'node:util'
import type { MessageIssue } from './issues.ts'

/** A declaration of 999 items with all that may stand in it stays well below. */
export const bytesAtMost = 10 * 1024 * 1024
/** Tags, start and end, and attributes: memory and time grow with these, not with the bytes. */
const tagsAtMost = 250_000
const attributesAtMost = 125_000

export type Decoded = { ok: true; text: string; issues: MessageIssue[] } | { ok: false; issues: MessageIssue[] }

const refuse = (code: string, more: Partial<MessageIssue> = {}): { ok: false; issues: MessageIssue[] } => ({
  ok: false,
  issues: [{ code, severity: 'error', path: '', ...more }],
})

export const lineAt = (text: string, offset: number): number => {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, i) => bytes[i] === byte)

/** XML 1.0, appendix F: the mark, or how the first characters are stored; then what the declaration says. */
const encodingOf = (bytes: Uint8Array): string => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8'
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0x3c, 0x00)) return 'utf-16le'
  if (startsWith(bytes, 0xfe, 0xff) || startsWith(bytes, 0x00, 0x3c)) return 'utf-16be'
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8'
}

const decoderFor = (encoding: string): TextDecoder | undefined => {
  // Declared so, but stored by the byte: the declaration cannot be read otherwise.
  const label = /^(utf-?16|ucs-?2|iso-10646-ucs-2)/.test(encoding) ? 'utf-8' : encoding
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    return undefined
  }
}

const decodeAs = (bytes: Uint8Array, encoding: string): Decoded => {
  const decoder = encoding === 'utf-16le' || encoding === 'utf-16be' ? new TextDecoder(encoding, { fatal: true }) : decoderFor(encoding)
  if (!decoder) return refuse('message.encoding_unknown', { params: { encoding } })
  try {
    return { ok: true, text: decoder.decode(bytes), issues: [] }
  } catch {
    const text = new TextDecoder(decoder.encoding).decode(bytes)
    return refuse('message.encoding_invalid', { line: lineAt(text, Math.max(0, text.indexOf('\uFFFD'))), params: { encoding: decoder.encoding } })
  }
}

/** Bytes to text; nothing is known yet of what it is. */
export const decode = (bytes: Uint8Array): Decoded => {
  if (bytes.length > bytesAtMost) return refuse('message.too_large', { params: { bytes: bytes.length, max: bytesAtMost } })
  const decoded = decodeAs(bytes, encodingOf(bytes))
  if (!decoded.ok) return decoded
  if (decoded.text.trim() === '') return refuse('message.empty')
  const illegal = illegalCharacter.exec(decoded.text)
  if (!illegal) return decoded
  const code = illegal[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return refuse('message.character_illegal', { line: lineAt(decoded.text, illegal.index), params: { character: `U+${code}` } })
}

const count = (text: string, character: string, atMost: number): number => {
  let n = 0
  for (let at = text.indexOf(character); at >= 0 && n <= atMost; at = text.indexOf(character, at + 1)) n++
  return n
}

/** Where a document type declaration starts, if there is one: it can only stand before the first element. */
const doctypeAt = (text: string): number => {
  let at = 0
  for (;;) {
    at = text.indexOf('<', at)
    if (at < 0) return -1
    const end = text.startsWith('<!--', at) ? text.indexOf('-->', at + 4) : text.startsWith('<?', at) ? text.indexOf('?>', at + 2) : -2
    if (end === -2) return /^<!doctype/i.test(text.slice(at, at + 9)) ? at : -1
    if (end === -1) return -1
    at = end + 2
  }
}

/** What is refused before an XML parser is started; undefined when nothing is. */
export const refuseUnparsed = (text: string): MessageIssue | undefined => {
  const doctype = doctypeAt(text)
  if (doctype >= 0) return { code: 'message.doctype_refused', severity: 'error', path: '', line: lineAt(text, doctype) }
  if (count(text, '<', tagsAtMost) > tagsAtMost)
    return { code: 'message.too_many_elements', severity: 'error', path: '', params: { max: tagsAtMost / 2 } }
  if (count(text, '=', attributesAtMost) > attributesAtMost)
    return { code: 'message.too_many_attributes', severity: 'error', path: '', params: { max: attributesAtMost } }
  return undefined
}

const valuesAtMost = 1_000_000

/** The same for JSON: objects and lists, and values in all. */
export const refuseUnparsedJson = (text: string): MessageIssue | undefined => {
  const containers = count(text, '{', tagsAtMost / 2) + count(text, '[', tagsAtMost / 2)
  if (containers > tagsAtMost / 2 || count(text, ',', valuesAtMost) > valuesAtMost)
    return { code: 'message.too_many_elements', severity: 'error', path: '', params: { max: tagsAtMost / 2 } }
  return undefined
}
