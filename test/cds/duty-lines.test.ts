/**
 * The tax lines of the sample pack's own notices as an oracle of the calculation: base × rate must give what they assessed. Each line goes
 * through `assess` with its base as customs value and its rate as the only measure.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimal } from '#kernel/decimal.ts'
import { formatMoney, toMajor } from '#kernel/money.ts'
import { readMessage } from '#modules/clearance'
import { assess } from '#rules/duty'
import type { Notification } from '#schema/clearance'
import type { AssessmentFacts, TaxLine } from '#schema/duty'
import { noPack, readPack } from './archive.ts'

type Line = NonNullable<Notification['taxLines']>[number]

const factsFor = (rate: string, mode: 'truncate' | 'half-up'): AssessmentFacts => ({
  administration: 'GB',
  currency: 'GBP',
  rounding: { mode, perLine: true },
  duty: { defaultMethod: 'A', postponingRoles: [], overrideStatement: 'OVR', securityTypes: {} },
  date: '2026-01-01',
  rates: {},
  measures: {
    '1': [
      { id: 'line', type: '103', taxType: 'A00', area: '1011', preferences: ['100'], expression: [{ op: 'first', kind: 'percent', value: rate }] },
    ],
  },
})

const computed = (base: string, rate: string, mode: 'truncate' | 'half-up'): TaxLine => {
  const item = {
    itemNumber: 1,
    commodity: '00000000',
    additionalCodes: [],
    procedure: '4000',
    additionalProcedures: [],
    customsValue: { amount: base },
    adjustments: [],
    taxes: [],
    fiscalRoles: [],
    statements: [],
  }
  return assess({ adjustments: [], fiscalRoles: [], statements: [], items: [item] }, factsFor(rate, mode)).lines[0]!
}

type Verdict = 'exact' | 'truncated' | 'half-up differs' | 'nothing assessed' | 'rate printed short' | 'disagrees'

/** How a line of a notice compares with ours. Relief is added back: notices print what is assessed after it. */
const judge = (line: Line): Verdict => {
  const base = line.base!.amount
  const full = decimal(line.assessed!.amount).plus(line.deduct?.amount ?? '0')
  const ours = computed(base, line.rate!, 'truncate')
  const exact = decimal(base).times(line.rate!).div(100)
  if (toMajor(ours.assessed).eq(full)) {
    if (exact.eq(full)) return 'exact'
    return formatMoney(computed(base, line.rate!, 'half-up').assessed) === formatMoney(ours.assessed) ? 'truncated' : 'half-up differs'
  }
  if (full.isZero()) return 'nothing assessed'
  // Notices print two decimals of the rate: a third one explains what is assessed.
  const rate = full.div(base).times(100)
  return rate.toDecimalPlaces(2, 1).eq(line.rate!) && toMajor(computed(base, rate.toFixed(), 'truncate').assessed).eq(full)
    ? 'rate printed short'
    : 'disagrees'
}

test('267 ad-valorem lines of the pack’s notices: base × rate gives what they assess', { skip: noPack }, (t) => {
  const lines: { where: string; line: Line }[] = []
  for (const [folder, files] of readPack().folders)
    for (const [name, bytes] of files) {
      const message = readMessage(bytes)
      if (message.kind !== 'wco-dms-notification' || !message.document) continue
      const notice = message.document as Notification
      for (const line of notice.taxLines ?? [])
        if (line.base && line.rate !== undefined && line.assessed) lines.push({ where: `${folder}/${name} ${line.type}`, line })
    }
  const verdicts = lines.map(({ where, line }) => ({ where, verdict: judge(line) }))
  const counts = Object.fromEntries([...Map.groupBy(verdicts, (v) => v.verdict)].map(([verdict, all]) => [verdict, all.length]))
  t.diagnostic(
    `${lines.length} lines: ${Object.entries(counts)
      .map(([verdict, n]) => `${n} ${verdict}`)
      .join(', ')}`,
  )
  assert.deepEqual(
    verdicts.filter((v) => v.verdict === 'disagrees'),
    [],
  )
  assert.equal(lines.length, 267)
  assert.ok((counts['half-up differs'] ?? 0) > 0, 'no line would tell truncation from rounding half up')
  assert.ok((counts['nothing assessed'] ?? 0) <= 10)
})
