/** `seal decode`: frames in, canonical records and replies out, one line an input. */
import { error, hasErrors, type Issue } from '#kernel/issue.ts'
import { type Connection, type Decoded, fromHex, hexOf, openConnection, ascii, protocolNames, protocolOf } from '#modules/supervision/protocols'
import { readWords } from '../administration.ts'
import { type Line, jsonLines, parseObject } from '../json-lines.ts'
import { answer } from '../verb.ts'

type Input = { id: unknown; protocol: string; encoding: string; frame: string; model: string | null }

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')

const bytesOf = (input: Input): Uint8Array | null =>
  input.encoding === 'hex' ? fromHex(input.frame) : input.encoding === 'text' || input.encoding === 'ascii' ? ascii(input.frame) : null

const refusalOf = (input: Input): Issue[] => {
  const issues: Issue[] = []
  if (!protocolOf(input.protocol))
    issues.push(error('supervision.protocol_unknown', '/protocol', { protocol: input.protocol, known: protocolNames.join(', ') }))
  if (!['hex', 'text', 'ascii'].includes(input.encoding)) issues.push(error('supervision.frame_invalid', '/encoding', { encoding: input.encoding }))
  else if (input.frame === '' || bytesOf(input) === null) issues.push(error('supervision.frame_invalid', '/frame', { encoding: input.encoding }))
  return issues
}

/** The lines of one protocol are one connection, because a login tells the id of what follows. */
const createDecoder = () => {
  const connections = new Map<string, Connection>()
  return (input: Input, now: string): Decoded => {
    const issues = refusalOf(input)
    if (issues.length > 0) return { records: [], replies: [], issues }
    const name = input.protocol.trim().toLowerCase()
    let connection = connections.get(name)
    if (!connection) connections.set(name, (connection = openConnection(protocolOf(name)!)))
    connection.session.model = input.model
    const found = connection.receive(bytesOf(input)!, now)
    const rest = connection.flush(now)
    const all = {
      records: [...found.records, ...rest.records],
      replies: [...found.replies, ...rest.replies],
      issues: [...found.issues, ...rest.issues],
    }
    if (all.records.length + all.replies.length + all.issues.length > 0) return all
    return { ...all, issues: [error('supervision.frame_broken', '/frame', { protocol: name, bytes: input.frame.length })] }
  }
}

const inputOf = (value: Record<string, unknown>, flags: Flags): Input => ({
  id: value.id,
  protocol: text(value.protocol) || (flags.protocol ?? ''),
  encoding: text(value.encoding).toLowerCase() || (flags.encoding ?? 'hex'),
  frame: text(value.frame),
  model: text(value.deviceModel) || text(value.model) || null,
})

type Flags = { protocol?: string; encoding?: string }

const inputs = async function* (args: string[], flags: Flags): AsyncGenerator<Input | { fault: string; number: number }> {
  const lines = async function* (): AsyncGenerator<Line> {
    for (const [i, arg] of args.entries())
      if (arg === '-') yield* jsonLines()
      else {
        const found = arg.startsWith('{') ? parseObject(arg) : { fault: '' }
        const whole = 'value' in found && Object.hasOwn(found.value, 'frame') ? found.value : { frame: arg }
        yield { number: i + 1, value: whole }
      }
  }
  for await (const line of lines()) yield 'fault' in line ? line : inputOf(line.value, flags)
}

export const run = async (args: string[]): Promise<number> => {
  const { flags, words } = readWords('seal decode', args, { protocol: { type: 'string' }, encoding: { type: 'string' } })
  const decode = createDecoder()
  let code = 0
  for await (const input of inputs(words.length > 0 ? words : ['-'], flags)) {
    if ('fault' in input) {
      answer({ id: null, ok: false, records: [], replies: [], issues: [error('request.invalid', '', { line: input.number, detail: input.fault })] })
      code = 1
      continue
    }
    const { records, replies, issues } = decode(input, new Date().toISOString())
    const ok = !hasErrors(issues)
    if (!ok) code = 1
    answer({ ...(input.id !== undefined && { id: input.id }), ok, records, replies: replies.map(hexOf), issues })
  }
  return code
}
