import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import { type Measured, ModelCard } from '../src/modules/inspection/schema/model-card.ts'

const repository = join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(repository, file), 'utf8')

type Told = (m: Measured) => string
type Of = (m: Measured) => number | null | undefined
type Bounds = (m: Measured) => readonly [number, number] | undefined
/** A value and its interval in one form; a dash where there is no such figure. */
const written =
  (form: (v: number) => string, unit: string) =>
  (of: Of, bounds: Bounds = () => undefined): Told =>
  (m) => {
    const [value, range] = [of(m), bounds(m)]
    if (value === null || value === undefined) return '–'
    return `${form(value)}${unit}${range ? ` (${form(range[0])}–${form(range[1])})` : ''}`
  }
const share = written((v) => (v * 100).toFixed(1), ' %')
const figure = written((v) => v.toFixed(2), '')
const rows: Record<string, Told> = {
  'items with a threat + clear (groups)': (m) => `${m.positives} + ${m.negatives} (${m.groups})`,
  'found (TPR)': share((m) => m.truePositiveRate, (m) => m.intervals.truePositiveRate), // prettier-ignore
  'false alarms (FAR)': share((m) => m.falseAlarmRate, (m) => m.intervals.falseAlarmRate), // prettier-ignore
  accuracy: share((m) => m.accuracy, (m) => m.intervals.accuracy), // prettier-ignore
  'found where 4.67 % are false alarms': share((m) => m.truePositiveRateAtClaimedFar),
  AUC: figure((m) => m.auc, (m) => m.intervals.auc), // prettier-ignore
  mAP50: figure((m) => m.map50, (m) => m.intervals.map50), // prettier-ignore
  'ms an item, mean': (m) => (m.msPerItem === undefined ? '–' : m.msPerItem.toFixed(0)),
}

test('README says of the bags detector what its card says, in three columns', () => {
  const { version, measured } = Value.Parse(ModelCard, JSON.parse(read('data/models/bags/card.json')))
  const columns = [measured.real, measured.tip, measured.simulated]
  const lines = [
    `| Bags detector ${version} (95 % intervals) | Real held-out | TIP on real bags | SIMULATED |`,
    '|---|---|---|---|',
    ...Object.entries(rows).map(([name, told]) => `| ${name} | ${columns.map((m) => (m ? told(m) : '–')).join(' | ')} |`),
  ]
  assert.ok(read('README.md').includes(lines.join('\n')), `README.md should hold:\n${lines.join('\n')}`)
})
