import { parseArgs } from 'node:util'
import { bytesAtMost, kindNamed, kinds, type MessageIssue, read, type ReadResult, schemaFiles, write } from '#modules/clearance/messages'
import { type Input, readInputs, readWhole } from './message-input.ts'
import { sentenceOf } from './sentence.ts'
import { answer, say, type Help } from './verb.ts'

export const help: Help = {
  usage: 'message read FILE…|- [--as KIND] · message write FILE.json|- [--as KIND] · message kinds · message schema [NAME]',
  summary:
    'reads messages (WCO DMS, inventory linking, canonical JSON) and says line and path of what is wrong; writes canonical JSON as XML that its schema accepts',
  example: './bin/portcullis message read declaration.xml',
}

const told = ({ code, severity, path, line, element, ...issue }: MessageIssue) => ({
  code,
  severity,
  path,
  ...(line !== undefined && { line }),
  ...(element !== undefined && { element }),
  text: sentenceOf({ code, severity, path, ...issue }),
})

const tell = (file: string, result: ReadResult): boolean => {
  answer({ file, kind: result.kind, ok: result.ok, document: result.document ?? null, issues: result.issues.map(told) })
  return result.ok
}

const refusedInput = (issue: MessageIssue): ReadResult => ({ kind: 'unknown', ok: false, issues: [issue] })

const readInput = (input: Input, as: string | undefined): ReadResult => {
  if (input.issue) return refusedInput(input.issue)
  return read(input.bytes, as === undefined ? {} : { as })
}

const runRead = async (files: readonly string[], as: string | undefined): Promise<number> => {
  let allRead = true
  for (const file of files) {
    for await (const input of readInputs(file, bytesAtMost)) allRead = tell(input.file, readInput(input, input.as ?? as)) && allRead
  }
  return allRead ? 0 : 1
}

type Document = Parameters<typeof write>[0]
type Source = { document: unknown; kind?: string }

/** A canonical document, or a line that `message read` has printed. */
const toSource = (text: string): Source => {
  const value = JSON.parse(text) as Record<string, unknown> | null
  if (value && typeof value === 'object' && 'document' in value && typeof value.kind === 'string')
    return { document: value.document, kind: value.kind }
  return { document: value }
}

const refuseWrite = (file: string, issues: readonly MessageIssue[]): number => {
  answer({ file, ok: false, issues: issues.map(told) })
  return 1
}

const runWrite = async (file: string, as: string | undefined): Promise<number> => {
  const input = await readWhole(file, bytesAtMost)
  if (input.issue) return refuseWrite(file, [input.issue])
  let source: Source
  try {
    source = toSource(new TextDecoder().decode(input.bytes))
  } catch (fault) {
    return refuseWrite(file, [
      { code: 'message.json_invalid', severity: 'error', path: '', params: { detail: (fault as Error).message.slice(0, 120) } },
    ])
  }
  const kind = as ?? (source.kind?.startsWith('wco-dms') ? source.kind : 'wco-dms')
  const written = write(source.document as Document, kind)
  if (!written.ok) return refuseWrite(file, written.issues)
  process.stdout.write(written.xml)
  return 0
}

const runSchema = (name: string | undefined): number => {
  const files = schemaFiles()
  if (name === undefined)
    for (const file of Object.keys(files)) answer({ schema: file, start: file === 'declaration.xsd' || file === 'notification.xsd' })
  else if (files[name] === undefined) {
    say(`There is no schema "${name}": ./bin/portcullis message schema lists them.`)
    return 2
  } else process.stdout.write(files[name])
  return 0
}

const usage = (sentence: string): number => {
  say(`${sentence} Usage: ${help.usage}`)
  return 2
}

const parse = (args: string[]): { words: string[]; as?: string } | string => {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { as: { type: 'string' } } })
    return { words: positionals, ...(values.as !== undefined && { as: values.as }) }
  } catch (fault) {
    return (fault as Error).message
  }
}

/** Exit code 0 when everything was read or written, 1 when something was refused, 2 when it could not run. */
export const run = async (args: string[]): Promise<number> => {
  const parsed = parse(args)
  if (typeof parsed === 'string') return usage(parsed)
  const { words, as } = parsed
  const [action, ...files] = words
  if (as !== undefined && !kindNamed(as)) return usage(`There is no kind "${as}": ./bin/portcullis message kinds lists them.`)
  switch (action) {
    case 'read':
      return files.length > 0 ? runRead(files, as) : usage('Name a file to read, or - for standard input.')
    case 'write':
      return files.length === 1 ? runWrite(files[0]!, as) : usage('Name one file to write.')
    case 'kinds':
      for (const [kind, what] of Object.entries(kinds)) answer({ kind, what })
      return 0
    case 'schema':
      return runSchema(files[0])
    default:
      return usage(action ? `There is no "message ${action}".` : 'Say what to do.')
  }
}
