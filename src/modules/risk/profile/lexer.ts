/** Text of a profile → tokens with their places. Linear in the text; every character is in exactly one token, blank or comment (`#` to the line's end). */
import { error, type Issue } from '#kernel/issue.ts'

export type TokenKind = 'word' | 'number' | 'text' | 'date' | 'symbol' | 'end'
/** `at` is the offset of the first character (UTF-16 units), `end` that behind the last; `value` is a text without quotes and escapes. */
export type Token = { kind: TokenKind; value: string; at: number; end: number }

export const textLimit = 20_000

/** Line and column, both from 1, of an offset. */
export const placeOf = (text: string, at: number): { line: number; column: number } => {
  const before = text.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}

export const issueAt = (text: string, code: string, at: number, params: Issue['params'] = {}): Issue =>
  error(code, '', { ...placeOf(text, at), at, ...params })

const patterns: { kind: TokenKind | 'blank'; pattern: RegExp }[] = [
  { kind: 'blank', pattern: /(?:\s+|#[^\n]*)/y },
  { kind: 'date', pattern: /\d{4}-\d{2}-\d{2}(?![\w-])/y },
  { kind: 'number', pattern: /\d{1,18}(?:\.(?!\.)\d{1,12})?(?:[eE]\+?\d{1,2})?/y },
  { kind: 'word', pattern: /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y },
  { kind: 'symbol', pattern: /\.\.|!=|<=|>=|[=<>≠≤≥+\-*/(),.]/y },
]

const written = new Map([
  ['≠', '!='],
  ['≤', '<='],
  ['≥', '>='],
])

/** A text in double quotes; `\"` and `\\` are the only escapes. Undefined when it is never closed. */
const quoted = (text: string, at: number): { value: string; end: number } | undefined => {
  let value = ''
  for (let i = at + 1; i < text.length; i++) {
    const c = text[i]!
    if (c === '"') return { value, end: i + 1 }
    if (c === '\\' && (text[i + 1] === '"' || text[i + 1] === '\\')) value += text[++i]
    else value += c
  }
  return undefined
}

const next = (text: string, at: number): Token | 'blank' | undefined => {
  if (text[at] === '"') {
    const found = quoted(text, at)
    return found && { kind: 'text', value: found.value, at, end: found.end }
  }
  for (const { kind, pattern } of patterns) {
    pattern.lastIndex = at
    const value = pattern.exec(text)?.[0]
    if (value === undefined) continue
    const token = { kind: kind as TokenKind, value: written.get(value) ?? value, at, end: at + value.length }
    return kind === 'blank' ? 'blank' : token
  }
  return undefined
}

/** All tokens, the last one of kind `end`; or the issue of the first character that begins none. */
export const tokenize = (text: string): { ok: true; tokens: Token[] } | { ok: false; issue: Issue } => {
  if (text.length > textLimit) return { ok: false, issue: error('risk.profile_long', '', { characters: text.length, most: textLimit }) }
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    const token = next(text, at)
    if (token === undefined) {
      const code = text[at] === '"' ? 'risk.profile_text_open' : 'risk.profile_character'
      return { ok: false, issue: issueAt(text, code, at, { found: String.fromCodePoint(text.codePointAt(at)!) }) }
    }
    if (token === 'blank') {
      for (const { kind, pattern } of patterns)
        if (kind === 'blank') {
          pattern.lastIndex = at
          at += pattern.exec(text)![0].length
        }
      continue
    }
    tokens.push(token)
    at = token.end
  }
  tokens.push({ kind: 'end', value: '', at: text.length, end: text.length })
  return { ok: true, tokens }
}
