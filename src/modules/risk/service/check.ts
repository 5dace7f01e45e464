/** The check of a text while it is typed. */
import { hasErrors, type Issue } from '#kernel/issue.ts'
import { minorDigits } from '#kernel/money.ts'
import { home } from '#schema/reference'
import type { Static } from 'typebox'
import { fieldsRead } from '../profile/backtest.ts'
import type { ProfileTree } from '../profile/ast.ts'
import { listsOf } from '../profile/lists.ts'
import { readProfile } from '../profile/profile.ts'
import type { CheckAnswer, CheckAsk } from '../schema/profile.ts'
import type { Risk } from './live.ts'
import { profileHash } from './profile-hash.ts'

const placed = (i: Issue): CheckAnswer['issues'][number] => {
  const number = (name: string): number | null => (typeof i.params?.[name] === 'number' ? i.params[name] : null)
  return { ...i, at: number('at'), line: number('line'), column: number('column') }
}

const summaryOf = (tree: ProfileTree): CheckAnswer['summary'] => ({
  name: tree.name,
  lane: tree.lane,
  office: tree.office ?? null,
  percent: tree.percent,
  maxRun: tree.maxRun ?? null,
  validFrom: tree.validFrom ?? null,
  validTo: tree.validTo ?? null,
  instruction: tree.instruction,
  hash: profileHash(tree),
  fields: fieldsRead(tree.when),
  lists: listsOf(tree.when),
})

/** Every error with its place, and what the text says where it has none. Refuses nothing: an unfinished text is no mistake of the caller. */
export const checkText = async (r: Risk, ask: Static<typeof CheckAsk>): Promise<CheckAnswer> => {
  const currency = ask.currency ? { code: ask.currency, digits: minorDigits(ask.currency) } : await r.currency(home)
  const read = readProfile(ask.text, currency, await r.lists())
  return { valid: read.ok && !hasErrors(read.issues), issues: read.issues.map(placed), summary: read.ok ? summaryOf(read.value) : null }
}
