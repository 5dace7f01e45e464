/**
 * Learning: features, training and scoring timed apart, on the published declarations where they lie beside the repository, else on made-up
 * ones. Beside it XGBoost of python3, when the machine has it, on the very same feature columns.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { train } from '../src/modules/risk/service/training.ts'
import { binColumns } from '../src/modules/risk/learning/bins.ts'
import { boost } from '../src/modules/risk/learning/boost.ts'
import { foldsOf } from '../src/modules/risk/learning/encoding.ts'
import { applyRecipe, learnRecipe } from '../src/modules/risk/learning/features.ts'
import { areaUnderCurve, atCut } from '../src/modules/risk/learning/metrics.ts'
import { planTraining, type Model, type TrainOptions } from '../src/modules/risk/learning/model.ts'
import { byRow, packForest, scorePacked } from '../src/modules/risk/learning/pack.ts'
import { seeded } from '../src/kernel/random.ts'
import { parseTable, type Table } from '../src/modules/risk/learning/table.ts'

const folder = join(import.meta.dirname, '../../shared/data/declarations')
const options: TrainOptions = { label: 'Fraud', positive: '1', seed: 1 }

const tableOf = (text: string): Table => {
  const table = parseTable(text)
  if (!table.ok) throw new Error(JSON.stringify(table.issues))
  return table.value
}

const madeUp = (rows: number, stream: string): Table => {
  const random = seeded(1, `bench gbdt ${stream}`)
  const lines = ['Date,Office ID,HS6 Code,Country of Departure,Country of Origin,Tax Rate,Tax Type,Importer ID,Net Mass,Item Price,Fraud']
  for (let r = 0; r < rows; r++) {
    const [code, origin, departure] = [random.below(2000), random.below(60), random.below(60)]
    const mass = Math.exp(random.next() * 12)
    const unit = (1 + (code % 90)) * (0.5 + random.next())
    const risk = (code * 7 + origin * 3 + (departure % 5)) % 9 === 0 ? 0.85 : unit < 1 + (code % 90) * 0.7 ? 0.3 : 0.04
    const day = String(1 + Math.floor((r / rows) * 28)).padStart(2, '0')
    lines.push(
      [
        `2026-01-${day}`,
        random.below(40),
        String(10_000 + code * 17).padStart(6, '0'),
        `D${departure}`,
        `O${origin}`,
        code % 14,
        `T${origin % 6}`,
        `F${random.below(9000)}`,
        mass.toFixed(1),
        (mass * unit).toFixed(2),
        random.next() < risk ? 1 : 0,
      ].join(','),
    )
  }
  return tableOf(lines.join('\n'))
}

const data = (): { from: string; early: Table; late: Table } =>
  existsSync(join(folder, 'train.csv'))
    ? {
        from: 'published',
        early: tableOf(readFileSync(join(folder, 'train.csv'), 'utf8')),
        late: tableOf(readFileSync(join(folder, 'valid.csv'), 'utf8')),
      }
    : { from: 'made up', early: madeUp(37_000, 'early'), late: madeUp(8000, 'late') }

const seconds = (ms: number): number => Math.round(ms) / 1000
const clock = <T>(work: () => T): { result: T; ms: number } => {
  const began = performance.now()
  const result = work()
  return { result, ms: performance.now() - began }
}

/** Scoring over and over for two seconds: binning and trees, without the features, and with them. */
const scoring = (model: Model, late: Table): Record<string, number> => {
  const packed = packForest(model.forest)
  const features = clock(() => applyRecipe(model.recipe, late))
  const score = (): Float64Array => {
    const binned = binColumns(features.result, model.edges, late.rows)
    return scorePacked(packed, byRow(binned.bytes, late.rows, binned.features), late.rows)
  }
  for (let k = 0; k < 5; k++) score()
  let rows = 0
  const spent = process.cpuUsage()
  const began = performance.now()
  while (performance.now() - began < 2000) {
    score()
    rows += late.rows
  }
  const wall = performance.now() - began
  const cpu = process.cpuUsage(spent)
  const again = clock(() => applyRecipe(model.recipe, late))
  return {
    rowsPerSecond: Math.round(rows / (wall / 1000)),
    // On a machine that others use too, the wall clock measures them as well.
    rowsPerCpuSecond: Math.round(rows / ((cpu.user + cpu.system) / 1e6)),
    featureRowsPerSecond: Math.round(late.rows / (again.ms / 1000)),
    trees: model.forest.trees.length,
    nodes: packed.lefts.length,
  }
}

const python = `
import json, sys, time
import numpy as np
import xgboost as xgb
d, n, m, f, rounds = sys.argv[1], *map(int, sys.argv[2:6])
X = np.fromfile(d + '/x', dtype='<f8').reshape(f, n).T.copy()
y = np.fromfile(d + '/y', dtype='u1')
V = np.fromfile(d + '/v', dtype='<f8').reshape(f, m).T.copy()
p = dict(objective='binary:logistic', tree_method='hist', grow_policy='lossguide', max_leaves=48, max_depth=10, eta=0.1, subsample=0.7,
         colsample_bytree=0.6, reg_lambda=5, min_child_weight=2, max_bin=255, nthread=1, seed=1)
t = time.perf_counter(); b = xgb.train(p, xgb.DMatrix(X, label=y), rounds); fit = time.perf_counter() - t
D = xgb.DMatrix(V); b.predict(D, output_margin=True)
t = time.perf_counter(); s = b.predict(xgb.DMatrix(V), output_margin=True); score = time.perf_counter() - t
s.astype('<f8').tofile(d + '/s')
print(json.dumps(dict(version=xgb.__version__, trainSeconds=round(fit, 3), rowsPerSecond=round(m / score))))
`

type Columns = { train: Float64Array[]; labels: Uint8Array; late: Float64Array[]; truth: Uint8Array; rounds: number }

/** The same columns, trees and settings in XGBoost on one thread; null when python3 has none. */
const xgboost = ({ train: columns, labels, late, truth, rounds }: Columns): Record<string, unknown> | null => {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-gbdt-'))
  const write = (name: string, parts: readonly NodeJS.ArrayBufferView[]): void =>
    writeFileSync(join(directory, name), Buffer.concat(parts.map((p) => Buffer.from(p.buffer, p.byteOffset, p.byteLength))))
  try {
    write('x', columns)
    write('y', [labels])
    write('v', late)
    const sizes = [labels.length, truth.length, columns.length, rounds].map(String)
    const { status, stdout } = spawnSync('python3', ['-c', python, directory, ...sizes], { encoding: 'utf8', timeout: 300_000 })
    if (status !== 0) return null
    const bytes = readFileSync(join(directory, 's'))
    const scores = Array.from({ length: truth.length }, (_, r) => bytes.readDoubleLE(8 * r))
    return { ...(JSON.parse(stdout) as object), auc: areaUnderCurve(scores, truth) }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

export const bench = async (): Promise<Record<string, unknown>> => {
  const { from, early, late } = data()
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  say(`training on ${early.rows} rows (${from})`)
  const spent = process.cpuUsage()
  const began = performance.now()
  const trained = await train(early, options)
  const whole = performance.now() - began
  const cpu = process.cpuUsage(spent)
  const planned = planTraining(early, options)
  if (!trained.ok || !planned.ok) throw new Error(JSON.stringify(trained.issues))
  const { model } = trained.value
  const { table, columns, targets, options: settings } = planned.value.final
  say('features, trees and scoring apart, one thread')
  const learned = clock(() => learnRecipe(table, columns, targets, foldsOf(table.rows, 1)))
  const binned = clock(() => binColumns(learned.result.values, model.edges, table.rows))
  const rounds = model.forest.trees.length
  const trees = clock(() => boost({ data: binned.result, labels: targets[0]! }, { ...settings, rounds }))
  const lateColumns = applyRecipe(model.recipe, late)
  const truth = Uint8Array.from(late.columns.get('Fraud')!, (c) => (c === '1' ? 1 : 0))
  const binnedLate = binColumns(lateColumns, model.edges, late.rows)
  const scores = scorePacked(packForest(model.forest), byRow(binnedLate.bytes, late.rows, binnedLate.features), late.rows)
  const scored = scoring(model, late)
  say('XGBoost, if python3 has it')
  const other = xgboost({ train: learned.result.values, labels: targets[0]!, late: lateColumns, truth, rounds })
  return {
    bench: 'gbdt',
    ok: true,
    data: from,
    rows: early.rows,
    features: model.recipe.features.length,
    trainSeconds: {
      wholeOnTwoThreads: seconds(whole),
      cpuOfBoth: seconds((cpu.user + cpu.system) / 1000),
      features: seconds(learned.ms),
      binning: seconds(binned.ms),
      trees: seconds(trees.ms),
    },
    scoring: scored,
    laterRows: {
      rows: late.rows,
      auc: areaUnderCurve(scores, truth),
      precisionAt5: atCut(scores, truth, 5).precision,
      precisionAt10: atCut(scores, truth, 10).precision,
    },
    yardstick: other
      ? { name: 'XGBoost of python3, one thread, the same columns and number of trees', ...other }
      : 'python3 has no xgboost on this machine',
    ratio: other ? Math.round(((other['trainSeconds'] as number) / (trees.ms / 1000)) * 100) / 100 : null,
  }
}
