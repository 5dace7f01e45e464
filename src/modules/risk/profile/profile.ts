/** A profile's text, or its JSON, ready to be asked. */
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import type { Lane, ProfileTree } from './ast.ts'
import { checkProfile, type Currency } from './check.ts'
import { shareOfTime } from './cost.ts'
import { noLists, withLists, type Lists } from './lists.ts'
import { parseProfile } from './parser.ts'

/** Reads and checks a profile's text: names, lists, types, sizes, constants. Refused with every reason and its line and column. */
export const readProfile = (text: string, currency: Currency, lists: Lists = noLists): Outcome<ProfileTree> => {
  const parsed = parseProfile(text)
  if (!parsed.ok) return parsed
  const filled = withLists(text, parsed.value, lists)
  const checked = checkProfile(text, filled.tree, currency)
  const { tree } = checked
  const issues = [...filled.issues, ...checked.issues]
  if (issues.some((i) => i.severity === 'error')) return refuse(...issues)
  const share = shareOfTime(tree.when)
  return share > 1 ? refuse(...issues, error('risk.profile_slow', '', { cost: Math.ceil(share * 100) })) : accept(tree, issues)
}

type Condition = { field: string; operator: string; value: unknown }

const literal = (value: unknown): string => (typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value))

/** Fields of the conditions that selection knows (schema.ts) and what they are called in the language. */
const named: Record<string, string> = {
  hsCodes: 'hs',
  origins: 'origin',
  procedures: 'procedure',
  preferences: 'preference',
  descriptions: 'description',
  packageTypes: 'packageType',
  documentCodes: 'documents',
  grossMassKg: 'grossMass',
  items: 'itemCount',
}

const words: Record<string, string> = { is: '=', above: '>', below: '<', in: 'in', under: 'under', contains: 'contains' }

/** Each condition on an item's field may hold for another item, as in selection. */
const conditionText = ({ field, operator, value }: Condition): string => {
  const name = Object.hasOwn(named, field) ? named[field]! : field
  const right = Array.isArray(value) ? `(${value.map(literal).join(', ')})` : literal(value)
  const text = `${name} ${Object.hasOwn(words, operator) ? words[operator]! : operator} ${right}`
  return ['hsCodes', 'origins', 'procedures', 'preferences', 'descriptions', 'packageTypes'].includes(field) ? `any item (${text})` : text
}

/** JSON `{name?, lane?, percent?, when: text}`, or with `conditions` as selection stores them. */
const fromJson = (value: unknown): { text: string; lane?: Lane; name?: string; percent?: number } | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const { when, conditions, lane, name, percent } = value as Record<string, unknown>
  const text = typeof when === 'string' ? when : Array.isArray(conditions) ? (conditions as Condition[]).map(conditionText).join(' and ') : undefined
  if (text === undefined) return undefined
  return {
    text,
    ...(['green', 'blue', 'yellow', 'red'].includes(String(lane)) && { lane: lane as Lane }),
    ...(typeof name === 'string' && { name }),
    ...(typeof percent === 'number' && { percent }),
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** A file's content: text of the language, or JSON. */
export const readProfileFile = (content: string, currency: Currency): Outcome<ProfileTree> => {
  const plain = content.startsWith('\uFEFF') ? content.slice(1) : content
  if (!plain.trimStart().startsWith('{')) return readProfile(plain, currency)
  const given = fromJson(parseJson(plain))
  const unreadable: Issue = error('risk.profile_json')
  if (!given) return refuse(unreadable)
  const read = readProfile(given.text, currency)
  if (!read.ok) return read
  const { lane = read.value.lane, name = read.value.name, percent = read.value.percent } = given
  return accept({ ...read.value, lane, name, percent }, read.issues)
}
