/** `tariff show`: everything that is charged on a code or asked for it, and why; and what is not, and why not. */
import { createInterface } from 'node:readline'
import { readConfig } from '#config'
import { cannotStart } from '#platform/cannot-start.ts'
import { connect } from '#platform/database.ts'
import { loadTariff, shippedTariff, showCommodity, type Tariff } from '#modules/trade'
import type { ShownCommodity, ShownMeasure, Why } from '#schema/trade'
import { findDatabase, readWords } from '../administration.ts'
import { sentenceOf } from '../sentence.ts'
import { answer } from '../verb.ts'

type Asked = { code: string; origin?: string; date: string; administration: string; additionalCodes?: string[] }

const home = 'XV'

/** A reason as a sentence. Placeholders are the reason's params. */
const sentences: Readonly<Record<string, string>> = {
  own: 'stands on this line',
  inherited: 'inherited from {from}',
  'all-goods': 'holds for all goods',
  everybody: 'for all countries',
  country: 'for {area}',
  member: '{origin} belongs to {area}',
  claim: 'only when claimed with preference {preferences}',
  code: 'only when additional code {code} is stated',
  residual: 'for those who state no code of their own ({code})',
  document: 'a document decides ({codes})',
  threshold: 'price or quantity decides',
  season: 'in season from {from} to {to} (month-day)',
  'not-yet': 'begins on {from}',
  ended: 'ended before {to}',
  'legal-base-ended': 'its legal base ended before {to}',
  area: '{origin} is not in {area}',
  'origin-missing': 'is for {area} only, and no origin was given',
  excluded: '{origin} is excluded ({excluded})',
  replaced: 'replaced by {by} on {at}, nearer to the goods',
}

const say = ({ why, params }: Why): string => (sentences[why] ?? why).replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
const reasonOf = (m: ShownMeasure): ShownMeasure & { reason: string } => ({ ...m, reason: m.why.map(say).join('; ') })
const told = (shown: ShownCommodity) => ({ ...shown, measures: shown.measures.map(reasonOf), notApplied: shown.notApplied.map(reasonOf) })

const refused = (value: unknown, code: string, path: string, params: Record<string, string>) => {
  const issue = { code, severity: 'error' as const, path, params }
  return { ...(typeof value === 'object' ? value : { code: value }), ok: false, issues: [{ ...issue, text: sentenceOf(issue) }] }
}

const patterns = { code: /^[0-9]{2,10}$/, origin: /^[A-Z]{2}$/, date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, administration: /^[A-Z]{2}$/ }

const show = (tariff: Tariff, asked: Asked): boolean => {
  const bare = { ...asked, code: asked.code.replace(/[\s.]/g, '') }
  const wrong = (Object.keys(patterns) as (keyof typeof patterns)[]).find((k) => bare[k] !== undefined && !patterns[k].test(bare[k]))
  const found = wrong ? undefined : showCommodity(tariff, bare)
  if (wrong) answer(refused(asked, 'trade.query_malformed', `/${wrong}`, { field: wrong, value: String(bare[wrong]).slice(0, 40) }))
  else answer(found ? { ok: true, ...told(found) } : refused(asked, 'trade.commodity_unknown', '/code', { code: bare.code }))
  return found !== undefined
}

const readLines = async function* (usual: Omit<Asked, 'code'>): AsyncGenerator<Asked | { bad: string }> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue
    try {
      const value = JSON.parse(line) as Record<string, unknown> | string
      if (typeof value === 'string') yield { ...usual, code: value }
      else yield { ...usual, ...(value as Partial<Asked>), code: String(value['code'] ?? '') }
    } catch {
      yield { bad: line }
    }
  }
}

const loadRunning = async (url: string): Promise<Tariff> => {
  const sql = connect({ url, max: 2 })
  try {
    return await loadTariff(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const flags = { origin: { type: 'string' }, date: { type: 'string' }, administration: { type: 'string' }, dry: { type: 'boolean' } } as const

export const run = async (args: string[]): Promise<number> => {
  const { flags: given, words } = readWords('tariff show', args, flags)
  if (words.length === 0) throw cannotStart('tariff show: name a code, or - to read JSON lines {code, origin, date} from standard input.')
  const running = given.dry ? undefined : findDatabase(readConfig(process.env))
  const tariff = running ? await loadRunning(running) : shippedTariff()
  const usual = {
    date: given.date ?? new Date().toISOString().slice(0, 10),
    administration: given.administration ?? home,
    ...(given.origin && { origin: given.origin }),
  }
  let all = true
  // Codes are written with dots and blanks too: words of a call that are digits are one code unless each is whole.
  const whole = words.filter((w) => w !== '-')
  const codes = whole.length > 1 && whole.every((w) => w.length <= 4) ? [whole.join('')] : whole
  for (const code of codes) all = show(tariff, { ...usual, code }) && all
  if (words.includes('-'))
    for await (const asked of readLines(usual)) {
      if ('bad' in asked) answer(refused({ line: asked.bad.slice(0, 80) }, 'message.input_invalid', '', { detail: 'not JSON' }))
      all = !('bad' in asked) && show(tariff, asked) && all
    }
  return all ? 0 : 1
}
