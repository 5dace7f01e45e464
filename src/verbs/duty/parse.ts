/** `duty parse`: duty expressions into components, in the form of TARIC's data, or in that of the USITC. Needs neither server nor database. */
import { parseArgs } from 'node:util'
import { error, type Issue } from '#kernel/issue.ts'
import { cannotStart } from '#platform/cannot-start.ts'
import { formulas, printExpression, readRule, readTaric, readUsitc, taricComponents, type UsRate } from '#schema/trade'
import { jsonLines } from '../json-lines.ts'
import { sentenceOf } from '../sentence.ts'
import { answer } from '../verb.ts'

const dialects: Readonly<Record<string, 'taric' | 'usitc'>> = {
  taric: 'taric',
  taric_uk: 'taric',
  uk: 'taric',
  eu: 'taric',
  usitc: 'usitc',
  us: 'usitc',
  hts: 'usitc',
}
const dialectOf = (name: unknown): 'taric' | 'usitc' | undefined => {
  const known = typeof name === 'string' ? name.toLowerCase() : ''
  return Object.hasOwn(dialects, known) ? dialects[known] : undefined
}

type Asked = { id?: unknown; text: string; quantity1?: string | null; quantity2?: string | null }
type Answer = Record<string, unknown> & { ok: boolean }

const refused = (issue: Issue): Answer => ({ ok: false, components: [], issues: [{ ...issue, text: sentenceOf(issue) }] })

/** A national tax (`= …`): its tree, or where it goes wrong. */
const rule = (text: string): Answer => {
  const read = readRule(text)
  if (read.ok) return { ok: true, components: [], rule: read.rule }
  const { why, at, expected, found } = read.fault
  return refused(error('trade.rule_invalid', '/text', { why, at: at + 1, expected, found }))
}

/** The text may be a piece of an expression: one that begins with its operator. */
const taric = (text: string): Answer => {
  if (/^\s*=/.test(text)) return rule(text)
  const read = readTaric(text, true)
  if (!read) return refused(error('duty.expression_unread', '/text', { text: text.slice(0, 200) }))
  return { ok: true, components: taricComponents(read), text: printExpression(read) }
}

const structured = (rate: UsRate) => ({
  rate_type_code: rate.type,
  formula: formulas[rate.type],
  ad_valorem: Number(rate.adValorem),
  specific_usd: rate.specific === null ? null : Number(rate.specific),
  other_usd: rate.other === null ? null : Number(rate.other),
  quantity_1_code: rate.quantity1,
  quantity_2_code: rate.quantity2,
})

const refusalOf: Readonly<Record<string, string>> = { '9': 'duty.expression_unread', T: 'duty.content_not_counted', X: 'duty.content_not_counted' }

const usitc = ({ text, quantity1, quantity2 }: Asked): Answer => {
  const counted = quantity1 === undefined && quantity2 === undefined ? {} : { quantity1: quantity1 ?? null, quantity2: quantity2 ?? null }
  const rate = readUsitc(text, counted)
  const form = structured(rate)
  const code = refusalOf[rate.type]
  const printed = rate.expression && { text: printExpression(rate.expression) }
  if (!code) return { ok: true, components: [form], ...form, ...printed }
  return { ...refused(error(code, '/text', { text: text.slice(0, 200) })), components: [form], ...form, ...printed }
}

const reply = (dialect: 'taric' | 'usitc', asked: Asked): boolean => {
  const read = dialect === 'taric' ? taric(asked.text) : usitc(asked)
  answer({ ...(asked.id !== undefined && { id: asked.id }), ...read })
  return read.ok
}

const codeIn = (value: Record<string, unknown>, name: string): string | null | undefined => {
  const code = value[name]
  return typeof code === 'string' ? code : code === null ? null : undefined
}

const fromLine = (value: Record<string, unknown>, usual: 'taric' | 'usitc'): boolean => {
  const { id, text, dialect } = value
  const known = dialect === undefined ? usual : dialectOf(dialect)
  const fault =
    typeof text !== 'string' ? (['/text', 'a text is expected'] as const) : known ? undefined : (['/dialect', 'TARIC or USITC is expected'] as const)
  if (fault || typeof text !== 'string') {
    answer({ ...(id !== undefined && { id }), ...refused(error('duty.compute_input', fault![0], { detail: fault![1] })) })
    return false
  }
  const quantity1 = codeIn(value, 'quantity_1_code')
  const quantity2 = codeIn(value, 'quantity_2_code')
  return reply(known!, { id, text, ...(quantity1 !== undefined && { quantity1 }), ...(quantity2 !== undefined && { quantity2 }) })
}

const fromLines = async (usual: 'taric' | 'usitc'): Promise<boolean> => {
  let all = true
  for await (const line of jsonLines()) {
    if ('value' in line) all = fromLine(line.value, usual) && all
    else {
      answer({ line: line.number, ...refused(error('message.input_invalid', '', { detail: line.fault })) })
      all = false
    }
  }
  return all
}

/** Exit code 0 when everything was read, 1 when something was not, 2 when it could not run. */
export const run = async (args: string[]): Promise<number> => {
  // A text may begin with its minus: what follows `--` is never an option.
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { dialect: { type: 'string' } } })
  const dialect = values.dialect === undefined ? 'taric' : dialectOf(values.dialect)
  if (!dialect) throw cannotStart(`duty parse: --dialect is taric or usitc, not "${values.dialect}".`)
  if (positionals.length === 0 && process.stdin.isTTY)
    throw cannotStart('duty parse: say an expression, or - to read JSON lines from standard input.')
  let all = true
  for (const text of positionals.length === 0 ? ['-'] : positionals) all = (text === '-' ? await fromLines(dialect) : reply(dialect, { text })) && all
  return all ? 0 : 1
}
