/**
 * Goods items of imports assessed: measures selected from the tariff that ships, options compared, duty, defence, excise, levies and VAT
 * computed by line with their trace. Yardstick of the same run: the bare sum base × rate over the same lines, in the same exact decimals,
 * with rate and base known beforehand. Rounds of both take turns, so that a busy machine troubles both.
 */
import { Decimal, decimal } from '#kernel/decimal.ts'
import { formatMoney, toMajor } from '#kernel/money.ts'
import { shippedTariff, type Tariff } from '#modules/trade'
import { assess } from '#rules/duty'
import type { AssessmentFacts, AssessmentInput, AssessmentItem, TaxLine } from '#schema/duty'

const date = '2026-11-25'
const itemsEach = 5
const declarations = 400
const origins = ['CN', 'VN', 'TR', 'DE', 'FR', 'US', 'BD', 'ZA', 'EG', 'BR']

/** The same numbers in every run (Lehmer). */
const createChance = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const settings: Omit<AssessmentFacts, 'measures'> = {
  administration: 'XV',
  currency: 'VRC',
  rounding: { mode: 'half-up', perLine: true },
  duty: { defaultMethod: 'A', postponingRoles: ['FR1'], overrideStatement: 'OVR', securityTypes: { other: 'ACS' } },
  date,
  rates: { EUR: '2.4', USD: '2.2' },
}

/** Documents that let goods under control pass, so that the items are computed and not left to an officer. */
const documentsOf = (tariff: Tariff): string[] => [
  ...new Set(tariff.rows.measures.filter((m) => m.taxType === '').flatMap((m) => m.conditions?.flatMap((c) => c.certificate ?? []) ?? [])),
]

const itemOf = (tariff: Tariff, code: string, itemNumber: number, documents: string[], chance: (below: number) => number): AssessmentItem => {
  const origin = origins[chance(origins.length)]!
  const unit = tariff.commodity('XV', code, date).supplementaryUnit
  const claims = ['100', '200', '300'][chance(8)]
  return {
    itemNumber,
    commodity: code,
    additionalCodes: [],
    origin,
    procedure: '4000',
    additionalProcedures: chance(20) === 0 ? ['C07'] : [],
    price: { amount: `${100 + chance(90_000)}.${10 + chance(90)}`, currency: ['VRC', 'EUR', 'USD'][chance(3)]! },
    adjustments: [],
    netMassKg: `${1 + chance(9000)}.${chance(10)}`,
    grossMassKg: `${10_000 + chance(9000)}`,
    ...(unit && { supplementary: { value: String(1 + chance(5000)), unit } }),
    taxes: claims ? [{ type: 'A00', preference: claims }] : [],
    fiscalRoles: [],
    statements: [],
    documents,
  }
}

const inputsOf = (tariff: Tariff): AssessmentInput[] => {
  const chance = createChance(20_261_125)
  const documents = documentsOf(tariff)
  const codes = tariff.rows.commodities.filter((c) => c.administration === 'XV' && c.declarable).map((c) => c.code)
  return Array.from({ length: declarations }, () => ({
    adjustments: [],
    fiscalRoles: [],
    statements: [],
    items: Array.from({ length: itemsEach }, (_, i) => itemOf(tariff, codes[chance(codes.length)]!, i + 1, documents, chance)),
  }))
}

/** Everything from the code to the tax lines. */
const assessOne = (tariff: Tariff, input: AssessmentInput): TaxLine[] => {
  const measures = Object.fromEntries(
    input.items.map((i) => [
      String(i.itemNumber),
      [...tariff.measuresFor({ administration: 'XV', hsCode: i.commodity!, date, ...(i.origin && { origin: i.origin }) })],
    ]),
  )
  return assess(input, { ...settings, measures }).lines
}

type Row = { base: Decimal; rate: Decimal }

/** Bases and rates of the tax lines; a line that is no mere percentage counts as base × what it came to. */
const rowsOf = (lines: readonly TaxLine[]): Row[] =>
  lines.map((l) => {
    const base = 'amount' in l.base ? toMajor(l.base.amount) : toMajor(l.assessed)
    return { base, rate: l.rate === null ? new Decimal(1) : decimal(l.rate).div(100) }
  })

const bareSum = (rows: readonly Row[]): Decimal => rows.reduce((total, row) => total.plus(row.base.times(row.rate)), new Decimal(0))

/** Runs `once` again and again for so long, and answers the milliseconds of one run. */
const measure = (once: () => void, milliseconds: number): { runs: number; took: number } => {
  const began = performance.now()
  let runs = 0
  do {
    once()
    runs++
  } while (performance.now() - began < milliseconds)
  return { runs, took: performance.now() - began }
}

const rounds = 10

/** Runs the benchmark and answers its one object. Flag: `--seconds N` (10), half of it for each side. */
export const bench = (flags: { seconds?: string }): Promise<Record<string, unknown>> => {
  const seconds = Number(flags.seconds ?? 10)
  const tariff = shippedTariff()
  const inputs = inputsOf(tariff)
  const lines = inputs.flatMap((input) => assessOne(tariff, input))
  const rows = rowsOf(lines)
  const ours = (): void => inputs.forEach((input) => assessOne(tariff, input))
  const bare = (): void => void bareSum(rows)
  process.stderr.write('warming up\n')
  measure(ours, 1000)
  measure(bare, 500)
  const total = { ours: { runs: 0, took: 0 }, bare: { runs: 0, took: 0 } }
  for (let round = 0; round < rounds; round++)
    for (const [side, once] of [
      ['ours', ours],
      ['bare', bare],
    ] as const) {
      const { runs, took } = measure(once, (seconds * 500) / rounds)
      total[side].runs += runs
      total[side].took += took
    }
  const perSecond = (count: number, { runs, took }: { runs: number; took: number }): number => Math.round((count * runs * 1000) / took)
  const items = inputs.length * itemsEach
  const assessed = { itemsPerSecond: perSecond(items, total.ours), taxLinesPerSecond: perSecond(lines.length, total.ours) }
  const yardstick = perSecond(rows.length, total.bare)
  const manual = lines.filter((l) => l.status === 'manual').length
  return Promise.resolve({
    bench: 'assess',
    ok: true,
    declarations: inputs.length,
    items,
    taxLines: lines.length,
    manual,
    payable: formatMoney(lines.reduce((sum, l) => ({ ...sum, minor: sum.minor + l.payable.minor }), { minor: 0, currency: 'VRC' })),
    ...assessed,
    yardstick: { name: 'bare decimal sum base × rate over the same tax lines', taxLinesPerSecond: yardstick },
    ratio: Math.round((assessed.taxLinesPerSecond / yardstick) * 1000) / 1000,
  })
}
