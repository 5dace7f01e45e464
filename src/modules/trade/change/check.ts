/** Whether a change may be proposed: everything that is wrong with it at once. Pure. */
import { error, warning, type Issue } from '#kernel/issue.ts'
import { everywhereCode } from '../areas.ts'
import { ruleIssues } from '../expression/check.ts'
import { measureTypes, seriesOf, type Change, type Commodity, type Measure } from '../schema.ts'
import type { Tariff } from '../snapshot.ts'
import type { Index } from './difference.ts'

type On = {
  tariff: Tariff
  index: Index
  /** codes of lines, areas and terms that the same batch brings */ brought: ReadonlySet<string>
  /** of a file: what hangs on no line is told, and charges nothing */ lenient: boolean
}

const rangeIssues = (row: { validFrom: string; validTo?: string }, path: string): Issue[] =>
  row.validTo && row.validTo <= row.validFrom ? [error('trade.change_range', `${path}/validTo`, { from: row.validFrom, to: row.validTo })] : []

const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code)

const areaIssues = ({ tariff, brought }: On, area: string, m: Measure, path: string): Issue[] =>
  isCountry(area) || area === everywhereCode || brought.has(`area/${area}`) || tariff.areas.find(area, m.validFrom, m.administration) !== undefined
    ? []
    : [error('trade.change_area_unknown', path, { area })]

const termIssues = (on: On, m: Measure, path: string): Issue[] => {
  const unknown = (kind: 'certificate' | 'footnote' | 'additional-code', code: string, at: string): Issue[] =>
    on.brought.has(`${kind}/${code}`) || on.tariff.term(m.administration, kind, code, m.validFrom)
      ? []
      : [warning('trade.change_term_unknown', at, { kind, code })]
  return [
    ...(m.footnotes ?? []).flatMap((code, i) => unknown('footnote', code, `${path}/footnotes/${i}`)),
    ...(m.conditions ?? []).flatMap((c, i) => (c.certificate ? unknown('certificate', c.certificate, `${path}/conditions/${i}/certificate`) : [])),
  ]
}

const charges = new Set(['C', 'D', 'J', 'P', 'Q', 'E', 'F'])

const contentIssues = (m: Measure, path: string): Issue[] => {
  const series = seriesOf(m)
  const issues: Issue[] = [
    ...ruleIssues(m.expression, `${path}/expression`),
    ...(m.conditions ?? []).flatMap((c, i) => ruleIssues(c.expression, `${path}/conditions/${i}/expression`)),
  ]
  if (!series) issues.push(error('trade.change_series_missing', `${path}/series`, { type: m.type }))
  const own = m.conditions?.some((c) => c.expression)
  if (series && charges.has(series) && !m.expression && !own) issues.push(error('trade.change_rate_missing', `${path}/expression`, { type: m.type }))
  if (series && charges.has(series) && m.taxType === '') issues.push(error('trade.change_tax_missing', `${path}/taxType`, { type: m.type }))
  if (series === 'C' && !m.preferences) issues.push(error('trade.change_preference_missing', `${path}/preferences`, { type: m.type }))
  if (series === 'O' && !m.supplementaryUnit) issues.push(error('trade.change_unit_missing', `${path}/supplementaryUnit`))
  if (m.expression?.some((c) => c.kind === 'text'))
    issues.push(warning('trade.change_rate_text', `${path}/expression`, { text: m.expression[0]?.text ?? '' }))
  if (Object.hasOwn(measureTypes, m.type) && ['122', '123', '143', '146', '147'].includes(m.type) && !m.orderNumber)
    issues.push(error('trade.change_order_missing', `${path}/orderNumber`))
  return issues
}

const measureIssues = (on: On, m: Measure, path: string): Issue[] => {
  const known =
    m.commodity === '' || on.brought.has(`commodity/${m.commodity}`) || on.tariff.commodity(m.administration, m.commodity, m.validFrom).exists
  return [
    ...(known
      ? []
      : [(on.lenient ? warning : error)('trade.change_commodity_unknown', `${path}/commodity`, { code: m.commodity, date: m.validFrom })]),
    ...[m.area, ...(m.excluded ?? [])].flatMap((a, i) => areaIssues(on, a, m, i === 0 ? `${path}/area` : `${path}/excluded/${i - 1}`)),
    ...contentIssues(m, path),
    ...termIssues(on, m, path),
    ...rangeIssues(m, path),
  ]
}

const commodityIssues = (on: On, c: Commodity, path: string): Issue[] => {
  const parent = c.parent
  const there = parent === undefined || on.brought.has(`line/${parent}`) || on.tariff.line(c.administration, parent, c.validFrom) !== undefined
  return [
    ...(there ? [] : [error('trade.change_parent_unknown', `${path}/parent`, { parent: parent!, code: c.code })]),
    ...(parent === undefined && c.code.length > 2 ? [error('trade.change_parent_missing', `${path}/parent`, { code: c.code })] : []),
    ...(c.names['en'] ? [] : [error('trade.change_name_missing', `${path}/names`, { code: c.code })]),
    ...rangeIssues(c, path),
  ]
}

const oneIssues = (on: On, c: Change, path: string): Issue[] => {
  if (c.op === 'put') {
    if (c.what === 'measure') return measureIssues(on, c.row, `${path}/row`)
    return c.what === 'commodity' ? commodityIssues(on, c.row, `${path}/row`) : rangeIssues(c.row, `${path}/row`)
  }
  const before = on.index(c.what, c.key)
  if (!before) return [error('trade.change_record_unknown', `${path}/key`, { key: c.key })]
  if (c.op === 'end' && c.validTo <= before.validFrom)
    return [error('trade.change_range', `${path}/validTo`, { from: before.validFrom, to: c.validTo })]
  return []
}

const broughtBy = (changes: readonly Change[]): Set<string> =>
  new Set(
    changes.flatMap((c): string[] => {
      if (c.op !== 'put') return []
      if (c.what === 'area') return [`area/${c.row.code}`]
      if (c.what === 'term') return [`${c.row.kind}/${c.row.code}`]
      if (c.what === 'measure') return []
      return [`commodity/${c.row.code}`, `line/${c.row.suffix && c.row.suffix !== '80' ? `${c.row.code}/${c.row.suffix}` : c.row.code}`]
    }),
  )

type Checking = { /** changes of the same batch that stand already */ among?: readonly Change[]; lenient?: boolean }

/** Issues of all changes; paths name the change by its place. */
export const checkChanges = (tariff: Tariff, index: Index, changes: readonly Change[], { among = [], lenient = false }: Checking = {}): Issue[] => {
  const on: On = { tariff, index, brought: broughtBy([...among, ...changes]), lenient }
  return changes.flatMap((c, i) => oneIssues(on, c, `/put/${i}`))
}
