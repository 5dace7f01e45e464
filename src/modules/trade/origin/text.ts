/** Reads origin schemes from text. Pure. The head of data/trade/origin.txt says how a line is built. */
import { isDecimal } from '#kernel/decimal.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import type { OriginCondition, OriginRule, OriginScheme } from './schema.ts'

type Kind = OriginCondition['kind']
const shifts: readonly string[] = ['CC', 'CTH', 'CTSH']
const ceilings: readonly string[] = ['MAXNOM', 'MAXWEIGHT', 'RVC']
const codes = (text: string | undefined): string[] | undefined => {
  const found = text?.split(',').map((c) => c.trim())
  return found?.every((c) => /^[0-9]{2,6}$/.test(c)) ? found : undefined
}

/** `WO`, `CTH except 0801,0802`, `MAXNOM 40 of 17`, `RVC 45`, `PROCESS weaving`; undefined when it is none of these. */
export const readCondition = (text: string): OriginCondition | undefined => {
  const words = text.trim().split(/\s+/)
  const [kind, second, word, list, ...rest] = words
  if (!kind || rest.length > 0) return undefined
  if (kind === 'WO') return words.length === 1 ? { kind } : undefined
  if (kind === 'PROCESS') return words.length === 2 && /^[a-z-]{1,40}$/.test(second!) ? { kind, process: second! } : undefined
  if (shifts.includes(kind)) {
    if (words.length === 1) return { kind: kind as Kind }
    const except = second === 'except' && words.length === 3 ? codes(word) : undefined
    return except && { kind: kind as Kind, except }
  }
  if (!ceilings.includes(kind) || !second || !isDecimal(second) || Number(second) < 0 || Number(second) > 100) return undefined
  if (words.length === 2) return { kind: kind as Kind, percent: second }
  const of = word === 'of' && words.length === 4 ? codes(list) : undefined
  return of && { kind: kind as Kind, percent: second, of }
}

/** `CTH and MAXNOM 40 or RVC 50`: `and` binds stronger than `or`. */
export const readAlternatives = (text: string): OriginCondition[][] | undefined => {
  const read = text.split(/\s+or\s+/).map((alternative) => alternative.split(/\s+and\s+/).map(readCondition))
  return read.every((conditions) => conditions.every((c) => c !== undefined)) ? (read as OriginCondition[][]) : undefined
}

const readRule = (fields: readonly string[]): OriginRule | undefined => {
  const [range, text, subdivision] = fields
  const [from, to = from] = (range ?? '').split('-')
  const alternatives = readAlternatives(text ?? '')
  if (!alternatives || !/^[0-9]{2,10}$/.test(from!) || !/^[0-9]{2,10}$/.test(to!)) return undefined
  return { from: from!, to: to!, ...(subdivision && { subdivision }), alternatives }
}

const words = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((w) => w.trim())
    .filter(Boolean)

const readHead = (fields: readonly string[], administration: string): OriginScheme | undefined => {
  const [id, name, area, preferences, proofs, cumulation, tolerance, noTolerance, validFrom] = fields
  if (!id || !name || !area || !validFrom || !tolerance || !isDecimal(tolerance)) return undefined
  const groups = (kind: string): string[] => words(cumulation).flatMap((w) => (w.startsWith(`${kind}:`) ? [w.slice(kind.length + 1)] : []))
  return {
    id,
    administration,
    names: { en: name },
    area,
    preferences: words(preferences),
    proofs: words(proofs).map((p) => {
      const [code, upTo] = p.split('<=')
      return { code: code!, ...(upTo && { upTo }) }
    }),
    cumulation: { bilateral: words(cumulation).includes('bilateral'), diagonal: groups('diagonal'), extended: groups('extended') },
    tolerancePercent: tolerance,
    noTolerance: words(noTolerance),
    rules: [],
    validFrom,
  }
}

/** Every line that cannot be read, by its number. */
export const readSchemes = (text: string, administration: string): Outcome<OriginScheme[]> => {
  const schemes: OriginScheme[] = []
  const issues: Issue[] = []
  text.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return
    const [word, ...fields] = line.split('\t').map((f) => f.trim())
    const scheme = word === 'scheme' ? readHead(fields, administration) : undefined
    const rule = word === 'rule' && schemes.length > 0 ? readRule(fields) : undefined
    if (scheme) schemes.push(scheme)
    else if (rule) schemes.at(-1)!.rules.push(rule)
    else issues.push(error('trade.origin_line_unread', `/${at + 1}`, { line: at + 1 }))
  })
  return issues.length > 0 ? refuse(...issues) : accept(schemes)
}
