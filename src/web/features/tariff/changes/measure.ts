// A measure as a form, and a form as changes of the tariff. Pure.
import type { Issue } from '#kernel/issue.ts'
import { parseExpression, printExpression, type Change, type Condition, type Measure } from '#schema/trade'

/** `from`: another rate from a day on · `correct`: what is known was wrong all the time · `end`: no longer from a day on · `new` */
export type Way = 'from' | 'correct' | 'end' | 'new'

export type Entry = {
  way: Way
  /** first day of the change */ day?: string
  commodity?: string
  type?: string
  taxType?: string
  area?: string
  excluded?: string
  preferences?: string
  orderNumber?: string
  additionalCode?: string
  expression?: string
  conditions?: string
  documents?: string
  supplementaryUnit?: string
  source?: string
  validFrom?: string
  validTo?: string
}

const list = (text: string | undefined): string[] | undefined => {
  const found = (text ?? '').split(/[\s,]+/).filter(Boolean)
  return found.length > 0 ? found : undefined
}

/** As a line that `readConditions` reads. */
export const printCondition = (c: Condition): string =>
  [
    c.code,
    c.certificate ??
      (c.threshold ? [c.threshold.amount, c.threshold.currency, c.threshold.unit && `/ ${c.threshold.unit}`].filter(Boolean).join(' ') : ''),
    c.action,
    c.expression ? printExpression(c.expression) : '',
  ]
    .join('; ')
    .replace(/; $/, '')

const threshold = /^(\d+(?:\.\d+)?)(?:\s+([A-Z]{3}))?(?:\s*\/?\s*([A-Z0-9]{3,4}))?$/

/** One condition a line: code; document or threshold or nothing; action; components. The number of the first line that is none, or the rows. */
export const readConditions = (text: string | undefined): { rows: Condition[]; wrong?: number } => {
  const lines = (text ?? '').split('\n').map((l) => l.trim())
  const rows: Condition[] = []
  for (const [i, line] of lines.entries()) {
    if (line === '') continue
    const [code = '', what = '', action = '', rate = ''] = line.split(';').map((p) => p.trim())
    const limit = threshold.exec(what)
    if (!/^[A-Z]{1,2}$/.test(code) || !/^\d{2}$/.test(action) || (what !== '' && !limit && !/^[A-Z0-9]{3,5}$/.test(what)))
      return { rows, wrong: i + 1 }
    rows.push({
      code,
      sequence: rows.filter((r) => r.code === code).length + 1,
      ...(limit
        ? { threshold: { amount: limit[1]!, ...(limit[2] && { currency: limit[2] }), ...(limit[3] && { unit: limit[3] }) } }
        : what !== '' && { certificate: what }),
      action,
      ...(rate !== '' && { expression: parseExpression(rate) }),
    })
  }
  return { rows }
}

export const entryOf = (m: Measure): Entry => ({
  way: 'from',
  commodity: m.commodity,
  type: m.type,
  taxType: m.taxType,
  area: m.area,
  ...(m.excluded && { excluded: m.excluded.join(', ') }),
  ...(m.preferences && { preferences: m.preferences.join(', ') }),
  ...(m.orderNumber && { orderNumber: m.orderNumber }),
  ...(m.additionalCode && { additionalCode: m.additionalCode }),
  ...(m.expression && { expression: printExpression(m.expression) }),
  ...(m.conditions && { conditions: m.conditions.map(printCondition).join('\n') }),
  ...(m.documents && { documents: m.documents.join(', ') }),
  ...(m.supplementaryUnit && { supplementaryUnit: m.supplementaryUnit }),
  source: m.source,
  validFrom: m.validFrom,
  ...(m.validTo && { validTo: m.validTo }),
})

const required = (path: string): Issue => ({ code: 'form.required', severity: 'error', path })

/** Nobody could read it: such a rate sends every declaration to an officer. */
export const isUnread = (text: string | undefined): boolean =>
  text !== undefined && text.trim() !== '' && parseExpression(text).some((c) => c.kind === 'text')

export const validate = (e: Entry): Issue[] => {
  if (e.way === 'end') return e.day ? [] : [required('/day')]
  const needed = ['type', 'taxType', 'area', 'source'] as const
  return [
    ...needed.flatMap((name) => (e[name] ? [] : [required(`/${name}`)])),
    ...(e.way === 'from' && !e.day ? [required('/day')] : []),
    ...((e.way === 'new' || e.way === 'correct') && !e.validFrom ? [required('/validFrom')] : []),
    ...(isUnread(e.expression) ? [{ code: 'trade.rate_unread', severity: 'error' as const, path: '/expression' }] : []),
    ...(readConditions(e.conditions).wrong === undefined
      ? []
      : [{ code: 'trade.condition_unread', severity: 'error' as const, path: '/conditions', params: { line: readConditions(e.conditions).wrong! } }]),
  ]
}

const rowOf = (e: Entry, base: Partial<Measure>, own: { id: string; administration: string; validFrom: string }): Measure => {
  const { rows } = readConditions(e.conditions)
  const {
    excluded: _e,
    preferences: _p,
    orderNumber: _o,
    additionalCode: _a,
    expression: _x,
    conditions: _c,
    documents: _d,
    supplementaryUnit: _s,
    validTo: _v,
    ...kept
  } = base
  const excluded = list(e.excluded)
  const preferences = list(e.preferences)
  const documents = list(e.documents)
  return {
    ...kept,
    ...own,
    commodity: e.commodity ?? '',
    type: e.type!,
    taxType: e.taxType!,
    area: e.area!,
    source: e.source!,
    ...(excluded && { excluded }),
    ...(preferences && { preferences }),
    ...(e.orderNumber && { orderNumber: e.orderNumber }),
    ...(e.additionalCode && { additionalCode: e.additionalCode }),
    ...(e.expression?.trim() && { expression: parseExpression(e.expression) }),
    ...(rows.length > 0 && { conditions: rows }),
    ...(documents && { documents }),
    ...(e.supplementaryUnit && { supplementaryUnit: e.supplementaryUnit }),
    ...(e.validTo && { validTo: e.validTo }),
  }
}

/** What is put into the proposal. `newId` names a measure that is new. */
export const changesOf = (e: Entry, before: Measure | null, administration: string, newId: string): Change[] => {
  if (e.way === 'end') return [{ op: 'end', what: 'measure', key: before!.id, validTo: e.day! }]
  if (e.way === 'correct')
    return [{ op: 'put', what: 'measure', row: rowOf(e, before!, { id: before!.id, administration, validFrom: e.validFrom! }) }]
  const put = (validFrom: string): Change => ({ op: 'put', what: 'measure', row: rowOf(e, before ?? {}, { id: newId, administration, validFrom }) })
  if (e.way === 'new') return [put(e.validFrom!)]
  return [{ op: 'end', what: 'measure', key: before!.id, validTo: e.day! }, put(e.day!)]
}
