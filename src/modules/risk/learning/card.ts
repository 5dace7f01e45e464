/** The model card (Mitchell et al. 2019): what it is for, what it was made of, how well it ranked rows it had not seen, and what to beware of. */
import { calibrated, calibrationError } from './calibrate.ts'
import { find } from './hashing.ts'
import { createHasher } from './keys.ts'
import { gainOf } from './forest.ts'
import { areaUnderCurve, atCut, averagePrecision, wilson } from './metrics.ts'
import type { Fitted } from './fit.ts'
import type { Model, Plan } from './model.ts'

type Measured = { n: number; positives: number; auc: number | null }

const measure = (margins: ArrayLike<number>, labels: Uint8Array): Measured => {
  const positives = labels.reduce((t, y) => t + y, 0)
  const auc = areaUnderCurve(margins, labels)
  return { n: labels.length, positives, auc: Number.isNaN(auc) ? null : auc }
}

const rounded = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(5))
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, rounded(v)]))
  return value
}

const cutOf = (margins: Float64Array, labels: Uint8Array, percent: number) => {
  const cut = atCut(margins, labels, percent)
  return { ...cut, precisionInterval95: wilson(Math.round(cut.precision * cut.selected), cut.selected) }
}

/** Held rows whose firm (the first column of a party that says importer, else the first) the fitted rows know, and those it does not. */
const byNovelty = (plan: Plan, margins: Float64Array): Record<string, Measured> => {
  const parties = plan.columns.filter((c) => c.role === 'party')
  const party = parties.find((c) => /importer/i.test(c.name)) ?? parties[0]
  if (!party) return {}
  const known = new Set(plan.probe.table.columns.get(party.name)!)
  const cells = plan.held.table.columns.get(party.name)!
  return groups(margins, plan.held.labels, (r) => `${party.name} ${known.has(cells[r]!) ? 'known' : 'new'}`)
}

const byOffice = (plan: Plan, margins: Float64Array): Record<string, Measured> => {
  const office = plan.columns.find((c) => c.role === 'category' && /office/i.test(c.name))
  if (!office) return {}
  const cells = plan.held.table.columns.get(office.name)!
  return groups(margins, plan.held.labels, (r) => `${office.name} ${cells[r]}`)
}

const groups = (margins: Float64Array, labels: Uint8Array, nameOf: (row: number) => string): Record<string, Measured> => {
  const rows = new Map<string, number[]>()
  labels.forEach((_, r) => rows.set(nameOf(r), [...(rows.get(nameOf(r)) ?? []), r]))
  return Object.fromEntries(
    [...rows]
      .filter(([, list]) => list.length >= 100)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, list]) => [
        name,
        measure(
          list.map((r) => margins[r]!),
          Uint8Array.from(list, (r) => labels[r]!),
        ),
      ]),
  )
}

const exactRole = (model: Model, key: number): boolean =>
  model.recipe.keys[key]!.parts.some((p) => ['mass', 'value'].includes(model.recipe.columns.find((c) => c.name === p.column)?.role ?? ''))

/** Share of held rows whose exact value or mass, with the code, the fitted rows had already. */
const repeatShare = (plan: Plan, fitted: Fitted): number => {
  const k = fitted.recipe.keys.findIndex((key, i) => key.parts.length === 2 && exactRole({ recipe: fitted.recipe } as Model, i))
  if (k < 0) return 0
  const { low, high } = createHasher(plan.held.table)(fitted.recipe.keys[k]!)
  return low.filter((l, r) => find(fitted.recipe.tables[k]!.lookup, l, high[r]!) >= 0).length / Math.max(1, low.length)
}

const warningsOf = (model: Model, gains: Float64Array, repeats: number): string[] => {
  const total = gains.reduce((t, g) => t + g, 0)
  const exact = model.recipe.features.reduce((t, f, i) => t + ('key' in f && exactRole(model, f.key) ? gains[i]! : 0), 0) / Math.max(total, 1e-12)
  const warnings = [
    'Learned from rows that were examined. What was never examined is unknown, not clean: probabilities do not carry over to all traffic until they are refitted on a random sample.',
    'Figures are of held-back rows of the same file and may not hold when trade or fraud changes; measure again on each new quarter.',
  ]
  if (model.calibration.kind === 'none') warnings.push('Too few findings were held back to calibrate: probabilities are the raw ones of the trees.')
  if (exact > 0.3)
    warnings.push(
      `${Math.round(exact * 100)} % of what the trees gained comes from exact repeats of a declared value or mass (${Math.round(repeats * 100)} % of held rows repeat one with its code). Generated or copied data have such repeats, live trade has few: expect much less there.`,
    )
  return warnings
}

/** `hash` is that of the model's bytes. Numbers of performance are the probe's, on rows that neither trees nor rates had seen. */
export const cardOf = (model: Model, plan: Plan, probe: Fitted, hash: string) => {
  const gains = gainOf(model.forest)
  const total = gains.reduce((t, g) => t + g, 0)
  const { margins } = probe
  const { labels } = plan.held
  const dates = plan.columns.find((c) => c.role === 'date')
  const period = (cells: string[]): { from: string; to: string } =>
    cells.reduce((p, c) => ({ from: c < p.from ? c : p.from, to: c > p.to ? c : p.to }), { from: cells[0]!, to: cells[0]! })
  const probabilities = margins.map((m) => calibrated(model.calibration, m))
  const repeats = repeatShare(plan, probe)
  return rounded({
    purpose: `Ranks declarations by the likelihood that ${model.label.column} is ${model.label.positive}, for officers to decide what to examine. It decides nothing.`,
    hash,
    seed: model.seed,
    label: model.label,
    trainedOn: { rows: plan.rows, positives: plan.positives, ...(dates && { period: period(plan.final.table.columns.get(dates.name)!) }) },
    heldBack: {
      how: plan.held.how,
      ...(dates && { period: period(plan.held.table.columns.get(dates.name)!) }),
      ...measure(margins, labels),
      averagePrecision: averagePrecision(margins, labels),
      atCut: [1, 5, 10, 20].map((p) => cutOf(margins, labels, p)),
      byNovelty: byNovelty(plan, margins),
      byOffice: byOffice(plan, margins),
    },
    calibration: { kind: model.calibration.kind, onTheRowsItWasFittedOn: calibrationError(probabilities, labels) },
    trees: model.forest.trees.length,
    options: model.options,
    monotone: plan.final.monotone,
    columns: Object.fromEntries(plan.columns.map((c) => [c.name, c.role])),
    gain: model.recipe.features
      .map((f, i) => ({ feature: f.name, share: gains[i]! / Math.max(total, 1e-12) }))
      .toSorted((a, b) => b.share - a.share)
      .slice(0, 25),
    saidNothing: model.recipe.dropped,
    warnings: warningsOf(model, gains, repeats),
    approvedBy: null,
  }) as Card
}

export type Card = {
  purpose: string
  hash: string
  seed: number
  trainedOn: { rows: number; positives: number; period?: { from: string; to: string } }
  heldBack: Measured & {
    how: string
    averagePrecision: number
    atCut: (ReturnType<typeof atCut> & { precisionInterval95: [number, number] })[]
    byNovelty: Record<string, Measured>
  }
  calibration: { kind: string; onTheRowsItWasFittedOn: { ece: number; brier: number } }
  trees: number
  gain: { feature: string; share: number }[]
  saidNothing: string[]
  warnings: string[]
}

/** The card as people read it. */
export const cardText = (card: Card): string => {
  const { trainedOn, heldBack, calibration } = card
  const period = trainedOn.period ? ` of ${trainedOn.period.from} to ${trainedOn.period.to}` : ''
  const lines = [
    '# Model card',
    '',
    card.purpose,
    '',
    `- Learned from ${trainedOn.rows} rows${period}, ${trainedOn.positives} of them positive; seed ${card.seed}; ${card.trees} trees; hash \`${card.hash}\``,
    `- Held back: ${heldBack.how}, ${heldBack.n} rows, ${heldBack.positives} positive: AUC ${heldBack.auc}, average precision ${heldBack.averagePrecision}`,
    ...heldBack.atCut.map(
      (c) =>
        `- Top ${c.percent} % (${c.selected} rows): precision ${c.precision} (95 %: ${c.precisionInterval95.join(' to ')}), recall ${c.recall} (at best ${c.ceiling})`,
    ),
    ...Object.entries(heldBack.byNovelty).map(([name, m]) => `- ${name}: AUC ${m.auc}, n = ${m.n}`),
    `- Probabilities: ${calibration.kind}; error ${calibration.onTheRowsItWasFittedOn.ece}, Brier score ${calibration.onTheRowsItWasFittedOn.brier}, on the held rows that they were fitted on`,
    '- Approved by: nobody yet',
    '',
    '## Beware',
    '',
    ...card.warnings.map((w) => `- ${w}`),
    '',
    '## What it looks at',
    '',
    ...card.gain.map((g) => `- ${g.feature}: ${(g.share * 100).toFixed(1)} %`),
    '',
    `Said nothing out of fold and was left out: ${card.saidNothing.join('; ') || 'none'}.`,
    '',
  ]
  return lines.join('\n')
}
