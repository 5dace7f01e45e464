/** What each key of a line of data/trade/tariff.txt means: one or several measures. The head of that file lists the keys for people. */
import { everywhereCode } from '../areas.ts'
import { parseExpression } from '../expression.ts'
import type { Condition, Expression, Measure } from '../schema.ts'

/** Rates of VAT by commodity. */
export const vatRates = { standard: '18', R: '8', Z: '0' } as const

export type Made = Omit<Measure, 'id' | 'administration' | 'commodity' | 'source' | 'validFrom'>
type Maker = (value: string, code: string) => Made | Made[]

const expressionOf = (text: string, code: string): Expression => {
  const expression = parseExpression(text)
  if (expression.some((c) => c.kind === 'text')) throw new Error(`tariff.txt: ${code} has a rate that cannot be read: ${text}`)
  return expression
}

const everybody = { area: everywhereCode } as const
const duty =
  (type: string, area: string, ...preferences: string[]) =>
  (value: string, code: string): Made => ({ type, taxType: 'A00', area, preferences, expression: expressionOf(value, code) })

/** The first parts between colons, and all that follows as one. */
const split = (value: string, parts: number): string[] => {
  const all = value.split(':')
  return [...all.slice(0, parts - 1), all.slice(parts - 1).join(':')].map((x) => x.trim())
}

const quota =
  (type: string, preference: string) =>
  (value: string, code: string): Made => {
    const [area, orderNumber, rate] = split(value, 3) as [string, string, string]
    return { ...duty(type, area, preference)(rate, code), orderNumber }
  }

/** `AREA:CODE RATE,CODE RATE`: a duty on top, by the exporter's additional code; …999 takes all others. Without a code it takes everybody. */
const onTop =
  (type: string, taxType: string): Maker =>
  (value, code) => {
    const [area, rows] = split(value, 2) as [string, string]
    return rows.split(',').map((row) => {
      const named = /^([0-9A-Z]{4}) (.+)$/.exec(row.trim())
      const rate = named?.[2] ?? row.trim()
      return { type, taxType, area, ...(named && { additionalCode: named[1]! }), expression: expressionOf(rate, code) }
    })
  }

/** `BASE @ PRICE > RATE @ PRICE > RATE …`: the highest price per 100 kg that the import price reaches gives the rate. */
const entryPrice: Maker = (value, code) => {
  const [base, ...steps] = value.split('@').map((x) => x.trim()) as [string, ...string[]]
  const conditions = steps.map((step, i): Condition => {
    const [amount, rate] = step.split('>').map((x) => x.trim()) as [string, string]
    return { code: 'V', sequence: i + 1, threshold: { amount, currency: 'VRC', unit: 'DTN' }, action: '01', expression: expressionOf(rate, code) }
  })
  return { ...duty('103', everywhereCode, '100')(base, code), conditions }
}

/** `TYPE:A|B`: one of these documents, or the goods are not let in. */
const control: Maker = (value) => {
  const [type, documents] = split(value, 2) as [string, string]
  const rows = documents.split('|').map((certificate, i): Condition => ({ code: 'B', sequence: i + 1, certificate, action: '29' }))
  return { type, taxType: '', ...everybody, documents: [documents], conditions: [...rows, { code: 'B', sequence: rows.length + 1, action: '09' }] }
}

/** `AREA:TAX:RATE > CERTIFICATE:RATE`: the second rate for whoever presents the invoice of a price undertaking. */
const undertaking: Maker = (value, code) => {
  const [plain, other] = value.split('>').map((x) => x.trim()) as [string, string]
  const [area, taxType, rate] = split(plain, 3) as [string, string, string]
  const [certificate, reduced] = split(other, 2) as [string, string]
  return {
    type: '552',
    taxType,
    area,
    expression: expressionOf(rate, code),
    conditions: [
      { code: 'A', sequence: 1, certificate, action: '01', expression: expressionOf(reduced, code) },
      { code: 'A', sequence: 2, action: '01', expression: expressionOf(rate, code) },
    ],
  }
}

/** What each key of a line means. */
export const makers: Readonly<Record<string, Maker>> = {
  mfn: duty('103', everywhereCode, '100'),
  entry: entryPrice,
  eur: duty('142', '3030', '300'),
  lev: duty('142', '3010', '300'),
  sou: duty('142', '3020', '300'),
  gsp: duty('142', '2005', '200'),
  // `AREA:MM-DD:MM-DD:RATE`: a preference of a season
  season: (value, code) => {
    const [area, from, to, rate] = split(value, 4) as [string, string, string, string]
    return { ...duty('142', area, '300')(rate, code), season: { from, to } }
  },
  // `AREA-EXCLUDED-EXCLUDED:RATE`
  pref: (value, code) => {
    const [areas, rate] = split(value, 2) as [string, string]
    const [area, ...excluded] = areas.split('-') as [string, ...string[]]
    return { ...duty('142', area, '300')(rate, code), ...(excluded.length > 0 && { excluded }) }
  },
  susp: duty('112', everywhereCode, '110'),
  enduse: duty('115', everywhereCode, '115', '140'),
  air: (value, code) => ({
    ...duty('119', everywhereCode, '119')(value, code),
    conditions: [
      { code: 'B', sequence: 1, certificate: 'C119', action: '27' },
      { code: 'B', sequence: 2, action: '07' },
    ],
  }),
  quota: (value, code) => quota('122', '120')(`${everywhereCode}:${value}`, code),
  pquota: quota('143', '320'),
  add: (value, code) => {
    const [area, taxType, rate] = split(value, 3) as [string, string, string]
    return { type: '552', taxType, area, expression: expressionOf(rate, code) }
  },
  ad: onTop('552', 'A30'),
  provisional: onTop('551', 'A35'),
  cvd: onTop('554', 'A40'),
  safeguard: onTop('696', 'A70'),
  additional: onTop('695', 'A20'),
  undertaking,
  excise: (value, code) => {
    const [taxType, rate] = split(value, 2) as [string, string]
    return { type: '306', taxType, ...everybody, basis: 'value-and-duty', expression: expressionOf(rate, code) }
  },
  levy: (value, code) => {
    const [taxType, rule] = split(value, 2) as [string, string]
    return { type: '306', taxType, ...everybody, expression: expressionOf(`= ${rule}`, code) }
  },
  unit: (value) => ({ type: '109', taxType: '', ...everybody, supplementaryUnit: value }),
  vat: (value, code) => ({ type: '305', taxType: 'B00', ...everybody, expression: expressionOf(`${vatRates[value as 'R' | 'Z']} %`, code) }),
  doc: (value) => ({ type: '410', taxType: '', ...everybody, documents: value.split(',') }),
  control,
  licence: (value) => {
    const stated: Condition = { code: 'B', sequence: 1, certificate: value, action: '24' }
    return { type: '475', taxType: '', ...everybody, documents: [value], conditions: [stated, { code: 'B', sequence: 2, action: '04' }] }
  },
  ban: (value) => value.split(',').map((area): Made => ({ type: '277', taxType: '', area })),
  watch: () => ({ type: '442', taxType: '', ...everybody }),
  // `AREA:PRICE`: the standard import value of the day
  siv: (value, code) => {
    const [area, price] = split(value, 2) as [string, string]
    return { type: '490', taxType: '', area, expression: expressionOf(price, code) }
  },
}

/** `CODE amount, amount, amount`: what a Meursing code adds for the agricultural component, for sugar and for flour, per 100 kg. */
export const meursingRows = (code: string, values: string): Made[] => {
  const [agricultural, sugar, flour, reduced] = values.split(',').map((x) => x.trim())
  const row = (type: string, amount: string | undefined, more: Partial<Made> = {}): Made[] =>
    amount ? [{ type, taxType: '', ...everybody, additionalCode: code, expression: expressionOf(`${amount} VRC / DTN`, code), ...more }] : []
  return [...row('674', agricultural), ...row('672', sugar), ...row('673', flour), ...row('674', reduced, { area: '3030', reduction: 1 })]
}
