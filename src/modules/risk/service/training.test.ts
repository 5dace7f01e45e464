import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { marginsOf } from '../learning/fit.ts'
import { areaUnderCurve, atCut } from '../learning/metrics.ts'
import { score, type TrainOptions } from '../learning/model.ts'
import { seeded } from '#kernel/random.ts'
import { parseTable, pick, type Table } from '../learning/table.ts'
import { explain } from '../learning/words.ts'
import { hashOf, readModel, writeModel } from './model-files.ts'
import { train } from './training.ts'

const directory = mkdtempSync(join(tmpdir(), 'portcullis-model-'))
after(() => rmSync(directory, { recursive: true, force: true }))

/** Made-up declarations: some codes from some origins are bad, and a low value per kilogram is. */
const madeUp = (rows: number, stream: string): Table => {
  const random = seeded(1, stream)
  const lines = ['Date,Office ID,HS6 Code,Country of Origin,Country of Departure,Tax Rate,Importer ID,Net Mass,Item Price,Found,Penalty']
  for (let r = 0; r < rows; r++) {
    const code = random.below(12)
    const origin = random.below(5)
    const mass = 10 + random.below(1000)
    const unit = (5 + code) * (0.6 + random.next())
    const risk = (code * 5 + origin) % 7 === 0 ? 0.8 : unit < (5 + code) * 0.8 ? 0.5 : 0.05
    const found = random.next() < risk
    const day = String(1 + Math.floor((r / rows) * 28)).padStart(2, '0')
    lines.push(
      `2026-01-${day},${random.below(3)},0${10_100 + code},C${origin},C${random.below(5)},${code % 3},F${random.below(300)},${mass},${(mass * unit).toFixed(2)},${found ? 'yes' : 'no'},${found ? 100 + random.below(900) : 0}`,
    )
  }
  const table = parseTable(lines.join('\n'))
  assert.ok(table.ok)
  return table.value
}

const past = madeUp(4000, 'past')
const later = madeUp(1500, 'later')
const options: TrainOptions = { label: 'Found', positive: 'yes', seed: 3, boost: { rounds: 40, leaves: 16 } }
const trained = await train(past, options, 1)
assert.ok(trained.ok)
const { model, card } = trained.value
const labels = Uint8Array.from(later.columns.get('Found')!, (c) => (c === 'yes' ? 1 : 0))

test('the same model on one thread and on two, bit for bit, and another one by another seed', async () => {
  const again = await train(past, options, 2)
  const other = await train(past, { ...options, seed: 4 }, 1)
  assert.ok(again.ok && other.ok)
  assert.equal(hashOf(again.value.model), hashOf(model))
  assert.equal(card.hash, hashOf(model))
  assert.notEqual(hashOf(other.value.model), hashOf(model))
})

test('it ranks later rows, with probabilities that mean what they say', () => {
  const scored = score(model, later)
  assert.ok(scored.ok)
  assert.ok(areaUnderCurve(scored.value.margins, labels) > 0.75)
  const mean = scored.value.probabilities.reduce((t, p) => t + p, 0) / labels.length
  assert.ok(Math.abs(mean - labels.reduce((t, y) => t + y, 0) / labels.length) < 0.05)
})

test('what is known only after the examination is no feature, and that is told', () => {
  assert.deepEqual(
    trained.issues.map((i) => [i.code, i.params?.['column']]),
    [['risk.column_tells_label', 'Penalty']],
  )
  assert.ok(model.recipe.features.every((f) => !f.name.includes('Penalty') && !f.name.includes('Found')))
})

test('a model that was written is read again with the same scores; one that was touched is refused', () => {
  writeModel(directory, model, card)
  const read = readModel(directory)
  assert.ok(read.ok)
  assert.deepEqual(score(read.value.model, later), score(model, later))
  assert.match(readFileSync(join(directory, 'card.md'), 'utf8'), /Learned from 4000 rows of 2026-01-01 to 2026-01-28/)
  const json = join(directory, 'model.json')
  writeFileSync(json, readFileSync(json, 'utf8').replace('"seed":3', '"seed":5'))
  const touched = readModel(directory)
  assert.equal(touched.issues[0]?.code, 'risk.model_damaged')
  assert.equal(readModel(join(directory, 'none')).issues[0]?.code, 'risk.model_unreadable')
})

test('a missing column is named; extra ones and another order do not matter', () => {
  const without = {
    ...later,
    names: later.names.filter((n) => n !== 'HS6 Code'),
    columns: new Map([...later.columns].filter(([n]) => n !== 'HS6 Code')),
  }
  assert.deepEqual(score(model, without).issues, [{ code: 'risk.column_missing', severity: 'error', path: '', params: { column: 'HS6 Code' } }])
  const more = { ...later, columns: new Map([['Extra', later.columns.get('Found')!], ...[...later.columns].toReversed()]) }
  assert.deepEqual(score(model, more), score(model, later))
})

test('a leading zero that a spreadsheet dropped, and a number written otherwise, change no score', () => {
  const change = (name: string, how: (cell: string) => string): Table => ({
    ...later,
    columns: new Map([...later.columns].map(([n, c]) => [n, n === name ? c.map(how) : c])),
  })
  assert.deepEqual(
    score(
      model,
      change('HS6 Code', (c) => c.replace(/^0/, '')),
    ),
    score(model, later),
  )
  assert.deepEqual(
    score(
      model,
      change('Tax Rate', (c) => `${c}.0`),
    ),
    score(model, later),
  )
})

test('where the latest rows have no finding, rows drawn by the seed are held back', async () => {
  const half = pick(
    past,
    Int32Array.from({ length: 2000 }, (_, r) => r),
  )
  const found = half.columns.get('Found')!.map((c, r) => (r < 1500 ? c : 'no'))
  const drawn = await train({ ...half, columns: new Map([...half.columns, ['Found', found]]) }, { ...options, roles: { Penalty: 'ignored' } }, 1)
  assert.ok(drawn.ok)
  assert.equal(drawn.value.card.heldBack.how, '15 % drawn by the seed')
  assert.equal(card.heldBack.how, 'the latest 15 % by date')
  assert.ok(drawn.value.card.heldBack.positives > 5)
})

test('labels that teach nothing are refused with the reason', async () => {
  const codes = async (change: Partial<TrainOptions>) => (await train(past, { ...options, ...change }, 1)).issues.map((i) => i.code)
  assert.deepEqual(await codes({ label: 'Nothing' }), ['risk.column_missing'])
  assert.deepEqual(await codes({ positive: 'maybe' }), ['risk.label_rare'])
  assert.deepEqual(await codes({ weight: 'HS6 Codes' }), ['risk.column_missing'])
  assert.deepEqual(await codes({ weight: 'Country of Origin' }), ['risk.weight_invalid'])
})

test('an explanation adds up, compares in words and says on how many rows it rests', () => {
  const scored = score(model, later)
  assert.ok(scored.ok)
  const rows = [0, 1, 2, 3, scored.value.margins.indexOf(Math.max(...scored.value.margins))]
  const explained = explain(model, later, rows)
  assert.ok(explained.ok)
  explained.value.forEach((e, i) => {
    assert.equal(e.row, rows[i]! + 1)
    assert.ok(Math.abs(e.score - scored.value.margins[rows[i]!]!) < 1e-9)
    const told = [...e.raises, ...e.lowers].reduce((t, r) => t + r.contribution, 0)
    assert.ok(Math.abs(e.expected + told + e.others - e.score) < 1e-9)
  })
  const riskiest = explained.value.at(-1)!
  assert.ok(riskiest.raises.length > 0)
  assert.ok(
    riskiest.raises.some((r) => /× the (usual rate|median of .*), n = \d+/.test(r.text)),
    JSON.stringify(riskiest.raises),
  )
})

test('a monotone constraint on a column reaches its feature', async () => {
  const rises = async (monotone: Record<string, -1 | 1>): Promise<number> => {
    const bound = await train(past, { ...options, monotone }, 1)
    assert.ok(bound.ok)
    const { recipe, edges, forest } = bound.value.model
    const at = recipe.features.findIndex((f) => f.kind === 'number' && f.name === 'Item Price')
    const rows = edges[at]!.length + 1
    const middle = edges.map((e) => 1 + (e.length >> 1))
    const bytes = Uint8Array.from(recipe.features.flatMap((_, f) => Array.from({ length: rows }, (_, r) => (f === at ? r + 1 : middle[f]!))))
    const margins = marginsOf(forest, { rows, features: recipe.features.length, bytes, edges })
    return margins.filter((m, r) => r > 0 && m > margins[r - 1]! + 1e-12).length
  }
  assert.ok((await rises({})) > 0, 'free trees must wave, or this shows nothing')
  assert.equal(await rises({ 'Item Price': -1 }), 0)
})

const shared = join(import.meta.dirname, '../../../../../shared/data/declarations')
const present = existsSync(join(shared, 'train.csv'))

test(
  'published declarations: later rows are ranked as well as promised',
  { skip: present ? false : 'no ../shared/data/declarations here' },
  async () => {
    const [early, valid] = ['train.csv', 'valid.csv'].map((f) => parseTable(readFileSync(join(shared, f), 'utf8')))
    assert.ok(early?.ok && valid?.ok)
    for (const [label, positive, least] of [
      ['Fraud', '1', 0.93],
      ['Critical Fraud', '2', 0.95],
    ] as const) {
      const made = await train(early.value, { label, positive, seed: 1 })
      assert.ok(made.ok)
      const scored = score(made.value.model, valid.value)
      assert.ok(scored.ok)
      const truth = Uint8Array.from(valid.value.columns.get(label)!, (c) => (c === positive ? 1 : 0))
      assert.ok(areaUnderCurve(scored.value.margins, truth) >= least, label)
      if (label === 'Fraud')
        for (const [cut, share] of [
          [5, 0.995],
          [10, 0.96],
        ] as const)
          assert.ok(atCut(scored.value.margins, truth, cut).precision >= share, `${cut} %`)
      const parties = made.value.model.recipe.features.filter((f) => /Fraud/.test(f.name))
      assert.deepEqual(parties, [], 'no outcome may be a feature')
    }
  },
)
