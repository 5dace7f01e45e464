/** Inputs of `message`: files, and standard input as one message or as JSON lines. Nothing longer than a message may be is kept. */
import { createReadStream } from 'node:fs'
import type { MessageIssue } from '#modules/clearance/messages'

export type Input = { file: string; bytes: Uint8Array; as?: string; issue?: MessageIssue }

const nothing = new Uint8Array(0)
const refused = (file: string, code: string, params: Record<string, string | number>): Input => ({
  file,
  bytes: nothing,
  issue: { code, severity: 'error', path: '', params },
})

const tooLarge = (file: string, limit: number): Input => refused(file, 'message.too_large', { bytes: `more than ${limit}`, max: limit })

/** Reads up to the limit and no further: what is too large is told without being loaded. */
const readLimited = async (file: string, source: AsyncIterable<Buffer>, limit: number): Promise<Input> => {
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const part of source) {
      length += part.length
      if (length > limit) return tooLarge(file, limit)
      parts.push(part)
    }
    return { file, bytes: Buffer.concat(parts, length) }
  } catch (fault) {
    return refused(file, 'message.file_unreadable', { detail: (fault as Error).message.split(',')[0]!.slice(0, 120) })
  }
}

const readFile = (file: string, limit: number): Promise<Input> => readLimited(file, createReadStream(file) as AsyncIterable<Buffer>, limit)

/** One whole input: a file, or everything on standard input (`-`). */
export const readWhole = (file: string, limit: number): Promise<Input> =>
  file === '-' ? readLimited(file, process.stdin, limit) : readFile(file, limit)

/** A byte order mark, so that text which is decoded already is not decoded again by what its XML declaration says. */
const decodedText = (text: string): Uint8Array => new TextEncoder().encode(`\uFEFF${text}`)

/** One line of standard input: `{xml}`, `{file}` or `{path}` (a file's name), each with `as` if wanted, or a canonical document itself. */
const fromLine = async (line: string, name: string, limit: number): Promise<Input> => {
  let value: Record<string, unknown>
  try {
    const parsed: unknown = JSON.parse(line)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return refused(name, 'message.input_invalid', { detail: 'no object' })
    value = parsed as Record<string, unknown>
  } catch (fault) {
    return refused(name, 'message.input_invalid', { detail: (fault as Error).message.slice(0, 120) })
  }
  const file = typeof value.file === 'string' ? value.file : typeof value.path === 'string' ? value.path : undefined
  const as = typeof value.as === 'string' ? { as: value.as } : {}
  if (typeof value.xml === 'string') return { file: file ?? name, bytes: decodedText(value.xml), ...as }
  const path = typeof value.path === 'string' ? value.path : file
  if (path !== undefined) return { ...(await readFile(path, limit)), file: file ?? path, ...as }
  return { file: name, bytes: new TextEncoder().encode(line), ...as }
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const newline = 10

/** Lines of standard input as they come; a line longer than any message ends with an empty rest and `tooLong`. */
const linesOf = async function* (source: AsyncIterable<Buffer>, limit: number): AsyncGenerator<{ bytes: Buffer; tooLong: boolean }> {
  let parts: Buffer[] = []
  let length = 0
  const take = (): { bytes: Buffer; tooLong: boolean } => {
    const line = { bytes: Buffer.concat(parts), tooLong: length > limit }
    parts = []
    length = 0
    return line
  }
  const keep = (part: Buffer): void => {
    length += part.length
    if (length <= limit) parts.push(part)
    else parts = []
  }
  for await (const chunk of source) {
    let from = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, end + 1))
      from = end + 1
      yield take()
    }
    keep(chunk.subarray(from))
  }
  if (length > 0) yield take()
}

/** JSON writes a character of XML as six at most. */
const lineLimit = (limit: number): number => limit * 6

/** Standard input: JSON lines if its first line is a JSON value, else one message (XML, or JSON over several lines). */
const readStandardInput = async function* (limit: number): AsyncGenerator<Input> {
  let whole: Buffer[] | undefined
  let length = 0
  let number = 0
  for await (const { bytes, tooLong } of linesOf(process.stdin, lineLimit(limit))) {
    const text = whole ? '' : bytes.toString('utf8').trim()
    number++
    if (number === 1 && (tooLong || !isJson(text))) whole = []
    if (whole) {
      length += bytes.length
      if (tooLong || length > limit) return yield tooLarge('-', limit)
      whole.push(bytes)
    } else if (text !== '' || tooLong) yield tooLong ? tooLarge(`-:${number}`, limit) : await fromLine(text, `-:${number}`, limit)
  }
  if (whole || number === 0) yield { file: '-', bytes: Buffer.concat(whole ?? [], length) }
}

/** The inputs that one word of the command line stands for. */
export const readInputs = async function* (file: string, limit: number): AsyncGenerator<Input> {
  if (file === '-') yield* readStandardInput(limit)
  else yield await readFile(file, limit)
}
