/** `seal encode`: the bytes of a command to a seal, as hexadecimal and, where it is readable, as text. */
import { error, type Issue } from '#kernel/issue.ts'
import { hexOf, protocolNames, protocolOf, textOf } from '#modules/supervision/protocols'
import { readWords } from '../administration.ts'
import { jsonLines } from '../json-lines.ts'
import { answer } from '../verb.ts'

type Value = string | number | boolean | null
type Input = { id?: unknown; protocol: string; command: string; deviceId?: string; params: Record<string, Value> }

const scalar = (v: unknown): v is Value => v === null || ['string', 'number', 'boolean'].includes(typeof v)
const text = (v: unknown): string => (typeof v === 'string' || typeof v === 'number' ? String(v) : '')

/** Parameters may stand in `params` or beside the command. */
const inputOf = ({ id, protocol, command, deviceId, params, ...rest }: Record<string, unknown>): Input => ({
  ...(id !== undefined && { id }),
  protocol: text(protocol),
  command: text(command),
  ...(deviceId !== undefined && { deviceId: text(deviceId) }),
  params: Object.fromEntries(
    [...Object.entries(rest), ...Object.entries(typeof params === 'object' && params !== null ? params : {})].filter((p): p is [string, Value] =>
      scalar(p[1]),
    ),
  ),
})

const refused = (input: Pick<Input, 'id'>, ...issues: Issue[]): number => {
  answer({ ...(input.id !== undefined && { id: input.id }), ok: false, issues })
  return 1
}

const encodeOne = (input: Input): number => {
  const protocol = protocolOf(input.protocol)
  if (!protocol)
    return refused(input, error('supervision.protocol_unknown', '/protocol', { protocol: input.protocol, known: protocolNames.join(', ') }))
  if (!protocol.encode) return refused(input, error('supervision.commands_none', '/protocol', { protocol: input.protocol }))
  const done = protocol.encode({ name: input.command, params: input.params, ...(input.deviceId !== undefined && { deviceId: input.deviceId }) })
  if (!done.ok) return refused(input, ...done.issues)
  const plain = textOf(done.value)
  answer({
    ...(input.id !== undefined && { id: input.id }),
    ok: true,
    hex: hexOf(done.value),
    ...(/^[\x20-\x7e\r\n]*$/.test(plain) && { text: plain }),
    issues: done.issues,
  })
  return 0
}

export const run = async (args: string[]): Promise<number> => {
  const { flags, words } = readWords('seal encode', args, { protocol: { type: 'string' }, command: { type: 'string' }, device: { type: 'string' } })
  if (words.length === 0 || words[0] !== '-') {
    if (flags.protocol !== undefined || flags.command !== undefined) {
      const params = Object.fromEntries(words.map((w) => [w.split('=', 1)[0]!, w.slice(w.indexOf('=') + 1)]))
      return encodeOne({
        protocol: flags.protocol ?? '',
        command: flags.command ?? '',
        params,
        ...(flags.device !== undefined && { deviceId: flags.device }),
      })
    }
  }
  let code = 0
  for await (const line of jsonLines())
    code |= 'fault' in line ? refused({}, error('request.invalid', '', { line: line.number, detail: line.fault })) : encodeOne(inputOf(line.value))
  return code
}
