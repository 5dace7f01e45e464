import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '#kernel/random.ts'
import { channelsOf, estimatesOf, leagueOf, type Judged } from './results.ts'

/** Trade with 4 % fraud. A criterion sees a tenth of it, where fraud is 22 %, and takes half of that; chance takes 5 % of all. */
const trade = (n: number): { rows: Judged[]; truth: number } => {
  const random = seeded(7, 'trade')
  let truth = 0
  const rows = Array.from({ length: n }, (): Judged => {
    const hit = random.next() < 0.1
    const bad = random.next() < (hit ? 0.22 : 0.02)
    if (bad) truth++
    const selected = hit && random.next() < 0.5
    const ticket = random.next() < 0.05
    const other = hit ? 0.5 : 0
    return {
      chosenBy: selected ? 'criterion' : ticket ? 'random' : 'nothing',
      propensity: 1 - (1 - other) * 0.95,
      hits: hit ? ['P'] : [],
      selecting: selected ? ['P'] : [],
      found: selected || ticket ? bad : undefined,
      revenueMinor: bad ? 10_000 : 0,
    }
  })
  return { rows, truth: truth / n }
}

test('what was never suspected counts too: prevalence comes out right where the plain rate of findings does not', () => {
  const { rows, truth } = trade(60_000)
  const e = estimatesOf(rows)
  const plain = rows.filter((r) => r.found).length / rows.filter((r) => r.found !== undefined).length
  assert.ok(plain > 2.5 * truth, `plain ${plain}, truth ${truth}`)
  assert.ok(Math.abs(e.prevalence! - truth) < 0.006 && Math.abs(e.prevalenceSelfNormalised! - truth) < 0.006, JSON.stringify(e))
  assert.ok(e.interval95![0]! < truth && truth < e.interval95![1]!)
  assert.ok(e.effectiveSampleSize < e.examined && e.effectiveSampleSize > 2000)
  assert.ok(e.recall! > 0.2 && e.recall! < 0.35, String(e.recall))
})

test('profiles by their lift over chance; those without hits or without lift are to be retired', () => {
  const { rows } = trade(20_000)
  const dull = rows
    .map((r, i): Judged => (i % 9 === 0 ? { ...r, hits: [...r.hits, 'DULL'] } : r))
    .map((r) => (r.hits.includes('DULL') && r.found ? { ...r, found: false } : r))
  const league = leagueOf(dull, ['NEVER', 'P', 'DULL'])
  assert.deepEqual(
    league.map((l) => [l.code, l.retire]),
    [
      ['P', null],
      ['DULL', 'no-lift'],
      ['NEVER', 'no-hits'],
    ],
  )
  assert.ok(league[0]!.lift! > 3 && league[0]!.revenuePerInspectionMinor! > 1000)
  const channels = channelsOf(rows)
  assert.deepEqual(
    channels.map((c) => c.channel),
    ['mandatory', 'criterion', 'fill', 'random'],
  )
  assert.ok(channels[1]!.hitRate.rate! > channels[3]!.hitRate.rate!)
})

test('nothing examined says nothing', () => {
  const none: Judged = { chosenBy: 'nothing', propensity: 0, hits: [], selecting: [], found: undefined, revenueMinor: 0 }
  assert.deepEqual(estimatesOf([none]), {
    registered: 1,
    examined: 0,
    prevalence: null,
    prevalenceSelfNormalised: null,
    interval95: null,
    effectiveSampleSize: 0,
    recall: null,
    unreachable: 1,
  })
})
